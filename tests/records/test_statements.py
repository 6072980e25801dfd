"""A statement that is built once answers as if it were built each time: for whoever asks, whenever they ask."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import cast
from wida.access.actions import give_mandate
from wida.access.queries import known_to, mandates_of, open_for
from wida.access.rules import Ground
from wida.accounts.actor import Actor
from wida.demo.clock import days_ago
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.people.models import Person
from wida.records.arrays import Among
from wida.records.queries import read, rows_of
from wida.records.statements import Ids, Word, prepared

built = []


@prepared
def numbered(actor: Actor, number: Word, stage: Stage | None) -> QuerySet:
    built.append(actor.role)
    found = known_to(actor).filter(number=number)
    return (found.filter(stage=stage) if stage else found).values_list("number", flat=True)


@prepared
def among(ids: Ids) -> QuerySet:
    built.append("among")
    return Dossier.objects.filter(Among("pk", ids)).values_list("pk", flat=True)


@prepared
def held(actor: Actor) -> QuerySet:
    return Dossier.objects.alias(grounds=mandates_of(actor).values("pk")[:1]).filter(grounds__isnull=False)


def test_it_is_built_once_for_each_shape_and_answers_for_each_asker(house):
    dossier, other = cast.at(cast.new_dossier(), Stage.FORMING), cast.at(cast.new_dossier(), Stage.FORMING)
    limburg, stranger = cast.actor("coordinator.limburg"), cast.actor("coordinator.antwerpen")
    built.clear()

    for _time in range(3):
        assert numbered(limburg, Word(dossier.number), None) == [dossier.number]
        assert numbered(limburg, Word(other.number), None) == [other.number]
        assert numbered(stranger, Word(other.number), None) == []
        assert numbered(limburg, Word(other.number), Stage.CLOSED) == []
        assert numbered(cast.actor("central.team"), Word(other.number), None) == []

    assert built == ["coordinator", "coordinator", "centraal_team"]


def test_any_number_of_ids_is_one_statement(house):
    one, other = cast.new_dossier().pk, cast.new_dossier().pk
    built.clear()

    assert among(Ids((one,))) == [one]
    assert set(among(Ids((other, one)))) == {one, other}
    assert among(Ids()) == []
    assert built == ["among"]


def test_a_mandate_ends_on_its_day_also_in_a_statement_that_was_built_before(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    member = cast.member("liaison.ocmw-limburg")
    until = timezone.localdate() + timedelta(days=3)
    give_mandate(
        dossier=dossier,
        holder=member,
        ground=Ground.INVITED,
        by=cast.actor("coordinator.limburg"),
        until=until,
    )

    found = {}
    for later in (0, 3, 4, -1, 3):
        with days_ago(-later):
            found[later] = (
                [one.number for one in held(member.actor)],
                open_for(member.actor, dossier.number) is not None,
            )

    assert found == {
        0: ([dossier.number], True),
        3: ([dossier.number], True),
        4: ([], False),
        -1: ([], False),  # it hadn't begun
    }


def test_rows_are_those_of_the_dossier_that_is_asked_and_sealed_texts_open(house):
    numbers = ("given_name", "birth_year")
    dossiers = [cast.new_dossier(), cast.new_dossier(), cast.new_dossier()]

    for dossier in dossiers:
        rows = read(rows_of.of(Person, dossier.pk, "id"), *numbers)
        assert {row.dossier_id for row in rows} == {dossier.pk}
        assert rows[0].given_name
        assert rows == read(Person.objects.of(dossier).order_by("id"), *numbers)


def test_the_database_is_asked_the_same(house):
    asked = []
    for number in (UUID(int=1), UUID(int=2)):
        with CaptureQueriesContext(connection) as captured:
            rows_of(Person, number, "id")
        asked.append(captured[0]["sql"].replace(number.hex, "…"))
    assert asked[0] == asked[1]
    with pytest.raises(TypeError):
        rows_of([], UUID(int=1))
