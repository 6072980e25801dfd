"""Which persons stand on one row, and who stands under whom."""

from collections import defaultdict
from collections.abc import Hashable, Iterable

Key = Hashable


class Knots:
    """Partners tied into one knot, knots below knots: whether one more tie would make somebody their own ancestor."""

    def __init__(self, people: Iterable[Key]):
        self.knot = {key: key for key in people}
        self.below: dict[Key, set[Key]] = defaultdict(set)

    def leads(self, top: Key, bottom: Key) -> bool:
        """Whether one comes from `top` to `bottom` by going down at least once."""
        goal, ahead, seen = self.knot[bottom], [self.knot[top]], set()
        while ahead:
            for knot in self.below[ahead.pop()] - seen:
                if knot == goal:
                    return True
                seen.add(knot)
                ahead.append(knot)
        return False

    def put_below(self, top: Key, bottom: Key) -> bool:
        """Puts a child under a parent, unless the child already stands beside or above."""
        if self.knot[top] == self.knot[bottom] or self.leads(bottom, top):
            return False
        self.below[self.knot[top]].add(self.knot[bottom])
        return True

    def tie(self, a: Key, b: Key) -> bool:
        """Puts two people on one row, unless one descends from the other."""
        one, two = self.knot[a], self.knot[b]
        if one == two:
            return True
        if self.leads(a, b) or self.leads(b, a):
            return False
        self.knot = {key: one if knot == two else knot for key, knot in self.knot.items()}
        self.below[one] |= self.below.pop(two, set())
        for knots in self.below.values():
            if two in knots:
                knots.remove(two)
                knots.add(one)
        return True

    def rows(self) -> dict[Key, int]:
        """Each knot under all its parents, and parents as low as their children allow."""
        order, above = self._downwards()
        row: dict[Key, int] = {}
        for knot in order:
            row[knot] = max((row[parent] + 1 for parent in above[knot]), default=0)
        for knot in reversed(order):
            with_children = [row[child] for child in self.below[knot] if self.below[child]]
            row[knot] = max(row[knot], min(with_children, default=0) - 1)
        for knot in order:
            if not self.below[knot]:
                row[knot] = max((row[parent] + 1 for parent in above[knot]), default=row[knot])
        for knot in reversed(order):
            row[knot] = max(row[knot], min((row[child] for child in self.below[knot]), default=0) - 1)
        return {key: row[knot] for key, knot in self.knot.items()}

    def _downwards(self) -> tuple[list[Key], dict[Key, set[Key]]]:
        above: dict[Key, set[Key]] = {knot: set() for knot in self.knot.values()}
        for knot in above:
            for child in self.below[knot]:
                above[child].add(knot)
        waiting = {knot: len(parents) for knot, parents in above.items()}
        order = [knot for knot, count in waiting.items() if not count]
        for knot in order:
            for child in self.below[knot]:
                waiting[child] -= 1
                if not waiting[child]:
                    order.append(child)
        return order, above
