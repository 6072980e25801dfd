"""The tab: every date for whoever reads the dossier, the words only for who was invited to them."""

import pytest
from django.db import connection
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
    decide,
    forming,
    get,
    house_url,
    minute,
    point,
    put,
    sent,
    typed,
    url,
)
from tests.referrals.pages import text
from wida.access.actions import block
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.meetings.models import Meeting


def test_who_was_not_invited_sees_the_date_and_no_more(house):
    item = point(None, CAW)
    minute(item, "Mevrouw is bang om alleen te zijn.")
    decide(item)
    address = url("item", item.dossier, item.pk)

    invited, other = (text(get(login, "meetings", item.dossier)) for login in (CAW, POLICE))

    for page in (invited, other):
        assert day().strftime("%d/%m/%Y") in page
        assert "Spoor 3, intensieve casusregie" in page
    assert address in invited
    assert "Nemen we dit gezin op?" in invited
    assert "De drie criteria zijn vervuld." in invited
    assert "CGG vindt spoor 2 genoeg." in invited
    assert address not in other
    assert str(item.pk) not in other
    assert "Nemen we dit gezin op?" not in other
    assert "De drie criteria zijn vervuld." not in other
    assert "CGG vindt spoor 2 genoeg." not in other
    assert "U was niet uitgenodigd voor dit punt." in other


@pytest.mark.parametrize("name", ["item", "screen"])
def test_a_point_does_not_exist_for_who_was_not_invited_to_it(house, name):
    item = point(None, CAW)
    minute(item, "Mevrouw is bang om alleen te zijn.")

    assert get(POLICE, name, item.dossier, item.pk).status_code == 404
    read = get(CAW, name, item.dossier, item.pk)
    assert read.status_code == 200
    assert "Mevrouw is bang om alleen te zijn." in text(read)


@pytest.mark.parametrize(
    ("login", "status"),
    [
        (COORDINATOR, 200),
        (ADMINISTRATIVE, 200),
        (MANAGER, 200),
        (CAW, 200),
        ("psychologist.limburg", 404),
        ("referrer.hospital-limburg", 403),
        ("coordinator.antwerpen", 404),
        ("liaison.caw-antwerpen", 404),
        ("central.team", 404),
        ("auditor.team", 404),
    ],
)
def test_who_reads_the_tab(house, login, status):
    dossier = cast.at(cast.new_dossier(by="referrer.hospital-limburg"), Stage.EXECUTION)

    answer = get(login, "meetings", dossier)

    assert answer.status_code == status
    events = Event.objects.filter(dossier=dossier.pk, part="meetings").exclude(table="meetings.agendaitem")
    action = {200: "read"}.get(status, "refused")
    assert [event.action for event in events.filter(user=cast.actor(login).user_id)] == [action]


def test_a_conflict_leaves_no_trace(house):
    """Somebody who was invited and turns out to be the neighbour."""
    item = point(None, CAW, VK)
    client = cast.signed_in(CAW)
    address, meeting = url("item", item.dossier, item.pk), house_url("meeting", item.meeting_id)
    assert [client.get(place).status_code for place in (address, meeting)] == [200, 200]

    block(dossier=item.dossier, by=cast.actor(COORDINATOR), why="Buurvrouw.", user=cast.member(CAW).user)

    assert client.get(address).status_code == 404
    assert client.get(url("meetings", item.dossier)).status_code == 404
    assert client.get(meeting).status_code == 404
    calendar = text(client.get(house_url("meetings")))
    assert str(item.meeting_id) not in calendar
    assert item.dossier.number not in calendar
    # The others go on as before.
    assert item.dossier.number in text(cast.signed_in(VK).get(meeting))


def test_before_sharing_is_open_nothing_can_be_put_on_an_agenda(house):
    dossier = cast.at(cast.new_dossier(), Stage.REFERRED)
    meeting = call()

    assert url("add_item", dossier) not in text(get(COORDINATOR, "meetings", dossier))
    data = sent({"meeting": str(meeting.pk), "question": "Getypte vraag."})
    answer = cast.signed_in(COORDINATOR).post(url("add_item", dossier), data)
    assert answer.status_code == 409
    assert "Getypte vraag." in text(answer)
    assert not meeting.items.exists()


def test_a_closed_dossier_still_tells_its_meetings_to_the_house(house):
    item = point(None, CAW)
    minute(item, "Hier is het laatst over gesproken.")
    cast.at(item.dossier, Stage.CLOSED)

    page = text(get(COORDINATOR, "meetings", item.dossier))

    assert url("item", item.dossier, item.pk) in page
    assert url("add_item", item.dossier) not in page
    read = text(get(COORDINATOR, "item", item.dossier, item.pk))
    assert "Hier is het laatst over gesproken." in read
    assert "Notitie toevoegen" not in read
    assert get(POLICE, "meetings", item.dossier).status_code == 404


def test_a_cancelled_meeting_stays_with_its_reason(house):
    item = point(None, CAW)
    meeting = Meeting.objects.get()
    data = sent({"why": "De zaal is bezet.", "version": meeting.version})
    cast.signed_in(COORDINATOR).post(house_url("cancel_meeting", meeting.pk), data)

    page = text(get(CAW, "meetings", item.dossier))

    assert "Geannuleerd" in page
    assert "De zaal is bezet." in page


def test_thirty_meetings_cost_as_many_statements_as_one(house):
    dossier = forming()
    client = cast.signed_in(COORDINATOR)

    def statements() -> int:
        client.get(url("meetings", dossier))
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(url("meetings", dossier))
        assert answer.status_code == 200
        return len([query for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    decide(put(dossier, call()))
    once = statements()
    for ahead in range(1, 31):
        decide(put(dossier, call(on=typed(ahead))))

    assert statements() == once
    assert once <= 14
