"""Recording a weighing, and putting one right."""

import re

import pytest

from tests import cast
from tests.risk.assessing import (
    HOUSE,
    POLICE,
    WELFARE,
    assessed,
    client,
    faults,
    page,
    said,
    shared,
    text,
    told,
    typed,
    url,
    weigh,
    weighed,
    weighing,
)
from wida.access.actions import block
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.risk.models import Participant, Weighing

MILDER = "Explain why you weigh milder than the signals"


def user(login: str) -> str:
    return str(cast.member(login).user_id)


def organisation(login: str) -> str:
    return str(cast.member(login).organisation_id)


def colour_of(dossier) -> str:
    return Dossier.objects.get(pk=dossier.pk).colour


def test_no_colour_is_chosen_beforehand(house):
    html = text(client(HOUSE).get(url("add_weighing", shared())))

    colours = re.findall(r'<input type="radio" name="colour"[^>]*>', html)
    assert len(colours) == 3
    assert not any("checked" in one for one in colours)


def test_a_weighing_stands_on_the_tab_and_colours_the_dossier(house):
    dossier = shared()
    data = weighing(
        colour="oranje",
        ago=1,
        meeting="triage",
        motivation="Het contactverbod houdt.",
        dissent="Het CAW woog rood.",
        participants=[user(POLICE), user(WELFARE)],
        excused=[organisation("liaison.ggz-limburg")],
    )

    answer = weigh(HOUSE, dossier, data)

    assert answer.status_code == 303, faults(answer)
    html = page(WELFARE, "weighing", dossier)
    for words in ("Het contactverbod houdt.", "Het CAW woog rood.", said("Triage"), said("Holds now")):
        assert words in html
    people = re.search(r'<dl class="attendants">.*?</dl>', html, re.DOTALL)[0]
    members = [cast.actor(login).name for login in (HOUSE, POLICE, WELFARE)]
    assert all(name in people for name in members)
    assert "CGG Limburg" in people[people.index(said("Excused")) :]
    assert colour_of(dossier) == "oranje"


def test_a_colour_a_motivation_and_the_kind_of_meeting_are_asked(house):
    dossier = shared()

    answer = weigh(HOUSE, dossier, weighing() | {"colour": "", "motivation": "", "meeting": ""})

    assert answer.status_code == 422
    assert faults(answer) == [
        said("Choose a weighing"),
        said("Motivate the weighing"),
        said("Choose the kind of meeting"),
    ]
    assert not Weighing.objects.exists()
    assert colour_of(dossier) == ""


def test_a_day_to_come_is_refused(house):
    assert weigh(HOUSE, shared(), weighing(ago=-1)).status_code == 422


@pytest.mark.parametrize("colour", ["oranje", "groen"])
def test_milder_than_an_open_signal_asks_why(house, colour):
    dossier = shared()
    told(WELFARE, dossier)

    answer = weigh(HOUSE, dossier, weighing(colour=colour, motivation="Dit blijft staan."))

    assert answer.status_code == 422
    assert faults(answer) == [said(MILDER)]
    assert "Dit blijft staan." in answer.content.decode()
    assert not Weighing.objects.exists()


def test_milder_is_allowed_with_a_reason_that_stays_readable(house):
    dossier = shared()
    told(WELFARE, dossier)

    answer = weigh(HOUSE, dossier, weighing(colour="groen", why_milder="De politie vond niets meer."))

    assert answer.status_code == 303, faults(answer)
    assert "De politie vond niets meer." in page(WELFARE, "weighing", dossier)
    assert Weighing.objects.get().milder


def test_red_needs_no_reason_and_keeps_none(house):
    dossier = shared()
    told(WELFARE, dossier)

    weigh(HOUSE, dossier, weighing(colour="rood", why_milder="Dit werd bij een andere keuze getypt."))

    assert not Weighing.objects.get().milder
    assert "Dit werd bij een andere keuze getypt." not in page(WELFARE, "weighing", dossier)


