"""A statement that every page asks is built once, and then run with other values.

Building a queryset and turning it into SQL costs more than PostgreSQL needs to answer it. `@prepared` on a function
that builds a queryset keeps the SQL, which answers from then on. What differs from call to call becomes a parameter:
identifiers, tuples of them or of numbers, any number of `Ids`, a `Word`, who somebody is. So does now: a moment or a
day in the statement is kept as its distance from now. Everything else (a role, a model, None) is its shape; another
shape is another statement.

The function may not look at what differs, and not put a translated text in the statement.
"""

import contextlib
import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property, update_wrapper
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.query import ValuesListIterable
from django.utils import timezone

from wida.accounts.actor import Actor

SHAPES = 2000  # more would mean that something which differs each time is taken for a shape
SHAPE_OF_ACTOR = ("role", "organisation_type")


class Word(str):
    """A text that differs from call to call."""

    __slots__ = ()


class Ids(tuple[UUID, ...]):
    """Any number of identifiers, as one parameter (see `arrays.Among`): a tuple of another length is another shape."""

    __slots__ = ()


class Ago(NamedTuple):
    """A moment or a day, so long before or after now."""

    distance: timedelta
    day: bool


class Place(NamedTuple):
    """Where among the arguments a parameter stands: in which, and under what name or number in it."""

    argument: int
    part: str | int | None


class Statement(NamedTuple):
    rows: models.QuerySet
    compiler: Any  # None: this shape finds nothing
    sql: str
    parameters: tuple
    converted: tuple = ()  # position, converters and expression of each column that isn't kept as it comes


class Asked(NamedTuple):
    """A prepared statement with its arguments, for `read` and `at_once`; `names`: only these columns, if any."""

    prepared: "Prepared"
    arguments: tuple
    names: tuple[str, ...] = ()

    @property
    def model(self) -> type[models.Model]:
        return self.statement.rows.model

    @property
    def statement(self) -> Statement:
        return self.prepared.statement(self.names, self.arguments)


class Prepared:
    """What `@prepared` makes of a function. Called, it answers the rows as a list."""

    def __init__(self, build: Callable[..., models.QuerySet]):
        self.build = build
        self.statements: dict[tuple, Statement] = {}
        update_wrapper(self, build)

    def __call__(self, *arguments: Any) -> list:
        return at_once(Asked(self, arguments))[0]

    def of(self, *arguments: Any) -> Asked:
        return Asked(self, arguments)

    def statement(self, names: tuple[str, ...], arguments: tuple) -> Statement:
        """Compiled the first time that its shape comes by."""
        shape = (names, *map(_shape, arguments))
        statement = self.statements.get(shape)
        if statement is None:
            if len(self.statements) >= SHAPES:
                self.statements.clear()
            statement = self.statements[shape] = _compile(self.build, names, arguments)
        return statement


prepared = Prepared


def at_once(*asked: Asked) -> list[list]:
    """The rows of each. They are sent in one go, and the answers are waited for once."""
    now, statements = _Now(), [one.statement for one in asked]
    sent = [at for at, statement in enumerate(statements) if statement.compiler is not None]
    readers = dict(zip(sent, connection.readers(len(sent)), strict=True))
    with _pipeline() if len(sent) > 1 else contextlib.nullcontext():
        for at, reader in readers.items():
            arguments = asked[at].arguments
            reader.execute(
                statements[at].sql, [_value(one, arguments, now) for one in statements[at].parameters]
            )
    return [
        _rows(statement, readers[at].fetchall()) if at in readers else []
        for at, statement in enumerate(statements)
    ]


@contextlib.contextmanager
def _pipeline() -> Iterator[None]:
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def _shape(argument: Any) -> Any:
    if isinstance(argument, UUID | Word | Ids):
        return type(argument)
    if _several(argument):
        return tuple(map(type, argument))
    if isinstance(argument, Actor):
        return (argument.role, argument.organisation_type, argument.house_id is None)
    return argument


