"""Families by the thousand: copies that the house can't tell from families that were told."""

import json
from collections import Counter

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from tests import cast
from wida.access.queries import open_for
from wida.dossiers.codes import ClosureReason, Stage
from wida.dossiers.models import Dossier
from wida.people import matching
from wida.people.models import Address, Person, PersonToken
from wida.plans.models import Goal, PlanVersion
from wida.records.sealing import SealedText, keyring
from wida.seed import seed
from wida.seed.load import INDEXES, TAKEN_DOWN


def structure() -> list:
    """Every constraint and index there is."""
    every = {"tables": connection.introspection.table_names()}
    with connection.cursor() as cursor:
        return [
            sorted(map(str, cursor.execute(statement, every).fetchall()))
            for statement in (TAKEN_DOWN, INDEXES)
        ]


def grow(count: int):
    connection.ensure_connection()
    return seed(count, random_seed=7, server=connection.connection, houses=("Limburg",), processes=1)


def test_families_are_copied_whole_and_the_house_works_with_them(house):
    before = structure()
    made = grow(60)

    assert made.dossiers == 60
    assert structure() == before
    stages = Counter(Dossier.objects.values_list("stage", flat=True))
    assert stages.total() == 60
    assert stages.keys() == set(Stage)
    assert len(set(Dossier.objects.values_list("number", flat=True))) == 60
    # Some went all the way, some ended with advice.
    ends = {ClosureReason.GOALS_REACHED, ClosureReason.NOT_TAKEN_UP, ""}
    assert set(Dossier.objects.values_list("closure_reason", flat=True)) == ends

    # Each sealed text opens at its own place, under the key of its own dossier.
    opened = 0
    for model in apps.get_models():
        sealed = [f.name for f in model._meta.concrete_fields if isinstance(f, SealedText)]
        columns = {f.name for f in model._meta.concrete_fields}
        if sealed and "dossier" in columns and "wrapped" not in columns and model.objects.exists():
            row = model.objects.order_by("?").first()
            opened += sum(bool(getattr(row, name)) for name in sealed)
    assert opened > 20

    # They have the tokens that the house itself would give them.
    some = Dossier.objects.filter(closure_reason=ClosureReason.GOALS_REACHED).first()
    kept = set(PersonToken.objects.filter(dossier=some).values_list("token", "person_id"))
    matching.index_dossier(some)
    assert kept == set(PersonToken.objects.filter(dossier=some).values_list("token", "person_id"))

    # Nobody of another family stands in a plan, and the plan that was recorded is this family's own.
    persons = set(Person.objects.filter(dossier=some).values_list("pk", flat=True))
    goals = list(Goal.objects.filter(dossier=some))
    recorded = json.loads(PlanVersion.objects.filter(dossier=some).order_by("-number").first().content)
    assert all(goal.persons and set(goal.persons) <= persons for goal in goals)
    assert {goal["text"] for goal in recorded["goals"]} == {goal.text for goal in goals}

    person = Person.objects.filter(dossier=some).order_by("pk").first()
    client = cast.signed_in("coordinator.limburg")
    for tab in ("", "people/", "situation/", "risk/", "sharing/", "plan/", "meetings/"):
        assert client.get(f"/dossiers/{some.number}/{tab}").status_code == 200
    found = cast.finds("coordinator.limburg", given_name=person.given_name, family_name=person.family_name)
    assert some.number in {hit.number for hit in found}
    assert open_for(cast.actor("coordinator.antwerpen"), some.number) is None


def test_the_same_number_makes_the_same_families(house):
    def who() -> list:
        addresses = dict(Address.objects.values_list("person_id", "pk"))
        return [
            (
                person.dossier.number,
                person.pk,
                person.given_name,
                person.family_name,
                person.birth_date,
                len(addresses),
            )
            for person in Person.objects.select_related("dossier").order_by("dossier__number", "pk")
        ]

    told = []
    for _time in range(2):
        with transaction.atomic(), keyring(trusted=True):  # the same ids, under other keys
            grow(5)
            told.append(who())
            transaction.set_rollback(True)

    assert len(told[0]) > 8
    assert told[0] == told[1]


def test_never_in_production(settings):
    settings.PRODUCTION = True

    with pytest.raises(ImproperlyConfigured, match="fictional"):
        seed(1, random_seed=1, server=None)
