"""What is said at the table: lines, points about somebody, striking before and marking after the approval."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests import cast
from tests.meetings.steps import (
    ADMINISTRATIVE,
    CAW,
    COORDINATOR,
    MANAGER,
    POLICE,
    get,
    minute,
    point,
    post,
    read,
    sent,
    url,
)
from tests.referrals.pages import text, value, wrong
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.dossiers.models import Task
from wida.meetings.models import Approval, Note, PersonPoint
from wida.people.models import Person
from wida.records.models import Revision


def approve(item, by: str = COORDINATOR, **data):
    return post(by, "approve", item.dossier, item.pk, data=data)


def strike(item, line, by: str = COORDINATOR, **data):
    name = "withdraw_note" if isinstance(line, Note) else "withdraw_point"
    return post(
        by, name, item.dossier, item.pk, line.pk, data={"reason": "Hoort hier niet.", "version": "1"} | data
    )


def test_a_line_is_minuted_on_the_page_itself(house):
    item = point(None, POLICE)
    speaker = cast.actor(POLICE).signature
    page = read(COORDINATOR, item)
    assert f'action="{url("add_note", item.dossier, item.pk)}"' in page
    assert f'<option value="{speaker}">' in page

    answer = minute(item, "Vijfde tussenkomst **dit jaar**.", speaker=speaker)

    assert (answer.status_code, answer["Location"]) == (303, url("item", item.dossier, item.pk) + "#minutes")
    page = read(COORDINATOR, item)
    assert f"<b>{speaker}</b>" in page
    assert "<strong>dit jaar</strong>" in page
    note = Note.objects.get()
    assert (note.organisation_id, note.item_id) == (cast.actor(COORDINATOR).organisation_id, item.pk)
    assert Event.objects.filter(action="added", table="meetings.note", row=note.pk).exists()


def test_a_line_without_a_speaker_is_the_meetings(house):
    item = point()

    minute(item, "Iedereen is akkoord.")

    assert "<b>Het overleg</b>" in read(COORDINATOR, item)


def test_a_fault_goes_to_a_page_of_its_own_with_what_was_typed(house):
    item = point(None, POLICE)

    empty = minute(item, "   ", speaker=cast.actor(POLICE).signature)
    stranger = minute(item, "Getypt.", speaker="Iemand die er niet is")

    assert (empty.status_code, wrong(empty)) == (422, ["text"])
    assert (stranger.status_code, wrong(stranger)) == (422, ["speaker"])
    assert value(stranger, "text") == "Getypt."
    assert not Note.objects.exists()


def test_the_phase_moved_on_while_somebody_typed(house):
    item = point()
    cast.at(item.dossier, Stage.CLOSED)

    answer = minute(item, "Dit typte ik net.")

    assert answer.status_code == 409
    assert value(answer, "text") == "Dit typte ik net."
    assert not Note.objects.exists()


def test_a_line_sent_twice_stands_once(house):
    item = point()
    client = cast.signed_in(COORDINATOR)
    data = sent({"text": "Eén keer."})

    for _ in range(2):
        assert client.post(url("add_note", item.dossier, item.pk), data).status_code == 303

    assert Note.objects.count() == 1


@pytest.mark.parametrize(
    ("login", "stage", "status"),
    [
        (ADMINISTRATIVE, Stage.FORMING, 303),
        (MANAGER, Stage.EXECUTION, 303),
        (CAW, Stage.FORMING, 403),
        (POLICE, Stage.FORMING, 403),
        ("coordinator.antwerpen", Stage.FORMING, 404),
    ],
)
def test_who_writes(house, login, stage, status):
    item = point(None, CAW)
    cast.at(item.dossier, stage)

    assert minute(item, "Regel.", by=login).status_code == status
    assert Note.objects.count() == (status == 303)


def test_who_only_reads_sees_no_box_to_write_in(house):
    item = point(None, CAW)
    minute(item, "Gezegd.")

    page = read(CAW, item)

    assert "Gezegd." in page
    assert '<form class="form' not in page
    for name in (
        "add_note",
        "decide",
        "approve",
        "invite",
        "roll_call",
        "close_item",
        "add_action",
        "edit_item",
    ):
        assert url(name, item.dossier, item.pk) not in page, name


def test_what_is_said_is_not_readable_in_the_database(house):
    item = point()
    minute(item, "Kanarievogel in de notulen.")

    with connection.cursor() as cursor:
        cursor.execute("select text from meetings_note")
        ((stored,),) = cursor.fetchall()

    assert b"Kanarievogel" not in bytes(stored)


def test_a_point_about_somebody(house):
    item = point(None, CAW)
    noa = next(person for person in Person.objects.of(item.dossier) if person.given_name == "Noa")

    answer = post(
        COORDINATOR, "add_point", item.dossier, item.pk,
        data={"person": str(noa.pk), "text": "Slaapt bij grootmoeder."},
    )  # fmt: skip

    assert answer.status_code == 303
    page = read(CAW, item)
    assert "Noa Bosteels" in page
    assert "Slaapt bij grootmoeder." in page


def test_a_point_is_about_somebody_of_this_family(house):
    item, other = point(), cast.new_dossier(family_name="Coremans")
    stranger = Person.objects.of(other)[0]

    page = post(
        COORDINATOR, "add_point", item.dossier, item.pk, data={"person": str(stranger.pk), "text": "Getypt."}
    )

    assert (page.status_code, wrong(page)) == (422, ["person"])
    assert value(page, "text") == "Getypt."
    assert not PersonPoint.objects.exists()


def test_a_line_is_struck_with_a_reason_and_kept_in_the_history(house):
    item = point()
    minute(item, "Hoort bij een ander gezin.")
    note = Note.objects.get()

    without = strike(item, note, reason="")
    assert (without.status_code, wrong(without)) == (422, ["reason"])
    answer = strike(item, note)

    assert answer.status_code == 303
    assert "Hoort bij een ander gezin." not in read(COORDINATOR, item)
    kept = Revision.objects.get(row=note.pk)
    assert (kept.reason, "Hoort bij een ander gezin." in kept.state) == ("Hoort hier niet.", True)


def test_a_line_of_another_point_is_not_found_here(house):
    item, other = point(), point()
    minute(item, "Van het eerste punt.")

    answer = post(
        COORDINATOR, "withdraw_note", other.dossier, other.pk, Note.objects.get().pk,
        data={"reason": "Toch weg.", "version": "1"},
    )  # fmt: skip

    assert answer.status_code == 404


def test_once_approved_no_line_goes_and_what_comes_is_marked(house):
    item = point(None, CAW)
    minute(item, "Eerste regel.")

    assert approve(item, remark="Met een kleine opmerking.").status_code == 303
    minute(item, "Later bijgevoegd.")

    late, first = Note.objects.order_by("-created_at")
    refused = strike(item, first)
    assert refused.status_code == 422
    assert "Het verslag is goedgekeurd" in text(refused)
    assert "Hoort hier niet." in text(refused)
    page = read(CAW, item)
    assert page.count("Toegevoegd na de goedkeuring") == 1
    assert (
        page.index("Later bijgevoegd.")
        > page.index("Toegevoegd na de goedkeuring")
        > page.index("Eerste regel.")
    )
    assert "Met een kleine opmerking." in page
    assert url("withdraw_note", item.dossier, item.pk, late.pk) not in read(COORDINATOR, item)


def test_minutes_are_approved_once(house):
    item = point()
    minute(item, "Regel.")

    answers = [approve(item, remark=remark).status_code for remark in ("Eerst.", "Nog eens.")]

    assert answers == [303, 303]
    assert [row.remark for row in Approval.objects.all()] == ["Eerst."]


@pytest.mark.parametrize(
    "change", ["update meetings_approval set signature = 'Ander'", "delete from meetings_approval"]
)
def test_the_database_refuses_to_change_an_approval(house, change):
    item = point()
    minute(item, "Regel.")
    approve(item)

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_an_approval_ends_the_wait_of_who_was_invited(house):
    item = point(None, CAW)
    minute(item, "Regel.")

    approve(item)

    assert not Task.objects.filter(kind="overleg", done_at=None).exists()


@pytest.mark.parametrize("login", [CAW, "prosecutor.limburg"])
def test_a_partner_does_not_approve(house, login):
    item = point(None, login)
    minute(item, "Regel.")

    assert get(login, "approve", item.dossier, item.pk).status_code == 403
    assert approve(item, by=login).status_code == 403
    assert not Approval.objects.exists()
