"""The ledger: what was destroyed, ended or shut, in a file apart from the database and so from its backups.

An older backup gives back keys that were destroyed and mandates that were ended. This file is what takes them away
again. It is added to each minute, each line chained to the one before and signed as the seals of the trail are; what a
line tells is sealed under the master key. The database remembers how far it was written: one that remembers less than
the file holds was restored, and nobody comes in before the rest was played again.
"""

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import OperationalError, connection

from wida.access.walls.identity import act_as_house
from wida.audit import signing, written
from wida.jobs import as_system
from wida.keeping.models import LedgerMark

LOCK = 0x57494442
START = "0" * 64
# Events of a transaction that was still running at the last writing are found the next time.
OVERLAP = timedelta(hours=1)
NONCE = 12

# What of a row tells that something ended. A line holds no more of it.
COLUMNS = {
    "access_mandate": "id, dossier_id, until, ended_at, withdrawn_at",
    "access_conflictblock": "*",
    "access_extraprotection": "*",
    "accounts_membership": "id, valid_until, ended_at",
    "accounts_user": "id, is_active",
    "people_address": "id, dossier_id, protected",
    "closure_destruction": "*",
}
# Without one of these a row says nothing that has to stay so.
SAYS = {"access_mandate": ("until", "ended_at", "withdrawn_at"), "people_address": ("protected",)}
TOLD_BY = {
    "membership_given": "accounts_membership",
    "membership_ended": "accounts_membership",
    "account_disabled": "accounts_user",
    "account_enabled": "accounts_user",
    "destroyed": "closure_destruction",
}
IN_DOSSIER = ("access.mandate", "access.conflictblock", "access.extraprotection", "people.address")
NEW = """
select action, "table", row, dossier from audit_event
where id >= %s and ("table" = any (%s) or action = any (%s)) order by id
"""


class Broken(Exception):
    """The file isn't what was written; says at which line."""


class Behind(Exception):
    """The database is older than its ledger."""


class Line(NamedTuple):
    number: int
    at: str
    previous: str
    master: int
    sealed: str
    key: str
    signature: str

    @property
    def told(self) -> bytes:
        """What is signed."""
        return json.dumps([self.number, self.at, self.previous, self.master, self.sealed]).encode()

    @property
    def digest(self) -> str:
        return hashlib.sha256(json.dumps(self).encode()).hexdigest()


class Ending(NamedTuple):
    table: str
    row: dict


def path() -> Path:
    return settings.WIDA_AUDIT_FOLDER / "ledger.jsonl"


