"""Where sessions are kept: one row each, that says whose it is, and ends when nobody uses it.

A session ends after `SESSION_COOKIE_AGE` without use and after `WIDA_SESSION_HOURS` in any case. Both are told by the
row, so a browser that keeps its cookie longer gains nothing.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db.models import QuerySet
from django.utils import timezone

from wida.accounts.models import Session
from wida.records.statements import Word, prepared

STEP = timedelta(minutes=1)


def _longest() -> timedelta:
    return timedelta(hours=settings.WIDA_SESSION_HOURS)


@prepared
def _session(key: Word) -> QuerySet:
    return Session.objects.filter(session_key=key, expire_date__gt=timezone.now())


class SessionStore(db.SessionStore):
    """A new key is written when the request ends, so that a request which is rolled back keeps its session."""

    _former = None
    _row = None

    @classmethod
    def get_model_class(cls):
        return Session

    def _get_session_from_db(self):
        found = _session(Word(self.session_key))
        row = found[0] if found else None
        if row is None:
            self._session_key = None  # as Django does with a key that it doesn't know
        if row and row.started_at + _longest() <= timezone.now():
            self._session_key = row = None
        self._row = row
        return row

    @property
    def started_at(self):
        return self._row.started_at if self._row else timezone.now()

    def get_expiry_date(self, **kwargs):
        now = timezone.now()
        return min(now + timedelta(seconds=settings.SESSION_COOKIE_AGE), self.started_at + _longest())

    def get_expiry_age(self, **kwargs):
        return int((self.get_expiry_date() - timezone.now()).total_seconds())

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.user = data.get(SESSION_KEY)
        row.started_at = self.started_at
        return row

    def touch(self):
        """Counts as use. At most one write a minute."""
        if self._row and self.get_expiry_date() - self._row.expire_date > STEP:
            self.modified = True

    def flush(self):
        super().flush()
        self._row = None

    def cycle_key(self):
        self._former = self.session_key
        self._session_cache = self._session
        self._session_key = None
        self.modified = True

    def save(self, must_create=False):
        super().save(must_create)
        former, self._former = self._former, None
        if former:
            self.delete(former)
