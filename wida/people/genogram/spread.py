"""Turns rows into coordinates: children under the middle of their parents, partners close, nobody overlapping.

Everybody is pulled by parents, children, partner and siblings in turn. After each pull the row is put right again by
the nearest arrangement that keeps the order and the distances (pool adjacent violators).
"""

from collections import defaultdict
from itertools import pairwise

from django.utils.translation import gettext as _

from wida.people.genogram.family import Brood, Union
from wida.people.genogram.knots import Key
from wida.web.svg import text_width

GAP = 20  # between the names of two neighbours
SYMBOL, LINE = 26, 66  # half a symbol, and what is free at least between two partners
SWEEPS, STILL = 120, 0.02
UP, DOWN, PARTNER, OTHER = 2.0, 2.0, 0.7, 0.4  # how strongly each pulls


def spread(rows: list[list], unions: list[Union], broods: list[Brood]) -> None:
    """Sets x on the spots."""
    spots = {spot.key: spot for row in rows for spot in row}
    couples = {frozenset((union.a, union.b)): union for union in unions}
    distances = [[_distance(a, b, couples) for a, b in pairwise(row)] for row in rows]
    _pack(rows, distances)
    pulls = Pulls(rows, distances, couples, broods, spots)
    for sweep in range(SWEEPS):
        moved = 0.0
        order = range(len(rows)) if sweep % 2 else reversed(range(len(rows)))
        for number in order:
            moved = max(moved, _move(rows[number], distances[number], pulls))
        if moved < STILL:
            break


def years(union: Union) -> str:
    """What stands above the line between partners."""
    if union.since and union.until:
        return f"{union.since}–{union.until}"
    if union.since:
        return _("since %(year)s") % {"year": union.since}
    return _("until %(year)s") % {"year": union.until} if union.until else ""


def free_line(left, right) -> tuple[float, float]:
    """How much of the line between two partners their symbols, or the outlines of their households, take."""
    return (
        left.half + left.pad if left.homes - right.homes else SYMBOL,
        right.half + right.pad if right.homes - left.homes else SYMBOL,
    )


def _distance(a, b, couples: dict[frozenset, Union]) -> float:
    gap = a.half + b.half + GAP + (a.pad + b.pad if a.homes != b.homes else 0)
    union = couples.get(frozenset((a.key, b.key)))
    if union is None:
        return gap
    return max(gap, 2 * SYMBOL + LINE, sum(free_line(a, b)) + text_width(years(union), 12) + 16)


def _pack(rows: list[list], distances: list[list[float]]) -> None:
    for row, between in zip(rows, distances, strict=True):
        x = -sum(between) / 2
        for spot, distance in zip(row, [*between, 0], strict=True):
            spot.x = x
            x += distance


class Pulls:
    """Where each spot would like to stand, given where the others are."""

    def __init__(self, rows, distances, couples, broods: list[Brood], spots):
        self.spots = spots
        self.above = {child: brood for brood in reversed(broods) for child in brood.children if brood.parents}
        self.beside: dict[Key, list[tuple[Key, float, float]]] = defaultdict(list)
        for row, between in zip(rows, distances, strict=True):
            for (a, b), distance in zip(pairwise(row), between, strict=True):
                weight = PARTNER if frozenset((a.key, b.key)) in couples else OTHER
                self.beside[a.key].append((b.key, -distance, weight))
                self.beside[b.key].append((a.key, distance, weight))
        self.outer = {
            pair: outer_pair(pair, keys)
            for keys in ([s.key for s in row] for row in rows)
            for pair in couples
            if pair <= set(keys)
        }
        self.below: dict[Key, list[Brood]] = defaultdict(list)
        for brood in broods:
            for key in self.outer.get(frozenset(brood.parents), brood.parents):
                self.below[key].append(brood)

    def of(self, spot) -> tuple[float, float]:
        """The mean of all wishes, and how strong they are together."""
        wishes = [(self.spots[key].x + offset, weight) for key, offset, weight in self.beside[spot.key]]
        if brood := self.above.get(spot.key):
            wishes.append((spot.x + self.under(brood) - self.centre(brood), UP))
        for brood in self.below[spot.key]:
            wishes.append((spot.x + self.centre(brood) - self.under(brood), DOWN))
        total = sum(weight for _, weight in wishes)
        return (sum(x * weight for x, weight in wishes) / total, total) if total else (spot.x, OTHER)

    def centre(self, brood: Brood) -> float:
        xs = [self.spots[child].x for child in brood.children]
        return (min(xs) + max(xs)) / 2

    def under(self, brood: Brood) -> float:
        """The point from which the line to the children comes down."""
        if len(brood.parents) == 1:
            return self.spots[brood.parents[0]].x
        left, right = (self.spots[key] for key in self.outer[frozenset(brood.parents)])
        return (left.x + left.half + right.x - right.half) / 2


def outer_pair(pair: frozenset, keys: list[Key]) -> tuple[Key, Key]:
    """The neighbours between whom a couple's children come down; of a couple that stands apart, at the outer end."""
    left, right = sorted(number for number, key in enumerate(keys) if key in pair)
    if left + 1 == right or left < len(keys) - 1 - right:
        return keys[left], keys[left + 1]
    return keys[right - 1], keys[right]


def _move(row: list, distances: list[float], pulls: Pulls) -> float:
    """Lets a row follow its wishes as far as the distances allow; returns the largest step."""
    wishes = [pulls.of(spot) for spot in row]
    placed = kept_apart([x for x, _ in wishes], [weight for _, weight in wishes], distances)
    moved = max((abs(spot.x - x) for spot, x in zip(row, placed, strict=True)), default=0)
    for spot, x in zip(row, placed, strict=True):
        spot.x = x
    return moved


def kept_apart(wished: list[float], weights: list[float], distances: list[float]) -> list[float]:
    """The places nearest to the wishes (least squares) that keep the order and at least the distances."""
    offsets = [0.0]
    for distance in distances:
        offsets.append(offsets[-1] + distance)
    blocks: list[list[float]] = []  # mean, weight, members
    for x, weight, offset in zip(wished, weights, offsets, strict=True):
        blocks.append([x - offset, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            mean, heavy, members = blocks.pop()
            last = blocks[-1]
            last[0] = (last[0] * last[1] + mean * heavy) / (last[1] + heavy)
            last[1] += heavy
            last[2] += members
    flat = [block[0] for block in blocks for _ in range(int(block[2]))]
    return [x + offset for x, offset in zip(flat, offsets, strict=True)]
