"""Keyed tokens: how somebody is found without a name or number standing in the database."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from contextvars import ContextVar

from django.conf import settings

# The key to make tokens under, when it isn't the one to search with.
_key: ContextVar[int | None] = ContextVar("wida_index_key", default=None)


def under_each_key() -> Iterator[int]:
    """`for _key in under_each_key()`: inside, `token` answers under one index key after the other.

    For who writes tokens: while a key is being changed, a person is found under the old one and the new one.
    """
    for number in sorted(settings.WIDA_INDEX_KEYS):
        before = _key.set(number)
        try:
            yield number
        finally:
            _key.reset(before)


def token(kind: str, *parts: str) -> int:
    """A signed 64-bit token under the index key that searches; `kind` keeps a name from equalling a number."""
    message = "\x1f".join((kind, *parts)).encode()
    number = _key.get() or settings.WIDA_SEARCH_KEY
    digest = hashlib.blake2b(message, key=settings.WIDA_INDEX_KEYS[number], digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def fold(name: str) -> str:
    """A name without accents, case, spaces or punctuation, so that « Élodie Van den Bossche » meets her twin."""
    plain = unicodedata.normalize(
        "NFKD", name.casefold().replace("ø", "o").replace("ı", "i").replace("ł", "l")
    )
    return re.sub(r"[^a-z0-9]", "", plain)
