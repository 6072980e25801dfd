"""Keyed tokens: how somebody is found without a name or number standing in the database."""

import hashlib
import re
import unicodedata

from django.conf import settings


def token(kind: str, *parts: str) -> int:
    """A signed 64-bit token of the parts under the index key; `kind` keeps a name from equalling a number."""
    message = "\x1f".join((kind, *parts)).encode()
    digest = hashlib.blake2b(message, key=settings.WIDA_INDEX_KEY, digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def fold(name: str) -> str:
    """A name without accents, case, spaces or punctuation, so that « Élodie Van den Bossche » meets her twin."""
    plain = unicodedata.normalize(
        "NFKD", name.casefold().replace("ø", "o").replace("ı", "i").replace("ł", "l")
    )
    return re.sub(r"[^a-z0-9]", "", plain)
