"""How old each key is, so that somebody changes it in time."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from wida.keeping.models import KeySeen

# After this a key is changed (docs/operators.md): one year for what opens data, two for what signs the trail.
TERMS = {
    "master": timedelta(days=365),
    "index": timedelta(days=365),
    "backup": timedelta(days=365),
    "secret": timedelta(days=365),
    "audit": timedelta(days=730),
}


class Age(NamedTuple):
    kind: str
    number: int
    since: datetime
    change_by: datetime

    @property
    def late(self) -> bool:
        return self.change_by < timezone.now()


def ages() -> list[Age]:
    """The keys in use, the soonest to change first. Never a key, nor its fingerprint."""
    rows = KeySeen.objects.values_list("kind", "number", "since")
    return sorted(
        (Age(kind, number, since, since + TERMS[kind]) for kind, number, since in rows), key=_soonest
    )


def note() -> None:
    """Keeps since when the keys that this process knows are in use, and forgets what was taken out of use."""
    seen = [KeySeen(kind=kind, number=number, fingerprint=mark) for kind, number, mark in known()]
    KeySeen.objects.bulk_create(seen, ignore_conflicts=True)
    gone = KeySeen.objects.filter(kind__in={key.kind for key in seen})
    gone.exclude(fingerprint__in=[key.fingerprint for key in seen]).delete()


def known() -> Iterator[tuple[str, int, str]]:
    lists = {
        "master": settings.WIDA_MASTER_KEYS,
        "index": settings.WIDA_INDEX_KEYS,
        "backup": settings.WIDA_BACKUP_KEYS,
    }
    for kind, keys in lists.items():
        for number, key in keys.items():
            yield kind, number, fingerprint(kind, key)
    for kind, text in (("secret", settings.SECRET_KEY), ("audit", settings.WIDA_AUDIT_KEY)):
        if text:
            yield kind, 1, fingerprint(kind, text.encode())


def fingerprint(kind: str, key: bytes) -> str:
    """Of a long random key, so that nobody can guess it back."""
    return hashlib.sha256(b"wida-key:" + kind.encode() + b":" + key).hexdigest()[:16]


def _soonest(age: Age) -> datetime:
    return age.change_by