def _stand_in(argument: Any) -> Any:
    """A value of the same kind that stands nowhere else in the statement."""
    if isinstance(argument, UUID):
        return uuid4()
    if isinstance(argument, Word):
        return Word(uuid4().hex)
    if isinstance(argument, Ids):
        return Ids((uuid4(),))
    if _several(argument):
        return tuple(uuid4() if type(one) is UUID else uuid4().int >> 66 for one in argument)
    if isinstance(argument, Actor):
        return replace(argument, **{name: _stand_in(value) for name, value in _parts(argument).items()})
    return argument


def _several(argument: Any) -> bool:
    return type(argument) is tuple and all(type(one) in (int, UUID) for one in argument)


def _parts(actor: Actor) -> dict[str, UUID | Word]:
    parts = {name: getattr(actor, name) for name in Actor.__slots__ if name not in SHAPE_OF_ACTOR}
    return {
        name: Word(part) if isinstance(part, str) else part
        for name, part in parts.items()
        if part is not None
    }


def _places(stand_ins: list) -> dict[Any, Place]:
    places: dict[Any, Place] = {}
    for number, value in enumerate(stand_ins):
        if isinstance(value, UUID | Word | Ids):
            places[value] = Place(number, None)
        elif _several(value):
            places |= {one: Place(number, at) for at, one in enumerate(value)}
        elif isinstance(value, Actor):
            places |= {part: Place(number, name) for name, part in _parts(value).items()}
    return places


def _compile(build: Callable, names: tuple[str, ...], arguments: tuple) -> Statement:
    stand_ins = [_stand_in(argument) for argument in arguments]
    before = timezone.now()
    rows = build(*stand_ins)
    rows = rows.values_list(*names) if names else rows
    after = timezone.now()
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return Statement(rows.none(), None, "", ())
    places = _places(stand_ins)
    marked = tuple(_mark(value, places, before) for value in parameters)
    if marked != tuple(_mark(value, places, after) for value in parameters):
        return _compile(build, names, arguments)  # the second, or the day, passed meanwhile
    columns = [column[0] for column in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(columns)
    compiler.get_converters = lambda _columns: converters  # the same each time
    converted = tuple((at, *how) for at, how in converters.items())
    return Statement(rows, compiler, sql, marked, converted)


def _mark(value: Any, places: dict[Any, Place], now: datetime) -> Any:
    if isinstance(value, datetime):
        return Ago(timedelta(seconds=round((value - now).total_seconds())), day=False)
    if isinstance(value, date):
        return Ago(value - timezone.localdate(now), day=True)
    if isinstance(value, UUID | str | int | Ids):
        return places.get(value, value)
    return value


def _rows(statement: Statement, found: list[tuple]) -> list:
    plain = statement.rows._iterable_class is ValuesListIterable
    return _tuples(statement, found) if plain else _made(statement, found)


def _tuples(statement: Statement, found: list[tuple]) -> list:
    if not statement.converted:
        return found
    rows = list(map(list, found))
    for at, converters, expression in statement.converted:
        for row in rows:
            for convert in converters:
                row[at] = convert(row[at], expression, connection)
    return list(map(tuple, rows))


def _made(statement: Statement, found: list[tuple]) -> list:
    """Django makes of the rows what it always does; only they are there already."""
    rows = statement.rows._chain()
    compiler = copy.copy(statement.compiler)
    compiler.connection = connection
    compiler.execute_sql = lambda *_args, **_options: [found]
    rows.query.get_compiler = lambda *_args, **_options: compiler
    return list(rows)


class _Now:
    """This moment and its day, looked up when the first parameter asks."""

    @cached_property
    def moment(self) -> datetime:
        return timezone.now()

    @cached_property
    def day(self) -> date:
        return timezone.localdate(self.moment)


def _value(parameter: Any, arguments: tuple, now: _Now) -> Any:
    if isinstance(parameter, Place):
        argument = arguments[parameter.argument]
        if parameter.part is None:
            return list(argument) if isinstance(argument, Ids) else argument
        return argument[parameter.part] if isinstance(argument, tuple) else getattr(argument, parameter.part)
    if isinstance(parameter, Ago):
        return (now.day if parameter.day else now.moment) + parameter.distance
    return parameter
