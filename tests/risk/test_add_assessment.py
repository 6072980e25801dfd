"""Recording an assessment through its form."""

import pytest
from django.utils import timezone

from tests import cast
from tests.risk.assessing import (
    HOUSE,
    POLICE,
    WELFARE,
    answers,
    assess,
    assessed,
    client,
    day,
    factor,
    faults,
    page,
    person,
    said,
    shared,
    text,
    typed,
    url,
)
from wida.audit.models import Event
from wida.dossiers.codes import Stage, TaskKind
from wida.dossiers.models import Task
from wida.risk.codes import CODES
from wida.risk.models import Assessment


def test_everything_that_was_typed_stands_on_the_tab(house):
    dossier = shared()
    kelly, youri = person(dossier, "Kelly"), person(dossier, "Youri")
    data = answers(geweld_keel="aanwezig", past="middelen", ago=2) | {
        "geweld_keel-motivation": "11 oktober, met twee handen.",
        "geweld_keel-source": "pv van 11/10/2026",
        "geweld_keel-seen_on": typed(30),
        "geweld_keel-who": [youri],
        "geweld_keel-towards": [kelly],
        "geweld_keel-not_for": youri,
        "financien-state": "zorg",
        "financien-account": "Kelly heeft geen eigen rekening.",
        "protection-0-title": "Kelly weet wie ze belt",
        "protection-0-account": "Ze gebruikte het één keer.",
        "level": "hoog",
        "imminence": "dagen_weken",
        "motivation": "De rust hangt af van het contactverbod.",
        "raises": "Het verbod stopt.\nYouri drinkt opnieuw.",
        "lowers": "Een eigen woning.",
        "dissent": "Het justitiehuis oordeelt middel.",
    }

    answer = assess(POLICE, dossier, data)

    assert answer.status_code == 303, faults(answer)
    shown = page(HOUSE, "risk", dossier)
    row = factor(shown, "geweld_keel")
    assert "11 oktober, met twee handen." in row
    assert "pv van 11/10/2026 · Politie Limburg" in row
    assert "Youri Aerdman" in row
    assert "Kelly Bosteels" in row
    assert said("Don't share with %(name)s", name="Youri Aerdman") in row
    assert "score--full" in factor(shown, "middelen")
    for words in (
        "Kelly heeft geen eigen rekening.",
        "Kelly weet wie ze belt",
        "Ze gebruikte het één keer.",
        "De rust hangt af van het contactverbod.",
        "<li>Het verbod stopt.</li><li>Youri drinkt opnieuw.</li>",
        "<li>Een eigen woning.</li>",
        "Het justitiehuis oordeelt middel.",
        typed(30),
    ):
        assert words in shown


def test_the_form_asks_the_thirteen_in_their_order_and_starts_from_unknown(house):
    html = text(client(POLICE).get(url("add_assessment", shared())))

    places = [html.index(f'id="part-{code}"') for code in CODES]
    assert places == sorted(places)
    assert html.count('value="onbekend" checked') == 2 * len(CODES)
    assert "-review" not in html


@pytest.mark.parametrize("period", ["present", "past"])
@pytest.mark.parametrize("score", ["aanwezig", "vermoeden"])
def test_what_is_there_is_motivated_now_or_longer_ago(house, period, score):
    dossier = shared()
    data = answers() | {f"middelen-{period}": score, "geweld_keel-motivation": "dit blijft staan"}

    answer = assess(POLICE, dossier, data)

    assert answer.status_code == 422
    assert faults(answer) == [said("Motivate “%(factor)s”", factor=said("Substance abuse"))]
    assert "dit blijft staan" in answer.content.decode()
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("score", ["afwezig", "onbekend", "nvt"])
def test_what_is_not_there_needs_no_motivation(house, score):
    assert assess(POLICE, shared(), answers() | {"middelen-present": score}).status_code == 303


def test_the_judgement_is_motivated(house):
    answer = assess(POLICE, shared(), answers() | {"motivation": " "})

    assert answer.status_code == 422
    assert faults(answer) == [said("Motivate your judgement")]


def test_a_day_to_come_is_refused(house):
    answer = assess(POLICE, shared(), answers(ago=-1))

    assert answer.status_code == 422
    assert len(faults(answer)) == 1


def test_no_older_assessment_slips_in_under_the_one_that_stands(house):
    dossier = shared()
    assessed(POLICE, dossier, ago=2)

    answer = assess(POLICE, dossier, answers(version=1, ago=3) | {"rest_not_reviewed": "on"})

    assert answer.status_code == 422
    assert faults(answer) == [said("Fill in the day of your last assessment or a later day")]


