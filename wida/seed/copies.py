"""A story becomes rows of another family, as binary COPY takes them. What can be made once for many is made once."""

import os
import random
import re
import struct
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from wida.people.models import PersonToken
from wida.records.sealing import NONCE, Ring, keyring, new_data_key
from wida.seed.names import Role, players
from wida.seed.stories import Cell, Sealed, Story, Table, Wrapped

IDENTIFIER = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
IN_CELL = re.compile(IDENTIFIER.encode())
TOKENS = PersonToken._meta.db_table
PLAYED = ("given_name", "family_name", "birth_date", "national_number", "street", "postal_code")
PERSONAL = {
    "people_person": {"given_name", "family_name", "birth_date", "national_number"},
    "people_address": {"street", "postal_code"},
}
# A file for COPY: its head, rows of so many cells, each as long as it says, and its end. See the manual of COPY.
HEAD, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
COUNT, LENGTH = struct.Struct(">h"), struct.Struct(">i")
NOTHING = LENGTH.pack(-1)
DAY, MOMENT = struct.Struct(">ii"), struct.Struct(">iq")  # each behind its length
TOKEN = struct.Struct(">hiq")  # the first cell of a row of three
MICROSECONDS = 24 * 60 * 60 * 1_000_000
LISTED = 20  # bytes before the first element of an array; 4 before each


class Text(NamedTuple):
    """A text with gaps, and the numbers of the words that fill them."""

    pattern: str
    words: tuple[int, ...]

    def filler(self) -> Callable[[list[str]], bytes]:
        if not self.words:
            whole = (self.pattern % ()).encode()
            return lambda words: whole
        if len(self.words) == 1:
            (only,) = self.words
            return lambda words: (self.pattern % words[only]).encode()
        chosen = itemgetter(*self.words)
        return lambda words: (self.pattern % chosen(words)).encode()


class Seal(NamedTuple):
    owner: int
    before: str
    row: int
    after: str
    text: Callable[[list[str]], bytes]


class Mould(NamedTuple):
    """A story ready to be copied: its rows as pieces, most of them the same in every copy.

    The words of a copy are its ids, number, receipt and players. Its pieces are its ids in bytes and in letters, its
    number, receipt, days, moments, sealed texts and keys, and after them what never differs.
    """

    ids: int
    owners: list[int]
    persons: list[int]
    roles: list[Role]
    days: list[int]
    moments: list[int]
    seals: list[Seal]
    same: list[bytes]
    tables: dict[str, tuple[list[str], Callable[[list[bytes]], tuple[bytes, ...]]]]


def mould(story: Story, shared: frozenset[bytes]) -> Mould:
    """`shared`: the ids that every copy keeps, of accounts and organisations."""
    ids = _numbered(story, shared)
    cells = [cell for table in story.tables.values() for row in table.rows for cell in row]
    owners = list(dict.fromkeys(cell.owner for cell in cells if isinstance(cell, Wrapped)))
    days, moments = _times(story, "date"), _times(story, "timestamp with time zone")
    form = Mould(
        len(ids), [ids[owner] for owner in owners], [ids[key] for key in story.people], list(story.people.values()),
        days, moments, list(_seals(story, ids, owners)), [], {},
    )  # fmt: skip
    first = 2 * len(ids) + 2
    pieces = Pieces(
        ids, story.number.encode(), first, {day: at for at, day in enumerate(days, first)},
        {moment: at for at, moment in enumerate(moments, first + len(days))},
        first + len(days) + len(moments), len(form.seals), owners, form.same,
    )  # fmt: skip
    for name, table in story.tables.items():
        form.tables[name] = table.columns, itemgetter(*pieces.of(table))
    return form


