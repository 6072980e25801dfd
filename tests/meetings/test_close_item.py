"""The end of a point: what is missing takes a reason, the minutes wait for approval, the next point follows."""

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.meetings.steps import (
    ADMINISTRATIVE,
    CAW,
    COORDINATOR,
    MANAGER,
    attend,
    call,
    day,
    decide,
    forming,
    get,
    house_url,
    invite,
    minute,
    point,
    post,
    put,
    read,
    url,
)
from tests.plans.making import new_goal
from tests.referrals.pages import text, value, wrong
from tests.risk.assessing import POLICE, assessed
from wida.dossiers import tasks
from wida.dossiers.codes import Stage, TaskKind
from wida.dossiers.models import Task
from wida.meetings.models import AgendaItem


def close(item, by: str = COORDINATOR, version: int = 1, **data):
    return post(by, "close_item", item.dossier, item.pk, data={"version": version, **data})


def ready(item):
    """Everything of a triage is there."""
    invite(item, CAW)
    attend(item, CAW, sworn="on")
    minute(item, "Besproken.")
    decide(item)
    item.refresh_from_db()
    return item


def test_what_is_missing_is_said_in_words(house):
    item = point(None, CAW)

    page = read(COORDINATOR, item)

    for words in (
        "geen verslag",
        "beslissing niet vastgelegd",
        "aanwezigheid van 1 persoon niet genoteerd",
        "niemand als aanwezig genoteerd",
    ):
        assert words in page
    assert "Nog 4 dingen voor dit punt klaar is:" in page


def test_a_point_where_everything_is_closes_without_a_word(house):
    item = ready(point())
    assert "Alles van dit punt is er." in read(COORDINATOR, item)
    assert "despite" not in text(get(COORDINATOR, "close_item", item.dossier, item.pk))

    answer = close(item)

    assert (answer.status_code, answer["Location"]) == (303, house_url("meeting", item.meeting_id))
    item.refresh_from_db()
    assert item.closed_at is not None
    assert (item.closed_by, item.closed_despite) == (cast.actor(COORDINATOR).signature, "")
    task = Task.objects.get(kind="verslag_goedkeuren")
    assert (task.role, task.due, task.source, task.done_at) == ("coordinator", day(7), item.pk, None)
    page = read(CAW, item)
    assert "Dit punt is afgerond op" in page


def test_what_is_missing_takes_a_reason(house):
    item = point(None, CAW)

    refused = close(item, despite="")
    assert (refused.status_code, wrong(refused)) == (422, ["despite"])
    assert "geen verslag" in text(refused)
    answer = close(item, despite="Volgende week opnieuw.")

    assert answer.status_code == 303
    item.refresh_from_db()
    assert item.closed_despite == "Volgende week opnieuw."
    assert "Volgende week opnieuw." in read(CAW, item)
    assert not Task.objects.filter(kind="overleg", done_at=None).exists()


def test_the_next_point_follows(house):
    meeting = call()
    first, second, third = (
        put(forming(family_name=name), meeting, planned_at=at)
        for name, at in (("Aerdman", "9"), ("Coremans", "10"), ("Deckers", "11"))
    )
    close(second, despite="Eerst gedaan.")

    answer = close(first, despite="Nu dit.")

    assert answer["Location"] == url("item", third.dossier, third.pk)


def test_the_minutes_that_were_approved_wait_for_nobody(house):
    item = ready(point())
    post(COORDINATOR, "approve", item.dossier, item.pk, data={})

    close(item)

    assert not Task.objects.filter(kind="verslag_goedkeuren").exists()


def test_an_approval_finishes_its_task(house):
    item = ready(point())
    close(item)

    post(COORDINATOR, "approve", item.dossier, item.pk, data={})

    assert Task.objects.get(kind="verslag_goedkeuren").done_by == cast.actor(COORDINATOR).signature


def test_what_nobody_works_on_becomes_a_task_of_the_case_manager(house):
    dossier = forming(Stage.EXECUTION)
    assessed(POLICE, dossier, geweld_keel="aanwezig")
    item = point(dossier, type="opvolging")
    assert "4 dingen waaraan niemand werkt" in read(
        MANAGER, item
    )  # the risk, and three children without a goal

    close(item, by=MANAGER, despite="Het plan volgt.")

    task = Task.objects.get(kind="plan_bijsturen")
    assert (task.user_id, task.due, task.source) == (cast.actor(MANAGER).user_id, day(14), dossier.pk)


@pytest.mark.parametrize(("planned", "due"), [(5, 5), (90, 14)])
def test_a_review_that_was_planned_comes_no_later(house, planned, due):
    dossier = forming(Stage.EXECUTION)
    tasks.plan(
        dossier, kind=TaskKind.REVIEW_PLAN, due=day(planned), source=dossier.pk, by=cast.actor(MANAGER),
        user=cast.actor(MANAGER).user_id,
    )  # fmt: skip
    item = point(dossier, type="opvolging")

    close(item, by=MANAGER, despite="Het plan volgt.")

    assert Task.objects.get(kind="plan_bijsturen", done_at=None).due == day(due)


def test_while_partners_are_still_asked_no_plan_is_missed(house):
    dossier = forming()
    assessed(POLICE, dossier, geweld_keel="aanwezig")
    item = ready(point(dossier))

    assert "Nog geen doel voor: Geweld naar de keel" in read(COORDINATOR, item)
    assert close(item).status_code == 303
    assert not Task.objects.filter(kind="plan_bijsturen").exists()


def test_a_risk_with_a_goal_is_not_missed(house):
    dossier = forming(Stage.EXECUTION)
    assessed(POLICE, dossier, geweld_keel="aanwezig")
    new_goal(dossier, factors=["geweld_keel"])

    assert "Nog geen doel voor" not in read(MANAGER, point(dossier, type="opvolging"))


def test_two_people_closing_one_point_lose_nothing(house):
    item = point()
    close(item, despite="De eerste.")

    late = close(item, by=ADMINISTRATIVE, despite="De tweede.")

    assert late.status_code == 409
    item.refresh_from_db()
    assert (item.closed_despite, item.version) == ("De eerste.", 2)


@pytest.mark.parametrize(
    ("login", "status"), [(ADMINISTRATIVE, 303), (CAW, 403), ("coordinator.antwerpen", 404)]
)
def test_who_closes_a_point(house, login, status):
    item = point(None, CAW)

    assert close(item, by=login, despite="Genoeg.").status_code == status
    assert AgendaItem.objects.filter(closed_at=None).count() == (status != 303)


def test_after_closing_the_dossier_the_words_are_given_back(house):
    item = point()
    cast.at(item.dossier, Stage.CLOSED)

    answer = close(item, despite="Dit typte ik net.")

    assert answer.status_code == 409
    assert value(answer, "despite") == "Dit typte ik net."


def test_the_database_refuses_a_point_closed_by_nobody(house):
    item = point()

    with pytest.raises(IntegrityError, match="meetings_item_closed"), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(closed_by="Iemand")
