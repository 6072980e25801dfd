"""Every role on every address of a dossier, own and foreign, at every stage; generated from the URL list."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.addresses import arguments_for, every_address, of_dossiers
from tests.events import events_of
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
    """Each address once for each answer that the matrix gives this player in the course of a dossier.

    A refusal leaves one event, which says who and where.
    """
    player, client = cast.actor(login), cast.signed_in(login)

    wrong, unseen, asked = [], [], set()
    for stage in from_another(Stage, PLAYERS.index(login)):
        dossier = cast.at(cast.new_dossier(by=REFERRER), stage)
        grounds = grounds_of(player, dossier)
        for address in ADDRESSES:
            expected = expectation(player, grounds, stage, address)
            if (address.name, expected) in asked:
                continue
            asked.add((address.name, expected))
            url = address_of(address, dossier.number)
            send = client.get if address.view.right == Right.READ else client.post
            answer, events = events_of(lambda send=send, url=url: send(url))
            told = [(event.action, event.user, event.dossier) for event in events]
            if answer.status_code in (403, 404) and told != [("refused", player.user_id, dossier.pk)]:
                unseen.append((stage.name, address.name, answer.status_code, told))
            if answer.status_code not in expected:
                wrong.append((stage.name, address.name, answer.status_code, sorted(expected)))

    assert {name for name, _expected in asked} == {address.name for address in ADDRESSES}
    assert wrong == []
    assert unseen == []


def from_another(stages, first: int) -> list[Stage]:
    """All stages, each player starting with another: what is refused at all of them is tried at one."""
    whole = list(stages)
    first %= len(whole)
    return whole[first:] + whole[:first]


# Who of those that know a dossier may take more than the matrix tells.
REFERRER = "referrer.hospital-limburg"
ONLY_THE_REFERRER = {"referrals:complete"}


def grounds_of(player, dossier) -> frozenset[str]:
    grounds = set(
        Mandate.objects.active()
        .filter(dossier=dossier, holder_id=player.user_id)
        .values_list("ground", flat=True)
    )
    if player.role in HOUSE_ROLES and player.house == "Limburg" and dossier.stage != Stage.BUILDING:
        grounds.add("huis")
    return frozenset(grounds)


def expectation(player, grounds, stage, address) -> frozenset[int]:
    """Which answers the matrix allows. A form sent empty has faults; a row that isn't there is 404."""
    wish = (address.view.part, address.view.right)
    if not grounds:
        allowed = {404}
    elif wish in rights(player.role, grounds, stage):
        if address.name in ONLY_THE_REFERRER:
            allowed = {200} if player.user_id == cast.actor(REFERRER).user_id else {403}
        elif address.name == "dossiers:step":  # read by all who know of the dossier, taken by those who may
            allowed = {200, 403, 409}
        elif address.view.right == Right.READ:
            allowed = {200, 404}
        else:
            allowed = {303, 403, 404, 405, 409, 422}
    elif wish in ever(player.role, grounds) and (wish[0], Right.READ) in rights(player.role, grounds, stage):
        allowed = {403, 404, 405, 409}
    else:
        allowed = {403}
    return frozenset(allowed)


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
    assert len(Role) == 12
