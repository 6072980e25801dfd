"""How far the rows stand apart, and on which height every line between them runs, so that no two lie on each other."""

from collections import defaultdict
from typing import NamedTuple

from wida.people.genogram.family import Brood, Union
from wida.people.genogram.places import RADIUS, Plan, Spot
from wida.people.genogram.spread import outer_pair

ABOVE = 34  # from the line over siblings to their symbols
LANE = 14  # between lines that run beside each other
BEND = 22  # between the lines of couples who stand apart, with the years between
CLEAR = 6  # from a name to a line
NEARLY = 8  # how far beside the middle of an only child a straight line may arrive
SLACK = 14  # how far a passing line may leave its place to run straight
BETWEEN = 92  # from a name to the symbol below it, at least


class Couple(NamedTuple):
    """The line between two partners: straight, or below everybody who stands between them."""

    union: Union
    left: Spot
    right: Spot
    y: float
    straight: bool
    inset: float  # how far beside the middle of a symbol a bent line starts


class Descended(NamedTuple):
    """The line from parents to children: from `x`, `top` down to the height `bus`."""

    brood: Brood
    x: float
    top: float
    bus: float
    children: list[tuple[Spot, float]]  # with the x where the line arrives


def levelled(plan: Plan, room: dict[int, float]) -> tuple[list[Couple], list[Descended]]:
    """Sets y on every spot. `room` is what households need below a row for their name."""
    spans = [_span(brood, plan) for brood in plan.broods]
    lanes = _lanes(
        [(plan.spots[brood.children[0]].row, *span) for brood, span in zip(plan.broods, spans, strict=True)]
    )
    bent = [union for union in plan.unions if not plan.side_by_side(union.a, union.b)]
    below = dict(zip(bent, _lanes([_stretch(union, plan) for union in bent]), strict=True))
    _set_heights(plan, room, lanes, below)
    couples = {frozenset((union.a, union.b)): _couple(union, plan, room, below) for union in plan.unions}
    descended = [
        _descended(brood, number, plan, couples, lane)
        for number, (brood, lane) in enumerate(zip(plan.broods, lanes, strict=True))
    ]
    return list(couples.values()), descended


def _set_heights(plan: Plan, room: dict[int, float], lanes: list[int], below: dict[Union, int]) -> None:
    buses, bends = defaultdict(int), defaultdict(int)
    for brood, lane in zip(plan.broods, lanes, strict=True):
        row = plan.spots[brood.children[0]].row
        buses[row] = max(buses[row], lane)
    for union, lane in below.items():
        row = plan.spots[union.a].row
        bends[row] = max(bends[row], BEND * (lane + 1))
    y = 0.0
    for number, row in enumerate(plan.rows):
        if number:
            free = room.get(number - 1, 0) + bends[number - 1] + LANE * buses[number] + ABOVE + CLEAR
            y += max(BETWEEN, free + 30) + RADIUS
        for key in row:
            plan.spots[key].y = y
        y = max([y + RADIUS, *(plan.spots[key].bottom for key in row)])


def _couple(union: Union, plan: Plan, room: dict[int, float], below: dict[Union, int]) -> Couple:
    left, right = sorted((plan.spots[union.a], plan.spots[union.b]), key=lambda spot: spot.x)
    if union not in below:
        return Couple(union, left, right, left.y, True, 0)
    lane = below[union]
    y = row_bottom(plan, left.row) + room.get(left.row, 0) + BEND * (lane + 1)
    return Couple(union, left, right, y, False, 9 + 6 * lane)


def _descended(
    brood: Brood, number: int, plan: Plan, couples: dict[frozenset, Couple], lane: int
) -> Descended:
    children = [plan.spots[child] for child in brood.children]
    earlier = plan.broods[:number]
    x, top = _start(brood, plan, couples)
    x += 10 * sum(set(other.parents) == set(brood.parents) for other in earlier if other.parents)
    if len(children) == 1 and children[0].person is None and abs(children[0].x - x) < SLACK:
        children[0].x = x
    arrivals = [
        (spot, spot.x + 9 * sum(spot.key in other.children for other in earlier)) for spot in children
    ]
    if len(arrivals) == 1 and abs(arrivals[0][1] - x) < NEARLY:
        arrivals = [(children[0], x)]
    return Descended(brood, x, top, children[0].y - RADIUS - ABOVE - LANE * lane, arrivals)


def _start(brood: Brood, plan: Plan, couples: dict[frozenset, Couple]) -> tuple[float, float]:
    """Where the line to the children begins: as near to above them as the names of the parents allow."""
    xs = [plan.spots[child].x for child in brood.children]
    centre = (min(xs) + max(xs)) / 2
    if not brood.parents:
        return centre, plan.spots[brood.children[0]].y - RADIUS - ABOVE
    if len(brood.parents) == 1:
        spot = plan.spots[brood.parents[0]]
        return spot.x, spot.bottom + (CLEAR if spot.person else 0)
    couple = couples[frozenset(brood.parents)]
    left, right = _gap(brood, plan)
    low, high = left.x + left.half + 4, right.x - right.half - 4
    return min(max(centre, low), high), couple.y


def _gap(brood: Brood, plan: Plan) -> list[Spot]:
    """The two neighbours between whom the line to the children of a couple comes down."""
    row = plan.rows[plan.spots[brood.parents[0]].row]
    return [plan.spots[key] for key in outer_pair(frozenset(brood.parents), row)]


def _span(brood: Brood, plan: Plan) -> tuple[float, float]:
    xs = [plan.spots[key].x for key in brood.children]
    if len(brood.parents) == 1:
        xs.append(plan.spots[brood.parents[0]].x)
    elif brood.parents:
        left, right = _gap(brood, plan)
        low, high = left.x + left.half, right.x - right.half
        xs.append(min(max((min(xs) + max(xs)) / 2, low), high))
    return min(xs), max(xs)


def _stretch(union: Union, plan: Plan) -> tuple[int, float, float]:
    one, two = plan.spots[union.a], plan.spots[union.b]
    return one.row, min(one.x, two.x), max(one.x, two.x)


def _lanes(spans: list[tuple[int, float, float]]) -> list[int]:
    """For each stretch of a row the first lane in which it lies on no other, short ones first."""
    lanes = [0] * len(spans)
    taken: list[tuple[int, int, float, float]] = []
    for at in sorted(range(len(spans)), key=lambda at: spans[at][2] - spans[at][1]):
        row, left, right = spans[at]
        busy = {lane for other, lane, a, b in taken if other == row and a < right + LANE and left < b + LANE}
        lanes[at] = next(lane for lane in range(len(spans) + 1) if lane not in busy)
        taken.append((row, lanes[at], left, right))
    return lanes


def row_bottom(plan: Plan, row: int) -> float:
    spots = [plan.spots[key] for key in plan.rows[row]]
    return max(max(spot.y + RADIUS, spot.bottom) for spot in spots)
