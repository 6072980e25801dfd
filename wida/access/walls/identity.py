"""Who asks, told to PostgreSQL for one transaction. Only this module names the settings that the walls read."""

import contextlib
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Func, TextField
from psycopg.pq import TransactionStatus

from wida.accounts.actor import Actor

NAMES = ("actor", "organisation", "role", "house", "opened")
SAY = "select " + ", ".join(f"set_config('wida.{name}', %s, true)" for name in NAMES)
ADD = (
    "select set_config('wida.opened',"
    " (nullif(current_setting('wida.opened', true), '')::uuid[] || %s::uuid)::text, true)"
)


def act_as(actor: Actor | None) -> None:
    """From here to the end of the transaction this actor asks, and has opened nothing yet. One statement."""
    said = ["", "", "", "", ""]
    if actor:
        house = str(actor.house_id) if actor.house_id else ""
        said = [str(actor.user_id), str(actor.organisation_id), str(actor.role), house, ""]
    with connection.cursor() as cursor:
        cursor.execute(SAY, said)


def open_new(dossier_id: UUID) -> None:
    """A dossier that is being made is open to its maker: its rows are about to follow."""
    with connection.cursor() as cursor:
        cursor.execute(ADD, [dossier_id])


class Opens(Func):
    """Annotates the statement that reads a dossier under its own policy: a row that is seen is opened with it."""

    template = (
        "set_config('wida.opened', (nullif(current_setting('wida.opened', true), '')::uuid[]"
        " || %(expressions)s)::text, true)"
    )
    output_field = TextField()

    def __init__(self):
        super().__init__(F("pk"))


@contextlib.contextmanager
def walled() -> Iterator[None]:
    """A transaction behind the wall, as nobody yet.

    In production the connection itself is of an account that the walls stand around. Tests connect as one who may do
    everything, and step down for what a request does (`WIDA_DATABASE_ROLE`).
    """
    try:
        with transaction.atomic():
            _become(settings.WIDA_DATABASE_ROLE)
            yield
    finally:
        _become("none")


def _become(role: str) -> None:
    """Beside Django's own cursor: this is no part of what a request asks the database. Inside a test case the outer
    transaction goes on after the request, so what was said must be taken back.
    """
    session = connection.connection
    if not settings.WIDA_DATABASE_ROLE or session is None or session.closed:
        return
    if session.info.transaction_status == TransactionStatus.INTRANS:
        session.execute(f"{SAY}, set_config('role', %s, true)".encode(), [*[""] * len(NAMES), role])


def wall(get_response):
    """Middleware, after `accounts.middleware.actor`: says who asks before the first question about a family."""

    def middleware(request):
        act_as(request.actor)
        return get_response(request)

    return middleware
