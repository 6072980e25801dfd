"""Who else is in the same part right now: told to who may see who looked, and never more than that."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.drafts.typing import filled, form_at, keep, narrative
from wida.access.actions import block
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.drafts.models import Presence

CAW, GGZ, POLICE = "liaison.caw-limburg", "liaison.ggz-limburg", "liaison.police-limburg"


@pytest.fixture
def dossier(house):
    return cast.at(cast.new_dossier(), Stage.EXECUTION)


def situation(dossier) -> str:
    return reverse("situation:situation", args=[dossier.number])


def seen(login: str, address: str) -> str:
    return cast.signed_in(login).get(address).content.decode()


def called(login: str) -> str:
    return f"{cast.member(login).user.name}, {cast.member(login).organisation.name} is ook in dit deel."


def test_who_opened_the_same_part_is_named(dossier):
    seen(CAW, situation(dossier))

    assert called(CAW) in seen(GGZ, situation(dossier))
    assert called(CAW) in seen("coordinator.limburg", situation(dossier))
    assert called(CAW) not in seen(GGZ, reverse("people:people", args=[dossier.number]))
    assert "is ook in dit deel" not in seen(CAW, reverse("risk:risk", args=[dossier.number]))


def test_nobody_is_named_to_themselves_or_after_a_minute(dossier):
    seen(CAW, situation(dossier))
    assert called(CAW) not in seen(CAW, situation(dossier))

    with connection.cursor() as cursor:  # events can't be changed through the application
        cursor.execute("alter table audit_event disable trigger user")
        cursor.execute("update audit_event set at = at - interval '61 seconds'")
        cursor.execute("alter table audit_event enable trigger user")

    assert called(CAW) not in seen(GGZ, situation(dossier))


def test_who_types_stays_present_without_opening_anything(dossier):
    client = cast.signed_in(CAW)
    data = filled(form_at(client, narrative(dossier)), text="Ik schrijf nog.")
    keep(client, narrative(dossier), data)
    with connection.cursor() as cursor:
        cursor.execute("alter table audit_event disable trigger user")
        cursor.execute("update audit_event set at = at - interval '5 minutes'")
        cursor.execute("alter table audit_event enable trigger user")

    assert called(CAW) in seen(GGZ, situation(dossier))
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=61))
    assert called(CAW) not in seen(GGZ, situation(dossier))


def test_a_colleague_in_the_same_form_is_told_while_typing(dossier):
    other, me = cast.signed_in("coordinator.limburg"), cast.signed_in("administrative.limburg")
    address = reverse("people:add_person", args=[dossier.number])
    keep(other, address, filled(form_at(other, address), given_name="Kelly"))

    answer = keep(me, address, filled(form_at(me, address), given_name="Noa")).json()

    name = cast.member("coordinator.limburg").user.name
    assert (
        f"{name}, {cast.member('coordinator.limburg').organisation.name} schrijft ook in dit formulier."
        in answer["present"]
    )


def test_an_author_learns_nothing_of_who_looks_at_the_referral(dossier):
    """The prosecutor who is asked, and the house that checks, are no business of the referrer's."""
    cast.at(dossier, Stage.REFERRED)
    for login in ("coordinator.limburg", "administrative.limburg"):
        seen(login, situation(dossier))

    page = seen(CAW, situation(dossier))

    assert "is ook in dit deel" not in page
    for login in ("coordinator.limburg", "administrative.limburg"):
        assert cast.member(login).user.name not in page


def test_administrative_staff_see_colleagues_and_nobody_else(dossier):
    seen(CAW, situation(dossier))
    seen("coordinator.limburg", situation(dossier))

    page = seen("administrative.limburg", situation(dossier))

    assert called("coordinator.limburg") in page
    assert called(CAW) not in page


def test_who_is_kept_out_sees_nobody_and_is_seen_by_nobody_any_more(dossier):
    user = cast.member(POLICE).user
    block(dossier=dossier, by=cast.actor("coordinator.limburg"), why="Broer", user=user)
    client = cast.signed_in(POLICE)

    assert client.get(situation(dossier)).status_code == 404
    assert keep(client, narrative(dossier), {"form_key": "0" * 32, "text": "x"}).status_code == 404
    assert not Presence.objects.exists()
    assert not Event.objects.filter(action="read", user=user.pk).exists()
    assert user.name not in seen(CAW, situation(dossier))


def test_presence_costs_one_statement_however_many_are_there(dossier):
    client = cast.signed_in("coordinator.limburg")

    def statements() -> int:
        client.get(situation(dossier))
        with CaptureQueriesContext(connection) as captured:
            client.get(situation(dossier))
        return len([query for query in captured if "drafts_presence" in query["sql"]])

    few = statements()
    for login in (CAW, GGZ, POLICE):
        seen(login, situation(dossier))

    assert few == statements() == 1