def write() -> int:
    """Adds what ended since the last time; returns how many lines. Raises `Behind` or `Broken`."""
    with as_system(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        last = LedgerMark.objects.order_by("-number").first()
        lines = _adopt(last)
        last = lines[-1] if lines else last
        known = {_name(ending): ending for ending in _lately(last)}
        made, previous = [], last.digest if last else START
        number = last.number if last else 0
        for ending in _endings(_moment(last) - OVERLAP if last else None):
            if known.get(_name(ending)) == ending:
                continue
            known[_name(ending)] = ending
            number += 1
            made.append(_line(number, previous, ending))
            previous = made[-1].digest
        _append(made)  # before the commit: a line too many is recognised, a line too few would be lost
        LedgerMark.objects.bulk_create([LedgerMark(number=line.number, digest=line.digest) for line in made])
        return len(made)


def settle() -> None:
    """For a worker that starts: what a crash kept from being remembered is. An older database is left as it is."""
    with contextlib.suppress(Behind, OperationalError), as_system():
        _adopt(LedgerMark.objects.order_by("-number").first())


def last_number() -> int:
    """Of the file; 0 where there is none."""
    last = next(_backwards(), None)
    return last.number if last else 0


def last_mark() -> int:
    """As the owner, or in a transaction of anybody: marks show to all."""
    return LedgerMark.objects.order_by("-number").values_list("number", flat=True).first() or 0


def beyond(number: int, digest: str) -> list[Line]:
    """The lines after this one, of a file that was checked from its start. Raises `Broken`."""
    after, previous = [], START
    if number == 0:
        digest = START
    for place, line in enumerate(_all(), 1):
        _check(place, line, previous)
        previous = line.digest
        if place == number and previous != digest:
            raise Broken(f"line {place} isn't the one the database remembers")
        if place > number:
            after.append(line)
    if number and not after and previous != digest:
        raise Broken("it ends before the line that the database remembers")
    return after


def open_line(line: Line) -> Ending:
    key = settings.WIDA_MASTER_KEYS.get(line.master)
    if key is None:
        raise Broken(f"line {line.number} is sealed under master key {line.master}, which isn't listed")
    box = bytes.fromhex(line.sealed)
    try:
        plain = AESGCM(key).decrypt(box[:NONCE], box[NONCE:], b"ledger")
    except InvalidTag:
        raise Broken(f"line {line.number} doesn't open with master key {line.master}") from None
    return Ending(*json.loads(plain))


# What ended ----------------------------------------------------------------------------------------------


def _endings(since: datetime | None) -> Iterator[Ending]:
    """The rows that the trail speaks of, as they are now. As the house, which opens one dossier after another."""
    with connection.cursor() as cursor:
        start = written.first_id(since or datetime.fromtimestamp(0, UTC))
        cursor.execute(NEW, [start, list(IN_DOSSIER), list(TOLD_BY)])
        seen = set()
        for action, label, row, dossier in cursor.fetchall():
            table = TOLD_BY.get(action) or label.replace(".", "_")
            wanted = ("dossier", dossier) if action == "destroyed" else ("id", row)
            if (table, wanted) not in seen and (ending := read(table, *wanted, dossier=dossier)):
                yield ending
            seen.add((table, wanted))


def read(table: str, column: str, value, *, dossier=None) -> Ending | None:
    """A row as it is now; None when it isn't there, or says nothing that has to stay so."""
    with connection.cursor() as cursor:
        act_as_house(dossier)
        wanted = f"select {COLUMNS[table]} from {table} where {column} = %s"  # noqa: S608 - all of them ours
        cursor.execute(f"select to_jsonb(kept) from ({wanted}) kept", [value])  # noqa: S608
        found = cursor.fetchone()
    row = json.loads(found[0]) if found else None
    if row is None or (table in SAYS and not any(row[name] for name in SAYS[table])):
        return None
    return Ending(table, row)


def _name(ending: Ending) -> tuple[str, str]:
    return ending.table, str(ending.row["id"])


# The file ------------------------------------------------------------------------------------------------


def _adopt(last: LedgerMark | None) -> list[Line]:
    """Lines that were written just before a crash kept their marks from being: they say what the rows say still."""
    if last_number() <= (last.number if last else 0):
        return []
    lines = beyond(last.number if last else 0, last.digest if last else START)
    for line in lines:
        ending = open_line(line)
        if read(ending.table, "id", ending.row["id"], dossier=ending.row.get("dossier_id")) != ending:
            raise Behind("the database is older than its ledger: run wida reopen before anybody comes in")
    LedgerMark.objects.bulk_create([LedgerMark(number=line.number, digest=line.digest) for line in lines])
    return lines


def _line(number: int, previous: str, ending: Ending) -> Line:
    signer, nonce, master = signing.signer(), os.urandom(NONCE), settings.WIDA_SEALING_KEY
    box = AESGCM(settings.WIDA_MASTER_KEYS[master]).encrypt(nonce, json.dumps(ending).encode(), b"ledger")
    at = datetime.now(UTC).isoformat()
    line = Line(number, at, previous, master, (nonce + box).hex(), signing.name(signer.public_key()), "")
    return line._replace(signature=signer.sign(line.told).hex())


def _check(place: int, line: Line, previous: str) -> None:
    key = signing.trusted().get(line.key)
    if line.number != place or line.previous != previous:
        raise Broken(f"line {place} doesn't follow the one before it")
    if key is None:
        raise Broken(f"line {place} is signed with a key that isn't trusted")
    try:
        key.verify(bytes.fromhex(line.signature), line.told)
    except (InvalidSignature, ValueError):
        raise Broken(f"line {place} was changed") from None


def _append(lines: list[Line]) -> None:
    """On disk when this returns. What a crash left of a half line goes first."""
    if not lines:
        return
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate(_end_of_last_line(file))
        file.seek(0, os.SEEK_END)
        file.write(b"".join(json.dumps(line).encode() + b"\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())


def _end_of_last_line(file) -> int:
    position = file.seek(0, os.SEEK_END)
    while position:
        start = max(0, position - 4096)
        file.seek(start)
        found = file.read(position - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        position = start
    return 0


def _all() -> Iterator[Line]:
    if path().exists():
        with path().open("rb") as file:
            for number, text in enumerate(file, 1):
                if text.endswith(b"\n"):
                    yield _parsed(text, number)


def _backwards() -> Iterator[Line]:
    """The last line first, without reading what comes long before."""
    if not path().exists():
        return
    with path().open("rb") as file:
        end, rest = _end_of_last_line(file), b""
        while end:
            start = max(0, end - 64 * 1024)
            file.seek(start)
            rest = file.read(end - start) + rest
            first, *whole = rest.splitlines()
            yield from (_parsed(text, "near the end") for text in reversed(whole))
            rest, end = first, start
        if rest:
            yield _parsed(rest, 1)


def _parsed(text: bytes, place) -> Line:
    try:
        return Line(*json.loads(text))
    except (ValueError, TypeError):
        raise Broken(f"line {place} can't be read") from None


def _lately(last) -> list[Ending]:
    """What the lines of the overlap tell, the oldest first."""
    told = []
    for line in _backwards():
        if last is None or _moment(line) < _moment(last) - 2 * OVERLAP:
            break
        told.append(open_line(line))
    return told[::-1]


def _moment(of) -> datetime:
    return datetime.fromisoformat(of.at) if isinstance(of.at, str) else of.at
