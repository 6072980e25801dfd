"""Which account a process works with in the database. Requests have the one of DATABASE_URL."""

import contextlib
from collections.abc import Iterator

from django.conf import settings
from django.db import connections


@contextlib.contextmanager
def logged_in(account: str) -> Iterator[None]:
    """Every connection of this process is that of the `owner`, the `worker` or the `backup` for as long as the block lasts.

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
