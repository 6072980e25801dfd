"""A story becomes rows of another family, as text for COPY. What can be made once for many copies is made once."""

import os
import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from wida.people.models import PersonToken
from wida.records.sealing import NONCE, Ring, keyring, new_data_key
from wida.seed.names import Role, players
from wida.seed.stories import NOTHING, Cell, Sealed, Story, Wrapped

IDENTIFIER = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
TOKENS = PersonToken._meta.db_table
PLAYED = ("given_name", "family_name", "birth_date", "national_number", "street", "postal_code")
PERSONAL = {
    "people_person": {"given_name", "family_name", "birth_date", "national_number"},
    "people_address": {"street", "postal_code"},
}


class Text(NamedTuple):
    """A text with gaps, and the numbers of the values that fill them."""

    pattern: str
    values: tuple[int, ...]

    def filler(self) -> Callable[[list], str]:
        if not self.values:
            whole = self.pattern % ()
            return lambda values: whole
        if len(self.values) == 1:
            (only,) = self.values
            return lambda values: self.pattern % values[only]
        chosen = itemgetter(*self.values)
        return lambda values: self.pattern % chosen(values)


class Seal(NamedTuple):
    owner: int
    before: str
    row: int
    after: str
    text: Callable[[list], bytes]


class Mould(NamedTuple):
    """A story ready to be copied. The values of a copy stand in this order: ids, number, receipt, players, days, sealed
    texts, keys.
    """

    ids: int
    owners: list[int]
    persons: list[int]
    roles: list[Role]
    days: list[int]
    seals: list[Seal]
    tables: dict[str, tuple[list[str], Callable[[list], str]]]


def mould(story: Story, shared: frozenset[str]) -> Mould:
    """`shared`: the ids that every copy keeps, of accounts and organisations."""
    ids = _numbered(story, shared)
    people = list(story.people)
    values = dict(ids) | {story.number: len(ids)}
    first = len(ids) + 2
    names = {}
    for place, key in enumerate(people):
        given, family = story.names[key]
        start = first + place * len(PLAYED)
        values |= {f"{key}:{column}": start + at for at, column in enumerate(PLAYED)}
        names.setdefault(family, (start + 1,))
        names[f"{given} {family}"] = (start, start + 1)
    clear = re.compile(f"{IDENTIFIER}|{re.escape(story.number)}")
    words = re.compile("|".join((clear.pattern, *sorted(map(re.escape, names), key=len, reverse=True))))
    seals, owners = [], {}
    days = _days(story)
    day_values = {day: first + len(people) * len(PLAYED) + at for at, day in enumerate(days)}
    after = first + len(people) * len(PLAYED) + len(days)
    count = sum(
        isinstance(cell, Sealed) for _c, rows in story.tables.values() for row in rows for cell in row
    )
    tables = {}
    for table, (columns, rows) in story.tables.items():
        lines = []
        for row in rows:
            named = dict(zip(columns, row, strict=True))
            cells = []
            for column, cell in named.items():
                if isinstance(cell, Sealed):
                    text = _personal(cell, named, values) or _gaps(cell.text, words, values | names)
                    seals.append(_seal(cell, text, ids))
                    cells.append(Text(r"\\x%s", (after + len(seals) - 1,)))
                elif isinstance(cell, Wrapped):
                    number = owners.setdefault(cell.owner, len(owners))
                    cells.append(Text(r"\\x%s", (after + count + number,)))
                elif column in story.dates[table] and cell != NOTHING:
                    cells.append(Text("%s" + cell[10:], (day_values[cell[:10]],)))
                elif column == "receipt":
                    cells.append(Text("%s", (first - 1,)))
                else:
                    cells.append(_gaps(cell, clear, values))
            lines.append(_joined(cells, "\t"))
        tables[table] = columns, _joined(lines, "\n", end="\n").filler()
    owner_numbers = {ids[key]: number for key, number in owners.items()}
    seals = [seal._replace(owner=owner_numbers[seal.owner]) for seal in seals]
    return Mould(
        len(ids), list(owner_numbers), [ids[key] for key in people], list(story.people.values()),
        [date.fromisoformat(day).toordinal() for day in days], seals, tables,
    )  # fmt: skip


