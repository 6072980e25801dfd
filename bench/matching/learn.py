"""Weights without labels, as Fellegi and Sunter's model is mostly trained.

How often a level is met between two persons comes from pairs drawn at random. How often between two records of one
person comes from expectation maximisation among pairs that share something else: names are learned from pairs of one
birth date, birth dates from pairs of one name. What an address says among people of one family name, who often live
together, is learned on both sides among pairs of one family name; among namesakes, likewise.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

from wida.people.matching.facts import Facts
from wida.people.matching.scoring import FIELDS, MISSING, Levels, Weights, compare, kind

ROUNDS = 60
DRAWN = 300_000  # pairs per lesson at most
RARE = 0.005  # nothing is rarer within one person: people do give another date, another name
Table = dict[str, float]
Patterns = Mapping[Levels, int]


def learn(people: Sequence[Facts], seed: int = 1) -> Weights:
    chance = random.Random(seed)
    unlike = _shares(_at_random(people, chance))
    day = _together(people, lambda facts: [facts.born] if facts.born else [], chance)
    name = _together(people, lambda facts: [(c, facts.first) for c in facts.cores if facts.first], chance)
    family = _together(people, lambda facts: facts.cores, chance)
    like = _lesson(day, unlike, ("family", "given", "order", "home", "sex"))
    home = _lesson(family, unlike, ("given", "birth", "sex", "home"), free="home")
    namesakes = _lesson(name, unlike, ("birth", "number", "sex", "home"), free="home")
    for context, learned in (("family", home), ("names", namesakes)):
        like["home"] |= {
            level: share for level, share in learned["home"].items() if _context(level) == context
        }
    like |= namesakes | {"home": like["home"]}
    # Two people's names agree across as easily as they agree straight: only that it is rarer in one person tells.
    unlike["order"] = {"straight": 1.0, "swapped": 0.5}
    levels = {
        field: {
            level: 0.0
            if level.startswith(MISSING)
            else _weight(like[field].get(level), unlike[field].get(level))
            for level in sorted({*like[field], *unlike[field]})
        }
        for field in FIELDS
    }
    return Weights(0.0, levels)


def _lesson(
    patterns: Patterns, unlike: dict[str, Table], fields: tuple[str, ...], free: str = ""
) -> dict[str, Table]:
    """What the fields look like between records of one person. Of a `free` field `unlike` is learned as well."""
    places = [FIELDS.index(field) for field in fields]
    seen: Counter[tuple[str, ...]] = Counter()
    for pattern, count in patterns.items():
        seen[tuple(pattern[place] for place in places)] += count
    other = {field: dict(unlike[field]) for field in fields}
    certain = {
        pattern: count * (0.9 if _agrees(fields, pattern) else 0.05) for pattern, count in seen.items()
    }
    total = sum(seen.values())
    for _ in range(ROUNDS):
        share = sum(certain.values()) / total
        like = {field: _share(certain, place) for place, field in enumerate(fields)}
        if free:
            rest = {pattern: count - certain[pattern] for pattern, count in seen.items()}
            other[free] = _share(rest, fields.index(free))
        for pattern, count in seen.items():
            yes, no = share, 1 - share
            for field, level in zip(fields, pattern, strict=True):
                yes *= like[field].get(level, 1e-9)
                no *= other[field].get(level, 1 / DRAWN)
            certain[pattern] = count * yes / (yes + no)
    if free:
        unlike[free].update({level: share for level, share in other[free].items() if _context(level)})
    return like


AGREEING = frozenset({"same", "sounds", "near", "swapped", "day", "days", "digit", "years", "street"})


def _agrees(fields: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    """Where learning starts: pairs are taken for one person when two of the telling fields agree."""
    telling = [level for field, level in zip(fields, pattern, strict=True) if field not in ("sex", "order")]
    return sum(kind(level) in AGREEING for level in telling) >= 2


def _at_random(people: Sequence[Facts], chance: random.Random) -> Counter[Levels]:
    return Counter(compare(*chance.sample(people, 2)) for _ in range(DRAWN))


def _together(
    people: Sequence[Facts], by: Callable[[Facts], Sequence[Hashable]], chance: random.Random
) -> Counter[Levels]:
    """Patterns of the pairs that have a value in common."""
    under: dict[Hashable, list[Facts]] = defaultdict(list)
    for facts in people:
        for value in by(facts):
            under[value].append(facts)
    found = list(_pairs(under.values(), chance))
    return Counter(compare(*pair) for pair in (chance.sample(found, DRAWN) if len(found) > DRAWN else found))


def _pairs(groups, chance: random.Random) -> Iterator[tuple[Facts, Facts]]:
    for group in groups:
        some = group if len(group) < 60 else chance.sample(group, 60)
        yield from ((one, other) for place, one in enumerate(some) for other in some[:place])


def _shares(patterns: Mapping[Levels, float]) -> dict[str, Table]:
    return {field: _share(patterns, place) for place, field in enumerate(FIELDS)}


def _share(patterns: Mapping[tuple[str, ...], float], place: int) -> Table:
    """The share of each level; of an address apart where the family names agree and where they don't."""
    counts: dict[str, float] = defaultdict(float)
    sums: dict[str, float] = defaultdict(float)
    for pattern, count in patterns.items():
        level = pattern[place]
        if not level.startswith(MISSING):
            counts[level] += count
            sums[_context(level)] += count
        else:
            counts[level] += 0
    return {
        level: 1.0 if level.startswith(MISSING) else count / (sums[_context(level)] or 1)
        for level, count in counts.items()
    }


def _weight(like: float | None, unlike: float | None) -> float:
    return math.log2(max(like or 0, RARE) / max(unlike or 0, 1 / DRAWN))


def _context(level: str) -> str:
    return level.partition("|")[2]
