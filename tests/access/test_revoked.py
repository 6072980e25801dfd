"""Taken away means taken away: at the next request, and also for a form that waits its turn while it happens."""

import threading
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection, transaction
from django.urls import reverse
from django.utils import timezone

from tests import cast
from wida.access.actions import end_mandate, give_mandate
from wida.access.jobs import end_lapsed_mandates
from wida.access.models import Mandate
from wida.access.rules import Ground
from wida.accounts.models import Membership
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.jobs import app
from wida.people.models import Person
from wida.records.sealing import keyring

LOGIN = "psychologist.limburg"
WAITING = "select count(*) from pg_locks where not granted"


@pytest.fixture
def committed(transactional_db):
    """A dossier that other connections see too."""
    with keyring(trusted=True):
        cast.organisations()
        dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
        holder, by = cast.member(LOGIN), cast.actor("coordinator.limburg")
        give_mandate(dossier=dossier, holder=holder, ground=Ground.ASSIGNED, by=by)
        yield dossier


def test_a_form_that_waits_while_the_mandate_ends_is_refused(committed):
    """The sender is let in only after the lock is free, and must then see what was done under it."""
    client = cast.signed_in(LOGIN)
    add = reverse("people:add_person", args=[committed.number])
    sent = {
        "group": "andere",
        "given_name": "Rita",
        "family_name": "Claesse",
        "sex": "vrouw",
        "save_anyway": "on",
    }
    assert client.get(add).status_code == 200
    answers = []

    def send():
        answers.append(client.post(add, sent).status_code)
        close_old_connections()
        connection.close()

    sender = threading.Thread(target=send)
    with transaction.atomic():
        list(Dossier.objects.filter(pk=committed.pk).select_for_update(no_key=True))
        sender.start()
        wait_until_somebody_waits()
        mandate = Mandate.objects.active().get(dossier=committed, holder=cast.member(LOGIN).user)
        end_mandate(
            mandate=mandate, by=cast.actor("coordinator.limburg"), version=mandate.version, why="Klaar"
        )
    sender.join(timeout=60)

    assert answers == [404]
    assert Person.objects.filter(dossier=committed).count() == 5


def wait_until_somebody_waits():
    deadline = timezone.now() + timedelta(seconds=30)
    with connection.cursor() as cursor:
        while timezone.now() < deadline:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waited for the lock")


def test_what_was_typed_comes_back_when_the_right_ended_meanwhile(house):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    client = cast.signed_in("casemanager.limburg")
    add = reverse("people:add_person", args=[dossier.number])
    client.get(add)
    mandate = Mandate.objects.active().get(dossier=dossier, ground=Ground.ASSIGNED)
    end_mandate(mandate=mandate, by=cast.actor("coordinator.limburg"), version=mandate.version, why="Klaar")

    answer = client.post(add, {"note": "Zij belde gisteren nog zelf."})

    assert answer.status_code == 404
    assert "Zij belde gisteren nog zelf." in answer.content.decode()
    refusal = Event.objects.filter(action="refused", dossier=dossier.pk, detail="stranger")
    assert refusal.get().user == cast.actor("casemanager.limburg").user_id


@pytest.mark.parametrize("ends", ["membership", "organisation", "account"])
def test_a_mandate_stops_with_the_work_at_the_next_request(house, ends):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    client, member = cast.signed_in("liaison.ggz-limburg"), cast.member("liaison.ggz-limburg")
    page, yesterday = (
        reverse("people:people", args=[dossier.number]),
        timezone.localdate() - timedelta(days=1),
    )
    assert client.get(page).status_code == 200

    if ends == "membership":
        Membership.objects.filter(pk=member.pk).update(valid_until=yesterday)
    elif ends == "organisation":
        type(member.organisation).objects.filter(pk=member.organisation_id).update(valid_until=yesterday)
    else:
        type(member.user).objects.filter(pk=member.user_id).update(is_active=False)

    assert client.get(page).status_code == 302


def test_who_comes_back_to_an_organisation_finds_no_old_mandates(house):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    member = cast.member("liaison.ggz-limburg")
    Membership.objects.filter(pk=member.pk).update(valid_until=timezone.localdate() - timedelta(days=1))

    for _night in range(2):
        end_lapsed_mandates(timestamp=0)

    assert (end_lapsed_mandates.name, "") in app.periodic_registry.periodic_tasks
    Membership.objects.filter(pk=member.pk).update(valid_until=None)
    page = reverse("people:people", args=[dossier.number])
    assert cast.signed_in("liaison.ggz-limburg").get(page).status_code == 404
    assert Event.objects.filter(action="mandate_lapsed", dossier=dossier.pk).count() == 1


def test_closing_ends_every_mandate_but_the_circle_of_the_house(house):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    circle = cast.member("coordinator.limburg")
    give_mandate(dossier=dossier, holder=circle, ground=Ground.CIRCLE, by=circle.actor)

    cast.at(dossier, Stage.CLOSED)

    left = Mandate.objects.active().filter(dossier=dossier).values_list("ground", flat=True)
    assert set(left) == {Ground.AUTHOR, Ground.CIRCLE}
    assert cast.signed_in("casemanager.limburg").get(
        reverse("dossiers:overview", args=[dossier.number])
    ).status_code == 404  # fmt: skip