@pytest.mark.parametrize(
    "scores",
    [{"escalatie": "vermoeden"}, {"wapen": "afwezig"}, {"middelen": "aanwezig"}],
    ids=["suspected", "absent", "not critical"],
)
def test_without_an_open_signal_milder_asks_nothing(house, scores):
    dossier = shared()
    assessed(POLICE, dossier, **scores)

    assert weigh(HOUSE, dossier, weighing(colour="groen")).status_code == 303


def test_only_members_of_the_dossier_can_have_weighed(house):
    dossier = shared()
    html = text(client(HOUSE).get(url("add_weighing", dossier)))
    assert user(POLICE) in html
    assert user("liaison.hospital-limburg") not in html
    assert user(HOUSE) not in html

    answer = weigh(HOUSE, dossier, weighing(participants=[user("liaison.hospital-limburg")]))

    assert answer.status_code == 422
    assert not Weighing.objects.exists()


def test_who_is_kept_out_is_not_offered(house):
    dossier = shared()
    block(dossier=dossier, by=cast.actor(HOUSE), why="familie", user=cast.member(POLICE).user)

    assert user(POLICE) not in text(client(HOUSE).get(url("add_weighing", dossier)))


def test_whoever_records_always_weighs_along_once(house):
    dossier = shared()

    weigh(HOUSE, dossier, weighing(participants=[user(POLICE)]))

    present = Participant.objects.filter(excused=False).values_list("user__login", flat=True)
    assert sorted(present) == [HOUSE, POLICE]


def test_who_weighed_along_was_not_excused(house):
    data = weighing(participants=[user(POLICE)], excused=[organisation(POLICE)])

    answer = weigh(HOUSE, shared(), data)

    assert answer.status_code == 422
    assert faults(answer) == [
        said("%(organisation)s weighed along, so it can't be excused", organisation="Politie Limburg")
    ]


