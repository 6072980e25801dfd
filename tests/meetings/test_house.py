"""The meetings of a house: planning, moving and cancelling, and an agenda that betrays nothing."""

from datetime import time

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.meetings.steps import (
    ADMINISTRATIVE,
    CAW,
    COORDINATOR,
    MANAGER,
    POLICE,
    VK,
    call,
    day,
    forming,
    house_url,
    invite,
    invitee_of,
    planned,
    point,
    put,
    sent,
    typed,
    url,
)
from tests.pages import plain
from tests.referrals.pages import chosen, text, value, wrong
from wida.access.actions import block
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.dossiers.models import Task
from wida.meetings.models import Invitee, Meeting

AJH = "liaison.ajh-limburg"


def visit(login: str, name: str, *args):
    return cast.signed_in(login).get(house_url(name, *args))


def change(meeting: Meeting, by: str = COORDINATOR, version: int = 1, **changes):
    data = sent(planned(**changes) | {"version": version})
    return cast.signed_in(by).post(house_url("edit_meeting", meeting.pk), data)


def cancel(meeting: Meeting, by: str = COORDINATOR, version: int = 1, why: str = "De zaal is bezet."):
    data = sent({"why": why, "version": version})
    return cast.signed_in(by).post(house_url("cancel_meeting", meeting.pk), data)


def test_a_meeting_is_planned_with_its_ground_and_its_finality(house):
    page = visit(COORDINATOR, "call_meeting")
    assert chosen(page, "legal_basis") == ["decreet_353"]
    assert value(page, "finality").startswith("De fysieke en psychische integriteit")

    meeting = call(on="07/12/2026", starts="9u30", place="Zaal 2 en online")

    assert (meeting.type, meeting.on.isoformat(), meeting.starts, meeting.place) == (
        "triage",
        "2026-12-07",
        time(9, 30),
        "Zaal 2 en online",
    )
    assert meeting.made_by == cast.actor(COORDINATOR).signature
    assert meeting.safe_home_id == cast.actor(COORDINATOR).house_id
    assert Event.objects.get(action="meeting_called").row == meeting.pk


@pytest.mark.parametrize(
    ("field", "typed_in"),
    [
        ("type", ""),
        ("type", "receptie"),
        ("on", ""),
        ("on", "31/02/2026"),
        ("starts", ""),
        ("starts", "half tien"),
        ("legal_basis", ""),
        ("finality", ""),
        ("finality", "x" * 301),
        ("place", "x" * 121),
    ],
)
def test_a_meeting_is_whole(house, field, typed_in):
    page = cast.signed_in(COORDINATOR).post(house_url("call_meeting"), sent(planned(**{field: typed_in})))

    assert (page.status_code, wrong(page)) == (422, [field])
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("login", "status"),
    [
        (COORDINATOR, 200),
        (ADMINISTRATIVE, 200),
        (MANAGER, 403),
        (CAW, 403),
        ("referrer.hospital-limburg", 403),
        ("central.team", 403),
    ],
)
def test_who_plans_a_meeting(house, login, status):
    assert visit(login, "call_meeting").status_code == status
    refused = Event.objects.filter(action="refused", detail="call_meeting", user=cast.actor(login).user_id)
    assert refused.count() == (status == 403)


@pytest.mark.parametrize(
    ("login", "status"),
    [
        (COORDINATOR, 200),
        (MANAGER, 200),
        (CAW, 200),
        ("referrer.hospital-limburg", 200),
        ("central.team", 403),
    ],
)
def test_who_sees_the_calendar(house, login, status):
    assert visit(login, "meetings").status_code == status


def test_what_comes_stands_in_order_and_what_was_the_other_way(house):
    for ahead in (9, 2, -3, -20, 0):
        call(on=typed(ahead))

    page = text(visit(COORDINATOR, "meetings"))

    coming, past = page[: page.index('id="past"')], page[page.index('id="past"') :]
    order = [meeting.pk for meeting in Meeting.objects.order_by("on")]
    assert [str(key) in past for key in order] == [True, True, False, False, False]
    places = [coming.index(str(key)) for key in order[2:]]
    assert places == sorted(places)
    assert past.index(str(order[1])) < past.index(str(order[0]))


def test_the_past_goes_on_for_pages(house):
    for ago in range(1, 28):
        call(on=typed(-ago))
    oldest = Meeting.objects.order_by("on").first()

    first, second = (
        cast.signed_in(COORDINATOR).get(house_url("meetings"), {"page": page}) for page in (1, 2)
    )

    assert str(oldest.pk) not in text(first)
    assert str(oldest.pk) in text(second)
    assert text(cast.signed_in(COORDINATOR).get(house_url("meetings"), {"page": "x"})).count("Triage") == 25


@pytest.mark.parametrize(
    ("login", "status"), [("coordinator.antwerpen", 404), (CAW, 404), ("central.team", 404), (MANAGER, 200)]
)
def test_a_meeting_of_others_does_not_exist(house, login, status):
    assert visit(login, "meeting", call().pk).status_code == status