def test_a_score_that_does_not_exist_is_refused(house):
    answer = assess(POLICE, shared(), answers() | {"middelen-present": "7"})

    assert answer.status_code == 422


def test_a_person_of_another_dossier_is_refused(house):
    dossier, other = shared(), shared()

    answer = assess(
        POLICE, dossier, answers(middelen="aanwezig") | {"middelen-who": [person(other, "Youri")]}
    )

    assert answer.status_code == 422


def test_a_new_assessment_opens_from_the_last_one_of_the_organisation(house):
    dossier = shared()
    assessed(POLICE, dossier, middelen="aanwezig", more={"protection-0-title": "Grootmoeder is in huis"})
    assessed(WELFARE, dossier, geweld_keel="vermoeden")

    html = text(client(POLICE).get(url("add_assessment", dossier)))

    assert "Vastgesteld: middelen." in html
    assert "Grootmoeder is in huis" in html
    assert "Vastgesteld: geweld_keel." not in html
    assert html.count('value="bevestigd"') == len(CODES)


def test_what_stayed_must_be_confirmed_or_told_not_to_be_looked_at(house):
    dossier = shared()
    assessed(POLICE, dossier, ago=5, middelen="aanwezig")

    answer = assess(POLICE, dossier, answers(version=1, middelen="afwezig"))

    assert answer.status_code == 422
    unchanged = [code for code in CODES if code != "middelen"]
    assert len(faults(answer)) == len(unchanged)
    assert faults(answer)[0] == said(
        "Say whether “%(factor)s” was looked at again", factor=said("Death threats or suicide")
    )


@pytest.mark.parametrize(
    ("review", "looked_at"),
    [("bevestigd", 0), ("niet_opnieuw_bekeken", 5)],
    ids=["confirmed", "not looked at"],
)
def test_the_tab_tells_since_when_a_score_was_not_looked_at(house, review, looked_at):
    dossier = shared()
    assessed(POLICE, dossier, ago=5, middelen="aanwezig")

    answer = assess(POLICE, dossier, answers(version=1, review=review, middelen="aanwezig"))

    assert answer.status_code == 303, faults(answer)
    newest = Assessment.objects.get(version=2)
    assert newest.factors.get(code="middelen").reviewed_on == day(looked_at)
    note = said("Not looked at again since %(day)s", day=typed(5))
    assert (note in factor(page(POLICE, "risk", dossier), "middelen")) == (looked_at == 5)


def test_what_was_changed_was_looked_at(house):
    dossier = shared()
    assessed(POLICE, dossier, middelen="aanwezig")

    answer = assess(POLICE, dossier, answers(version=1, review="niet_opnieuw_bekeken", middelen="vermoeden"))

    assert answer.status_code == 422
    assert faults(answer) == [
        said("You changed “%(factor)s”, so it was looked at again", factor=said("Substance abuse"))
    ]


def test_one_tick_tells_that_the_rest_was_not_looked_at(house):
    dossier = shared()
    assessed(POLICE, dossier, ago=5, middelen="aanwezig")

    answer = assess(POLICE, dossier, answers(version=1, middelen="afwezig") | {"rest_not_reviewed": "on"})

    assert answer.status_code == 303, faults(answer)
    newest = Assessment.objects.get(version=2)
    assert newest.factors.get(code="middelen").reviewed_on == day()
    assert set(newest.factors.exclude(code="middelen").values_list("reviewed_on", flat=True)) == {day(5)}


