"""Asking again in the watch period: planned as a task, reported, corrected, taken away."""

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.closure.steps import (
    ADMINISTRATIVE,
    CAW,
    COORDINATOR,
    MANAGER,
    contact,
    day,
    executing,
    get,
    plan,
    post,
    report,
    sent,
    typed,
    url,
    watching,
)
from tests.pages import plain
from tests.referrals.pages import text, value, wrong
from wida.closure.models import RoundingOff, WatchContact
from wida.dossiers.codes import Stage
from wida.dossiers.models import Task
from wida.records.models import Revision


def test_a_contact_is_planned_as_a_task_of_the_case_manager(house):
    dossier = watching()

    answer = plan(dossier, "dienst", "CAW, ambulante hulp", planned_on=typed(60))

    assert (answer.status_code, answer["Location"]) == (303, url("closure", dossier))
    row = WatchContact.objects.get()
    assert (row.contact_with, row.whom, row.planned_on, row.done_on) == (
        "dienst",
        "CAW, ambulante hulp",
        day(60),
        None,
    )
    task = Task.objects.get(kind="contact_wachtperiode")
    assert (task.user_id, task.due, task.source) == (cast.actor(MANAGER).user_id, day(60), row.pk)
    page = text(get(CAW, "closure", dossier))
    assert "CAW, ambulante hulp" in page
    assert f"Gepland op {typed(60)}" in page


@pytest.mark.parametrize(
    ("field", "typed_in"),
    [
        ("contact_with", ""),
        ("contact_with", "buren"),
        ("whom", " "),
        ("whom", "x" * 201),
        ("planned_on", ""),
        ("planned_on", "01/01/2020"),
    ],
)
def test_a_plan_is_whole(house, field, typed_in):
    page = plan(watching(), **{field: typed_in})

    assert (page.status_code, wrong(page)) == (422, [field])
    assert not WatchContact.objects.exists()


def test_what_was_heard_finishes_the_task(house):
    dossier = watching()
    row = contact(dossier)

    answer = report(row, new_violence="onbekend", outcome="Zij wilde niet veel zeggen.")

    assert answer.status_code == 303
    row.refresh_from_db()
    assert (row.done_on, row.new_violence, row.outcome, row.version) == (
        day(),
        "onbekend",
        "Zij wilde niet veel zeggen.",
        2,
    )
    assert Task.objects.get(kind="contact_wachtperiode").done_by == cast.actor(MANAGER).signature
    page = text(get(CAW, "closure", dossier))
    assert "Zij wilde niet veel zeggen." in page
    assert "Nieuw geweld: weet ik niet" in page


@pytest.mark.parametrize(
    ("field", "typed_in"),
    [
        ("done_on", ""),
        ("done_on", typed(1)),
        ("done_on", typed(-1)),
        ("done_on", "01/01/2020"),
        ("new_violence", ""),
        ("outcome", " "),
    ],
)
def test_a_report_is_whole_and_about_the_watch_period(house, field, typed_in):
    row = contact(watching())

    page = report(row, **{field: typed_in})

    assert (page.status_code, wrong(page)) == (422, [field])
    row.refresh_from_db()
    assert (row.done_on, row.version) == (None, 1)


def test_a_day_before_the_watch_period_is_not_asking_again(house):
    row = contact(watching())
    RoundingOff.objects.update(started_on=day(-10))

    refused = report(row, done_on=typed(-11))

    assert "Vul een dag in de wachtperiode in: die begon op" in text(refused)
    assert value(refused, "outcome") == "Het gaat goed."
    assert report(row, done_on=typed(-10)).status_code == 303


def test_a_report_is_corrected_and_the_first_words_kept(house):
    row = contact(watching())
    report(row, outcome="Eerste versie.")

    assert value(get(MANAGER, "report_contact", row.dossier, row.pk), "outcome") == "Eerste versie."
    assert report(row, outcome="Tweede versie.").status_code == 303

    assert "Eerste versie." in Revision.objects.get(row=row.pk, version=2).state