# The agenda ------------------------------------------------------------------------------------------------


def test_the_agenda_shows_what_the_reader_may_know_of_and_no_gap(house):
    meeting = call()
    first, second, third = (
        put(forming(family_name=name), meeting, planned_at=at)
        for name, at in (("Aerdman", "9"), ("Coremans", "10"), ("Deckers", "11"))
    )
    invite(first, POLICE, VK)
    invite(third, VK)
    block(
        dossier=second.dossier,
        by=cast.actor(COORDINATOR),
        why="Nicht.",
        user=cast.member(ADMINISTRATIVE).user,
    )

    def points(login: str) -> list[str]:
        page = text(visit(login, "meeting", meeting.pk))
        agenda = page[page.index('id="agenda"') :]
        return [item.dossier.number for item in (first, second, third) if item.dossier.number in agenda]

    numbers = [item.dossier.number for item in (first, second, third)]
    assert points(COORDINATOR) == numbers
    assert points(POLICE) == numbers[:1]
    assert points(VK) == [numbers[0], numbers[2]]
    assert points(ADMINISTRATIVE) == [numbers[0], numbers[2]]
    assert points(MANAGER) == []
    kept_out = text(visit(ADMINISTRATIVE, "meeting", meeting.pk))
    for trace in (second.dossier.number, str(second.pk), "Coremans", "10.00", "Gesloten punt"):
        assert trace not in kept_out
    calendar = text(visit(ADMINISTRATIVE, "meetings"))
    assert "2 dossiers" in calendar
    assert "3 dossiers" not in calendar


def test_beside_a_point_stand_only_the_points_the_reader_may_read(house):
    meeting = call()
    mine, other = (put(forming(family_name=name), meeting) for name in ("Aerdman", "Coremans"))
    invite(mine, POLICE)

    page = text(cast.signed_in(POLICE).get(url("item", mine.dossier, mine.pk)))

    assert "0 van 1 afgerond" in page
    assert other.dossier.number not in page


def test_points_stand_in_order_of_time(house):
    meeting = call()
    late, none, early = (
        put(forming(family_name=name), meeting, planned_at=at)
        for name, at in (("Aerdman", "11"), ("Coremans", ""), ("Deckers", "9.30"))
    )

    page = text(visit(COORDINATOR, "meeting", meeting.pk))

    places = [page.index(f">{item.dossier.number}<") for item in (early, late, none)]
    assert places == sorted(places)
    assert "9.30 uur" in page


# Moving and cancelling -------------------------------------------------------------------------------------


def test_a_meeting_moves_and_the_tasks_go_along(house):
    item = point(None, CAW, POLICE, on=typed(5))
    other = put(forming(family_name="Coremans"), item.meeting)
    invite(other, VK)
    cast.signed_in(COORDINATOR).post(
        url("attendance", item.dossier, item.pk, invitee_of(item, POLICE).pk),
        sent({"attendance": "verontschuldigd", "version": 1}),
    )

    answer = change(item.meeting, on=typed(12), place="Zaal 9")

    assert (answer.status_code, answer["Location"]) == (303, house_url("meeting", item.meeting_id))
    meeting = Meeting.objects.get()
    assert (meeting.on, meeting.place, meeting.version, meeting.changed_by) == (
        day(12),
        "Zaal 9",
        2,
        cast.actor(COORDINATOR).signature,
    )
    open_tasks = Task.objects.filter(kind="overleg", done_at=None)
    assert {(task.user_id, task.due) for task in open_tasks} == {
        (cast.actor(CAW).user_id, day(12)),
        (cast.actor(VK).user_id, day(12)),
    }
    item.dossier.refresh_from_db()
    assert item.dossier.next_due == day(12)
    event = Event.objects.get(action="meeting_changed")
    assert (event.row, event.detail) == (meeting.pk, f"{day(5)} {day(12)}")


def test_the_tasks_of_a_dossier_move_though_the_mover_may_not_know_it(house):
    item = point(None, CAW, on=typed(5))
    block(
        dossier=item.dossier, by=cast.actor(COORDINATOR), why="Nicht.", user=cast.member(ADMINISTRATIVE).user
    )

    answer = change(item.meeting, by=ADMINISTRATIVE, on=typed(8))

    assert answer.status_code == 303
    assert Task.objects.get(kind="overleg").due == day(8)
    assert item.dossier.number not in text(visit(ADMINISTRATIVE, "meeting", item.meeting_id))


def test_nothing_changed_is_nothing_recorded(house):
    meeting = call()

    assert change(meeting).status_code == 303

    meeting.refresh_from_db()
    assert (meeting.version, meeting.changed_by) == (1, "")
    assert not Event.objects.filter(action="meeting_changed").exists()


