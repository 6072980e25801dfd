"""Families told through the actions of the screens, as rows to copy. Nothing of them stays in the database."""

import multiprocessing
import random
from itertools import chain
from typing import NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from wida.demo.house import House
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.people.models import PersonToken
from wida.records.sealing import SealedText, keyring, unseal
from wida.seed.chapters import MIX, WAYS, Ending, tell
from wida.seed.names import Role

# What a story leaves that a copy doesn't need: mail that waited then, drafts, and tokens, which are made anew.
LEFT_OUT = {"notify_notice", "drafts_draft", "drafts_presence", PersonToken._meta.db_table}
# Rows of a story that don't name its dossier themselves.
BESIDE = {
    "meetings_meeting": "id in (select meeting_id from meetings_agendaitem where dossier_id = %s)",
    "referrals_inflowstep": "inflow_id in (select id from referrals_inflow where dossier_id = %s)",
}


class Sealed(NamedTuple):
    """A text of a story, opened: under the key of which id, and at which place, it was sealed."""

    owner: bytes
    table: str
    row: bytes
    column: str
    text: str


class Wrapped(NamedTuple):
    """The data key of an id."""

    owner: bytes


Cell = bytes | None | Sealed | Wrapped  # bytes as a binary COPY has them


class Table(NamedTuple):
    columns: list[str]
    kinds: list[str]  # what each holds, as PostgreSQL calls it
    rows: list[list[Cell]]


class Story(NamedTuple):
    """Ids are bytes, as in the rows."""

    house: str
    ending: Ending
    ago: int  # how many days ago it stood so
    dossier: bytes
    number: str
    tables: dict[str, Table]
    people: dict[bytes, Role]
    names: dict[bytes, tuple[str, str]]  # given and family name of each person


def tell_all(random_seed: int, houses: tuple[str, ...], processes: int = 1) -> list[Story]:
    """What happens in each house, read at each point where a file may stay, and undone."""
    told = [(random_seed, name, way) for way in WAYS for name in houses]
    if processes == 1:
        return list(chain.from_iterable(map(_tell, told)))
    connection.close()  # each helper has its own
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        return list(chain.from_iterable(pool.imap(_tell, told, chunksize=1)))


def _tell(told: tuple[int, str, str]) -> list[Story]:
    random_seed, name, way = told
    stories = []

    def keep(dossier: Dossier, stage: Stage, by_police: bool, ago: int, *, refused: bool = False) -> None:
        ending = next(e for e in MIX if (e.stage, e.by_police, e.refused) == (stage, by_police, refused))
        stories.append(_story(name, ending, ago, dossier))

    with keyring(trusted=True):
        tell(way, House(name), random.Random(f"{random_seed} {name} {way}"), keep)
    return stories


def _story(house: str, ending: Ending, ago: int, dossier: Dossier) -> Story:
    key = dossier.pk
    tables = {}
    for model in sorted(apps.get_models(), key=lambda model: model._meta.db_table):
        table = model._meta.db_table
        if where := _where(model):
            fields = [
                field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)
            ]
            if rows := _rows(model, fields, where.replace("%s", f"'{key}'"), key.bytes):
                kinds = [field.db_type(connection) for field in fields]
                tables[table] = Table([field.column for field in fields], kinds, rows)
    return Story(house, ending, ago, key.bytes, dossier.number, tables, *_cast(tables))


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
    model: type[models.Model], fields: list[models.Field], where: str, dossier: bytes
) -> list[list[Cell]]:
    table = model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in fields)
    statement = f"copy (select {columns} from {table} where {where} order by ctid) to stdout (format binary)"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        rows = list(copy.rows())
    named = [field.column for field in fields]
    return [_opened(table, fields, dict(zip(named, row, strict=True)), dossier) for row in rows]


def _opened(
    table: str, fields: list[models.Field], row: dict[str, bytes | None], dossier: bytes
) -> list[Cell]:
    owner = row.get("inflow_id", dossier) if table == "referrals_inflowstep" else dossier
    if table == "referrals_inflow":
        owner = row["id"]
    cells = []
    for field in fields:
        cell = row[field.column]
        if isinstance(field, SealedText) and cell is not None:
            place = f"{table}:{UUID(bytes=row['id'])}:{field.column}"
            text = unseal(cell, UUID(bytes=owner), place)
            cell = Sealed(owner, table, row["id"], field.column, text)
        elif field.column == "wrapped":
            cell = Wrapped(owner)
        cells.append(cell)
    return cells


def _cast(tables: dict[str, Table]) -> tuple[dict[bytes, Role], dict[bytes, tuple[str, str]]]:
    # Rows of one moment have no order of their own, and each telling must give the same roles.
    people = _by_id(tables, "people_person")
    people = dict(sorted(people.items(), key=lambda one: (one[1]["birth_year"], one[1]["given_name"].text)))
    homes = {
        row["person_id"]: row["municipality"].decode()
        for row in _by_id(tables, "people_address").values()
        if row["protected"] == b"\0" and row["municipality"]
    }
    names = {key: (row["given_name"].text, row["family_name"].text) for key, row in people.items()}
    surnames = list(dict.fromkeys(family for _given, family in names.values()))
    roles = {
        key: Role(
            int.from_bytes(row["birth_year"]),
            row["sex"].decode(),
            surnames.index(names[key][1]),
            key in homes,
            homes.get(key, ""),
        )
        for key, row in people.items()
    }
    return roles, names


def _by_id(tables: dict[str, Table], table: str) -> dict[bytes, dict[str, Cell]]:
    columns, _kinds, rows = tables.get(table, ((), (), ()))
    found = (dict(zip(columns, row, strict=True)) for row in rows)
    return {row["id"]: row for row in found}