class Pieces:
    """Numbers the pieces of a story's rows, in the order of its tables."""

    def __init__(self, ids, number, first, days, moments, sealed, seals, owners, same):
        self.ids, self.number, self.first, self.days, self.moments = ids, number, first, days, moments
        self.sealed, self.owners = iter(range(sealed, sealed + seals)), owners
        self.keys, self.after = sealed + seals, sealed + seals + len(owners)
        self.same, self.known = same, {}

    def of(self, table: Table) -> list[int]:
        """Neighbours that never differ are one piece."""
        numbers: list[int] = []
        constant = b""
        for row in table.rows:
            constant += COUNT.pack(len(row))
            for column, kind, cell in zip(table.columns, table.kinds, row, strict=True):
                for piece in self._of_cell(column, kind, cell):
                    if isinstance(piece, bytes):
                        constant += piece
                    else:
                        numbers += [*self._same(constant), piece]
                        constant = b""
        return [*numbers, *self._same(constant), *self._same(b"")]

    def _same(self, constant: bytes) -> list[int]:
        if constant not in self.known:
            self.known[constant] = self.after + len(self.same)
            self.same.append(constant)
        return [self.known[constant]]

    def _of_cell(self, column: str, kind: str, cell: Cell) -> Iterator[bytes | int]:
        if isinstance(cell, Sealed):
            yield next(self.sealed)
        elif isinstance(cell, Wrapped):
            yield self.keys + self.owners.index(cell.owner)
        elif cell is None:
            yield NOTHING
        elif cell == self.number:
            yield self.first - 2
        elif column == "receipt":
            yield self.first - 1
        elif kind == "date":
            yield self.days[int.from_bytes(cell, signed=True)]
        elif kind == "timestamp with time zone":
            yield self.moments[int.from_bytes(cell, signed=True)]
        else:
            yield LENGTH.pack(len(cell))
            yield from self._with_ids(kind, cell)

    def _with_ids(self, kind: str, cell: bytes) -> Iterator[bytes | int]:
        last = 0
        for start, end, key in _ids_in(kind, cell):
            if key in self.ids:
                yield cell[last:start]
                yield self.ids[key] + (len(self.ids) if end - start > 16 else 0)
                last = end
        yield cell[last:]


def _ids_in(kind: str, cell: Cell) -> list[tuple[int, int, bytes]]:
    """Where ids stand in a cell, in bytes or in letters."""
    if not isinstance(cell, bytes):
        return []
    if kind == "uuid":
        return [(0, 16, cell)]
    if kind == "uuid[]":
        return [(at, at + 16, cell[at : at + 16]) for at in range(LISTED + 4, len(cell), 20)]
    return [(*found.span(), UUID(found[0].decode()).bytes) for found in IN_CELL.finditer(cell)]


def _numbered(story: Story, shared: frozenset[bytes]) -> dict[bytes, int]:
    """The dossier is the first, then its persons, then whatever else is named."""
    ids = {story.dossier: 0}
    named = (
        key
        for table in story.tables.values()
        for row in table.rows
        for kind, cell in zip(table.kinds, row, strict=True)
        for _start, _end, key in _ids_in(kind, cell)
    )
    for key in (*story.people, *named):
        if key not in shared:
            ids.setdefault(key, len(ids))
    return ids


def _times(story: Story, wanted: str) -> list[int]:
    return sorted(
        {
            int.from_bytes(cell, signed=True)
            for table in story.tables.values()
            for row in table.rows
            for kind, cell in zip(table.kinds, row, strict=True)
            if kind == wanted and cell is not None
        }
    )


# What is sealed --------------------------------------------------------------------------------------------


def _seals(story: Story, ids: dict[bytes, int], owners: list[bytes]) -> Iterator[Seal]:
    """In the order in which they stand."""
    words = {_text(key): (number,) for key, number in ids.items()} | {story.number: (len(ids),)}
    played = {}
    for place, key in enumerate(story.people):
        given, family = story.names[key]
        start = len(ids) + 2 + place * len(PLAYED)
        played |= {(key, column): start + at for at, column in enumerate(PLAYED)}
        words.setdefault(family, (start + 1,))
        words[f"{given} {family}"] = (start, start + 1)
    named = sorted(words.keys() - set(map(_text, ids)), key=len, reverse=True)
    gaps = re.compile("|".join((IDENTIFIER, *map(re.escape, named))))
    for table in story.tables.values():
        for row in table.rows:
            for cell in row:
                if isinstance(cell, Sealed):
                    by_column = dict(zip(table.columns, row, strict=True))
                    person = by_column.get("person_id", by_column["id"])
                    if cell.column in PERSONAL.get(cell.table, ()):
                        text = Text("%s", (played[person, cell.column],))
                    else:
                        text = _gaps(cell.text, gaps, words)
                    yield Seal(
                        owners.index(cell.owner), f"{cell.table}:", ids[cell.row], f":{cell.column}", text.filler()
                    )  # fmt: skip


