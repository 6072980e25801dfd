"""The matrix as it is told: in the documentation, to a machine, and as the list that the law asks for."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests import cast
from wida.access import matrix
from wida.access.rules import Ground, Part, Right, rights
from wida.accounts.codes import CONTENT_ROLES, Role
from wida.accounts.models import Membership
from wida.audit.models import Event
from wida.dossiers.codes import Stage

PAGE = Path(__file__).resolve().parents[2] / "docs" / "access-matrix.md"


def test_the_documentation_says_what_the_code_decides():
    assert PAGE.read_text(encoding="utf-8") == matrix.as_markdown()


def test_every_right_is_told_once_and_no_other():
    told = {
        (cell.role, cell.ground, cell.part, cell.right, stage)
        for cell in matrix.cells()
        for stage in cell.stages
    }
    decided = {
        (role.value, ground.value, part.value, right.value, stage.value)
        for role in Role
        for ground in Ground
        for stage in Stage
        for part, right in rights(role, frozenset({ground}), stage)
    }

    assert told == decided
    assert len(decided) > 500


def test_nobody_without_families_has_a_right():
    assert {cell.role for cell in matrix.cells()} == {role.value for role in CONTENT_ROLES}


@pytest.mark.parametrize("login", ["coordinator.limburg", "auditor.team", "central.team"])
def test_an_overseer_exports_it(house, login):
    client = cast.signed_in(login)

    as_json, as_csv = client.get("/access/matrix/json/"), client.get("/access/matrix/csv/")

    rows = list(csv.reader(io.StringIO(as_csv.content.decode())))
    assert len(rows) - 1 == len(json.loads(as_json.content)) == len(matrix.cells())
    assert {
        "role": "coordinator",
        "ground": "nood",
        "part": Part.PEOPLE,
        "right": Right.READ,
    }.items() <= next(
        row for row in json.loads(as_json.content) if row["ground"] == "nood" and row["part"] == "people"
    ).items()
    assert client.get("/access/matrix/xml/").status_code == 404
    assert Event.objects.filter(action="exported", detail="access_matrix").count() == 2


def test_the_list_of_categories_counts_and_names_nobody(house):
    page = cast.signed_in("coordinator.limburg").get("/access/categories/").content.decode()

    assert {row.role: row.number for row in matrix.holders(cast.actor("coordinator.limburg").house_id)}[
        Role.CASE_MANAGER
    ] == 2
    others = Membership.objects.exclude(user=cast.member("coordinator.limburg").user)
    assert [name for name in others.values_list("user__name", flat=True) if name in page] == []
    assert "Casusregisseur" in page


@pytest.mark.parametrize("login", ["liaison.caw-limburg", "casemanager.limburg", "admin.team"])
def test_nobody_else_reads_the_list(house, login):
    client = cast.signed_in(login)

    assert client.get("/access/categories/").status_code == 403
    assert client.get("/access/matrix/csv/").status_code == 403
