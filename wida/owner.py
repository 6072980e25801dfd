"""Working as the account that owns the tables: for migrations, and the few commands that keep the whole house."""

import contextlib
from collections.abc import Iterator

from django.conf import settings
from django.db import connection


@contextlib.contextmanager
def owner() -> Iterator[None]:
    """The default connection is the owner's for as long as the block lasts, and no wall stands in its way.

    Never in a request or a job. Without DATABASE_OWNER_URL the account stays the one of DATABASE_URL.
    """
    mine = connection.settings_dict
    connection.close()
    connection.settings_dict = {**mine, **settings.WIDA_OWNER_DATABASE}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = mine
