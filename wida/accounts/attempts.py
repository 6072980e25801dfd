"""How often somebody may try. Counted in the database, so all workers count together, and before the request's own
transaction begins, so a refused try counts although it is rolled back.

The limits hold for one address on one name: whoever keeps guessing shuts out themselves, not the colleague whose name
they guess. Over all addresses together a name stands many more.
"""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.urls import reverse
from django.utils.crypto import salted_hmac

from wida.accounts.address import address_of
from wida.accounts.models import Attempt

WINDOW = timedelta(minutes=15)
PER_ADDRESS, PER_NAME, PER_USER = 5, 100, 5
PENDING = "second_factor"


class Try(NamedTuple):
    """`allowed`: whether this try may be looked at. `first_refused`: the one that shut the door, worth recording."""

    allowed: bool
    first_refused: bool
    keys: tuple[str, ...]

    def forget(self) -> None:
        """It was right, so what was wrong before no longer counts."""
        Attempt.objects.filter(key__in=self.keys).delete()


def count_attempts(get_response):
    """Sets `request.attempt` on each POST that offers a secret."""
    places = None

    def middleware(request):
        nonlocal places
        if request.method == "POST":
            places = places or {reverse("accounts:login"), reverse("accounts:second_factor")}
            limits = _limits(request, places)
            if limits:
                request.attempt = _count(limits)
        return get_response(request)

    return middleware


def _limits(request, places) -> dict[str, int]:
    """What this request may be counted under, and how often each."""
    if request.path_info in places:
        name = request.POST.get("login") or request.session.get(PENDING, {}).get("user", "")
        return {
            key_of(request.path_info, name, address_of(request)): PER_ADDRESS,
            key_of("name", name): PER_NAME,
        }
    if "confirm_password" in request.POST:
        return {key_of("confirm", request.session.get(SESSION_KEY, "")): PER_USER}
    return {}


def _count(limits: dict[str, int]) -> Try:
    counts = {key: add(key)[0] for key in limits}
    return Try(
        allowed=all(counts[key] <= limit for key, limit in limits.items()),
        first_refused=any(counts[key] == limit + 1 for key, limit in limits.items()),
        keys=tuple(limits),
    )


def add(key: str, window: timedelta = WINDOW) -> tuple[int, int]:
    """One more, in one statement: two workers can't both be the fifth. How many now, and for how many seconds still."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into accounts_attempt as a (key, count, since) values (%s, 1, now()) "
            "on conflict (key) do update set "
            "count = case when a.since < now() - %s then 1 else a.count + 1 end, "
            "since = case when a.since < now() - %s then now() else a.since end "
            "returning count, ceil(extract(epoch from since + %s - now()))::int",
            [key, window, window, window],
        )
        return cursor.fetchone()


def key_of(*parts: str) -> str:
    return salted_hmac(
        "wida.accounts.attempts", "\0".join(parts), settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()
