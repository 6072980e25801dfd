"""Lines of violence: numbered, one way, and led round symbols and names wherever there is a way round."""

from itertools import pairwise
from math import atan2, cos, hypot, pi, sin
from typing import NamedTuple

from wida.people.genogram.places import Plan, Spot

Point = tuple[float, float]
Box = tuple[float, float, float, float]

START = 33  # from the middle of a symbol
BENDS = (0, 40, -40, 75, -75, 115, -115, 165, -165)
ARCS = (62, 104, 146, 188, -80, -120)  # between two on one row: over the line that joins them, if it can
SAMPLES = 40
CLOSE = 12  # nearer than this two lines look like one
MARKER = 11
TOOTH, HEIGHT = 7, 5.5
HEAD = 13


class Course(NamedTuple):
    """The way of a line: points at equal distances, and where its number stands."""

    points: list[Point]
    marker: Point


def course(source: Spot, target: Spot, obstacles: list[Box], earlier: list[Course]) -> Course:
    """The way that runs over least of what must stay readable."""
    bends = ARCS if source.row == target.row else BENDS
    others = [point for way in earlier for point in way.points[4:-4:2]]
    markers = [_around(way.marker, MARKER + 3) for way in earlier]
    boxes = [*obstacles, *markers]
    best: tuple[float, list[Point]] = (1e9, [])
    for bend in bends:
        points = _curve((source.x, source.y), (target.x, target.y), bend)
        hits = sum(_inside(point, box) for point in points for box in boxes)
        close = sum(abs(x - a) + abs(y - b) < CLOSE for x, y in points[4:-4:2] for a, b in others)
        best = min(best, (hits * 6 + close * 3 + abs(bend) * 0.05, points))
        if not hits and not close:
            break
    return Course(best[1], _marker(best[1], boxes))


def _curve(start: Point, end: Point, bend: float) -> list[Point]:
    """A bow from edge to edge. A bend above zero goes up, or left of somebody lower."""
    (x0, y0), (x1, y1) = start, end
    length = hypot(x1 - x0, y1 - y0) or 1
    across = (y1 - y0) / length, -(x1 - x0) / length
    if across[1] > 0 or (across[1] == 0 and across[0] > 0):
        across = -across[0], -across[1]
    middle = (x0 + x1) / 2 + across[0] * bend * 2, (y0 + y1) / 2 + across[1] * bend * 2
    dense = [_on_bow(start, middle, end, n / 120) for n in range(121)]
    outside = [
        p for p in dense if hypot(p[0] - x0, p[1] - y0) > START and hypot(p[0] - x1, p[1] - y1) > START
    ]
    return evenly(outside or [start, end], SAMPLES)


def _on_bow(start: Point, middle: Point, end: Point, t: float) -> Point:
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
    return a * start[0] + b * middle[0] + c * end[0], a * start[1] + b * middle[1] + c * end[1]


def evenly(points: list[Point], count: int) -> list[Point]:
    """The same line with its points at equal distances."""
    along = [0.0]
    for (x0, y0), (x1, y1) in pairwise(points):
        along.append(along[-1] + hypot(x1 - x0, y1 - y0))
    found, at = [], 0
    for number in range(count + 1):
        goal = along[-1] * number / count
        while at < len(points) - 2 and along[at + 1] < goal:
            at += 1
        step = along[at + 1] - along[at] if len(points) > 1 else 0
        share = (goal - along[at]) / step if step else 0
        (x0, y0), (x1, y1) = points[at], points[min(at + 1, len(points) - 1)]
        found.append((x0 + (x1 - x0) * share, y0 + (y1 - y0) * share))
    return found


def _marker(points: list[Point], boxes: list[Box]) -> Point:
    """As near to the middle as is free."""
    tries = sorted(range(SAMPLES // 5, SAMPLES - SAMPLES // 5 + 1), key=lambda at: abs(at - SAMPLES / 2))
    return min(
        (points[at] for at in tries), key=lambda point: sum(_near(point, box, MARKER + 2) for box in boxes)
    )


def _around(point: Point, by: float) -> Box:
    return point[0] - by, point[1] - by, point[0] + by, point[1] + by


def _inside(point: Point, box: Box) -> bool:
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


def _near(point: Point, box: Box, by: float) -> bool:
    return box[0] - by < point[0] < box[2] + by and box[1] - by < point[1] < box[3] + by


def obstacles(plan: Plan, labels: list[Box], apart_from: tuple[Spot, Spot]) -> list[Box]:
    """Symbols of others and every name."""
    found = list(labels)
    for spot in plan.spots.values():
        if spot.person:
            if spot not in apart_from:
                found.append((spot.x - 32, spot.y - 32, spot.x + 32, spot.y + 32))
            found.append((spot.x - spot.half - 4, spot.y + 30, spot.x + spot.half + 4, spot.bottom))
    return found


def zigzag(points: list[Point]) -> list[Point]:
    """Teeth along the line, straight at both ends."""
    length = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points))
    count = max(6, 2 * round(length / TOOTH / 2))
    even = evenly(points, count)
    teeth = []
    for number, (x, y) in enumerate(even):
        if number in (0, 1) or number >= count - 2:
            teeth.append((x, y))
            continue
        (x0, y0), (x1, y1) = even[number - 1], even[number + 1]
        angle = atan2(y1 - y0, x1 - x0) + (pi / 2 if number % 2 else -pi / 2)
        teeth.append((x + cos(angle) * HEIGHT, y + sin(angle) * HEIGHT))
    return teeth


def body(points: list[Point]) -> list[Point]:
    """The line as far as the arrow begins."""
    x, y = points[-1]
    return [point for point in points if hypot(point[0] - x, point[1] - y) > HEAD - 2] or points


def head(points: list[Point]) -> list[Point]:
    """The arrow: which way the violence goes."""
    (x0, y0), (x1, y1) = points[-4], points[-1]
    angle = atan2(y1 - y0, x1 - x0)
    back = x1 - HEAD * cos(angle), y1 - HEAD * sin(angle)
    side = 0.46 * HEAD * cos(angle + pi / 2), 0.46 * HEAD * sin(angle + pi / 2)
    return [(x1, y1), (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1])]
