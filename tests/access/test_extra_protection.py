"""A file for a smaller circle: of the house only who is named, and every visit is told."""

import pytest
from django.urls import reverse

from tests import cast
from wida.access.models import Alert, Mandate
from wida.access.rules import Ground
from wida.accounts.models import Membership, User
from wida.dossiers.codes import Stage

COORDINATOR, COLLEAGUE, OFFICE = "coordinator.limburg", "second.limburg", "administrative.limburg"


@pytest.fixture
def dossier(house):
    """Protected by its coordinator, in a house with a second one."""
    user = User.objects.create(login=COLLEAGUE, name="Twee Coördinaten", password="!")
    own = cast.member(COORDINATOR)
    Membership.objects.create(
        user=user, organisation=own.organisation, role=own.role, valid_from=own.valid_from
    )
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    answer = cast.signed_in(COORDINATOR).post(
        reverse("access:protect", args=[dossier.number]), {"why": "Bekende familie"}
    )
    assert answer.status_code == 303
    return dossier


def page(dossier, name="people:people"):
    return reverse(name, args=[dossier.number])


def test_of_the_house_only_who_protected_it_sees_it(dossier):
    codes = {
        login: cast.signed_in(login).get(page(dossier)).status_code
        for login in (COORDINATOR, COLLEAGUE, OFFICE, "casemanager.limburg", "liaison.ggz-limburg")
    }

    assert codes == {
        COORDINATOR: 200, COLLEAGUE: 404, OFFICE: 404, "casemanager.limburg": 200, "liaison.ggz-limburg": 200
    }  # fmt: skip
    shown = cast.signed_in(OFFICE).get("/dossiers/?view=house").content.decode()
    assert dossier.number not in shown
    found = cast.signed_in(OFFICE).post("/dossiers/search/", {"q": dossier.number}).content.decode()
    assert page(dossier, "dossiers:overview") not in found


def test_a_colleague_who_is_named_works_as_before_until_it_ends(dossier):
    office, coordinator = cast.signed_in(OFFICE), cast.signed_in(COORDINATOR)
    form = {"holder": str(cast.member(OFFICE).pk), "why": "Verslag"}
    assert coordinator.post(page(dossier, "access:add_mandate"), form).status_code == 303

    assert office.get(page(dossier)).status_code == 200
    assert office.get(reverse("people:add_person", args=[dossier.number])).status_code == 200

    mandate = Mandate.objects.get(dossier=dossier, ground=Ground.CIRCLE, holder=cast.member(OFFICE).user)
    coordinator.post(
        reverse("access:end_mandate", args=[dossier.number, mandate.pk]), {"why": "Klaar", "version": 1}
    )
    assert office.get(page(dossier)).status_code == 404


def test_every_visit_is_told_once_to_the_coordinator_and_to_nobody_else(dossier):
    police = cast.signed_in("liaison.police-limburg")
    police.get(page(dossier))
    police.get(page(dossier, "situation:situation"))
    cast.signed_in(COORDINATOR).get(page(dossier))

    told = Alert.objects.filter(dossier=dossier).exclude(user=cast.actor(COORDINATOR).user_id)
    assert [(row.kind, row.signature) for row in told] == [
        ("extra_beschermd", cast.actor("liaison.police-limburg").signature)
    ]
    waiting = cast.signed_in(COORDINATOR).get("/access/review/").content.decode()
    assert waiting.count(cast.actor("liaison.police-limburg").signature) >= 1
    assert dossier.number not in cast.signed_in(COLLEAGUE).get("/access/review/").content.decode()


def test_a_colleague_breaks_the_glass_and_is_told_of(dossier):
    colleague = cast.signed_in(COLLEAGUE)

    answer = colleague.post("/access/emergency/", {"number": dossier.number, "reason": "Zij belt, nu"})

    assert answer.status_code == 303
    assert colleague.get(page(dossier)).status_code == 200
    waiting = cast.signed_in(COORDINATOR).get("/access/review/").content.decode()
    assert "Twee Coördinaten" in waiting


def test_when_it_ends_the_house_sees_it_again(dossier):
    cast.signed_in(COORDINATOR).post(page(dossier, "access:unprotect"), {"why": "Niet meer nodig"})

    assert cast.signed_in(OFFICE).get(page(dossier)).status_code == 200
