"""Who stands left of whom on each row: couples side by side, few crossing lines, the eldest child first."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from wida.people.codes import Sex
from wida.people.genogram.family import Brood, Person, Tie, Union
from wida.people.genogram.knots import Key

Row = list[list[Key]]  # of units: partners who stand side by side, or one person

# What a drawing loses by each fault. Crossing lines confuse most, a younger child on the left least.
CROSSING, FLIPPED, YOUNGER_LEFT, TORN_HOME, TORN_BROOD, ASKEW = 9, 2.5, 3, 2, 1.5, 0.2
PATIENCE = 6  # rounds of improvement
MANY = 20  # above this many persons only neighbours change places


def ordered(
    rows: list[list[Key]], people: dict[Key, Person], unions: list[Union], broods: list[Brood], homes
) -> list[list[Key]]:
    """The rows with their keys from left to right."""
    units = [_units(row, people, unions) for row in rows]
    straight = {tuple(unit) for row in units for unit in row}
    judge = Judge(broods, homes, straight)
    best = judge.best(_sweeps(units, broods))
    many = sum(map(len, rows)) > MANY
    for _ in range(PATIENCE):
        better = judge.best([best, *_neighbours(best, adjacent_only=many)])
        if better is best:
            break
        best = better
    return [[key for unit in row for key in unit] for row in best]


class Judge:
    """Counts the faults of an order."""

    def __init__(self, broods: list[Brood], homes: Iterable[Iterable[Key]], straight: set[tuple[Key, ...]]):
        self.broods, self.homes, self.straight = broods, [set(home) for home in homes], straight

    def best(self, candidates: list[list[Row]]) -> list[Row]:
        return min(candidates, key=self.cost)

    def cost(self, rows: list[Row]) -> float:
        place, level = _places(rows)
        faults = FLIPPED * sum(tuple(unit) not in self.straight for row in rows for unit in row)
        lines = defaultdict(list)
        for number, brood in enumerate(self.broods):
            at = [place[child] for child in brood.children]
            faults += YOUNGER_LEFT * sum(left > right for left, right in combinations(at, 2))
            faults += TORN_BROOD * (max(at) - min(at) + 1 - len(at))
            if brood.parents:
                top = sum(place[parent] for parent in brood.parents) / len(brood.parents)
                faults += ASKEW * abs(top - (max(at) + min(at)) / 2)
                lines[level[brood.children[0]]] += [(number, top, child) for child in at]
        for row in lines.values():
            faults += CROSSING * sum(
                (one[1] - two[1]) * (one[2] - two[2]) < 0
                for one, two in combinations(row, 2)
                if one[0] != two[0]
            )
        return faults + TORN_HOME * sum(_tears(row, home) for row in rows for home in self.homes)


def _tears(row: Row, home: set[Key]) -> int:
    inside = [key in home for unit in row for key in unit]
    starts = sum(here and not before for before, here in zip([False, *inside], inside, strict=False))
    return max(0, starts - 1)


def _places(rows: list[Row]) -> tuple[dict[Key, float], dict[Key, int]]:
    """Of each key the place on its row, counted from the middle, and the row."""
    place, level = {}, {}
    for number, row in enumerate(rows):
        keys = [key for unit in row for key in unit]
        for at, key in enumerate(keys):
            place[key], level[key] = at - (len(keys) - 1) / 2, number
    return place, level


def _sweeps(rows: list[Row], broods: list[Brood]) -> list[list[Row]]:
    """Orders in which everybody moves towards their parents, then towards their children, and so on."""
    above = {child: brood for brood in reversed(broods) for child in brood.children}
    below = defaultdict(list)
    for brood in broods:
        for parent in brood.parents:
            below[parent] += brood.children
    found = [rows]
    for _ in range(3):
        for pull in (lambda key: above[key].parents if key in above else (), lambda key: below[key]):
            rows = [list(row) for row in rows]
            for number in range(len(rows)):
                place, _level = _places(rows)
                rows[number].sort(key=lambda unit: _pulled(unit, pull, place))
            found.append(rows)
    return found


def _pulled(unit: list[Key], pull, place: dict[Key, float]) -> float:
    targets = [place[other] for key in unit for other in pull(key)] or [place[key] for key in unit]
    return sum(targets) / len(targets)


def _neighbours(rows: list[Row], *, adjacent_only: bool) -> Iterable[list[Row]]:
    """The orders one step away: a unit turned round, or in another place on its row."""
    for number, row in enumerate(rows):
        for at, unit in enumerate(row):
            others = row[:at] + row[at + 1 :]
            if len(unit) > 1:
                yield [*rows[:number], [*row[:at], unit[::-1], *row[at + 1 :]], *rows[number + 1 :]]
            for to in range(len(row)):
                if to != at and (not adjacent_only or to == at + 1):
                    yield [*rows[:number], [*others[:to], unit, *others[to:]], *rows[number + 1 :]]


def _units(row: list[Key], people: dict[Key, Person], unions: list[Union]) -> Row:
    """The row as chains of partners, in the order in which their first member came."""
    of_person: dict[Key, list[Union]] = defaultdict(list)
    for union in unions:
        of_person[union.a].append(union)
        of_person[union.b].append(union)
    units, seen = [], set()
    for key in sorted(row, key=lambda key: _first(key, people, of_person)):
        if key not in seen:
            unit = _chain(key, of_person, people)
            seen.update(unit)
            units.append(unit)
    return sorted(units, key=lambda unit: min(map(row.index, unit)))


def _first(key: Key, people: dict[Key, Person], of_person: dict[Key, list[Union]]) -> tuple:
    """The one around whom a chain grows: who it is about, who had most partners."""
    person = people.get(key)
    return (-len(of_person[key]), not (person and person.index), not (person and person.directly_involved))


def _chain(root: Key, of_person: dict[Key, list[Union]], people: dict[Key, Person]) -> list[Key]:
    """Earlier partners on the left, the one of today on the right, partners of partners further out."""
    seen = {root}
    left, right = _sides(root, of_person[root])
    if len(left) + len(right) == 1:
        partner = (left + right)[0]
        left, right = ([partner], []) if _is_man_left(people[partner], people[root]) else ([], [partner])
    arms = []
    for side in (left, right):
        arm = [partner for partner in side if partner not in seen]
        seen.update(arm)
        for partner in arm:  # grows while it is walked
            further = [union.b if union.a == partner else union.a for union in of_person[partner]]
            new = [other for other in further if other not in seen]
            arm += new
            seen.update(new)
        arms.append(arm)
    return [*reversed(arms[0]), root, *arms[1]]


def _sides(root: Key, unions: list[Union]) -> tuple[list[Key], list[Key]]:
    """Partners of one person, those who stand nearest first."""
    past = sorted(
        (union for union in unions if is_ended(union)),
        key=lambda union: union.until or union.since,
        reverse=True,
    )
    today = [union for union in unions if union not in past]
    if not today and len(past) > 1:
        today = [past.pop(0)]
    return tuple([union.b if union.a == root else union.a for union in side] for side in (past, today))


def is_ended(union: Union) -> bool:
    return union.kind in {Tie.SEPARATED, Tie.DIVORCED} or bool(union.until)


def _is_man_left(partner: Person, root: Person) -> bool:
    return partner.sex == Sex.MALE and root.sex != Sex.MALE
