"""What every written thing shares, seen through the access page and the database."""

import uuid

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import FieldError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from tests import cast
from wida.access.models import ConflictBlock, Mandate
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.people.models import Person
from wida.records.models import Revision
from wida.records.sealing import Locked, keyring, unseal


def block(client, dossier, login: str, key: uuid.UUID | None = None):
    data = {"whom": f"user:{cast.member(login).user_id}", "why": "is de broer"}
    if key:
        data["form_key"] = str(key)
    return client.post(reverse("access:add_block", args=[dossier.number]), data)


def test_a_form_sent_twice_counts_once(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    coordinator, key = cast.signed_in("coordinator.limburg"), uuid.uuid4()

    first = block(coordinator, dossier, "liaison.ggz-limburg", key)
    second = block(coordinator, dossier, "liaison.ggz-limburg", key)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert ConflictBlock.objects.count() == 1


def test_a_refused_form_can_be_sent_again(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    coordinator, key = cast.signed_in("coordinator.limburg"), uuid.uuid4()
    address = reverse("access:add_block", args=[dossier.number])

    refused = coordinator.post(address, {"form_key": str(key), "why": "Deze zin blijft staan"})
    taken = block(coordinator, dossier, "liaison.ggz-limburg", key)

    assert refused.status_code == 422
    assert "Deze zin blijft staan" in refused.content.decode()
    assert taken.status_code == 303
    assert ConflictBlock.objects.count() == 1


def test_somebody_who_was_first_wins_and_nothing_typed_is_lost(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    mandate = Mandate.objects.get(holder=cast.member("liaison.ggz-limburg").user)
    coordinator = cast.signed_in("coordinator.limburg")
    address = reverse("access:end_mandate", args=[dossier.number, mandate.pk])

    first = coordinator.post(address, {"version": 1, "why": "Ging uit dienst"})
    late = coordinator.post(address, {"version": 1, "why": "Mijn zin van tien minuten"})

    assert (first.status_code, late.status_code) == (303, 409)
    assert "Mijn zin van tien minuten" in late.content.decode()
    assert Mandate.objects.get(pk=mandate.pk).version == 2
    assert Revision.objects.filter(row=mandate.pk).count() == 1


def test_the_database_refuses_to_change_the_trail(house):
    cast.new_dossier()

    for statement in ("update audit_event set action = 'x'", "delete from audit_event"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert Event.objects.filter(action="started").count() == 1


def test_a_name_stands_nowhere_in_the_clear(house):
    cast.new_dossier(family_name="Kwetterbaan - Zwijgers")

    with connection.cursor() as cursor:
        cursor.execute("select family_name from dossiers_dossier")
        (stored,) = cursor.fetchone()

    assert b"Kwetterbaan" not in bytes(stored)


def test_a_sealed_value_opens_in_its_own_place_only(house):
    cast.new_dossier()
    one, other = Person.objects.values_list("pk", "dossier_id", "given_name")[:2]
    place = "people_person:{}:given_name"

    assert unseal(one[2], one[1], place.format(one[0])) == "Kelly"
    with pytest.raises(InvalidTag):
        unseal(one[2], one[1], place.format(other[0]))


def test_a_dossier_that_was_not_opened_stays_shut(house):
    cast.new_dossier()

    with keyring(), pytest.raises(Locked):
        _ = Person.objects.first().given_name


def test_a_sealed_field_can_not_be_searched(house):
    with pytest.raises(FieldError):
        Person.objects.filter(given_name="Kelly").exists()


def test_a_second_click_answers_as_the_first_also_when_that_ended_ones_right(house):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    dossier.refresh_from_db()
    manager, key = cast.signed_in("casemanager.limburg"), str(uuid.uuid4())
    address = reverse("closure:close", args=[dossier.number])
    words = {
        "outcome": "Verhuisd naar het buitenland",
        "evaluation": "Vroeg samenzitten hielp",
        "retain_years": "15",
    }

    first = manager.post(address, {"reason": "verhuisd_buiten_regio", **words, "form_key": key})
    second = manager.post(address, {"reason": "verhuisd_buiten_regio", **words, "form_key": key})

    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]


def test_somebody_whose_right_ended_while_typing_gets_the_words_back(house):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    manager = cast.signed_in("casemanager.limburg")
    mandate = Mandate.objects.get(holder=cast.member("casemanager.limburg").user, ended_at=None)
    Mandate.objects.filter(pk=mandate.pk).update(ended_at=mandate.created_at)

    answer = manager.post(
        reverse("closure:start_watch", args=[dossier.number]), {"motivation": "Een uur <b>werk</b>"}
    )

    assert answer.status_code == 404
    assert "Een uur &lt;b&gt;werk&lt;/b&gt;" in answer.content.decode()
    assert dossier.family_name not in answer.content.decode()
