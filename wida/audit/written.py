"""Events and batches as the bytes that are hashed and signed: the same from any connection, on any machine.

JSON in UTF-8 with sorted names and no spaces, after a line that says what it is; every value is a text or null.
Numbers are texts too, and moments are in UTC to the microsecond. `wida/audit/standalone.py` writes it once more.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

EVENT = b"wida-audit-event-v1\n"
BATCH = b"wida-audit-batch-v1\n"

# Every column of the event table: a leaf covers them all.
COLUMNS = (
    "id", "at", "action", "user", "signature", "organisation", "role", "dossier", "part", "table", "row", "detail",
    "why", "source", "session", "request",
)  # fmt: skip


def text(value) -> str | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return None if value is None else str(value)


def texts(row: Mapping) -> dict[str, str | None]:
    return {name: text(value) for name, value in row.items()}


def event(row: Mapping) -> bytes:
    return EVENT + _json({name: row[name] for name in COLUMNS})


def batch(header: Mapping) -> bytes:
    """What is signed. Its hash is the `previous` of the next batch."""
    return BATCH + _json(header)


def digest(header: Mapping) -> str:
    return hashlib.sha256(batch(header)).hexdigest()


def made_at(event_id: UUID) -> datetime:
    """When the id of an event was made: its first 48 bits are milliseconds (RFC 9562, version 7)."""
    return datetime.fromtimestamp((event_id.int >> 80) / 1000, UTC)


def first_id(moment: datetime) -> UUID:
    """The lowest id that can be made from this moment on."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def _json(row: Mapping) -> bytes:
    return json.dumps(texts(row), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
