"""Identifiers that exist before the row does, so that a field can be sealed for its place."""

import os
import time
import uuid
from threading import Lock

_last = 0
_one_at_a_time = Lock()


def new_id() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562): opaque, and in order of making, so that indexes stay compact.

    In one process each is greater than the one before, also within a millisecond (method 3 of section 6.2:
    twelve more bits of time), since lists are in the order in which things were written.
    """
    moment = _moment()
    value = (moment >> 12) << 80 | 0x7 << 76 | (moment & 0xFFF) << 64
    return uuid.UUID(int=value | 0b10 << 62 | int.from_bytes(os.urandom(8), "big") >> 2)


def _moment() -> int:
    """Milliseconds since 1970 with twelve bits of fraction, never the same twice."""
    global _last
    with _one_at_a_time:
        _last = max(_last + 1, (time.time_ns() << 12) // 1_000_000)
        return _last
