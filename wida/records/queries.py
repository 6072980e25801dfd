"""Reading rows of a dossier as named tuples: one statement, sealed fields opened, no model instances."""

import json
from collections import namedtuple
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from django.db import models

from wida.records.models import Record, Revision
from wida.records.sealing import SealedText, unseal
from wida.records.statements import Asked, at_once, prepared

ALWAYS = ("id", "dossier_id", "version", "signature", "created_at", "changed_at")


@lru_cache(maxsize=512)
def _row_type(names: tuple[str, ...]):
    return namedtuple("Row", [name.replace("__", "_") for name in names])


@lru_cache(maxsize=512)
def _sealed_columns(model: type[models.Model], names: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """Position and place prefix of each sealed field among the names; only the model's own fields can be sealed."""
    places = []
    for position, name in enumerate(names):
        if "__" not in name and name in {field.name for field in model._meta.concrete_fields}:
            field = model._meta.get_field(name)
            if isinstance(field, SealedText):
                places.append((position, field.column))
    return tuple(places)


@prepared
def rows_of(model: type[Record], dossier_id: UUID, *order: str) -> models.QuerySet:
    """The rows of one dossier that still stand."""
    return model.objects.filter(dossier_id=dossier_id, withdrawn_at=None).order_by(*order)


def asked(statement: Asked, *names: str) -> Asked:
    """Of a statement the columns that `read` and `read_at_once` make named tuples of."""
    return statement._replace(names=_wanted(names))


def read_at_once(*statements: Asked) -> list[list]:
    """What `read` answers for each that is `asked`, and rows as they come for any other; sent in one go."""
    found = at_once(*statements)
    return [
        _opened(one.model, one.names, rows) if one.names else rows
        for one, rows in zip(statements, found, strict=True)
    ]


def read(queryset: models.QuerySet | Asked, *names: str) -> list:
    """The rows as named tuples with `names` after id, dossier_id, version, signature, created_at, changed_at.

    Annotations and related columns (`organisation__name`) may be named; `__` becomes `_`. The dossier of
    every row must have been opened before, else `Locked` is raised.
    """
    if isinstance(queryset, Asked):
        return read_at_once(asked(queryset, *names))[0]
    wanted = _wanted(names)
    return _opened(queryset.model, wanted, queryset.values_list(*wanted))


def _wanted(names: tuple[str, ...]) -> tuple[str, ...]:
    return ALWAYS + tuple(name for name in names if name not in ALWAYS)


def _opened(model: type[models.Model], wanted: tuple[str, ...], found: Iterable[tuple]) -> list:
    row_type = _row_type(wanted)
    sealed = _sealed_columns(model, wanted)
    table = model._meta.db_table
    rows = []
    for values in found:
        if sealed:
            values = list(values)
            place = f"{table}:{values[0]}:"
            for position, column in sealed:
                values[position] = unseal(values[position], values[1], place + column)
        rows.append(row_type._make(values))
    return rows


def history(record: Record) -> list:
    """The earlier versions of a record, newest first; `state` holds the fields as they were, by name."""
    version_type = _row_type(
        ("version", "signature", "written_at", "replaced_by", "replaced_at", "reason", "state")
    )
    revisions = Revision.objects.filter(dossier_id=record.dossier_id, row=record.pk).order_by("-version")
    return [
        version_type(
            revision.version,
            revision.signature,
            revision.written_at,
            revision.replaced_by,
            revision.replaced_at,
            revision.reason,
            json.loads(revision.state),
        )
        for revision in revisions
    ]
