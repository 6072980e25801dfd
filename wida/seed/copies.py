"""A story becomes rows of another family: own ids, own key, sealed anew, own tokens."""

import os
import random
import struct
from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from wida.people.models import PersonToken
from wida.records.sealing import NONCE, Ring, keyring, new_data_key
from wida.seed.moulds import LENGTH, PLAYED, Mould, Seal
from wida.seed.names import players

TOKENS = PersonToken._meta.db_table
# Around the rows of a file for COPY.
HEAD, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
DAY, MOMENT = struct.Struct(">ii"), struct.Struct(">iq")  # each behind its length
TOKEN = struct.pack(">hi", 3, 8)  # before the first cell of a row of three, which is eight bytes
FIVE_DIGITS = [f"{number:05x}" for number in range(4096)]
TWO_BYTES = [number.to_bytes(2) for number in range(4096)]
MICROSECONDS = 24 * 60 * 60 * 1_000_000


class Plan(NamedTuple):
    """One copy: of which story, under which number, how many days earlier."""

    story: int
    number: str
    earlier: int


def copies(moulds: list[Mould], plans: list[Plan], start: int, chance: random.Random) -> dict[str, bytes]:
    """The copies of these plans: rows for COPY, by table. `start` numbers the ids, which follow each other as new ones
    do.
    """
    tables: dict[str, list[bytes]] = {}
    with keyring() as ring:
        for place, plan in enumerate(plans):
            _copy(moulds[plan.story], plan, start + place, chance, ring, tables)
            ring.clear()
    return {name: b"".join((HEAD, *parts, END)) for name, parts in tables.items()}


def _copy(
    form: Mould,
    plan: Plan,
    milliseconds: int,
    chance: random.Random,
    ring: Ring,
    tables: dict[str, list[bytes]],
) -> None:
    head = _head(milliseconds, chance)
    letters = [head + last for last in FIVE_DIGITS[: form.ids]]
    start = bytes.fromhex(f"{head.replace('-', '')}0")
    raw = [start + last for last in TWO_BYTES[: form.ids]]
    cast = players(form.roles, chance)
    serial = f"{int(chance.random() * 1_000_000):06}"
    words = [*letters, plan.number, f"A{letters[0][-17:-5].replace('-', '')}", serial]
    for player in cast:
        words += player[: len(PLAYED)]
    keys = [new_data_key(UUID(bytes=raw[owner])) for owner in form.owners]
    ciphers = [cipher.encrypt for cipher in ring.values()]
    later = plan.earlier * MICROSECONDS
    pieces = [
        *raw,
        *(words[number].encode() for number in form.lettered),
        *map(_framed, (words[form.ids].encode(), words[form.ids + 1].encode())),
        *(DAY.pack(4, day - plan.earlier) for day in form.days),
        *(MOMENT.pack(8, moment - later) for moment in form.moments),
        *_sealed(form.seals, words, ciphers),
        *map(_framed, keys),
        *form.same,
    ]
    for name, (_columns, chosen) in form.tables.items():
        tables.setdefault(name, []).extend(chosen(pieces))
    tokens = tables.setdefault(TOKENS, [])
    for person, player in zip(form.persons, cast, strict=True):
        whose = _framed(raw[person]) + _framed(raw[0])
        tokens += [TOKEN, (whose + TOKEN).join(player.tokens), whose]


def _sealed(seals: list[Seal], words: list[str], ciphers: list) -> Iterator[bytes]:
    nonces = os.urandom(NONCE * len(seals))
    length = LENGTH.pack
    for at, (owner, before, row, after, text) in enumerate(seals):
        nonce = nonces[NONCE * at : NONCE * at + NONCE]
        box = ciphers[owner](nonce, text(words), f"{before}{words[row]}{after}".encode())
        yield length(NONCE + len(box)) + nonce + box


def _framed(value: bytes) -> bytes:
    return LENGTH.pack(len(value)) + value


def _head(milliseconds: int, chance: random.Random) -> str:
    """What UUIDs of version 7 of one millisecond have in common; five digits follow."""
    noise = f"{chance.getrandbits(52):013x}"
    start = f"{milliseconds:012x}"
    return f"{start[:8]}-{start[8:]}-7{noise[:3]}-8{noise[3:6]}-{noise[6:13]}"