def test_the_same_sending_twice_is_one_weighing(house):
    dossier, browser = shared(), client(HOUSE)
    data = weighing()

    first, second = (browser.post(url("add_weighing", dossier), data) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert Weighing.objects.count() == 1


def test_a_weighing_that_came_in_between_is_shown_and_nothing_is_lost(house):
    dossier = shared()
    weighed(POLICE, dossier, motivation="De politie woog net.")

    answer = weigh(HOUSE, dossier, weighing(colour="groen", motivation="Mijn eigen motivering."))

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "De politie woog net." in html
    assert "Mijn eigen motivering." in html
    assert colour_of(dossier) == "rood"
    assert weigh(HOUSE, dossier, weighing(version=1, colour="groen")).status_code == 303
    assert colour_of(dossier) == "groen"


def test_the_newest_day_colours_the_dossier_whatever_is_recorded_later(house):
    dossier = shared()
    weighed(HOUSE, dossier, ago=1, colour="rood")

    weighed(HOUSE, dossier, ago=9, colour="oranje")

    assert colour_of(dossier) == "rood"


def test_whoever_builds_the_dossier_weighs_first_and_alone(house):
    dossier = cast.new_dossier(by=WELFARE)
    html = text(client(WELFARE).get(url("add_weighing", dossier)))
    assert 'name="participants"' not in html
    assert 'value="triage"' not in html

    answer = weigh(WELFARE, dossier, weighing(meeting="opbouw"))

    assert answer.status_code == 303, faults(answer)
    assert colour_of(dossier) == "rood"


def test_a_triage_is_no_weighing_of_one_alone(house):
    dossier = cast.new_dossier(by=WELFARE)

    assert weigh(WELFARE, dossier, weighing(meeting="triage")).status_code == 422


@pytest.mark.parametrize("login", [HOUSE, POLICE, WELFARE, "prosecutor.limburg"])
def test_members_who_may_weigh(house, login):
    assert weigh(login, shared(), weighing()).status_code == 303


@pytest.mark.parametrize(
    ("login", "status"),
    [("coordinator.antwerpen", 404), ("liaison.hospital-limburg", 404), ("administrative.limburg", 403)],
)
def test_who_may_not(house, login, status):
    dossier = shared()

    assert client(login).get(url("add_weighing", dossier)).status_code == status
    assert weigh(login, dossier, weighing()).status_code == status
    assert not Weighing.objects.exists()
    assert Event.objects.filter(action="refused", dossier=dossier.pk, part="weighing").count() == 2


def test_a_closed_dossier_gives_the_text_back(house):
    dossier = cast.at(shared(), Stage.CLOSED)

    answer = weigh(HOUSE, dossier, weighing(motivation="Dit wil ik niet kwijt."))

    assert answer.status_code == 409
    assert "Dit wil ik niet kwijt." in answer.content.decode()
    assert not Weighing.objects.exists()


def test_what_is_known_stands_beside_the_form(house):
    dossier = shared()
    assessed(POLICE, dossier, geweld_keel="aanwezig", middelen="afwezig")
    weighed(HOUSE, dossier, ago=2)

    html = text(client(HOUSE).get(url("add_weighing", dossier)))

    side = re.search(r'<aside class="side-panel".*?</aside>', html, re.DOTALL)[0]
    assert said("Violence to the throat") in side
    assert said("%(known)s of %(total)s factors known", known=2, total=13) in side
    assert "weighing--red" in side


# Putting one right ----------------------------------------------------------------------------------------


def test_a_correction_stands_beside_what_it_corrects(house):
    dossier = shared()
    wrong = weighed(HOUSE, dossier, ago=1, motivation="De eerste tekst.")

    answer = client(HOUSE).post(
        url("correct_weighing", dossier, wrong.pk),
        weighing(
            version=1, ago=1, colour="groen", motivation="De juiste tekst.", why_corrected="Verkeerd dossier."
        ),
    )

    assert answer.status_code == 303, faults(answer)
    html = page(WELFARE, "weighing", dossier)
    for words in (
        "De eerste tekst.",
        "De juiste tekst.",
        "Verkeerd dossier.",
        said("This weighing was corrected."),
    ):
        assert words in html
    assert colour_of(dossier) == "groen"
    assert Weighing.objects.get(version=2).corrects_id == wrong.pk


def test_the_form_of_a_correction_starts_from_the_first_text_but_not_from_its_colour(house):
    dossier = shared()
    wrong = weighed(HOUSE, dossier, ago=3, motivation="De eerste tekst.", participants=[user(POLICE)])

    html = text(client(HOUSE).get(url("correct_weighing", dossier, wrong.pk)))

    assert "De eerste tekst." in html
    assert typed(3) in html
    assert re.search(rf'value="{user(POLICE)}"\s+checked', html)
    assert not re.search(r'name="colour"[^>]*checked', html)


def test_a_correction_says_what_was_wrong(house):
    dossier = shared()
    wrong = weighed(HOUSE, dossier)

    answer = client(HOUSE).post(url("correct_weighing", dossier, wrong.pk), weighing(version=1))

    assert answer.status_code == 422
    assert faults(answer) == [said("Say what was wrong in the first text")]


def test_correcting_an_older_weighing_leaves_the_colour_of_now(house):
    dossier = shared()
    old = weighed(HOUSE, dossier, ago=30, colour="oranje")
    weighed(HOUSE, dossier, ago=1, colour="rood")

    client(HOUSE).post(
        url("correct_weighing", dossier, old.pk),
        weighing(version=2, ago=30, colour="groen", why_corrected="Tikfout."),
    )

    assert Weighing.objects.count() == 3
    assert colour_of(dossier) == "rood"


def test_one_weighing_is_corrected_once(house):
    dossier = shared()
    wrong = weighed(HOUSE, dossier)
    address = url("correct_weighing", dossier, wrong.pk)
    client(HOUSE).post(address, weighing(version=1, motivation="De rechtzetting.", why_corrected="Tikfout."))

    answer = client(POLICE).post(address, weighing(version=2, why_corrected="Ik zag het ook."))

    assert answer.status_code == 409
    assert "De rechtzetting." in answer.content.decode()
    assert Weighing.objects.count() == 2


def test_a_weighing_of_another_dossier_is_no_weighing_here(house):
    other = weighed(HOUSE, shared())

    assert client(HOUSE).get(url("correct_weighing", shared(), other.pk)).status_code == 404
    assert client(HOUSE).get(url("snapshot", shared(), other.pk)).status_code == 404
