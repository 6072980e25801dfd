"""Families by the thousand: copies that the house can't tell from families that were told."""

import json
from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.utils import timezone

from tests import cast
from wida.access.queries import open_for
from wida.audit.models import Event
from wida.dossiers.codes import ClosureReason, Stage
from wida.dossiers.models import Dossier
from wida.people import matching
from wida.people.models import Person, PersonToken
from wida.plans.models import Goal, PlanVersion
from wida.records.sealing import SealedText, keyring
from wida.referrals.codes import InflowOutcome, Route
from wida.referrals.models import Inflow
from wida.seed import seed
from wida.seed.load import Dangling, _check

STRUCTURE = """
    select conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated from pg_constraint
    union all select tablename, indexname, indexdef, true from pg_indexes where schemaname = 'public'
    union all select tgrelid::regclass::text, tgname, tgenabled::text, true from pg_trigger order by 1, 2, 3
"""


def structure() -> list:
    """Every constraint, index and trigger there is."""
    with connection.cursor() as cursor:
        cursor.execute(STRUCTURE)
        return cursor.fetchall()


def grow(count: int):
    connection.ensure_connection()
    return seed(count, random_seed=7, server=connection.connection, houses=("Limburg",), processes=1)


def who() -> list:
    of = ("dossier__number", "dossier__stage", "pk", "birth_year", "sex", "withdrawn_at")
    names = {one.pk: (one.given_name, one.family_name, one.birth_date) for one in Person.objects.all()}
    return [(*row, *names[row[2]]) for row in Person.objects.order_by("pk").values_list(*of)]


def test_families_are_copied_whole_and_the_house_works_with_them(house):
    before = structure()
    with transaction.atomic(), keyring(trusted=True):  # the same ids, under other keys
        grow(300)
        first = who()
        transaction.set_rollback(True)
    assert (Dossier.objects.count(), structure()) == (0, before)  # what is stopped leaves nothing
    made = grow(300)

    assert (made.dossiers, made.rows > 300 * 60) == (300, True)
    assert structure() == before
    assert who() == first
    stages = Counter(Dossier.objects.values_list("stage", flat=True))
    assert stages.total() == 300
    assert stages.keys() == set(Stage)
    assert len(set(Dossier.objects.values_list("number", flat=True))) == 300
    # Some went all the way, most ended with advice.
    ends = Counter(Dossier.objects.values_list("closure_reason", flat=True))
    assert ends.keys() == {ClosureReason.GOALS_REACHED, ClosureReason.NOT_TAKEN_UP, ""}
    assert ends[ClosureReason.NOT_TAKEN_UP] > 200
    assert 270 <= Inflow.objects.filter(route=Route.POLICE_REPORT).count() <= 282  # 92 in a hundred
    planned = PlanVersion.objects.values("dossier").distinct().count()
    assert 20 <= planned <= 40
    # Nothing has happened yet that has still to happen, and not all happened today.
    moments = list(Event.objects.values_list("at", flat=True))
    assert max(moments) <= timezone.now()
    assert min(moments) < timezone.now() - timedelta(days=500)

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
    advised = Inflow.objects.filter(route=Route.POLICE_REPORT, outcome=InflowOutcome.REFUSED).first().dossier
    for number in (some.number, advised.number):
        for tab in ("", "people/", "situation/", "risk/", "sharing/", "plan/", "meetings/"):
            assert client.get(f"/dossiers/{number}/{tab}").status_code == 200, (number, tab)
    found = cast.finds("coordinator.limburg", given_name=person.given_name, family_name=person.family_name)
    assert some.number in {hit.number for hit in found}
    assert open_for(cast.actor("coordinator.antwerpen"), some.number) is None


def test_a_row_that_names_another_that_is_not_there_is_found(house):
    with keyring(trusted=True):
        cast.new_dossier()
    with connection.cursor() as cursor:
        _check(connection.connection, ["dossiers_dossierkey"])
        cursor.execute("set local session_replication_role = replica")
        cursor.execute("update dossiers_dossierkey set dossier_id = gen_random_uuid()")
        cursor.execute("set local session_replication_role = origin")

    with pytest.raises(Dangling, match="a row of dossiers_dossierkey names one of dossiers_dossier"):
        _check(connection.connection, ["dossiers_dossierkey"])


def test_never_in_production(settings):
    settings.PRODUCTION = True

    with pytest.raises(ImproperlyConfigured, match="fictional"):
        seed(1, random_seed=1, server=None)