def _days(story: Story) -> list[str]:
    return sorted(
        {
            cell[:10]
            for table, (columns, rows) in story.tables.items()
            for row in rows
            for column, cell in zip(columns, row, strict=True)
            if column in story.dates[table] and cell != NOTHING
        }
    )


def _numbered(story: Story, shared: frozenset[str]) -> dict[str, int]:
    """The dossier is the first, then its persons, then whatever else is named."""
    ids = {story.dossier: 0}
    rows = [row for _columns, rows in story.tables.values() for row in rows]
    for key in (*story.people, *(key for row in rows for cell in row for key in _identifiers(cell))):
        if key not in shared:
            ids.setdefault(key, len(ids))
    return ids


def _identifiers(cell: Cell) -> list[str]:
    return re.findall(IDENTIFIER, cell) if isinstance(cell, str) else []


def _personal(cell: Sealed, row: dict, values: dict) -> Text | None:
    if cell.column in PERSONAL.get(cell.table, ()):
        person = row.get("person_id", row["id"])
        return Text("%s", (values[f"{person}:{cell.column}"],))
    return None


def _seal(cell: Sealed, text: Text, ids: dict[str, int]) -> Seal:
    if text.values:
        fill = text.filler()
        made = lambda values: fill(values).encode()  # noqa: E731
    else:
        whole = (text.pattern % ()).encode()
        made = lambda values: whole  # noqa: E731
    return Seal(ids[cell.owner], f"{cell.table}:", ids[cell.row], f":{cell.column}", made)


def _gaps(text: str, wanted: re.Pattern, values: dict) -> Text:
    pattern, used, last = "", [], 0
    for found in wanted.finditer(text):
        value = values.get(found[0])
        if value is None:
            continue
        value = value if isinstance(value, tuple) else (value,)
        pattern += text[last : found.start()].replace("%", "%%") + " ".join(["%s"] * len(value))
        used += value
        last = found.end()
    return Text(pattern + text[last:].replace("%", "%%"), tuple(used))


def _joined(texts: list[Text], by: str, end: str = "") -> Text:
    return Text(
        by.join(text.pattern for text in texts) + end, tuple(v for text in texts for v in text.values)
    )


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
    tables: dict[str, list[str]] = {}
    with keyring() as ring:
        for place, plan in enumerate(plans):
            _copy(moulds[plan.story], plan, start + place, chance, ring, tables)
            ring.clear()
    return Made(len(plans), {name: "".join(parts).encode() for name, parts in tables.items()})


def _copy(
    form: Mould,
    plan: Plan,
    milliseconds: int,
    chance: random.Random,
    ring: Ring,
    tables: dict[str, list[str]],
) -> None:
    values = list(_ids(form.ids, milliseconds, chance))
    cast = players(form.roles, chance)
    keys = [new_data_key(UUID(values[owner])).hex() for owner in form.owners]
    ciphers = [ring[UUID(values[owner])].encrypt for owner in form.owners]
    dossier = values[0]
    tokens = tables.setdefault(TOKENS, [])
    for person, player in zip(form.persons, cast, strict=True):
        tail = f"\t{values[person]}\t{dossier}\n"
        tokens.append(tail.join(map(str, player.tokens)) + tail)
    values += (plan.number, f"A{values[0][-17:-5].replace('-', '')}")
    for player in cast:
        values += player[: len(PLAYED)]
    values += [date.fromordinal(day - plan.earlier).isoformat() for day in form.days]
    nonces = os.urandom(NONCE * len(form.seals))
    sealed = []
    for at, (owner, before, row, after, text) in enumerate(form.seals):
        nonce = nonces[at * NONCE : at * NONCE + NONCE]
        box = ciphers[owner](nonce, text(values), f"{before}{values[row]}{after}".encode())
        sealed.append((nonce + box).hex())
    values += sealed
    values += keys
    for name, (_columns, fill) in form.tables.items():
        tables.setdefault(name, []).append(fill(values))


def _ids(count: int, milliseconds: int, chance: random.Random) -> Iterator[str]:
    """UUIDs of version 7 of one millisecond."""
    head = f"{milliseconds:012x}"
    noise = f"{chance.getrandbits(52):013x}"
    head = f"{head[:8]}-{head[8:]}-7{noise[:3]}-8{noise[3:6]}-{noise[6:13]}"
    return (f"{head}{number:05x}" for number in range(count))