def test_two_people_at_one_meeting_lose_nothing(house):
    meeting = call()
    change(meeting, place="Van de eerste")

    late = change(meeting, by=ADMINISTRATIVE, place="Van de tweede", on=typed(30))

    assert late.status_code == 409
    assert "Van de eerste" in plain(late)
    assert "Van de tweede" in plain(late)
    assert cast.actor(COORDINATOR).signature in text(late)
    assert Meeting.objects.get().place == "Van de eerste"
    # and goes on from what stands now
    assert '<input type="hidden" name="version" value="2">' in text(late)


def test_a_fault_does_not_hide_a_conflict(house):
    meeting = call()
    change(meeting, place="Van de eerste")

    faulty = change(meeting, by=ADMINISTRATIVE, on="")

    assert (faulty.status_code, wrong(faulty)) == (422, ["on"])
    assert '<input type="hidden" name="version" value="1">' in text(faulty)


def test_a_cancelled_meeting_waits_for_nobody(house):
    item = point(None, CAW, AJH, on=typed(5))

    answer = cancel(item.meeting)

    assert answer.status_code == 303
    meeting = Meeting.objects.get()
    assert meeting.cancelled_at is not None
    assert (meeting.cancelled_why, meeting.version) == ("De zaal is bezet.", 2)
    assert not Task.objects.filter(kind="overleg", done_at=None).exists()
    assert Event.objects.get(action="meeting_cancelled").row == meeting.pk
    for page in (
        visit(AJH, "meeting", meeting.pk),
        cast.signed_in(AJH).get(url("item", item.dossier, item.pk)),
    ):
        assert "De zaal is bezet." in text(page)
    assert "Geannuleerd" in text(visit(COORDINATOR, "meetings"))
    # nothing is written at it any more
    told = text(cast.signed_in(COORDINATOR).get(url("item", item.dossier, item.pk)))
    assert url("add_note", item.dossier, item.pk) not in told
    for name, data in (
        ("add_note", {"text": "Toch iets."}),
        ("invite", {"members": [str(cast.member(POLICE).pk)], "ground": "betrokken"}),
        ("edit_item", {"question": "Anders?", "version": 1}),
        ("approve", {}),
        ("close_item", {"despite": "Zomaar.", "version": 1}),
    ):
        answer = cast.signed_in(COORDINATOR).post(url(name, item.dossier, item.pk), sent(data))
        assert answer.status_code == 422, name
        assert "Dit overleg is geannuleerd." in text(answer), name
    # and the dossier can go to another one
    assert put(item.dossier, call(on=typed(6))).pk != item.pk


def test_cancelling_takes_a_reason_and_happens_once(house):
    meeting = call()

    without = cancel(meeting, why=" ")
    assert (without.status_code, wrong(without)) == (422, ["why"])
    assert cancel(meeting).status_code == 303
    again = cancel(meeting, version=2, why="Nog eens.")
    assert again.status_code == 409
    assert value(again, "why") == "Nog eens."
    moved = change(meeting, version=2, on=typed(9))
    assert moved.status_code == 409
    assert Meeting.objects.get().cancelled_why == "De zaal is bezet."


@pytest.mark.parametrize(
    ("login", "status"),
    [(ADMINISTRATIVE, 303), (MANAGER, 403), (CAW, 403), ("coordinator.antwerpen", 404)],
)
def test_who_moves_and_cancels(house, login, status):
    item = point(None, CAW)

    assert change(item.meeting, by=login, place="Elders").status_code == status
    version = Meeting.objects.get().version
    assert cancel(item.meeting, by=login, version=version).status_code == status
    assert Meeting.objects.filter(cancelled_at=None).count() == (status != 303)


def test_the_database_refuses_a_meeting_cancelled_for_no_reason(house):
    call()

    with pytest.raises(IntegrityError, match="meetings_meeting_cancelled"), transaction.atomic():
        Meeting.objects.update(cancelled_why="Zomaar.")


def test_after_the_end_of_a_dossier_its_meeting_is_no_longer_a_partners(house):
    item = point(None, AJH)
    assert visit(AJH, "meeting", item.meeting_id).status_code == 200

    cast.at(item.dossier, Stage.CLOSED)

    assert visit(AJH, "meeting", item.meeting_id).status_code == 404
    assert visit(COORDINATOR, "meeting", item.meeting_id).status_code == 200
    assert Invitee.objects.filter(item=item).count() == 1


def test_thirty_points_cost_as_many_statements_as_one(house):
    meeting = call()
    client = cast.signed_in(COORDINATOR)

    def statements(*args) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(house_url(*args)).status_code == 200
        return len([query for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    put(forming(), meeting)
    once = [statements("meeting", meeting.pk), statements("meetings")]
    for number in range(9):
        put(forming(family_name=f"Familie {number}"), meeting)
        call(on=typed(number))

    assert [statements("meeting", meeting.pk), statements("meetings")] == once
    assert max(once) <= 8
