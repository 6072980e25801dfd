"""The tab: what it shows, to whom, what nobody else may do, and at what price."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.people.family import (
    AUTHOR,
    COORDINATOR,
    address,
    browser,
    contact,
    home,
    person,
    post,
    relation,
    roof,
    somebody,
    tab,
    words,
)
from wida.access.actions import block
from wida.accounts.models import SafeHome
from wida.audit.models import Event
from wida.dossiers.actions import start_dossier
from wida.dossiers.codes import Stage
from wida.people import queries

LIAISON = "liaison.police-limburg"
NUMBER = "00.03.14-000.00"
FRAME = 5
MOST = FRAME + 9


def writing(dossier):
    """Every form of this room, for a person of this dossier."""
    noa = somebody(dossier, "Noa")
    return [
        address("add_person", dossier),
        address("edit_person", dossier, noa.pk),
        address("add_contact", dossier, noa.pk),
        address("add_address", dossier, noa.pk),
        address("add_relation", dossier),
        address("add_household", dossier),
        address("add_residence", dossier),
        address("add_custody", dossier),
        address("edit_panel", dossier, noa.pk),
        address("add_note", dossier, noa.pk),
        address("add_service", dossier),
        address("withdraw", dossier, "person", noa.pk),
    ]


def answers(login, pages):
    client = browser(login)
    return {client.get(page).status_code for page in pages} | {
        client.post(page, {}).status_code for page in pages
    }


# What it shows --------------------------------------------------------------------------------------------


def test_the_groups_stand_apart_and_children_from_old_to_young(house):
    shown = words(tab(AUTHOR, cast.new_dossier()))

    places = [
        shown.index(word)
        for word in ("Kelly Bosteels", "Youri Aerdman", "Noa Bosteels", "Liam Aerdman", "Fien Aerdman")
    ]
    assert places == sorted(places)
    assert "14/03/2000 (26 years)" in shown
    assert "Nobody else is written down yet" in shown
    assert "No service that supports the family is written down yet." in shown


def test_an_empty_dossier_says_where_to_start(house):
    home_of = SafeHome.objects.get(name="Limburg")
    dossier = start_dossier(safe_home=home_of, family_name="Leegmans", by=cast.actor(AUTHOR))

    answer = tab(AUTHOR, dossier)

    assert answer.status_code == 200
    shown = words(answer)
    assert "Nobody is written down yet. Start with the adults between whom something happened." in shown
    assert "Ask about children, also those who live elsewhere or are not born yet." in shown
    assert "The family draws itself as soon as there are persons." in shown


def test_a_number_is_masked_for_partners(house):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    kelly = somebody(dossier, "Kelly")
    sent = person(group="rechtstreeks", given_name="Kelly", family_name="Bosteels", birth_date="14/3/2000")
    post(
        COORDINATOR, "edit_person", dossier, kelly.pk,
        data=sent | {"national_number": NUMBER, "save_anyway": "on", "version": 1},
    )  # fmt: skip

    for login in (COORDINATOR, "administrative.limburg", "casemanager.limburg", AUTHOR):
        assert NUMBER in tab(login, dossier).content.decode()
    for login in (LIAISON, "prosecutor.limburg", "liaison.vk-limburg"):
        pages = [tab(login, dossier), browser(login).get(address("history", dossier, kelly.pk))]
        assert [NUMBER in page.content.decode() for page in pages] == [False, False]
        assert ["••.••.••-•••.••" in page.content.decode() for page in pages] == [True, True]


# Who may what ---------------------------------------------------------------------------------------------


def test_an_invited_liaison_reads_and_may_not_write(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)

    answer = tab(LIAISON, dossier)

    assert answer.status_code == 200
    assert "Add a person" not in words(answer)
    assert "/withdraw/" not in answer.content.decode()
    assert answers(LIAISON, writing(dossier)) == {403}
    assert len(queries.names(dossier)) == 5
    assert Event.objects.filter(action="refused", dossier=dossier.pk).count() == 24


@pytest.mark.parametrize("login", [COORDINATOR, "administrative.limburg"])
def test_the_house_writes_in_every_open_stage(house, login):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    client = browser(login)

    assert {client.get(page).status_code for page in writing(dossier)} == {200}
    assert client.post(address("add_person", dossier), person()).status_code == 303


def test_the_author_writes_in_the_draft_and_gets_the_text_back_afterwards(house):
    dossier = cast.new_dossier()
    assert post(AUTHOR, "add_person", dossier, data=person()).status_code == 303

    cast.at(dossier, Stage.REFERRED)
    late = post(AUTHOR, "add_person", dossier, data=person(given_name="Rosa", note="Typed with care."))

    assert late.status_code == 409
    assert "Typed with care." in late.content.decode()
    assert len(queries.names(dossier)) == 6


def test_the_case_manager_writes_and_nobody_does_once_it_is_closed(house):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    assert post("casemanager.limburg", "add_person", dossier, data=person()).status_code == 303

    cast.at(dossier, Stage.CLOSED)
    assert post(COORDINATOR, "add_person", dossier, data=person(given_name="Rosa")).status_code == 409
    assert "Add a person" not in words(tab(COORDINATOR, dossier))
    assert len(queries.names(dossier)) == 6


@pytest.mark.parametrize(
    "login",
    [
        "coordinator.antwerpen",
        "liaison.clb-limburg",
        "referrer.hospital-limburg",
        "central.team",
        "auditor.team",
    ],
)
def test_for_a_stranger_nothing_of_it_exists(house, login):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    kelly = somebody(dossier, "Kelly")
    reading = [address("people", dossier), address("history", dossier, kelly.pk)]

    client = browser(login)
    assert {client.get(page).status_code for page in reading} == {404}
    assert answers(login, writing(dossier)) == {404}


def test_who_is_kept_out_of_the_dossier_is_a_stranger(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    block(dossier=dossier, by=cast.actor(COORDINATOR), why="Her brother.", user=cast.member(LIAISON).user)

    assert tab(LIAISON, dossier).status_code == 404


# What it costs --------------------------------------------------------------------------------------------


def fill(dossier, number):
    """A person with all that can stand about one."""
    post(
        COORDINATOR,
        "add_person",
        dossier,
        data=person(group="kind", given_name=f"Kind {number}", family_name="Vols"),
    )
    child, kelly = somebody(dossier, f"Kind {number} "), somebody(dossier, "Kelly")
    post(COORDINATOR, "add_contact", dossier, child.pk, data=contact())
    post(COORDINATOR, "add_address", dossier, child.pk, data=home())
    post(COORDINATOR, "add_relation", dossier, data=relation(kelly, "ouder", child))
    post(COORDINATOR, "add_household", dossier, data=roof(kelly, child))
    post(COORDINATOR, "edit_panel", dossier, child.pk, data={"exposure": "onbekend", "school": "De Linde"})
    note = {"kind": "gezien", "on": "5/11/2026", "by_whom": "Juf An"}
    post(COORDINATOR, "add_note", dossier, child.pk, data=note)
    custody = {"child": str(child.pk), "holder": str(kelly.pk), "authority": "exclusief"}
    post(COORDINATOR, "add_custody", dossier, data=custody)
    post(
        COORDINATOR, "add_service", dossier, data={"name": f"CAW {number}", "kind": "caw", "state": "lopend"}
    )


def statements(client, page):
    client.get(page)
    with CaptureQueriesContext(connection) as counted:
        answer = client.get(page)
    assert answer.status_code == 200
    return [row["sql"] for row in counted if not row["sql"].startswith(("SAVEPOINT", "RELEASE"))]


def test_the_tab_costs_the_same_for_one_person_and_for_thirty(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    for row in queries.names(dossier)[1:]:
        post(COORDINATOR, "withdraw", dossier, "person", row.id, data={"reason": "Only one.", "version": 1})
    client, page = browser(LIAISON), address("people", dossier)

    assert len(queries.names(dossier)) == 1
    one = statements(client, page)
    for number in range(29):
        fill(dossier, number)
    thirty = statements(client, page)

    assert len(queries.names(dossier)) == 30
    assert len(one) == len(thirty)
    assert len(thirty) <= MOST
