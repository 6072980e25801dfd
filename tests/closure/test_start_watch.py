"""The watch period: only when the goals are reached and the violence stopped, judged with the case in sight."""

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.closure.steps import (
    ADMINISTRATIVE,
    CAW,
    COORDINATOR,
    JUDGED,
    MANAGER,
    close,
    day,
    executing,
    get,
    sent,
    start,
    typed,
    url,
    watching,
)
from tests.plans.making import new_goal
from tests.plans.making import post as post_plan
from tests.referrals.pages import chosen, text, value, wrong
from tests.risk.assessing import POLICE, assessed
from wida.audit.models import Event
from wida.closure.models import RoundingOff
from wida.dossiers.codes import Stage
from wida.dossiers.models import Task, Transition
from wida.situation import actions as situation


def test_a_watch_period_is_a_phase_a_date_and_a_task(house):
    dossier = executing()

    answer = start(dossier)

    assert (answer.status_code, answer["Location"]) == (303, url("closure", dossier))
    dossier.refresh_from_db()
    assert (dossier.stage, dossier.watch_until) == ("wachtperiode", day(180))
    judged = RoundingOff.objects.get()
    assert (judged.goals_reached, judged.violence_stopped, judged.motivation, judged.started_on) == (
        "ja",
        "ja",
        JUDGED["motivation"],
        day(),
    )
    task = Task.objects.get(kind="einde_wachtperiode")
    assert (task.user_id, task.due, task.done_at) == (cast.actor(MANAGER).user_id, day(180), None)
    step = Transition.objects.get(dossier=dossier, name="watch")
    assert (step.signature, step.reason) == (cast.actor(MANAGER).signature, JUDGED["motivation"])
    assert Event.objects.filter(action="watch", dossier=dossier.pk).count() == 1


def test_half_a_year_is_proposed(house):
    page = get(MANAGER, "start_watch", executing())

    assert value(page, "watch_until") == typed(183)


@pytest.mark.parametrize(
    ("goals", "violence"),
    [("gedeeltelijk", "ja"), ("nee", "ja"), ("ja", "nee"), ("ja", "onbekend"), ("nee", "nee")],
)
def test_without_both_there_is_no_watch_period_and_nothing_typed_is_lost(house, goals, violence):
    dossier = executing()

    page = start(dossier, goals_reached=goals, violence_stopped=violence)

    assert page.status_code == 422
    assert "Een wachtperiode start alleen als de doelen bereikt zijn en het geweld gestopt is" in text(page)
    assert value(page, "motivation") == JUDGED["motivation"]
    assert (chosen(page, "goals_reached"), chosen(page, "violence_stopped")) == ([goals], [violence])
    dossier.refresh_from_db()
    assert (dossier.stage, dossier.watch_until) == ("uitvoering", None)
    assert not RoundingOff.objects.exists()
    assert not Task.objects.filter(kind="einde_wachtperiode").exists()


@pytest.mark.parametrize(
    ("field", "typed_in"),
    [
        ("goals_reached", ""),
        ("violence_stopped", ""),
        ("violence_stopped", "misschien"),
        ("motivation", " "),
        ("watch_until", ""),
        ("watch_until", "31/02/2031"),
        ("watch_until", "01/01/2020"),
    ],
)
def test_a_judgement_is_whole(house, field, typed_in):
    page = start(executing(), **{field: typed_in})

    assert (page.status_code, wrong(page)) == (422, [field])
    assert not RoundingOff.objects.exists()


def test_a_watch_period_lasts_at_least_until_tomorrow(house):
    page = start(executing(), watch_until=typed())

    assert (page.status_code, wrong(page)) == (422, ["watch_until"])


def test_the_database_refuses_a_period_that_ends_before_it_starts(house):
    watching()

    with pytest.raises(IntegrityError, match="closure_roundingoff_period"), transaction.atomic():
        RoundingOff.objects.update(watch_until=day(-1))


@pytest.mark.parametrize(
    ("login", "stage", "status"),
    [
        (COORDINATOR, Stage.EXECUTION, 303),
        (MANAGER, Stage.EXECUTION, 303),
        (ADMINISTRATIVE, Stage.EXECUTION, 403),
        (CAW, Stage.EXECUTION, 403),
        ("psychologist.limburg", Stage.EXECUTION, 404),
        ("coordinator.antwerpen", Stage.EXECUTION, 404),
        (COORDINATOR, Stage.FORMING, 409),
        (COORDINATOR, Stage.WATCH, 409),
        (COORDINATOR, Stage.CLOSED, 409),
    ],
)
def test_who_starts_it_and_when(house, login, stage, status):
    dossier = cast.at(cast.new_dossier(), stage)

    answer = start(dossier, by=login)

    assert answer.status_code == status
    assert RoundingOff.objects.count() == (status == 303)
    if status == 409:
        assert value(answer, "motivation") == JUDGED["motivation"]


def test_started_by_one_click_it_starts_once(house):
    dossier = executing()
    client = cast.signed_in(MANAGER)
    data = sent({**JUDGED, "watch_until": typed(180)})

    for _ in range(2):
        assert client.post(url("start_watch", dossier), data).status_code == 303

    assert RoundingOff.objects.count() == Transition.objects.filter(name="watch").count() == 1


def test_the_case_stands_beside_the_judgement(house):
    dossier = executing()
    empty = text(get(MANAGER, "start_watch", dossier))
    assert "Er staan geen doelen in het plan." in empty
    assert "Er is geen geweld genoteerd. Dat zegt niet dat er geen was." in empty
    assert "Nog niemand schatte het risico in." in empty
    assert "Niet gewogen" in empty
    reached, _open = new_goal(dossier, text="Er is rust."), new_goal(dossier, text="De kinderen slapen.")
    post_plan(
        MANAGER, "close_goal", dossier, reached.pk, version="1", state="bereikt", why="Al vier maanden."
    )
    assessed(POLICE, dossier)
    situation.add_incident(
        dossier=dossier, by=cast.actor(POLICE), kind="geweldsincident", precision="dag", involved=[],
        begins_on=day(-130), ends_on=None, at=None, forms=["fysiek"], children_present="ja", account="Een feit.",
        impact="", response="", source="politie", source_note="", reliability="vastgesteld", report_number="",
    )  # fmt: skip

    page = text(get(MANAGER, "start_watch", dossier))

    assert "1 van 2 doelen bereikt" in page
    assert "1 doel staat nog open" in page
    assert "De kinderen slapen." in page
    assert "Er is rust." not in page
    assert "Risico: middel" in page
    assert "Politie Limburg" in page
    assert f"{day(-130).day} " in page[page.index("Laatste bekende geweld") :]
    # and it is still there when something was wrong
    assert "1 doel staat nog open" in text(start(dossier, motivation=""))


def test_a_dossier_in_its_watch_period_says_until_when(house):
    dossier = watching()

    page = text(get(CAW, "closure", dossier))

    assert f"De wachtperiode duurt tot en met {day(180).day} " in page
    assert JUDGED["motivation"] in page
    assert close(dossier, by=CAW).status_code == 403