def test_the_same_sending_twice_is_one_assessment(house):
    dossier, browser = shared(), client(POLICE)
    data = answers(middelen="aanwezig")

    first, second = (browser.post(url("add_assessment", dossier), data) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert Assessment.objects.count() == 1


def test_a_colleague_who_was_first_is_shown_and_nothing_is_lost(house):
    dossier = shared()
    assessed(POLICE, dossier, middelen="aanwezig", more={"motivation": "De collega oordeelde al."})
    late = answers(angst_slachtoffer="vermoeden", review="bevestigd") | {"motivation": "Mijn eigen tekst."}

    answer = assess(POLICE, dossier, late)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert Assessment.objects.count() == 1
    assert "De collega oordeelde al." in html
    assert "Mijn eigen tekst." in html
    assert 'name="version" value="1"' in html


def test_after_the_conflict_the_writer_can_still_record(house):
    dossier = shared()
    assessed(POLICE, dossier, middelen="aanwezig")
    assert assess(POLICE, dossier, answers(review="bevestigd", middelen="aanwezig")).status_code == 409

    answer = assess(POLICE, dossier, answers(version=1, review="bevestigd", middelen="aanwezig"))

    assert answer.status_code == 303, faults(answer)
    assert list(Assessment.objects.order_by("version").values_list("version", flat=True)) == [1, 2]


def test_a_fault_does_not_hide_a_conflict(house):
    """Sent back for a fault, the form still knows from which version it started."""
    dossier = shared()
    assessed(POLICE, dossier, middelen="aanwezig")

    wrong = assess(POLICE, dossier, answers(review="bevestigd") | {"motivation": ""})

    assert wrong.status_code == 422
    assert 'name="version" value="1"' not in wrong.content.decode()


def test_two_organisations_never_clash(house):
    dossier = shared()

    assert assess(POLICE, dossier, answers(middelen="aanwezig")).status_code == 303
    assert assess(WELFARE, dossier, answers(middelen="afwezig")).status_code == 303


@pytest.mark.parametrize(("level", "days"), [("laag", 90), ("middel", 90), ("onbekend", 90), ("hoog", 30)])
def test_the_next_assessment_is_planned_sooner_when_the_judgement_is_high(house, level, days):
    dossier = shared()

    assess(POLICE, dossier, answers(ago=1) | {"level": level})

    task = Task.objects.get(kind=TaskKind.REASSESS)
    assert (task.due - day(1)).days == days
    assert (task.role, task.user_id, task.done_at) == ("coordinator", None, None)


def test_the_case_manager_gets_the_task_and_the_earlier_one_is_done(house):
    dossier = shared(Stage.EXECUTION)
    assessed(POLICE, dossier)
    assessed(POLICE, dossier)

    done, waiting = Task.objects.filter(kind=TaskKind.REASSESS).order_by("created_at")
    assert done.done_at is not None
    assert done.done_by == cast.actor(POLICE).signature
    assert waiting.done_at is None
    assert waiting.user_id == cast.actor("casemanager.limburg").user_id


def test_a_milder_partner_does_not_put_off_what_another_judges_high(house):
    dossier = shared()
    assess(WELFARE, dossier, answers() | {"level": "hoog"})

    assess(POLICE, dossier, answers() | {"level": "laag"})

    assert Task.objects.get(kind=TaskKind.REASSESS, done_at=None).due == day(-30)


def test_whoever_builds_the_dossier_assesses_first(house):
    dossier = cast.new_dossier(by=WELFARE)

    assert assess(WELFARE, dossier, answers(middelen="aanwezig")).status_code == 303


def test_a_closed_dossier_gives_the_text_back_and_keeps_nothing(house):
    dossier = shared()
    form = answers(middelen="aanwezig") | {"middelen-motivation": "Dit wil ik niet kwijt."}
    cast.at(dossier, Stage.CLOSED)

    answer = assess(HOUSE, dossier, form)

    assert answer.status_code == 409
    assert "Dit wil ik niet kwijt." in answer.content.decode()
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("login", "status"),
    [("coordinator.antwerpen", 404), ("liaison.hospital-limburg", 404), ("administrative.limburg", 403)],
)
def test_who_may_not_add(house, login, status):
    dossier = shared()

    assert client(login).get(url("add_assessment", dossier)).status_code == status
    assert assess(login, dossier, answers()).status_code == status
    assert not Assessment.objects.exists()
    assert Event.objects.filter(action="refused", dossier=dossier.pk).count() == 2


def test_one_act_leaves_one_event(house):
    dossier = shared()
    before = timezone.now()

    assessed(POLICE, dossier, middelen="aanwezig")

    events = Event.objects.filter(action="added", dossier=dossier.pk, at__gte=before)
    assert [(event.table, event.part) for event in events] == [("risk.assessment", "risk")]


def test_made_together_speaks_for_both_lanes(house):
    dossier = shared()
    partners = [str(cast.actor(login).organisation_id) for login in (POLICE, WELFARE)]

    answer = assess(HOUSE, dossier, answers(middelen="aanwezig") | {"together": partners})

    assert answer.status_code == 303, faults(answer)
    row = factor(page(POLICE, "risk", dossier), "middelen")
    assert said("Police and welfare") in row
    assert row.count("factor__lane") == row.count("factor__lanes") + 1
    assert Assessment.objects.get().together == ["CAW Limburg", "Politie Limburg"]
