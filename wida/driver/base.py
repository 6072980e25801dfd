"""Django's own PostgreSQL, but a session keeps what it prepared when a transaction is rolled back.

Every answer of 400 and up rolls back, and psycopg then forgets all prepared statements, since what was rolled back may
have made a table anew. No request makes tables: one refusal would let its worker plan all of the next pages again.

And moments are read by psycopg, in the zone of the session, which is UTC: Django's loader does that in Python, for two
columns of every row.
"""

import re

import psycopg
from django.db.backends.postgresql import base
from psycopg._preparing import PrepareManager
from psycopg.pq import Format

MOMENTS = psycopg.adapters.get_loader(base.TIMESTAMPTZ_OID, Format.TEXT)
GONE = re.compile(rb"(?:DROP|ALTER|DISCARD ALL|DEALLOCATE ALL)\b")


class Kept(PrepareManager):
    """What a session prepared, forgotten when a table changes, and not when a transaction is rolled back."""

    def _should_discard(self, prep, results):
        return any(GONE.match(result.command_status or b"") for result in results) and super().clear()

    def clear(self) -> bool:
        """Asked by psycopg at each rollback. Nothing is to be done at the server."""
        return False


class DatabaseWrapper(base.DatabaseWrapper):
    _readers: tuple = ()

    def get_new_connection(self, conn_params):
        session = super().get_new_connection(conn_params)
        before, session._prepared = session._prepared, Kept()
        session.prepare_threshold, session.prepared_max = before.prepare_threshold, before.prepared_max
        session.adapters.register_loader("timestamptz", MOMENTS)
        return session

    def readers(self, many: int = 1) -> list:
        """Cursors for who fetches all rows at once: the session's own, so what they learned about columns stays."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        if self._readers and self._readers[0].connection is not self.connection:
            self._readers = ()
        while len(self._readers) < many:
            self._readers += (self.connection.cursor(),)
        return [self._prepare_cursor(reader) for reader in self._readers[:many]]

    def create_cursor(self, name=None):
        """Without looking whether the session has another zone than ours: none has."""
        if name is None:
            return self.connection.cursor()
        return self.connection.cursor(name, scrollable=False, withhold=self.connection.autocommit)
