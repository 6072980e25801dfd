"""Stories cut in pieces, most of which are the same in every copy: rows as binary COPY takes them."""

import re
import struct
from collections.abc import Callable, Iterator
from itertools import count
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from wida.seed.chapters import SERIAL
from wida.seed.names import Role
from wida.seed.stories import Cell, Sealed, Story, Table, Wrapped

IDENTIFIER = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
IN_CELL = re.compile(IDENTIFIER.encode())
PLAYED = ("given_name", "family_name", "birth_date", "national_number", "street", "postal_code")
PERSONAL = {
    "people_person": {"given_name", "family_name", "birth_date", "national_number"},
    "people_address": {"street", "postal_code"},
}
# A row says how many cells it has, and each how long it is. See the manual of COPY.
COUNT, LENGTH = struct.Struct(">h"), struct.Struct(">i")
NOTHING = LENGTH.pack(-1)
DATE, INSTANT = "date", "timestamp with time zone"
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

    The words of a copy are its ids, number, receipt, serial of the PV and players. Its pieces are its ids in bytes and
    in letters, its number, receipt, days, moments, sealed texts and keys, and after them what never differs.
    """

    ids: int
    lettered: list[int]  # those of the ids that stand in letters too
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
    days, moments = _times(story, DATE), _times(story, INSTANT)
    lettered = [key for key in _named(story, in_letters=True) if key in ids]
    form = Mould(
        len(ids), [ids[key] for key in lettered], [ids[owner] for owner in owners],
        [ids[key] for key in story.people], list(story.people.values()), days, moments,
        list(_seals(story, ids, owners)), [], {},
    )  # fmt: skip
    differing = (
        *ids, *(("letters", key) for key in lettered), "number", "receipt", *((DATE, day) for day in days),
        *((INSTANT, moment) for moment in moments), *(("sealed", at) for at in range(len(form.seals))),
        *(("key", owner) for owner in owners),
    )  # fmt: skip
    pieces = Pieces(differing, story.number.encode(), form.same)
    for name, table in story.tables.items():
        form.tables[name] = table.columns, itemgetter(*pieces.of(table))
    return form


class Pieces:
    """Cuts rows in pieces by their numbers: those that differ, in the order of `_copy`, and after them the `same`."""

    def __init__(self, differing: tuple, number: bytes, same: list[bytes]):
        self.places = {key: at for at, key in enumerate(differing)}
        self.number, self.same, self.known, self.seals = number, same, {}, count()

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
            self.known[constant] = len(self.places) + len(self.same)
            self.same.append(constant)
        return [self.known[constant]]

    def _of_cell(self, column: str, kind: str, cell: Cell) -> Iterator[bytes | int]:
        if isinstance(cell, Sealed):
            yield self.places["sealed", next(self.seals)]
        elif isinstance(cell, Wrapped):
            yield self.places["key", cell.owner]
        elif cell is None:
            yield NOTHING
        elif cell == self.number:
            yield self.places["number"]
        elif column == "receipt":
            yield self.places["receipt"]
        elif kind in (DATE, INSTANT):
            yield self.places[kind, int.from_bytes(cell, signed=True)]
        else:
            yield LENGTH.pack(len(cell))
            yield from self._with_ids(kind, cell)

    def _with_ids(self, kind: str, cell: bytes) -> Iterator[bytes | int]:
        last = 0
        for start, end, key in _ids_in(kind, cell):
            if key in self.places:
                yield cell[last:start]
                yield self.places[key if end - start == len(key) else ("letters", key)]
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
    for key in (*story.people, *_named(story)):
        if key not in shared:
            ids.setdefault(key, len(ids))
    return ids


def _named(story: Story, *, in_letters: bool = False) -> dict[bytes, None]:
    """The ids in clear cells, or only those that stand there in letters."""
    return {
        key: None
        for table in story.tables.values()
        for row in table.rows
        for kind, cell in zip(table.kinds, row, strict=True)
        for start, end, key in _ids_in(kind, cell)
        if not in_letters or end - start > len(key)
    }


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
    words = {_text(key): (number,) for key, number in ids.items()}
    words |= {story.number: (len(ids),), SERIAL: (len(ids) + 2,)}
    played = {}
    for place, key in enumerate(story.people):
        given, family = story.names[key]
        start = len(ids) + 3 + place * len(PLAYED)
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