def _text(key: bytes) -> str:
    return str(UUID(bytes=key))


def _gaps(text: str, wanted: re.Pattern, words: dict[str, tuple[int, ...]]) -> Text:
    pattern, used, last = "", [], 0
    for found in wanted.finditer(text):
        value = words.get(found[0])
        if value is None:
            continue
        pattern += text[last : found.start()].replace("%", "%%") + " ".join(["%s"] * len(value))
        used += value
        last = found.end()
    return Text(pattern + text[last:].replace("%", "%%"), tuple(used))


# Copying ---------------------------------------------------------------------------------------------------


class Made(NamedTuple):
    """Rows for COPY, by table."""

    dossiers: int
    tables: dict[str, bytes]


class Plan(NamedTuple):
    """One copy: of which story, under which number, how many days earlier."""

    story: int
    number: str
    earlier: int


def copies(moulds: list[Mould], plans: list[Plan], start: int, chance: random.Random) -> Made:
    """The copies of these plans. `start` numbers the ids, which follow each other as new ones do."""
    tables: dict[str, list[bytes]] = {}
    with keyring() as ring:
        for place, plan in enumerate(plans):
            _copy(moulds[plan.story], plan, start + place, chance, ring, tables)
            ring.clear()
    return Made(len(plans), {name: b"".join((HEAD, *parts, END)) for name, parts in tables.items()})


def _copy(
    form: Mould,
    plan: Plan,
    milliseconds: int,
    chance: random.Random,
    ring: Ring,
    tables: dict[str, list[bytes]],
) -> None:
    head, base = _head(milliseconds, chance)
    letters = [f"{head}{number:05x}" for number in range(form.ids)]
    raw = [(base + number).to_bytes(16) for number in range(form.ids)]
    cast = players(form.roles, chance)
    words = [*letters, plan.number, f"A{letters[0][-17:-5].replace('-', '')}"]
    for player in cast:
        words += player[: len(PLAYED)]
    owners = [UUID(bytes=raw[owner]) for owner in form.owners]
    keys = [new_data_key(owner) for owner in owners]
    ciphers = [ring[owner].encrypt for owner in owners]
    nonces = os.urandom(NONCE * len(form.seals))
    sealed = []
    for at, (owner, before, row, after, text) in enumerate(form.seals):
        nonce = nonces[at * NONCE : at * NONCE + NONCE]
        box = ciphers[owner](nonce, text(words), f"{before}{letters[row]}{after}".encode())
        sealed.append(LENGTH.pack(NONCE + len(box)) + nonce + box)
    later = plan.earlier * MICROSECONDS
    pieces = [
        *raw,
        *(text.encode() for text in letters),
        *map(_framed, (words[form.ids].encode(), words[form.ids + 1].encode())),
        *(DAY.pack(4, day - plan.earlier) for day in form.days),
        *(MOMENT.pack(8, moment - later) for moment in form.moments),
        *sealed,
        *map(_framed, keys),
        *form.same,
    ]
    for name, (_columns, chosen) in form.tables.items():
        tables.setdefault(name, []).extend(chosen(pieces))
    tokens = tables.setdefault(TOKENS, [])
    for person, player in zip(form.persons, cast, strict=True):
        whose = _framed(raw[person]) + _framed(raw[0])
        tokens += [TOKEN.pack(3, 8, token) + whose for token in player.tokens]


def _framed(value: bytes) -> bytes:
    return LENGTH.pack(len(value)) + value


def _head(milliseconds: int, chance: random.Random) -> tuple[str, int]:
    """What UUIDs of version 7 of one millisecond have in common, in letters and as a number; five digits follow."""
    noise = f"{chance.getrandbits(52):013x}"
    start = f"{milliseconds:012x}"
    head = f"{start[:8]}-{start[8:]}-7{noise[:3]}-8{noise[3:6]}-{noise[6:13]}"
    return head, int(f"{head.replace('-', '')}00000", 16)
