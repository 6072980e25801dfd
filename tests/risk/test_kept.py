"""What was recorded is never changed or removed: the database itself refuses."""

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from tests import cast
from tests.risk.assessing import HOUSE, POLICE, WELFARE, assessed, person, shared, weighed
from wida.access.rules import Part
from wida.risk.actions import add_legend
from wida.risk.models import Assessment, FactorScore, Weighing

TABLES = {
    "risk_assessment": "level",
    "risk_factorscore": "present",
    "risk_factorperson": "side",
    "risk_domainview": "state",
    "risk_protection": "place",
    "risk_weighing": "colour",
    "risk_participant": "name",
    "risk_legend": "reason",
}


@pytest.fixture
def recorded(house):
    """A row in every table."""
    dossier = shared()
    more = {"middelen-who": [person(dossier, "Youri")], "protection-0-title": "Oma"}
    assessed(POLICE, dossier, middelen="aanwezig", more=more)
    weighed(HOUSE, dossier)
    words = {name: "woord" for name in ("green", "green_name", "orange", "orange_name", "red", "red_name")}
    add_legend(by=cast.actor(HOUSE), valid_from="2030-01-01", reason="proef", **words)
    return dossier


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["update {table} set {column} = {column}", "delete from {table}"])
def test_the_database_refuses(recorded, table, statement):
    with connection.cursor() as cursor:
        before = count(cursor, table)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            cursor.execute(statement.format(table=table, column=TABLES[table]))
        assert before == count(cursor, table) > 0


def count(cursor, table: str) -> int:
    cursor.execute("select count(*) from " + connection.ops.quote_name(table))  # noqa: S608 - a name of ours
    return cursor.fetchone()[0]


def test_a_score_that_is_there_can_not_be_kept_without_motivation(recorded):
    row = FactorScore.objects.filter(code="geweld_keel").get()
    row.pk, row.code, row.past = None, "doodsbedreiging_suicide", "aanwezig"

    with pytest.raises(IntegrityError, match="risk_factor_motivated"), transaction.atomic():
        FactorScore(
            dossier_id=row.dossier_id,
            assessment_id=row.assessment_id,
            organisation_id=row.organisation_id,
            author_id=row.author_id,
            signature=row.signature,
            created_at=row.created_at,
            changed_at=row.changed_at,
            reviewed_on=row.reviewed_on,
            code="doodsbedreiging_suicide",
            present="onbekend",
            past="aanwezig",
        ).save(force_insert=True)


def test_milder_can_not_be_kept_without_a_reason(recorded):
    first = Weighing.objects.get()

    with pytest.raises(IntegrityError, match="risk_weighing_milder"), transaction.atomic():
        Weighing(
            dossier_id=first.dossier_id,
            organisation_id=first.organisation_id,
            author_id=first.author_id,
            signature=first.signature,
            created_at=first.created_at,
            changed_at=first.changed_at,
            version=2,
            weighed_on=first.weighed_on,
            colour="groen",
            meeting="triage",
            motivation="zonder reden",
            milder=True,
            known_factors=0,
            snapshot="{}",
        ).save(force_insert=True)


def test_each_version_of_an_organisation_exists_once(recorded):
    assessed(WELFARE, recorded)
    assessed(WELFARE, recorded)

    found = Assessment.objects.order_by("organisation__name", "version").values_list(
        "organisation__name", "version"
    )
    assert list(found) == [("CAW Limburg", 1), ("CAW Limburg", 2), ("Politie Limburg", 1)]
    assert Assessment.part == Part.RISK
