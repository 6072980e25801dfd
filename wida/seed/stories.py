"""Families told through the actions of the screens, as rows to copy. Nothing of them stays in the database."""

import random
from typing import NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction

from wida.demo.families import tell
from wida.demo.house import House
from wida.dossiers.codes import Stage
from wida.people.models import PersonToken
from wida.records.sealing import SealedText, keyring, unseal
from wida.seed.names import Role

# How many of a hundred dossiers stand where, and over how many days before today their stories are spread.
MIX = {
    Stage.BUILDING: (10, 40),
    Stage.REFERRED: (5, 10),
    Stage.FORMING: (8, 30),
    Stage.EXECUTION: (18, 250),
    Stage.WATCH: (7, 120),
    Stage.CLOSED: (52, 3600),
}
# What a story leaves that a copy doesn't need: mail that waited then, drafts, and tokens, which are made anew.
LEFT_OUT = {"notify_notice", "drafts_draft", "drafts_presence", PersonToken._meta.db_table}
# Rows of a story that don't name its dossier themselves.
BESIDE = {
    "meetings_meeting": "id in (select meeting_id from meetings_agendaitem where dossier_id = %s)",
    "referrals_inflowstep": "inflow_id in (select id from referrals_inflow where dossier_id = %s)",
}
NOTHING = r"\N"


class Sealed(NamedTuple):
    """A text of a story, opened: under the key of which id, and at which place, it was sealed."""

    owner: str
    table: str
    row: str
    column: str
    text: str


class Wrapped(NamedTuple):
    """The data key of an id."""

    owner: str


Cell = str | Sealed | Wrapped  # a str as COPY writes it


class Story(NamedTuple):
    house: str
    stage: Stage
    dossier: str
    number: str
    tables: dict[str, tuple[list[str], list[list[Cell]]]]  # columns and rows
    dates: dict[str, set[str]]  # columns that hold a day or a moment, by table
    people: dict[str, Role]
    names: dict[str, tuple[str, str]]  # given and family name of each person


def tell_all(chance: random.Random, houses: tuple[str, ...]) -> list[Story]:
    """A story of each house for each stage, told and undone."""
    stories = []
    for name in houses:
        for number, stage in enumerate(MIX):
            with keyring(trusted=True), transaction.atomic():
                stories.append(_story(name, stage, tell(House(name), stage, chance, number + 1)))
                transaction.set_rollback(True)
    return stories


def _story(house: str, stage: Stage, dossier) -> Story:
    key = str(dossier.pk)
    tables, dates = {}, {}
    for model in sorted(apps.get_models(), key=lambda model: model._meta.db_table):
        table = model._meta.db_table
        if where := _where(model):
            fields = [
                field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)
            ]
            if rows := _rows(model, fields, where.replace("%s", f"'{key}'"), key):
                tables[table] = [field.column for field in fields], rows
                dates[table] = {field.column for field in fields if isinstance(field, models.DateField)}
    return Story(house, stage, key, dossier.number, tables, dates, *_cast(tables))


def _where(model: type[models.Model]) -> str:
    table, columns = model._meta.db_table, {field.column for field in model._meta.concrete_fields}
    if table in LEFT_OUT:
        return ""
    if table in BESIDE:
        return BESIDE[table]
    if table == "dossiers_dossier":
        return "id = %s"
    if table == "audit_event":
        return "dossier = %s"
    return "dossier_id = %s" if "dossier_id" in columns else ""


def _rows(
    model: type[models.Model], fields: list[models.Field], where: str, dossier: str
) -> list[list[Cell]]:
    table = model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in fields)
    statement = f"copy (select {columns} from {table} where {where} order by ctid) to stdout"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        lines = b"".join(copy).decode().splitlines()
    named = [field.column for field in fields]
    return [
        _opened(table, fields, dict(zip(named, line.split("\t"), strict=True)), dossier) for line in lines
    ]


def _opened(table: str, fields: list[models.Field], row: dict[str, str], dossier: str) -> list[Cell]:
    owner = row.get("inflow_id", dossier) if table == "referrals_inflowstep" else dossier
    if table == "referrals_inflow":
        owner = row["id"]
    cells = []
    for field in fields:
        cell = row[field.column]
        if isinstance(field, SealedText) and cell != NOTHING:
            place = f"{table}:{row['id']}:{field.column}"
            text = unseal(bytes.fromhex(cell[3:]), UUID(owner), place)
            cell = Sealed(owner, table, row["id"], field.column, text)
        elif field.column == "wrapped":
            cell = Wrapped(owner)
        cells.append(cell)
    return cells


def _cast(tables: dict) -> tuple[dict[str, Role], dict[str, tuple[str, str]]]:
    people = _by_id(tables, "people_person")
    homes = {
        row["person_id"]: row["municipality"]
        for row in _by_id(tables, "people_address").values()
        if row["protected"] == "f" and row["municipality"]
    }
    names = {key: (row["given_name"].text, row["family_name"].text) for key, row in people.items()}
    surnames = list(dict.fromkeys(family for _given, family in names.values()))
    roles = {
        key: Role(
            int(row["birth_year"]),
            row["sex"],
            surnames.index(names[key][1]),
            key in homes,
            homes.get(key, ""),
        )
        for key, row in people.items()
    }
    return roles, names


def _by_id(tables: dict, table: str) -> dict[str, dict[str, Cell]]:
    columns, rows = tables.get(table, ((), ()))
    found = (dict(zip(columns, row, strict=True)) for row in rows)
    return {row["id"]: row for row in found}
