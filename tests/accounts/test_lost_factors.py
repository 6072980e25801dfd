"""Who lost every second factor is let in again by two people, neither of whom is they."""

from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.accounts.test_login import sign_in
from tests.accounts.test_people import ADMIN, LOGIN, change, house_admin
from tests.accounts.test_second_factor import enrol
from tests.jobs import run_all
from wida.accounts import factors, lost
from wida.accounts.models import FactorReset
from wida.audit.models import Event

WAITING = reverse("accounts:lost_factors")


def confirm(client: Client, reset: FactorReset, **sent):
    return client.post(reverse("accounts:confirm_reset", args=[reset.pk]), sent)


def test_one_asks_another_confirms_and_everything_old_is_gone(house):
    theirs = cast.signed_in(LOGIN)
    enrol(theirs)
    user, admin = cast.member(LOGIN).user, cast.signed_in(ADMIN)
    run_all()
    mail.outbox.clear()

    change(admin, user, "ask_reset")
    reset = FactorReset.objects.get()
    alone, unseen = confirm(admin, reset).status_code, user.name in admin.get(WAITING).content.decode()
    elsewhere = cast.signed_in("coordinator.antwerpen")
    far = (confirm(elsewhere, reset).status_code, user.name in elsewhere.get(WAITING).content.decode())
    coordinator = cast.signed_in("coordinator.limburg")
    waits = coordinator.get(WAITING).content.decode()

    assert (alone, unseen, far) == (404, False, (404, False))
    assert (user.name in waits, cast.actor(ADMIN).signature in waits) == (True, True)
    assert theirs.get("/dossiers/").status_code == 200

    key = {"form_key": str(uuid4())}
    assert [confirm(coordinator, reset, **key).status_code for _twice in range(2)] == [303, 303]
    assert confirm(coordinator, reset).status_code == 404
    looks = Event.objects.filter(action="listed", detail="lost_factors").values_list("user", flat=True)
    assert set(looks) == {
        cast.actor(one).user_id for one in (ADMIN, "coordinator.antwerpen", "coordinator.limburg")
    }

    assert factors.factors_of(user) == []
    assert theirs.get("/dossiers/").status_code == 302
    assert sign_in(Client(), LOGIN).status_code == 422  # the password alone begins nothing
    reset.refresh_from_db()
    assert (reset.done_by_id, reset.done_at is not None) == (cast.actor("coordinator.limburg").user_id, True)
    told = Event.objects.filter(row=user.pk, action__in=["factor_reset_asked", "factors_removed"]).order_by(
        "at"
    )
    assert [(event.action, event.user) for event in told] == [
        ("factor_reset_asked", cast.actor(ADMIN).user_id),
        ("factors_removed", cast.actor("coordinator.limburg").user_id),
    ]
    run_all()
    assert [message.to for message in mail.outbox] == [[user.email]]


def test_after_two_days_it_must_be_asked_anew(house, monkeypatch):
    user = cast.member(LOGIN).user
    lost.ask(user=user, by=cast.actor(ADMIN))
    FactorReset.objects.update(asked_at="2026-01-01T00:00Z")
    coordinator = cast.signed_in("coordinator.limburg")

    assert confirm(coordinator, FactorReset.objects.get()).status_code == 404
    change(house_admin(), user, "ask_reset")

    reset = FactorReset.objects.get()
    assert reset.asked_by_id == cast.actor("administrative.limburg").user_id
    assert confirm(cast.signed_in(ADMIN), reset).status_code == 303


def test_the_database_refuses_one_person_alone(house):
    user, by = cast.member(LOGIN).user, cast.actor(ADMIN)
    lost.ask(user=user, by=by)
    reset = FactorReset.objects.get()

    for alone in (by, cast.actor(LOGIN)):
        with pytest.raises(IntegrityError, match="by_two"), transaction.atomic():
            lost.confirm(reset=reset, by=alone)


@pytest.mark.parametrize("login", [LOGIN, "central.team", "auditor.team", "administrative.limburg"])
def test_nobody_else_confirms(house, login):
    lost.ask(user=cast.member("liaison.ggz-limburg").user, by=cast.actor(ADMIN))
    client = cast.signed_in(login)

    assert client.get(WAITING).status_code == 403
    assert confirm(client, FactorReset.objects.get()).status_code == 403
