"""What is told: the narrative, acute danger, who was informed, what people wish."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.pages import plain
from tests.situation import story
from wida.dossiers.codes import Stage, TaskKind
from wida.dossiers.models import Task
from wida.people.models import Person
from wida.situation.models import Danger, Informed, Narrative
from wida.situation.queries import informed_missing


@pytest.fixture
def dossier(house):
    return story.formed()


@pytest.fixture
def caw(dossier):
    return cast.signed_in("liaison.caw-limburg")


@pytest.fixture
def police(dossier):
    return cast.signed_in("liaison.police-limburg")


# The narrative


def test_each_organisation_has_one_narrative_with_versions(dossier, caw, police):
    story.post(caw, "narrative", dossier, {"text": "Eerste tekst", "version": "0"})
    story.post(police, "narrative", dossier, {"text": "Wat de politie weet", "version": "0"})
    answer = story.post(
        caw, "narrative", dossier, {"text": "Tweede tekst", "version": "1", "reason": "meer gehoord"}
    )

    own = Narrative.objects.get(organisation=cast.member("liaison.caw-limburg").organisation)
    page = story.page(caw, dossier)
    assert (answer.status_code, answer["Location"]) == (303, story.url("situation", dossier) + "#narratives")
    assert (Narrative.objects.count(), own.version, own.text) == (2, 2, "Tweede tekst")
    assert "Wat de politie weet" in page
    assert "Eerste tekst" not in page
    versions = police.get(story.url("entry", dossier, "narratives", own.pk)).content.decode()
    assert "Eerste tekst" in versions
    assert "meer gehoord" in versions


def test_a_first_text_of_two_colleagues_at_once_is_a_conflict(dossier, caw):
    story.post(caw, "narrative", dossier, {"text": "Van de eerste", "version": "0"})
    answer = story.post(caw, "narrative", dossier, {"text": "Van de tweede", "version": "0"})

    page = plain(answer)
    assert answer.status_code == 409
    assert "Van de eerste" in page
    assert "Van de tweede" in page
    assert Narrative.objects.get().text == "Van de eerste"


def test_an_empty_narrative_is_refused(dossier, caw):
    answer = story.post(caw, "narrative", dossier, {"text": "  "})

    assert answer.status_code == 422
    assert 'href="#id_text"' in answer.content.decode()


# Danger


def test_danger_is_kept_and_no_watch_is_promised(dossier, caw):
    form = caw.get(story.url("add_danger", dossier)).content.decode()
    answer = story.post(caw, "add_danger", dossier, story.danger())

    danger = Danger.objects.get()
    assert 'href="tel:101"' in form
    assert 'href="tel:112"' in form
    assert "Niemand kijkt hier dag en nacht mee" in form
    assert (answer.status_code, danger.acute, danger.done) == (303, "ja", "101 gebeld.")
    assert danger.on == timezone.localdate()


@pytest.mark.parametrize(
    ("changes", "anchor"),
    [
        ({"acute": ""}, "id_acute_0"),
        ({"on": story.day(5)}, "id_on"),
        ({"on": "31/4/2024"}, "id_on"),
        ({"what": ""}, "id_what"),
        ({"done": ""}, "id_done"),
    ],
)
def test_acute_danger_needs_what_it_was_and_what_was_done(dossier, caw, changes, anchor):
    answer = story.post(caw, "add_danger", dossier, story.danger(**changes))

    assert answer.status_code == 422
    assert f'href="#{anchor}"' in answer.content.decode()
    assert Danger.objects.count() == 0


@pytest.mark.parametrize("acute", ["nee", "onbekend"])
def test_no_or_unknown_is_an_answer_by_itself(dossier, caw, acute):
    answer = story.post(caw, "add_danger", dossier, story.danger(acute=acute, what="", done=""))

    assert (answer.status_code, Danger.objects.get().acute) == (303, acute)


def test_danger_is_edited_with_its_earlier_version_kept(dossier, caw):
    story.post(caw, "add_danger", dossier, story.danger())
    danger = Danger.objects.get()

    data = story.danger(done="112 gebeld.", version="1", reason="nagevraagd")
    answer = story.post(caw, "edit_danger", dossier, data, danger.pk)
    stale = story.post(caw, "edit_danger", dossier, data, danger.pk)

    assert (answer.status_code, stale.status_code) == (303, 409)
    assert "101 gebeld." in caw.get(story.url("entry", dossier, "dangers", danger.pk)).content.decode()


# Who was informed


def test_informed_needs_who_and_when(dossier, caw):
    kelly = story.person(dossier, "Kelly")
    wrong = story.post(caw, "inform", dossier, story.informed(on="", by_whom="", wishes="Rust"), kelly)
    answer = story.post(caw, "inform", dossier, story.informed(wishes="Rust"), kelly)

    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert 'href="#id_on"' in page
    assert 'href="#id_by_whom"' in page
    assert ">\nRust</textarea>" in page
    assert (answer.status_code, answer["Location"]) == (303, story.url("situation", dossier) + "#informed")
    row = Informed.objects.get()
    assert (row.state, row.by_whom, row.wishes) == ("geinformeerd", "Lotte van het CAW", "Rust")
    assert Task.objects.filter(kind=TaskKind.INFORM).count() == 0


@pytest.mark.parametrize(
    ("changes", "anchor"),
    [
        ({"why_not": ""}, "id_why_not_0"),
        ({"why_not_note": ""}, "id_why_not_note"),
        ({"reconsider_on": ""}, "id_reconsider_on"),
        ({"reconsider_on": story.day(-1)}, "id_reconsider_on"),
        ({"reconsider_on": story.day(40)}, "id_reconsider_on"),
        ({"reconsider_on": "32/13/2024"}, "id_reconsider_on"),
    ],
)
def test_not_yet_needs_a_reason_and_a_day_within_the_term(dossier, caw, changes, anchor):
    answer = story.post(caw, "inform", dossier, story.not_yet() | changes, story.person(dossier, "Youri"))

    assert answer.status_code == 422
    assert f'href="#{anchor}"' in answer.content.decode()
    assert Informed.objects.count() == 0


def test_the_day_to_reconsider_is_a_task_until_somebody_told_them(dossier, caw, police):
    youri = story.person(dossier, "Youri")

    story.post(caw, "inform", dossier, story.not_yet(), youri)
    task = Task.objects.get(kind=TaskKind.INFORM)
    assert (str(task.source), task.due) == (youri, timezone.localdate() + timedelta(days=14))
    assert task.organisation == cast.member("liaison.caw-limburg").organisation
    assert task.done_at is None

    story.post(
        caw, "inform", dossier, story.not_yet() | {"reconsider_on": story.day(30), "version": "1"}, youri
    )
    task.refresh_from_db()
    assert task.due == timezone.localdate() + timedelta(days=30)

    story.post(police, "inform", dossier, story.informed(), youri)
    task.refresh_from_db()
    assert task.done_at is not None
    assert "Ingelicht" in police.get(story.url("informed", dossier)).content.decode()


def test_a_later_not_yet_of_another_does_not_undo_that_somebody_was_told(dossier, caw, police):
    youri = story.person(dossier, "Youri")
    story.post(police, "inform", dossier, story.informed(), youri)
    story.post(caw, "inform", dossier, story.not_yet(), youri)

    assert Task.objects.filter(kind=TaskKind.INFORM, done_at=None).count() == 0
    assert "Youri Aerdman" not in informed_missing(dossier)


def test_still_to_do_is_no_answer(dossier, caw):
    to_do = story.informed(state="te_doen", on="", by_whom="")
    story.post(caw, "inform", dossier, to_do, story.person(dossier, "Kelly"))
    story.post(caw, "inform", dossier, story.not_yet(), story.person(dossier, "Youri"))

    assert informed_missing(dossier) == ["Kelly Bosteels"]
    assert "Nog niet ingevuld: Kelly Bosteels." in story.page(caw, dossier)


def test_children_and_the_deceased_are_not_missing(dossier, caw):
    Person.objects.filter(pk=story.person(dossier, "Kelly")).update(deceased=True)

    assert informed_missing(dossier) == ["Youri Aerdman"]


def test_what_the_state_does_not_ask_is_dropped(dossier, caw):
    both = story.informed(why_not="niet_veilig", why_not_note="weg", reconsider_on="geen dag")

    answer = story.post(caw, "inform", dossier, both, story.person(dossier, "Kelly"))

    row = Informed.objects.get()
    assert (answer.status_code, row.why_not, row.why_not_note, row.reconsider_on) == (303, "", "", None)


def test_two_colleagues_about_one_person_is_a_conflict(dossier, caw):
    kelly = story.person(dossier, "Kelly")
    story.post(caw, "inform", dossier, story.informed(by_whom="De eerste", version="0"), kelly)
    answer = story.post(caw, "inform", dossier, story.informed(by_whom="De tweede", version="0"), kelly)

    page = plain(answer)
    assert answer.status_code == 409
    assert "De eerste" in page
    assert "De tweede" in page
    assert Informed.objects.get().by_whom == "De eerste"


def test_somebody_of_another_dossier_cannot_be_informed_here(dossier, caw):
    other = cast.at(cast.new_dossier(), Stage.FORMING)

    answer = story.post(caw, "inform", dossier, story.informed(), story.person(other, "Kelly"))

    assert answer.status_code == 404


def test_wishes_stand_on_the_tab_with_who_wrote_them_down(dossier, caw):
    story.post(caw, "inform", dossier, story.informed(wishes="Dat het stopt."), story.person(dossier, "Noa"))

    page = story.page(caw, dossier)
    assert page.count("Dat het stopt.") == 1
    assert page.index('id="wishes"') < page.index("Dat het stopt.")
