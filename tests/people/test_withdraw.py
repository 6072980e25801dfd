"""Taking something out of the file, and reading in the history that it was there."""

from uuid import uuid4

import pytest

from tests import cast
from tests.people.family import (
    COORDINATOR,
    address,
    browser,
    contact,
    faults,
    home,
    post,
    relation,
    roof,
    somebody,
    tab,
    words,
)
from wida.dossiers.codes import Stage
from wida.people import models, queries


@pytest.fixture
def dossier(house):
    return cast.at(cast.new_dossier(), Stage.FORMING)


def fill(dossier):
    kelly, noa = somebody(dossier, "Kelly"), somebody(dossier, "Noa")
    post(COORDINATOR, "add_contact", dossier, kelly.pk, data=contact())
    post(COORDINATOR, "add_address", dossier, kelly.pk, data=home())
    post(COORDINATOR, "add_relation", dossier, data=relation(kelly, "ouder", noa))
    post(COORDINATOR, "add_household", dossier, data=roof(kelly, noa))
    custody = {"child": str(noa.pk), "holder": str(kelly.pk), "authority": "exclusief"}
    post(COORDINATOR, "add_custody", dossier, data=custody)
    post(COORDINATOR, "edit_panel", dossier, noa.pk, data={"exposure": "onbekend"})
    note = {"kind": "gezien", "on": "5/11/2026", "by_whom": "Juf An"}
    post(COORDINATOR, "add_note", dossier, noa.pk, data=note)
    post(COORDINATOR, "add_service", dossier, data={"name": "CAW", "kind": "caw", "state": "lopend"})
    return kelly, noa


KINDS = {
    "contact": models.Contact,
    "address": models.Address,
    "relation": models.Relation,
    "household": models.Household,
    "residence": models.Residence,
    "custody": models.Custody,
    "panel": models.ChildPanel,
    "note": models.ChildNote,
    "service": models.Service,
    "person": models.Person,
}


@pytest.mark.parametrize("kind", list(KINDS))
def test_each_thing_can_be_withdrawn_with_a_reason(dossier, kind):
    fill(dossier)
    row = KINDS[kind].objects.first()
    client = browser(COORDINATOR)

    asked = client.get(address("withdraw", dossier, kind, row.pk))
    silent = client.post(address("withdraw", dossier, kind, row.pk), {"reason": " ", "version": row.version})
    answer = client.post(
        address("withdraw", dossier, kind, row.pk), {"reason": "Written in error.", "version": row.version}
    )

    assert asked.status_code == 200
    assert faults(silent) == ["Fill in “Why is this withdrawn?”"]
    assert answer.status_code == 303
    row.refresh_from_db()
    assert row.withdrawn_at is not None
    assert client.get(address("withdraw", dossier, kind, row.pk)).status_code == 404
    assert tab(COORDINATOR, dossier).status_code == 200


def test_what_goes_is_shown_before_it_goes(dossier):
    fill(dossier)

    asked = words(
        browser(COORDINATOR).get(address("withdraw", dossier, "contact", models.Contact.objects.get().pk))
    )

    assert "Withdraw this contact" in asked
    assert "Number, address or other way 0470 00 00 01" in asked
    assert "stays readable in the history" in asked


def test_what_changed_meanwhile_is_not_withdrawn_unseen(dossier):
    fill(dossier)
    row = models.Contact.objects.get()
    post(COORDINATOR, "edit_contact", dossier, row.pk, data=contact(value="0470 00 00 77", version=1))

    late = post(
        COORDINATOR,
        "withdraw",
        dossier,
        "contact",
        row.pk,
        data={"reason": "Written in error.", "version": 1},
    )

    assert late.status_code == 409
    assert "0470 00 00 77" in words(late)
    assert "Written in error." in late.content.decode()
    assert models.Contact.objects.get().withdrawn_at is None


def test_with_a_person_goes_everything_that_hangs_on_them(dossier):
    kelly, noa = fill(dossier)

    post(
        COORDINATOR, "withdraw", dossier, "person", kelly.pk, data={"reason": "Another family.", "version": 1}
    )

    standing = {
        kind: model.objects.filter(dossier=dossier, withdrawn_at=None).count()
        for kind, model in KINDS.items()
    }
    assert standing == {
        "contact": 0, "address": 0, "relation": 0, "custody": 0,
        "household": 1, "residence": 1, "panel": 1, "note": 1, "service": 1, "person": 4,
    }  # fmt: skip
    assert cast.finds(COORDINATOR, family_name="Bosteels", given_name="Kelly") == []
    assert "Kelly Bosteels" not in words(tab(COORDINATOR, dossier))
    assert queries.name_map(dossier)[kelly.pk] == "Kelly Bosteels (withdrawn)"
    assert queries.name_map(dossier)[noa.pk] == "Noa Bosteels"


def test_the_same_click_twice_withdraws_once(dossier):
    kelly, _noa = fill(dossier)
    client = browser(COORDINATOR)
    sent = {"reason": "Another family.", "version": 1, "form_key": str(uuid4())}

    answers = [client.post(address("withdraw", dossier, "person", kelly.pk), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]


@pytest.mark.parametrize("kind", ["dossier", "person-token", "x"])
def test_nothing_else_can_be_withdrawn(dossier, kind):
    kelly = somebody(dossier, "Kelly")

    assert browser(COORDINATOR).get(address("withdraw", dossier, kind, kelly.pk)).status_code == 404


def test_the_history_tells_who_changed_what_and_why(dossier):
    kelly, _noa = fill(dossier)
    row = models.Contact.objects.get()
    post(COORDINATOR, "edit_contact", dossier, row.pk, data=contact(value="0470 00 00 77", version=1))
    post(
        COORDINATOR,
        "withdraw",
        dossier,
        "contact",
        row.pk,
        data={"reason": "She has no phone.", "version": 2},
    )

    answer = browser("liaison.police-limburg").get(address("history", dossier, kelly.pk))

    shown = words(answer)
    assert answer.status_code == 200
    assert "History of Kelly Bosteels" in shown
    signature = cast.actor(COORDINATOR).signature
    assert f"Contact withdrawn {signature} She has no phone." in shown
    assert (
        f"Contact changed {signature} Number, address or other way Before: 0470 00 00 01 Now: 0470 00 00 77"
        in shown
    )
    assert f"Contact added {signature} Is this way safe? Safe May a message be left? No" in shown
    assert f"Person added {cast.actor('liaison.caw-limburg').signature}" in shown
    assert shown.index("Contact withdrawn") < shown.index("Contact changed") < shown.index("Contact added")


def test_the_history_of_somebody_withdrawn_can_still_be_read(dossier):
    kelly, _noa = fill(dossier)
    post(
        COORDINATOR, "withdraw", dossier, "person", kelly.pk, data={"reason": "Another family.", "version": 1}
    )

    answer = browser(COORDINATOR).get(address("history", dossier, kelly.pk))

    assert answer.status_code == 200
    assert "Person withdrawn" in words(answer)
    assert "Another family." in words(answer)


def test_a_stranger_to_the_dossier_has_no_history_here(dossier):
    other = somebody(cast.new_dossier(family_name="Cools"), "Kelly")

    assert browser(COORDINATOR).get(address("history", dossier, other.pk)).status_code == 404
    assert browser(COORDINATOR).get(address("history", dossier, uuid4())).status_code == 404
