"""Where each person stands: on which row, how far to the right, so that nobody overlaps and no line is lost."""

from collections import defaultdict
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple

from wida.people.genogram.family import Brood, Family, Household, Person, Union
from wida.people.genogram.knots import Key
from wida.people.genogram.order import ordered
from wida.people.genogram.spread import spread
from wida.web.svg import text_width, wrapped

RADIUS = 26  # half a symbol
NAME, NAME_LINE, NAME_WIDTH = 14, 17, 130
PART_GAP = 56  # between families that nothing ties together
BESIDE = 4  # persons without any tie stand in rows of at least this many


class Bridge(NamedTuple):
    """Keeps a place free on a row for a line that passes on to a lower one."""

    number: int


@dataclass
class Spot:
    """A person's place, or that of a passing line when `person` is None."""

    key: Key
    person: Person | None
    row: int = 0
    lines: list[str] = field(default_factory=list)
    half: float = 4
    pad: float = 0  # room for the outlines of households
    homes: frozenset[int] = frozenset()
    x: float = 0
    y: float = 0

    @property
    def bottom(self) -> float:
        """Where the name ends."""
        return self.y + (RADIUS + 8 + NAME_LINE * len(self.lines) if self.person else 0)


class Plan(NamedTuple):
    """Everybody's place, with the rows from left to right and the lines between them."""

    spots: dict[Key, Spot]
    rows: list[list[Key]]
    unions: list[Union]
    broods: list[Brood]
    loose: list[Key]  # persons to whom no line leads

    def side_by_side(self, a: Key, b: Key) -> bool:
        row = self.rows[self.spots[a].row]
        return abs(row.index(a) - row.index(b)) == 1


class Room(NamedTuple):
    """What the households of a person ask beside the name, and for their own name."""

    homes: frozenset[int] = frozenset()
    pad: float = 0
    half: float = 0


def plan(known: Family, households: list[Household], rooms: dict[Key, Room]) -> Plan:
    """Gives everybody a row and an x. The y comes later, when it is clear what must fit between the rows."""
    broods, level = _bridged(known)
    parts = _parts(known, broods, level)
    families = sorted(
        (part for part in parts if len(part) > 1), key=lambda part: _importance(part, known.people)
    )
    loose = [part[0] for part in parts if len(part) == 1]
    spots = {key: _spot(key, known.people.get(key), rooms.get(key, Room())) for key in level}
    middle = max((_middle(part, level, known.people) for part in families), default=0)
    right, rows = 0.0, defaultdict(list)
    for part in families:
        down = middle - _middle(part, level, known.people)
        for key in part:
            spots[key].row = level[key] + down
        right = _settle(part, spots, rows, known, broods, households, right) + PART_GAP
    return _beside(
        Plan(spots, _from_zero(rows, spots), known.unions, broods, loose),
        middle - min(rows, default=0),
        right,
    )


def _settle(
    part, spots, rows, known: Family, broods: list[Brood], households: list[Household], left: float
) -> float:
    """Places one family right of what stands there already; returns where it ends."""
    own = defaultdict(list)
    for key in part:
        own[spots[key].row].append(key)
    inside = set(part)
    mine = [brood for brood in broods if brood.children[0] in inside]
    unions = [union for union in known.unions if union.a in inside]
    levels = ordered(
        [own[row] for row in sorted(own)], known.people, unions, mine, [home.members for home in households]
    )
    spread([[spots[key] for key in row] for row in levels], unions, mine)
    shift = left - min(spots[key].x - spots[key].half - spots[key].pad for key in part)
    for key in part:
        spots[key].x += shift
    for number, keys in zip(sorted(own), levels, strict=True):
        rows[number] += keys
    return max(spots[key].x + spots[key].half + spots[key].pad for key in part)


def _bridged(known: Family) -> tuple[list[Brood], dict[Key, int]]:
    """The lines of descent cut into steps of one row, and the row of every person and every cut."""
    level = dict(known.rows)
    whole, steps = list(known.broods), []
    for brood in whole:  # grows while it is walked
        top = level[brood.parents[0]] if brood.parents else level[brood.children[0]] - 1
        near = tuple(child for child in brood.children if level[child] == top + 1)
        if far := tuple(child for child in brood.children if level[child] > top + 1):
            bridge = Bridge(len(whole))
            level[bridge] = top + 1
            near = (*near, bridge)
            whole.append(Brood((bridge,), brood.kind, far))
        steps.append(brood._replace(children=near))
    return steps, level


def _parts(known: Family, broods: list[Brood], level: dict[Key, int]) -> list[list[Key]]:
    """The keys in groups that lines tie together."""
    part = {key: [key] for key in level}
    ties = [(union.a, union.b) for union in known.unions]
    ties += [(brood.children[0], other) for brood in broods for other in (*brood.parents, *brood.children)]
    for one, two in ties:
        if part[one] is not part[two]:
            part[one].extend(part[two])
            for key in part[two]:
                part[key] = part[one]
    place = {key: number for number, key in enumerate(level)}
    return [
        sorted(keys, key=place.__getitem__) for keys in {id(keys): keys for keys in part.values()}.values()
    ]


def _importance(part: list[Key], people: dict[Key, Person]) -> tuple:
    persons = [people[key] for key in part if key in people]
    return (-sum(p.index for p in persons), -sum(p.directly_involved for p in persons), -len(persons))


def _middle(part: list[Key], level: dict[Key, int], people: dict[Key, Person]) -> int:
    """The row that families have in common: that of who it is about, else that of the youngest parents."""
    for trait in ("index", "directly_involved"):
        if found := [level[key] for key in part if key in people and getattr(people[key], trait)]:
            return min(found)
    bottom = max(level[key] for key in part)
    return max(bottom - 1, min(level[key] for key in part))


def _spot(key: Key, person: Person | None, room: Room) -> Spot:
    if person is None:
        return Spot(key, None)
    bold = person.directly_involved
    lines = wrapped(person.name, NAME_WIDTH, NAME, bold)
    lines += [f"† {person.age}"] if person.deceased and person.age else []
    half = max([RADIUS + 6, room.half, *(text_width(line, NAME, bold) / 2 for line in lines)])
    return Spot(key, person, lines=lines, half=half, pad=room.pad, homes=room.homes)


def _from_zero(rows: dict[int, list[Key]], spots: dict[Key, Spot]) -> list[list[Key]]:
    top = min(rows, default=0)
    for keys in rows.values():
        for key in keys:
            spots[key].row -= top
    return [rows[number] for number in sorted(rows)]


def _beside(drawn: Plan, middle: int, right: float) -> Plan:
    """Persons without any tie, right of the families: on the row of who it is about, then below, then above."""
    if not drawn.loose:
        return drawn
    rows = drawn.rows or [[]]
    count = len(drawn.loose)
    across = max(BESIDE, ceil(count / len(rows)))
    order = [*range(middle, len(rows)), *range(middle)]
    xs: list[float] = []
    for at, key in enumerate(drawn.loose):
        spot = drawn.spots[key]
        spot.row = order[at // across]
        rows[spot.row].append(key)
    for column in range(across):
        keys = [drawn.loose[at] for at in range(column, count, across)]
        if not keys:
            break
        half = max(drawn.spots[key].half + drawn.spots[key].pad for key in keys)
        for key in keys:
            drawn.spots[key].x = right + half
        xs.append(right + half)
        right += 2 * half + 22
    return drawn._replace(rows=rows)
