"""Django's own PostgreSQL, but a session keeps what it prepared when a transaction is rolled back.

Every answer of 400 and up rolls back, and psycopg then forgets all prepared statements, since what was rolled back may
have made a table anew. No request makes tables: one refusal would let its worker plan all of the next pages again.
"""

import re

from django.db.backends.postgresql import base
from psycopg._preparing import PrepareManager

GONE = re.compile(rb"(?:DROP|ALTER|DISCARD ALL|DEALLOCATE ALL)\b")


class Kept(PrepareManager):
    """What a session prepared, forgotten when a table changes, and not when a transaction is rolled back."""

    def _should_discard(self, prep, results):
        return any(GONE.match(result.command_status or b"") for result in results) and super().clear()

    def clear(self) -> bool:
        """Asked by psycopg at each rollback. Nothing is to be done at the server."""
        return False


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        session = super().get_new_connection(conn_params)
        before, session._prepared = session._prepared, Kept()
        session.prepare_threshold, session.prepared_max = before.prepare_threshold, before.prepared_max
        return session
