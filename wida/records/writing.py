"""Rows that are written together go to the database in one statement, whose SQL is built once for each shape."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, lru_cache, wraps
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, models, transaction

from wida.records.sealing import Sealed

# None, or a value of this kind, is kept by such a field as it is.
PLAIN = {
    "UUIDField": UUID,
    "CharField": str,
    "DateField": date,
    "BooleanField": bool,
    "PositiveIntegerField": int,
    "BinaryField": Sealed,
}


class Change(NamedTuple):
    """Other values for some fields of a row that stands."""

    model: type[models.Model]
    pk: UUID
    values: dict[str, Any]


class Part(NamedTuple):
    """What is written to one row: its table, the fields, and whether the row is new."""

    model: type[models.Model]
    names: tuple[str, ...]
    new: bool


def write(*rows: models.Model | Change) -> None:
    """Adds the instances that are new, and renews those that stand: all of it, or none.

    Every part sees the tables as they were before, so none may lean on what another writes. When the last one changes
    a row, that row must be there: raises `DatabaseError` when a wall hides it. No signals are sent.
    """
    parts = tuple(_part(row) for row in rows)
    values = [value for row, part in zip(rows, parts, strict=True) for value in _values(row, part)]
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(_sql(parts), values)
        if cursor.rowcount != 1:
            raise DatabaseError(f"{parts[-1].model._meta.label} {rows[-1].pk} is not there to be changed")
    for row in rows:
        if isinstance(row, models.Model):
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def together(action: Callable) -> Callable:
    """Runs an action in the transaction that is open, else in one of its own.

    Within a larger one it costs nothing, and leaves no savepoint: whoever catches a refusal and goes on made one
    (`undone`). After an error of the database nothing of the transaction can be kept.
    """

    @wraps(action)
    def joined(*arguments: Any, **named: Any) -> Any:
        if not connections[DEFAULT_DB_ALIAS].in_atomic_block:
            with transaction.atomic():
                return action(*arguments, **named)
        try:
            return action(*arguments, **named)
        except DatabaseError:
            transaction.set_rollback(True)
            raise

    return joined


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """What is written inside is taken back when it raises, and the transaction goes on."""
    here = transaction.savepoint()
    try:
        yield
    except Exception:
        transaction.set_rollback(False)  # else Django refuses to go back
        transaction.savepoint_rollback(here)
        raise


def _part(row: models.Model | Change) -> Part:
    if isinstance(row, Change):
        return Part(row.model, tuple(row.values), new=False)
    return Part(type(row), _every(type(row)), new=row._state.adding)


@cache
def _every(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.name for field in model._meta.concrete_fields)


def _values(row: models.Model | Change, part: Part) -> list:
    connection = connections[DEFAULT_DB_ALIAS]
    fields = _fields(part)
    if isinstance(row, Change):
        found = list(row.values.values())
    else:
        found = [field.pre_save(row, part.new) for field in fields]
    values = [
        value if value is None or type(value) is plain else field.get_db_prep_save(value, connection)
        for field, plain, value in zip(fields, _plain(part), found, strict=True)
    ]
    return values if part.new else [*values, row.pk]


@lru_cache(maxsize=500)
def _plain(part: Part) -> tuple[type | None, ...]:
    """The kind of value that goes to the database as it is, for each field; of most there is nothing to prepare."""
    return tuple(PLAIN.get(_kind(field)) for field in _fields(part))


def _kind(field: models.Field) -> str:
    if not isinstance(field, models.ForeignKey):
        return field.get_internal_type()
    kind = _kind(field.target_field)
    return "" if PLAIN.get(kind) is str else kind


@lru_cache(maxsize=500)
def _fields(part: Part) -> tuple[models.Field, ...]:
    return tuple(part.model._meta.get_field(name) for name in part.names)


@lru_cache(maxsize=500)
def _sql(parts: tuple[Part, ...]) -> str:
    *before, last = map(_one, parts)
    named = ", ".join(f"part{number} as ({sql})" for number, sql in enumerate(before))
    return f"with {named} {last}" if named else last


def _one(part: Part) -> str:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields = _fields(part)
    table, columns = quote(part.model._meta.db_table), [quote(field.column) for field in fields]
    places = [_place(field) for field in fields]
    if part.new:
        return f"insert into {table} ({', '.join(columns)}) values ({', '.join(places)})"  # noqa: S608 - names of our own models
    changed = ", ".join(f"{column} = {place}" for column, place in zip(columns, places, strict=True))
    return f"update {table} set {changed} where {quote(part.model._meta.pk.column)} = %s"  # noqa: S608 - likewise


def _place(field: models.Field) -> str:
    """An array says of what, as Django writes it."""
    written = getattr(field, "get_placeholder", None)
    return written(None, None, connections[DEFAULT_DB_ALIAS]) if written else "%s"
