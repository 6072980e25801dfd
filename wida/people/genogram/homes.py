"""Households: a stepped outline round who lives together, never round anybody else.

Members between whom somebody else stands, or whose rows don't touch, get an outline each, with the same name.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from math import copysign
from typing import NamedTuple

from wida.people.genogram.family import Household
from wida.people.genogram.knots import Key
from wida.people.genogram.levels import row_bottom
from wida.people.genogram.places import RADIUS, Plan, Room
from wida.web.svg import text_width, wrapped

PAD, STEP = 14, 5  # from a name to the outline; and further for the second household of the same person
ABOVE, BELOW = 36, 10
LABEL, LABEL_LINE = 13, 17
WIDEST = 75  # half the longest word that a name of a household gets in one piece
TOUCH = 40  # rows that overlap less than this are joined by a passage as wide as both
CORNER = 16
SMALL_STEP = 44

Box = tuple[float, float, float, float]  # left, top, right, bottom


class Run(NamedTuple):
    """Members who stand side by side."""

    row: int
    keys: tuple[Key, ...]


class Part(NamedTuple):
    """What one outline encloses."""

    household: Household
    layer: int
    runs: tuple[Run, ...]

    @property
    def last(self) -> Run:
        return max(self.runs, key=lambda run: run.row)

    @property
    def inset(self) -> float:
        return PAD + STEP * self.layer


def layers(households: list[Household]) -> list[int]:
    """Households that share a member get outlines at different distances."""
    found: list[int] = []
    for number, home in enumerate(households):
        taken = {
            found[other] for other in range(number) if set(households[other].members) & set(home.members)
        }
        found.append(next(layer for layer in range(number + 1) if layer not in taken))
    return found


def rooms(households: list[Household]) -> dict[Key, Room]:
    """The room each member needs beside the name."""
    found: dict[Key, Room] = {}
    for number, (home, layer) in enumerate(zip(households, layers(households), strict=True)):
        longest = max((text_width(word, LABEL, bold=True) for word in home.label.split()), default=0)
        for key in home.members:
            room = found.get(key, Room())
            found[key] = Room(
                room.homes | {number},
                max(room.pad, PAD + STEP * layer),
                max(room.half, min(longest / 2, WIDEST)),
            )
    return found


def parts(households: list[Household], plan: Plan) -> list[Part]:
    """The outlines that are needed, given who stands where."""
    found = []
    for home, layer in zip(households, layers(households), strict=True):
        groups: list[list[Run]] = []
        for run in _runs(set(home.members), plan):
            joined = [group for group in groups if any(other.row == run.row - 1 for other in group)]
            groups = [group for group in groups if group not in joined] + [[*chain(*joined), run]]
        found += [Part(home, layer, tuple(group)) for group in groups]
    return found


def _runs(members: set[Key], plan: Plan) -> Iterable[Run]:
    for number, row in enumerate(plan.rows):
        run: list[Key] = []
        for key in row:
            if plan.spots[key].person is None:
                continue
            if key in members:
                run.append(key)
            elif run:
                yield Run(number, tuple(run))
                run = []
        if run:
            yield Run(number, tuple(run))


def label(part: Part, plan: Plan) -> list[str]:
    left, right = _width(part.last, part, plan)
    return wrapped(part.household.label, right - left - 24, LABEL, bold=True)


def room_below(found: list[Part], plan: Plan) -> dict[int, float]:
    """What the names of households take under each row."""
    room: dict[int, float] = defaultdict(float)
    for part in found:
        room[part.last.row] = max(room[part.last.row], _depth(part, plan))
    return room


def _depth(part: Part, plan: Plan) -> float:
    """Outlines of a further layer end lower, so that both names can be read."""
    return BELOW + (LABEL_LINE * len(label(part, plan)) + 8) * (1 + part.layer)


def boxes(part: Part, plan: Plan) -> list[Box]:
    """The rectangles whose union the outline follows."""
    sides = _evened([(run.row, _sides(run, part, plan)) for run in part.runs], part, plan)
    passages = []
    for row, (left, _, right, bottom) in sides:
        for other, (a, top, b, _) in sides:
            if other == row + 1:
                touching = min(right, b) - max(left, a) >= TOUCH
                a, b = (max(left, a), min(right, b)) if touching else (min(left, a), max(right, b))
                passages.append((a, bottom, b, top))
    return [box for _, box in sides] + passages


def _evened(sides: list[tuple[int, Box]], part: Part, plan: Plan) -> list[tuple[int, Box]]:
    """Small steps in the outline become straight, where nobody else stands in the way."""
    evened = []
    for (row, box), run in zip(sides, part.runs, strict=True):
        near = [other for number, other in sides if abs(number - row) == 1]
        left = min([box[0], *(other[0] for other in near if box[0] - SMALL_STEP < other[0])])
        right = max([box[2], *(other[2] for other in near if other[2] < box[2] + SMALL_STEP)])
        before, after = _free(run, plan)
        evened.append((row, (max(left, min(before, box[0])), box[1], min(right, max(after, box[2])), box[3])))
    return evened


def _free(run: Run, plan: Plan) -> tuple[float, float]:
    """How far the neighbours of a run leave room."""
    row = plan.rows[run.row]
    at, to = row.index(run.keys[0]), row.index(run.keys[-1])
    others = [plan.spots[row[n]] for n in (at - 1, to + 1) if 0 <= n < len(row)]
    left = [spot.x + spot.half + spot.pad + 8 for spot in others if spot.x < plan.spots[run.keys[0]].x]
    right = [spot.x - spot.half - spot.pad - 8 for spot in others if spot.x > plan.spots[run.keys[-1]].x]
    return max(left, default=-1e6), min(right, default=1e6)


def _sides(run: Run, part: Part, plan: Plan) -> Box:
    left, right = _width(run, part, plan)
    top = plan.spots[run.keys[0]].y - RADIUS - ABOVE - STEP * part.layer
    below = _depth(part, plan) if run is part.last else BELOW + STEP * part.layer
    return left, top, right, row_bottom(plan, run.row) + below


def _width(run: Run, part: Part, plan: Plan) -> tuple[float, float]:
    first, last = plan.spots[run.keys[0]], plan.spots[run.keys[-1]]
    return first.x - first.half - part.inset, last.x + last.half + part.inset


def outline(rectangles: list[Box]) -> list[list[tuple[float, float]]]:
    """The corners of the union of rectangles, one closed list per outline, inside on the right hand."""
    xs = sorted({x for box in rectangles for x in (box[0], box[2])})
    ys = sorted({y for box in rectangles for y in (box[1], box[3])})

    def inside(i: int, j: int) -> bool:
        if not (0 <= i < len(xs) - 1 and 0 <= j < len(ys) - 1):
            return False
        x, y = (xs[i] + xs[i + 1]) / 2, (ys[j] + ys[j + 1]) / 2
        return any(left < x < right and top < y < bottom for left, top, right, bottom in rectangles)

    leads: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for i in range(len(xs) - 1):
        for j in range(len(ys) - 1):
            if inside(i, j):
                sides = (
                    (not inside(i, j - 1), (i, j), (i + 1, j)),
                    (not inside(i + 1, j), (i + 1, j), (i + 1, j + 1)),
                    (not inside(i, j + 1), (i + 1, j + 1), (i, j + 1)),
                    (not inside(i - 1, j), (i, j + 1), (i, j)),
                )
                for is_edge, start, end in sides:
                    if is_edge:
                        leads[start].append(end)
    return [_corners([(xs[i], ys[j]) for i, j in loop]) for loop in _loops(leads)]


def _loops(leads: dict[tuple[int, int], list[tuple[int, int]]]) -> Iterable[list[tuple[int, int]]]:
    while leads:
        start = next(iter(leads))
        loop, here = [], start
        while here in leads:
            loop.append(here)
            ahead = leads[here].pop()
            if not leads[here]:
                del leads[here]
            here = ahead
        yield loop


def _corners(loop: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Only the points where the outline turns."""
    return [
        here
        for before, here, after in zip([loop[-1], *loop], loop, [*loop[1:], loop[0]], strict=False)
        if not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1])
    ]


def rounded(corners: list[tuple[float, float]]) -> str:
    """A path through the corners, each rounded as far as its sides allow."""
    pieces = []
    for before, here, after in zip(
        [corners[-1], *corners], corners, [*corners[1:], corners[0]], strict=False
    ):
        radius = min(CORNER, _length(before, here) / 2, _length(here, after) / 2)
        (a, b), (c, d) = _towards(here, before, radius), _towards(here, after, radius)
        pieces.append(f"{a:.1f} {b:.1f}Q{here[0]:.1f} {here[1]:.1f} {c:.1f} {d:.1f}")
    return f"M{'L'.join(pieces)}Z"


def _length(one: tuple[float, float], two: tuple[float, float]) -> float:
    return abs(one[0] - two[0]) + abs(one[1] - two[1])


def _towards(here: tuple[float, float], there: tuple[float, float], by: float) -> tuple[float, float]:
    if here[0] == there[0]:
        return here[0], here[1] + copysign(by, there[1] - here[1])
    return here[0] + copysign(by, there[0] - here[0]), here[1]
