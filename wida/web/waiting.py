"""How much waits for the reader: it stands on every page, so it may be some seconds old."""

import time
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from wida.access import review

MOST = 1000  # readers whose counts are kept

_kept: dict[UUID, tuple[float, tuple[int, int]]] = {}


def waiting(request: HttpRequest) -> tuple[int, int]:
    """Tasks, and what else a coordinator looks at; counted anew for whoever just changed something."""
    reader, now = request.actor.membership_id, time.monotonic()
    counted_at, counts = _kept.get(reader, (0.0, (0, 0)))
    if (
        now - counted_at < settings.WIDA_COUNTS_SECONDS
        and settings.WIDA_CHANGED_COOKIE not in request.COOKIES
    ):
        return counts
    counts = review.counts(request.actor)
    if len(_kept) >= MOST:
        _kept.clear()
    _kept[reader] = now, counts
    return counts


def changed(get_response):
    """Remembers in the browser, for as long as counts are kept, that its user changed something: the next page may
    come from a worker that counted before.
    """

    def middleware(request):
        response = get_response(request)
        if request.method == "POST" and 300 <= response.status_code < 400 and settings.WIDA_COUNTS_SECONDS:
            response.set_cookie(
                settings.WIDA_CHANGED_COOKIE, "1", max_age=settings.WIDA_COUNTS_SECONDS, httponly=True,
                secure=settings.SESSION_COOKIE_SECURE, samesite=settings.SESSION_COOKIE_SAMESITE,
            )  # fmt: skip
        return response

    return middleware
