"""Merkle trees as in RFC 6962: one hash that changes with any leaf, and a short proof that a leaf is in it."""

import hashlib
from collections.abc import Sequence

HASH = 32


def leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes. A tree without leaves has one too."""
    if not leaves:
        return hashlib.sha256().digest()
    level = list(leaves)
    while len(level) > 1:
        level = _above(level)
    return level[0]


def path(leaves: Sequence[bytes], place: int) -> list[bytes]:
    """The hashes beside the way from a leaf up to the root, from the bottom."""
    level, beside = list(leaves), []
    while len(level) > 1:
        if (place ^ 1) < len(level):
            beside.append(level[place ^ 1])
        level, place = _above(level), place // 2
    return beside


def _above(level: list[bytes]) -> list[bytes]:
    """Pairs hashed together; who stands alone goes up as it is, which is the split RFC 6962 describes."""
    paired = [
        hashlib.sha256(b"\x01" + left + right).digest()
        for left, right in zip(level[::2], level[1::2], strict=False)
    ]
    return paired + level[len(paired) * 2 :]
