"""Putting a dossier on an agenda, changing what is asked, and taking it off again."""

import pytest

from tests import cast
from tests.meetings.steps import (
    ADMINISTRATIVE,
    CAW,
    COORDINATOR,
    MANAGER,
    call,
    forming,
    get,
    house_url,
    invitee_of,
    minute,
    planned,
    point,
    post,
    put,
    sent,
    typed,
    url,
)
from tests.referrals.pages import text, value, wrong
from wida.access.models import Mandate
from wida.dossiers.codes import Stage
from wida.dossiers.models import Task
from wida.meetings.models import AgendaItem, Invitee, Meeting
from wida.records.models import Revision


def test_a_point_has_its_time_and_its_question(house):
    dossier, meeting = forming(), call(on=typed(7))

    item = put(dossier, meeting, "Wie volgt de kinderen op?", planned_at="10u15")

    assert (item.meeting_id, item.question, f"{item.planned_at:%H:%M}") == (
        meeting.pk,
        "Wie volgt de kinderen op?",
        "10:15",
    )
    assert Task.objects.count() == 0


@pytest.mark.parametrize(
    ("login", "stage", "status"),
    [
        (COORDINATOR, Stage.FORMING, 303),
        (ADMINISTRATIVE, Stage.FORMING, 303),
        (MANAGER, Stage.EXECUTION, 303),
        (MANAGER, Stage.WATCH, 303),
        (CAW, Stage.FORMING, 403),
        ("prosecutor.limburg", Stage.FORMING, 403),
        ("casemanager2.limburg", Stage.EXECUTION, 404),
        ("coordinator.antwerpen", Stage.FORMING, 404),
        (COORDINATOR, Stage.CLOSED, 409),
    ],
)
def test_who_puts_on_the_agenda(house, login, stage, status):
    dossier, meeting = cast.at(cast.new_dossier(), stage), call()

    answer = post(login, "add_item", dossier, data={"meeting": str(meeting.pk), "question": "Vraag?"})

    assert answer.status_code == status
    assert AgendaItem.objects.count() == (status == 303)


def test_a_question_is_asked_at_a_meeting_that_can_still_take_place(house):
    dossier = forming()
    past, cancelled = call(on=typed(-1)), call(on=typed(3))
    cast.signed_in(COORDINATOR).post(
        house_url("cancel_meeting", cancelled.pk), sent({"why": "Ziekte.", "version": 1})
    )
    elsewhere = call("coordinator.antwerpen")

    for meeting in (past, cancelled, elsewhere):
        page = post(COORDINATOR, "add_item", dossier, data={"meeting": str(meeting.pk), "question": "Vraag?"})
        assert page.status_code == 422
        assert wrong(page) == ["meeting"]
        assert value(page, "question") == "Vraag?"
    page = text(get(COORDINATOR, "add_item", dossier))
    assert "Er is geen overleg gepland waar dit dossier bij kan." in page
    assert house_url("call_meeting") in page
    assert not AgendaItem.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed_in"), [("question", ""), ("question", "   "), ("planned_at", "25.99")]
)
def test_what_is_typed_is_whole(house, field, typed_in):
    data = {"meeting": str(call().pk), "question": "Vraag?", "planned_at": "9.30"} | {field: typed_in}

    page = post(COORDINATOR, "add_item", forming(), data=data)

    assert page.status_code == 422
    assert wrong(page) == [field]
    assert not AgendaItem.objects.exists()


def test_a_dossier_stands_once_on_an_agenda(house):
    dossier, meeting = forming(), call()
    put(dossier, meeting)

    again = post(COORDINATOR, "add_item", dossier, data={"meeting": str(meeting.pk), "question": "Nog eens?"})

    assert again.status_code == 422
    assert wrong(again) == ["meeting"]
    assert AgendaItem.objects.count() == 1


def test_sent_twice_it_stands_there_once(house):
    dossier, meeting = forming(), call()
    client = cast.signed_in(COORDINATOR)
    data = sent({"meeting": str(meeting.pk), "question": "Vraag?"})

    answers = [client.post(url("add_item", dossier), data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert AgendaItem.objects.count() == 1


def test_a_meeting_sent_twice_is_planned_once(house):
    client = cast.signed_in(COORDINATOR)
    data = sent(planned())

    answers = [client.post(house_url("call_meeting"), data) for _ in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Meeting.objects.count() == 1


def test_the_question_changes_and_the_old_one_is_kept(house):
    item = point()

    answer = post(
        COORDINATOR, "edit_item", item.dossier, item.pk,
        data={"question": "Wie wordt casusregisseur?", "planned_at": "11", "version": "1"},
    )  # fmt: skip

    assert answer.status_code == 303
    item.refresh_from_db()
    assert (item.question, f"{item.planned_at:%H:%M}", item.version) == (
        "Wie wordt casusregisseur?",
        "11:00",
        2,
    )
    assert "Nemen we dit gezin op?" in Revision.objects.get(row=item.pk).state


def test_two_people_at_one_question_lose_nothing(house):
    item = point()
    post(COORDINATOR, "edit_item", item.dossier, item.pk, data={"question": "De eerste.", "version": "1"})

    late = post(
        ADMINISTRATIVE, "edit_item", item.dossier, item.pk, data={"question": "De tweede.", "version": "1"}
    )

    assert late.status_code == 409
    assert "De eerste." in text(late)
    assert value(late, "question") == "De tweede."
    item.refresh_from_db()
    assert item.question == "De eerste."


def test_taken_off_the_agenda_the_invitations_end_and_the_mandates_stay(house):
    item = point(None, "liaison.ajh-limburg")
    ajh = cast.actor("liaison.ajh-limburg").user_id
    assert Task.objects.get(kind="overleg").done_at is None

    answer = post(
        COORDINATOR,
        "withdraw_item",
        item.dossier,
        item.pk,
        data={"reason": "Verkeerd overleg.", "version": "1"},
    )

    assert (answer.status_code, answer["Location"]) == (303, url("meetings", item.dossier))
    assert get(COORDINATOR, "item", item.dossier, item.pk).status_code == 404
    assert Invitee.objects.get(item=item).withdrawn_at is not None
    assert Task.objects.get(kind="overleg").done_by == cast.actor(COORDINATOR).signature
    assert Mandate.objects.active().filter(dossier=item.dossier, holder_id=ajh).exists()
    assert Revision.objects.filter(row=item.pk).exists()
    # The same meeting can be chosen again.
    assert put(item.dossier, item.meeting).pk != item.pk


def test_a_point_where_something_was_said_stays(house):
    item = point(None, CAW)
    minute(item, "Er is gesproken.")

    answer = post(
        COORDINATOR, "withdraw_item", item.dossier, item.pk, data={"reason": "Vergissing.", "version": "1"}
    )

    assert answer.status_code == 422
    assert "Bij dit punt is al iets genoteerd of beslist" in text(answer)
    assert "Vergissing." in text(answer)
    item.refresh_from_db()
    assert item.withdrawn_at is None
    assert invitee_of(item, CAW).withdrawn_at is None


def test_a_point_of_another_dossier_is_not_found_here(house):
    item, other = point(), forming(family_name="Coremans")

    for name in (
        "item",
        "edit_item",
        "withdraw_item",
        "invite",
        "add_note",
        "decide",
        "close_item",
        "screen",
    ):
        assert get(COORDINATOR, name, other, item.pk).status_code == 404, name