def test_two_people_at_one_report_lose_nothing(house):
    row = contact(watching())
    report(row, outcome="Van de eerste.", new_violence="ja")

    late = report(row, by=COORDINATOR, version=1, outcome="Van de tweede.")

    assert late.status_code == 409
    assert "Van de eerste." in plain(late)
    assert "Van de tweede." in plain(late)
    row.refresh_from_db()
    assert row.outcome == "Van de eerste."


def test_a_plan_by_mistake_is_taken_away_with_its_task(house):
    row = contact(watching())

    def take_away(**data):
        return post(MANAGER, "withdraw_contact", row.dossier, row.pk, data=data)

    without = take_away(reason="", version="1")
    assert (without.status_code, wrong(without)) == (422, ["reason"])
    assert take_away(reason="Dubbel gepland.", version="1").status_code == 303

    assert not Task.objects.filter(kind="contact_wachtperiode", done_at=None).exists()
    assert "Mevrouw" not in text(get(MANAGER, "closure", row.dossier)).split('id="contacts"')[1]
    assert Revision.objects.get(row=row.pk).reason == "Dubbel gepland."


def test_what_was_heard_is_not_taken_away(house):
    row = contact(watching())
    report(row)

    overtaken = post(
        MANAGER, "withdraw_contact", row.dossier, row.pk, data={"reason": "Weg.", "version": "1"}
    )
    knowing = post(MANAGER, "withdraw_contact", row.dossier, row.pk, data={"reason": "Weg.", "version": "2"})

    assert [overtaken.status_code, knowing.status_code] == [409, 422]
    assert "Het gaat goed." in text(overtaken)
    assert "Iemand sprak hen al" in text(knowing)
    row.refresh_from_db()
    assert row.withdrawn_at is None


@pytest.mark.parametrize(
    ("login", "status"),
    [(COORDINATOR, 303), (MANAGER, 303), (ADMINISTRATIVE, 403), (CAW, 403), ("coordinator.antwerpen", 404)],
)
def test_who_asks_again(house, login, status):
    dossier = watching()

    assert plan(dossier, by=login).status_code == status
    row = contact(dossier, whom="De school")
    assert report(row, by=login).status_code == status
    assert WatchContact.objects.exclude(done_on=None).count() == (status == 303)


@pytest.mark.parametrize("stage", [Stage.EXECUTION, Stage.CLOSED])
def test_outside_a_watch_period_the_words_are_given_back(house, stage):
    dossier = watching()
    row = contact(dossier)
    cast.at(dossier, stage)

    planned = plan(dossier, whom="Wie ik net typte", by=COORDINATOR)
    reported = report(row, by=COORDINATOR, outcome="Wat ik net typte.")

    assert [planned.status_code, reported.status_code] == [409, 409]
    assert value(planned, "whom") == "Wie ik net typte"
    assert value(reported, "outcome") == "Wat ik net typte."
    assert WatchContact.objects.count() == 1
    assert get(COORDINATOR, "add_contact", dossier).status_code == 409


def test_nothing_is_planned_while_the_plan_is_carried_out(house):
    assert plan(executing()).status_code == 409
    assert not WatchContact.objects.exists()


def test_a_contact_of_another_dossier_is_not_found_here(house):
    row = contact(watching())
    other = watching()

    assert get(MANAGER, "report_contact", other, row.pk).status_code == 404
    assert get(MANAGER, "withdraw_contact", other, row.pk).status_code == 404


def test_planned_by_one_click_it_is_planned_once(house):
    dossier = watching()
    client = cast.signed_in(MANAGER)
    data = sent({"contact_with": "gezin", "whom": "Mevrouw", "planned_on": typed(30)})

    for _ in range(2):
        assert client.post(url("add_contact", dossier), data).status_code == 303

    assert WatchContact.objects.count() == Task.objects.filter(kind="contact_wachtperiode").count() == 1


def test_the_database_refuses_a_contact_without_its_answer(house):
    contact(watching())

    with pytest.raises(IntegrityError, match="closure_watchcontact_done"), transaction.atomic():
        WatchContact.objects.update(done_on=day())
