"""Every role on every address of a dossier, own and foreign, at every stage; generated from the URL list."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.addresses import arguments_for, every_address, of_dossiers
from wida.access.models import Mandate
from wida.access.rules import Right, ever, rights
from wida.accounts.codes import HOUSE_ROLES, Role
from wida.dossiers.codes import Stage

ADDRESSES = of_dossiers()
OPEN_TO_ALL = {
    "accounts:login",
    "accounts:language",
    "accounts:invitation",
    "accounts:to_provider",
    "accounts:from_provider",
    "web:help",
    "web:privacy",
    "web:accessibility",
    "web:shortcuts",
    "web:gallery",
}

PLAYERS = (
    "coordinator.limburg",
    "administrative.limburg",
    "casemanager.limburg",
    "casemanager2.limburg",
    "psychologist.limburg",
    "prosecutor.limburg",
    "liaison.police-limburg",
    "liaison.caw-limburg",
    "liaison.hospital-limburg",
    "referrer.hospital-limburg",
    "coordinator.antwerpen",
    "liaison.caw-antwerpen",
    "central.team",
    "auditor.team",
    "admin.team",
)


def address_of(address, number: str) -> str:
    return reverse(address.name, kwargs=arguments_for(address, number))


def test_every_address_of_a_dossier_goes_through_the_one_door():
    unguarded = [address.name for address in ADDRESSES if not hasattr(address.view, "part")]

    assert len(ADDRESSES) > 10
    assert unguarded == []


def test_nobody_comes_in_without_signing_in(house):
    dossier = cast.new_dossier()
    client = Client()

    let_in = []
    for address in every_address():
        url = reverse(address.name, kwargs=arguments_for(address, dossier.number))
        for answer in (client.get(url), client.post(url)):
            if not (answer.status_code == 302 and answer["Location"].startswith(reverse("accounts:login"))):
                let_in.append(address.name)

    assert set(let_in) == OPEN_TO_ALL


@pytest.mark.parametrize("login", PLAYERS)
def test_each_role_gets_what_the_matrix_says(house, login):
    dossier = cast.new_dossier(by="referrer.hospital-limburg")
    player, client = cast.actor(login), cast.signed_in(login)

    wrong = []
    for stage in Stage:
        cast.at(dossier, stage)
        grounds = grounds_of(player, dossier)
        for address in ADDRESSES:
            url = address_of(address, dossier.number)
            answer = client.get(url) if address.view.right == Right.READ else client.post(url)
            expected = expectation(player, grounds, stage, address.view)
            if answer.status_code not in expected:
                wrong.append((stage.name, address.name, answer.status_code, sorted(expected)))

    assert wrong == []


def grounds_of(player, dossier) -> frozenset[str]:
    grounds = set(
        Mandate.objects.active()
        .filter(dossier=dossier, holder_id=player.user_id)
        .values_list("ground", flat=True)
    )
    if player.role in HOUSE_ROLES and player.house == "Limburg" and dossier.stage != Stage.BUILDING:
        grounds.add("huis")
    return frozenset(grounds)


def expectation(player, grounds, stage, view) -> set[int]:
    """Which answers the matrix allows. A form sent empty has faults; a row that isn't there is 404."""
    if not grounds:
        return {404}
    wish = (view.part, view.right)
    if wish in rights(player.role, grounds, stage):
        if view.__name__ == "step":  # read by all who know of the dossier, taken by those who may
            return {200, 403, 409}
        return {200, 404} if view.right == Right.READ else {303, 403, 404, 405, 409, 422}
    if wish in ever(player.role, grounds) and (view.part, Right.READ) in rights(player.role, grounds, stage):
        return {403, 404, 405, 409}
    return {403}


def test_the_players_play_every_role():
    played = {account.split(".")[0] for account in PLAYERS}

    assert {
        "coordinator",
        "administrative",
        "casemanager",
        "psychologist",
        "prosecutor",
        "liaison",
        "referrer",
    } <= played
    assert {"central", "auditor", "admin"} <= played
    assert len(Role) == 13  # a connected system has no session: tests/api plays it
