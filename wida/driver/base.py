"""Django's own PostgreSQL, but for what a request pays again and again.

Every answer of 400 and up rolls back, and psycopg then forgets all prepared statements, since what was rolled back may
have made a table anew. No request makes tables: one refusal would let its worker plan all of the next pages again.

How psycopg takes a statement apart it remembers for a hundred short ones; a worker asks some hundreds, and the long
ones cost most. And a session that answered a moment ago is asked nothing to see whether it still answers.

And moments are read by psycopg, in the zone of the session, which is UTC: Django's loader does that in Python, for two
columns of every row.
"""

import re
import select
import time
from functools import lru_cache

import psycopg
from django.db.backends.postgresql import base
from psycopg._preparing import PrepareManager
from psycopg._queries import PostgresQuery, _query2pg_nocache
from psycopg.pq import Format

MOMENTS = psycopg.adapters.get_loader(base.TIMESTAMPTZ_OID, Format.TEXT)
GONE = re.compile(rb"(?:DROP|ALTER|DISCARD ALL|DEALLOCATE ALL)\b")
TAKEN_APART = 1000
LONGEST, MOST = 20_000, 300  # signs and parameters of one that is remembered: a longer one adds many rows
FRESH = 1.0  # seconds


class Kept(PrepareManager):
    """What a session prepared, forgotten when a table changes, and not when a transaction is rolled back."""

    def _should_discard(self, prep, results):
        return any(GONE.match(result.command_status or b"") for result in results) and super().clear()

    def clear(self) -> bool:
        """Asked by psycopg at each rollback. Nothing is to be done at the server."""
        return False


class Query(PostgresQuery):
    __slots__ = ()

    def convert(self, query, vars):
        if vars is None or not isinstance(query, str) or len(query) > LONGEST or len(vars) > MOST:
            return super().convert(query, vars)
        self.query, self._want_formats, self._order, self._parts = _taken_apart(query, self._tx.encoding)
        return self.dump(vars)


@lru_cache(maxsize=TAKEN_APART)
def _taken_apart(query: str, encoding: str) -> tuple:
    return _query2pg_nocache(query.encode(encoding), encoding)


class Cursor(base.ServerBindingCursor):
    _query_cls = Query


class DatabaseWrapper(base.DatabaseWrapper):
    answered_at = 0.0
    _readers: tuple = ()

    def get_connection_params(self):
        params = super().get_connection_params()
        if params["cursor_factory"] is base.ServerBindingCursor:
            params["cursor_factory"] = Cursor
        return params

    def get_new_connection(self, conn_params):
        session = super().get_new_connection(conn_params)
        before, session._prepared = session._prepared, Kept()
        session.prepare_threshold, session.prepared_max = before.prepare_threshold, before.prepared_max
        session.adapters.register_loader("timestamptz", MOMENTS)
        return session

    def is_usable(self):
        """Asked by Django at the start of each request. A server that goes away says so on the line."""
        if not self.errors_occurred and time.monotonic() - self.answered_at < FRESH and self._silent():
            return True
        usable = super().is_usable()
        if usable:
            self.answered_at = time.monotonic()
        return usable

    def _silent(self) -> bool:
        """Nothing came in that wasn't asked for, the end of the line included."""
        if self.connection is None or self.connection.closed:
            return False
        line = select.poll()
        line.register(self.connection.fileno(), select.POLLIN)
        return not line.poll(0)

    def _commit(self):
        super()._commit()
        self.answered_at = time.monotonic()

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
