"""The list of a coordinator: mandates that end, that have no end, that nobody uses, whose holder left."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from wida.access.models import Mandate
from wida.accounts.models import Membership
from wida.dossiers.codes import Stage

TODAY = timezone.localdate()


@pytest.fixture
def dossier(house):
    return cast.at(cast.new_dossier(), Stage.EXECUTION)


def mandate_of(dossier, login, **facts):
    """A mandate of `cast.at`, with other days."""
    found = (
        Mandate.objects.active()
        .filter(dossier=dossier, holder=cast.member(login).user)
        .exclude(ground="auteur")
    )
    found.update(**facts)
    return cast.actor(login).signature


def told(login="coordinator.limburg"):
    """Who stands in the list, and why."""
    page = cast.signed_in(login).get(reverse("house_access:review")).content.decode()
    rows = re.findall(r'<tr role="row"><th role="rowheader".*?</tr>', page, re.DOTALL)
    words = (" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows)
    return [line for line in words if line]


def test_only_what_asks_for_a_look_is_listed(dossier):
    assert told() == []

    soon = mandate_of(dossier, "liaison.ggz-limburg", until=TODAY + timedelta(days=14))
    long = mandate_of(dossier, "liaison.vk-limburg", since=TODAY - timedelta(days=182))
    quiet = mandate_of(
        dossier, "liaison.ocj-limburg", since=TODAY - timedelta(days=60), until=TODAY + timedelta(days=90)
    )
    mandate_of(dossier, "liaison.police-limburg", until=TODAY + timedelta(days=15))
    gone = cast.actor("prosecutor.limburg").signature
    Membership.objects.filter(user__login="prosecutor.limburg").update(valid_until=TODAY - timedelta(days=1))

    lines = told()

    reasons = {who: next(line for line in lines if line.startswith(who)) for who in (soon, long, quiet, gone)}
    assert len(lines) == 4
    assert "Eindigt op" in reasons[soon]
    assert "Zonder einde, sinds" in reasons[long]
    assert "Keek twee maanden niet" in reasons[quiet]
    assert "Verliet de organisatie" in reasons[gone]


def test_a_look_makes_a_mandate_used_again(dossier):
    days = {"since": TODAY - timedelta(days=60), "until": TODAY + timedelta(days=90)}
    mandate_of(dossier, "liaison.ocj-limburg", **days)
    assert len(told()) == 1

    cast.signed_in("liaison.ocj-limburg").get(reverse("people:people", args=[dossier.number]))

    assert told() == []


def test_another_house_and_another_role_get_nothing(dossier):
    mandate_of(dossier, "liaison.ggz-limburg", until=TODAY)

    assert len(told()) == 1
    assert told("coordinator.antwerpen") == []
    answers = [
        cast.signed_in(login).get(reverse("house_access:review")).status_code
        for login in ("administrative.limburg", "liaison.ggz-limburg", "auditor.team")
    ]
    assert answers == [403] * 3
