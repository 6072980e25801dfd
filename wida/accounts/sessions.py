"""Where sessions are kept."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """Django's own, but a new key is written when the request ends: a request that is rolled back keeps its session."""

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

    _former = None
