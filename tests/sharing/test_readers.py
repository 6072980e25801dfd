"""Who reads what is shared: shown before sharing, kept with each version, and nobody else."""

import json

from tests import cast
from tests.referrals.pages import text
from tests.sharing.steps import COORDINATOR, KNOWN, WRITERS, ask, forming, get, share
from wida.access.actions import block, give_mandate
from wida.access.rules import Ground
from wida.dossiers.codes import Stage
from wida.sharing.models import Contribution

POLICE, CAW, GGZ = "liaison.police-limburg", "liaison.caw-limburg", "liaison.ggz-limburg"


def test_the_form_shows_who_will_read_it(house):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    (lane,) = ask(dossier, POLICE)
    blocked = cast.member(GGZ)
    block(dossier=dossier, by=cast.actor(COORDINATOR), why="Conflict.", user=blocked.user)
    give_mandate(
        dossier=dossier,
        holder=cast.member("referrer.hospital-limburg"),
        ground=Ground.AUTHOR,
        by=cast.actor(COORDINATOR),
    )

    page = text(get(POLICE, "contribute", dossier, lane.pk))
    share(POLICE, dossier, lane)

    kept = {reader["name"] for reader in json.loads(Contribution.objects.get().recipients)}
    assert kept == {
        cast.member(login).user.name
        for login in (
            COORDINATOR,
            "administrative.limburg",
            "casemanager.limburg",
            "prosecutor.limburg",
            CAW,
            "liaison.ocj-limburg",
            "liaison.vk-limburg",
        )
    }
    side = page[page.index('id="readers"') :]
    assert all(name in side for name in kept)
    assert blocked.user.name not in page
    assert cast.member("referrer.hospital-limburg").user.name not in side


def test_everybody_on_the_list_of_readers_can_read_and_others_can_not(house):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)
    share(POLICE, dossier, lane)
    kept = {reader["name"] for reader in json.loads(Contribution.objects.get().recipients)}

    logins = (
        *WRITERS.values(),
        COORDINATOR,
        "administrative.limburg",
        "casemanager.limburg",
        "psychologist.limburg",
    )
    can_read = {
        cast.member(login).user.name
        for login in logins
        if login != POLICE and KNOWN["text"] in text(get(login, "sharing", dossier))
    }

    assert can_read == kept


def test_a_reader_who_came_while_typing_is_shown_before_sharing(house):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)
    page = get(POLICE, "contribute", dossier, lane.pk)
    seen = text(page).split('name="readers" value="')[1].split('"')[0]
    ask(dossier, "liaison.prison-limburg")

    refused = share(POLICE, dossier, lane, readers=seen)

    assert refused.status_code == 422
    assert KNOWN["text"] in text(refused)
    assert cast.member("liaison.prison-limburg").user.name in text(refused)
    now = text(refused).split('name="readers" value="')[1].split('"')[0]
    assert share(POLICE, dossier, lane, readers=now).status_code == 303


def test_readers_of_then_stay_with_the_version(house):
    dossier = forming()
    (lane,) = ask(dossier, POLICE)
    share(POLICE, dossier, lane)
    ask(dossier, "liaison.prison-limburg")
    share(POLICE, dossier, lane, version="1", reason="Aanvulling.")

    first, second = Contribution.objects.order_by("version")

    newcomer = cast.member("liaison.prison-limburg").user.name
    assert (newcomer in first.recipients, newcomer in second.recipients) == (False, True)
