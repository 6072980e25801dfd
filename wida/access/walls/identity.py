"""Who asks, told to PostgreSQL for one transaction. Only this module names the settings that the walls read."""

import contextlib
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Cast, Coalesce
from psycopg.pq import TransactionStatus

from wida.access.walls.kinds import SYSTEM
from wida.access.walls.roles import APP
from wida.accounts.actor import Actor

NAMES = ("actor", "organisation", "role", "house", "opened")
WHO = {
    "actor": "user_id",
    "organisation": "organisation_id",
    "role": "role",
    "house": "organisation__safe_home_id",
}
SAY = "select " + ", ".join(f"set_config('wida.{name}', %s, true)" for name in NAMES)
# In a statement that does something else first, this opens the dossier of its parameter with it.
OPENING = (
    "set_config('wida.opened',"
    " (nullif(current_setting('wida.opened', true), '')::uuid[] || %s::uuid)::text, true)"
)
ADD = f"select {OPENING}"
ADD_ALL = ADD.replace("%s::uuid", "%s::uuid[]")


def says_who() -> Func:
    """Annotates the statement that finds a membership: whoever is found, asks. Without a row nobody does."""
    said = [
        Func(
            Value(f"wida.{name}"),
            Coalesce(Cast(column, TextField()), Value("")),
            Value(True),
            function="set_config",
        )
        for name, column in WHO.items()
    ]
    return Func(*said, function="concat", output_field=TextField())


def act_as(actor: Actor | None) -> None:
    """From here to the end of the transaction this actor asks, and has opened nothing yet. One statement."""
    said = ["", "", "", "", ""]
    if actor:
        house = str(actor.house_id) if actor.house_id else ""
        said = [str(actor.user_id), str(actor.organisation_id), str(actor.role), house, ""]
    with connection.cursor() as cursor:
        cursor.execute(SAY, said)


def carry(source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> None:
    """Whoever asks over one connection asks over the other too, in its transaction; nothing is opened there."""
    with source.cursor() as cursor:
        cursor.execute(
            "select " + ", ".join(f"coalesce(current_setting('wida.{name}', true), '')" for name in WHO)
        )
        said = cursor.fetchone()
    with target.cursor() as cursor:
        cursor.execute(SAY, [*said, ""])


def open_new(dossier_id: UUID) -> None:
    """A dossier that is being made is open to its maker: its rows are about to follow."""
    with connection.cursor() as cursor:
        cursor.execute(ADD, [dossier_id])


def open_found(dossier_ids: Iterable[UUID]) -> None:
    """Opens the dossiers that a statement of this actor just found, for a list of rows that only open files show."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('wida.opened', %s::uuid[]::text, true)", [list(dossier_ids)])


def open_all(dossiers: list[UUID]) -> None:
    """Opens dossiers of which it was decided, row by row, that who asks may read them."""
    with connection.cursor() as cursor:
        cursor.execute(ADD_ALL, [dossiers])


class Opens(Func):
    """Annotates the statement that reads a dossier under its own policy: a row that is seen is opened with it."""

    template = (
        "set_config('wida.opened', (nullif(current_setting('wida.opened', true), '')::uuid[]"
        " || %(expressions)s)::text, true)"
    )
    output_field = TextField()

    def __init__(self):
        super().__init__(F("pk"))


def act_as_house(dossier_id: UUID | str | None) -> None:
    """From here to the end of the transaction the house itself acts, in this dossier when there is one. For a worker:
    to any other account this says nothing.
    """
    opened = f"{{{dossier_id}}}" if dossier_id else ""
    with connection.cursor() as cursor:
        cursor.execute(SAY, ["", "", SYSTEM, "", opened])


@contextlib.contextmanager
def walled(account: str = APP) -> Iterator[None]:
    """A transaction behind the wall, as nobody yet.

    In production the connection itself is of an account that the walls stand around. Tests connect as one who may do
    everything, and step down to the `account` (`WIDA_STEPS_DOWN`).
    """
    try:
        with transaction.atomic():
            _become(account)
            yield
    finally:
        _become("none")


def _become(account: str) -> None:
    """Beside Django's own cursor: this is no part of what a request asks the database. Inside a test case the outer
    transaction goes on after the request, so what was said must be taken back.
    """
    session = connection.connection
    if not settings.WIDA_STEPS_DOWN or session is None or session.closed:
        return
    if session.info.transaction_status == TransactionStatus.INTRANS:
        session.execute(f"{SAY}, set_config('role', %s, true)".encode(), [*[""] * len(NAMES), account])
