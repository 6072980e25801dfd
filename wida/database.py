"""Which account a process works with in the database, and whether it is there. A request has that of DATABASE_URL."""

import contextlib
from collections.abc import Iterator

import psycopg
from django.conf import settings
from django.db import InterfaceError, OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from wida.access.walls.identity import carry

GONE = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)


def is_gone(fault: BaseException | None) -> bool:
    """Whether a fault comes from a database that doesn't answer, however it was wrapped on its way up: by the queue of
    the jobs, or by a transaction that can't go on after it.
    """
    while fault is not None and not isinstance(fault, GONE):
        fault = fault.__cause__ or fault.__context__
    return fault is not None


@contextlib.contextmanager
def logged_in(account: str) -> Iterator[None]:
    """Every connection of this process is that of `owner`, `worker` or `backup` for as long as the block lasts.

    The owner's passes the walls: for migrations and the few commands that keep the house, never in a request or a job.
    """
    shared = connections.settings["default"]
    mine = dict(shared)
    connections["default"].close()
    shared.update(settings.WIDA_DATABASE_LOGINS[account])
    try:
        yield
    finally:
        connections["default"].close()
        shared.update(mine)


@contextlib.contextmanager
def figures() -> Iterator[BaseDatabaseWrapper]:
    """The connection over which policy figures and exports of them are read, in one transaction: that of the standby
    (`DATABASE_REPLICA_URL`), or the primary's when there is none or it doesn't answer.

    Whoever asks was let in on the primary, and asks here as the same. Never decide on access over it: a standby that
    lags still shows what was withdrawn.
    """
    if "replica" not in connections.settings or not _answers(connections["replica"]):
        yield connections["default"]
        return
    with transaction.atomic(using="replica"):
        carry(connections["default"], connections["replica"])
        yield connections["replica"]


def _answers(replica: BaseDatabaseWrapper) -> bool:
    try:
        replica.close_if_unusable_or_obsolete()
        replica.ensure_connection()
    except OperationalError:
        return False
    return True
