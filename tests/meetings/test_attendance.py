"""Who was there, who confirmed the secrecy, who spoke for whom, who sent something in writing."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import cast
from tests.meetings.steps import (
    ADMINISTRATIVE,
    CAW,
    COORDINATOR,
    GGZ,
    MANAGER,
    POLICE,
    attend,
    get,
    invitee_of,
    point,
    post,
    read,
)
from tests.pages import plain
from tests.referrals.pages import text, value, wrong
from wida.dossiers.codes import Stage
from wida.dossiers.models import Task
from wida.meetings.models import Invitee


def task_of(item, login) -> Task:
    return Task.objects.get(kind="overleg", source=invitee_of(item, login).pk, done_at=None)


def test_who_was_there_and_confirmed_stands_with_the_time(house):
    item = point(None, CAW)
    before = timezone.now()

    answer = attend(item, CAW, sworn="on")

    assert answer.status_code == 303
    invitee = invitee_of(item, CAW)
    assert invitee.attendance == "aanwezig"
    assert before <= invitee.sworn_at <= timezone.now()
    assert not Task.objects.filter(kind="overleg", done_at=None).exists()
    moment = timezone.localtime(invitee.sworn_at)
    assert f"Bevestigde het beroepsgeheim om {moment.hour}.{moment.minute:02} uur" in read(COORDINATOR, item)


def test_the_first_confirmation_is_the_one_that_counts(house):
    item = point(None, CAW)
    attend(item, CAW, sworn="on")
    first = invitee_of(item, CAW).sworn_at

    attend(item, CAW, sworn="on", representative_of="Sara Luytens")

    assert invitee_of(item, CAW).sworn_at == first


def test_who_did_not_confirm_is_as_loud(house):
    item = point(None, CAW)

    attend(item, CAW)

    assert invitee_of(item, CAW).sworn_at is None
    page = read(COORDINATOR, item)
    assert "Beroepsgeheim niet bevestigd" in page
    assert "1 persoon bevestigde het beroepsgeheim niet" in page


@pytest.mark.parametrize("attendance", ["verwacht", "verontschuldigd", "afwezig"])
def test_only_who_was_there_confirms(house, attendance):
    item = point(None, CAW)

    page = attend(item, CAW, attendance, sworn="on", written_input="Wij zien het gezin elke week.")

    assert page.status_code == 422
    assert wrong(page) == ["sworn"]
    assert value(page, "written_input") == "Wij zien het gezin elke week."
    assert invitee_of(item, CAW).attendance == "verwacht"


def test_who_was_not_there_after_all_did_not_confirm(house):
    item = point(None, CAW)
    attend(item, CAW, sworn="on")

    attend(item, CAW, "afwezig")

    invitee = invitee_of(item, CAW)
    assert (invitee.attendance, invitee.sworn_at, invitee.version) == ("afwezig", None, 3)


def test_the_database_refuses_a_confirmation_of_who_was_not_there(house):
    item = point(None, CAW)

    with pytest.raises(IntegrityError, match="meetings_invitee_sworn"), transaction.atomic():
        Invitee.objects.filter(item=item).update(sworn_at=timezone.now())


def test_a_fixed_representative_and_a_written_input(house):
    item = point(None, "liaison.vk-limburg")

    answer = attend(
        item,
        "liaison.vk-limburg",
        "verontschuldigd",
        representative_of="Tine Claes en Bart Maes",
        written_input="Het kind is vorige week gezien.",
    )

    assert answer.status_code == 303
    page = read(COORDINATOR, item)
    assert "Spreekt voor: Tine Claes en Bart Maes" in page
    assert "Het kind is vorige week gezien." in page
    row = Invitee.objects.filter(item=item).values_list("written_input", flat=True)[0]
    assert b"vorige week" not in bytes(row)


def test_expected_again_is_a_task_again(house):
    item = point(None, CAW)
    attend(item, CAW, "verontschuldigd")
    assert not Task.objects.filter(kind="overleg", done_at=None).exists()

    attend(item, CAW, "verwacht")

    assert task_of(item, CAW).due == item.meeting.on


def test_two_people_at_one_attendance_lose_nothing(house):
    item = point(None, CAW)
    attend(item, CAW, "verontschuldigd", written_input="Van de eerste.")

    late = attend(item, CAW, "aanwezig", by=ADMINISTRATIVE, version=1, written_input="Van de tweede.")

    assert late.status_code == 409
    assert "Van de eerste." in plain(late)
    assert "Van de tweede." in plain(late)
    assert invitee_of(item, CAW).attendance == "verontschuldigd"


@pytest.mark.parametrize(
    ("login", "stage", "status"),
    [
        (COORDINATOR, Stage.FORMING, 303),
        (ADMINISTRATIVE, Stage.FORMING, 303),
        (MANAGER, Stage.WATCH, 303),
        (CAW, Stage.FORMING, 403),
        ("coordinator.antwerpen", Stage.FORMING, 404),
        (COORDINATOR, Stage.CLOSED, 409),
    ],
)
def test_who_notes_it(house, login, stage, status):
    item = point(None, CAW)
    cast.at(item.dossier, stage)

    assert attend(item, CAW, by=login).status_code == status
    assert (invitee_of(item, CAW).attendance == "aanwezig") == (status == 303)


def roll(item, answers: dict[str, tuple], **more) -> dict:
    """A roll call as the page sends it: per login how they attended and whether they confirmed."""
    data = dict(more)
    for login, (attendance, sworn) in answers.items():
        invitee = invitee_of(item, login)
        data[f"attendance_{invitee.pk.hex}"] = attendance
        data.setdefault(f"version_{invitee.pk.hex}", str(invitee.version))
        if sworn:
            data[f"sworn_{invitee.pk.hex}"] = "on"
    return data


def test_a_roll_call_notes_everybody_at_once(house):
    item = point(None, CAW, POLICE, GGZ)
    data = roll(item, {CAW: ("aanwezig", True), POLICE: ("verontschuldigd", False), GGZ: ("verwacht", False)})

    answer = post(COORDINATOR, "roll_call", item.dossier, item.pk, data=data)

    assert answer.status_code == 303
    noted = {login: invitee_of(item, login) for login in (CAW, POLICE, GGZ)}
    assert {
        login: (row.attendance, row.sworn_at is not None, row.version) for login, row in noted.items()
    } == {
        CAW: ("aanwezig", True, 2),
        POLICE: ("verontschuldigd", False, 2),
        GGZ: ("verwacht", False, 1),
    }
    assert [task.source for task in Task.objects.filter(kind="overleg", done_at=None)] == [noted[GGZ].pk]


def test_a_roll_call_leaves_what_was_written_alone(house):
    item = point(None, CAW)
    attend(item, CAW, "verontschuldigd", written_input="Blijft staan.")

    post(COORDINATOR, "roll_call", item.dossier, item.pk, data=roll(item, {CAW: ("aanwezig", True)}))

    assert invitee_of(item, CAW).written_input == "Blijft staan."


def test_a_roll_call_is_whole_or_not_at_all(house):
    item = point(None, CAW, POLICE)
    data = roll(item, {CAW: ("aanwezig", True), POLICE: ("afwezig", True)})

    page = post(COORDINATOR, "roll_call", item.dossier, item.pk, data=data)

    assert page.status_code == 422
    assert "Alleen wie er was, kan dit bevestigen" in text(page)
    assert {row.attendance for row in Invitee.objects.all()} == {"verwacht"}


def test_a_roll_call_that_somebody_overtook_saves_nothing(house):
    item = point(None, CAW, POLICE)
    data = roll(item, {CAW: ("aanwezig", True), POLICE: ("aanwezig", True)})
    attend(item, POLICE, "afwezig")

    late = post(ADMINISTRATIVE, "roll_call", item.dossier, item.pk, data=data)

    assert late.status_code == 409
    assert {invitee_of(item, login).attendance for login in (CAW, POLICE)} == {"verwacht", "afwezig"}
    # The page that tells so goes on from what stands now.
    hidden = dict(re.findall(r'name="(version_[0-9a-f]+)" value="(\d+)"', text(late)))
    assert sorted(hidden.values()) == ["1", "2"]
    assert post(ADMINISTRATIVE, "roll_call", item.dossier, item.pk, data=data | hidden).status_code == 303
    assert {invitee_of(item, login).attendance for login in (CAW, POLICE)} == {"aanwezig"}


def test_a_fault_does_not_hide_a_conflict(house):
    item = point(None, CAW, POLICE)
    data = roll(item, {CAW: ("afwezig", True), POLICE: ("aanwezig", True)})
    attend(item, POLICE, "afwezig")

    faulty = post(ADMINISTRATIVE, "roll_call", item.dossier, item.pk, data=data)

    assert faulty.status_code == 422
    hidden = re.findall(r'name="version_[0-9a-f]+" value="(\d+)"', text(faulty))
    assert hidden == ["1", "1"]


def test_nobody_is_invited_yet(house):
    item = point()

    assert "Voor dit punt is nog niemand uitgenodigd." in text(
        get(COORDINATOR, "roll_call", item.dossier, item.pk)
    )


def test_a_title_that_a_browser_keeps_names_nobody(house):
    item = point(None, CAW)
    invitee = invitee_of(item, CAW)

    for name in ("attendance", "withdraw_invitation"):
        page = text(get(COORDINATOR, name, item.dossier, item.pk, invitee.pk))
        title = page[page.index("<title>") : page.index("</title>")]
        assert item.dossier.number in title
        assert invitee.name.split()[0] not in title
        assert invitee.name in page
