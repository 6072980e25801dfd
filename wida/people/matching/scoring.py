"""How sure it is that two persons are one: Fellegi and Sunter's weights over levels of our own.

Each field is compared to a level (« same », « sounds », « near » …), of a name with how many letters differ
(« near/1 »; « near/1+ » in a long name, where it says more). The weight of a level is the logarithm, base two, of how
much more often it is met between one person's records than between those of two. docs/matching.md says how the
weights in weights.json were learned, and how well they do.
"""

import json
import math
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import OSA

from wida.people.matching.facts import Facts, Home

FIELDS = ("number", "family", "given", "order", "birth", "sex", "home")
MISSING = "missing"
AGREES = frozenset({"same", "sounds", "near", "part"})
LONG = 6  # letters of a name in which one that differs says little

Levels = tuple[str, ...]  # one for each of FIELDS


class Commonness(NamedTuple):
    """How common names are: the share of persons who bear a skeleton, and how often two persons share one."""

    shares: Mapping[str, float]
    average: float

    @classmethod
    def of(cls, counts: Mapping[str, int], persons: int) -> "Commonness":
        shares = {bones: count / persons for bones, count in counts.items()}
        return cls(shares, sum(share * share for share in shares.values()))

    def gain(self, bones: str) -> float:
        """What agreeing on this name says more, or less, than agreeing on a name says on average."""
        share = self.shares.get(bones) or self.average / 16
        return max(-6.0, min(6.0, math.log2(self.average / share))) if self.average else 0.0


class Weights(NamedTuple):
    prior: float
    levels: Mapping[str, Mapping[str, float]]

    def of(self, levels: Levels) -> float:
        return self.prior + sum(
            self.levels[field].get(level, 0.0) for field, level in zip(FIELDS, levels, strict=True)
        )


def weigh(
    one: Facts, other: Facts, levels: Levels, weights: Weights, names: tuple[Commonness, Commonness] | None
) -> float:
    """The logarithm, base two, of the odds that two persons are one. `names`: of family names, of first names."""
    total = weights.of(levels)
    if names:
        family, given = names
        of_family, of_given = levels[1:3]
        mine = one if levels[3] == "straight" else one.swapped
        if kind(of_family) in GAINS and (shared := set(mine.cores) & set(other.cores) or set(other.cores)):
            total += GAINS[kind(of_family)] * max(family.gain(core) for core in shared)
        if kind(of_given) in GAINS:
            total += GAINS[kind(of_given)] * given.gain(other.first)
    return total


# How much of the commonness of a name counts at each level of agreement.
GAINS = {"same": 1.0, "sounds": 1.0, "near": 0.5, "part": 0.5}


@lru_cache(maxsize=1)
def learned() -> Weights:
    found = json.loads((Path(__file__).parent / "weights.json").read_text(encoding="utf-8"))
    return Weights(found["prior"], found["levels"])


def kind(level: str) -> str:
    """A level without its detail."""
    return level.partition("|")[0].partition("/")[0]


def compare(one: Facts, other: Facts) -> Levels:
    """Names are compared as they stand and in each other's place, and the better of the two counts."""
    mine, order = one, "straight"
    family, given = _family(one, other), _given(one, other)
    if RANK[family] + RANK[given] < SWAP_BELOW and one.given and one.family and other.given and other.family:
        across = _family(one.swapped, other), _given(one.swapped, other)
        if RANK[across[0]] + RANK[across[1]] > max(RANK[family] + RANK[given], 3):
            (family, given), mine, order = across, one.swapped, "swapped"
    return (
        _number(one.number, other.number),
        family + _letters(family, mine.family, other.family),
        given + _letters(given, mine.given, other.given),
        order,
        _birth(one, other),
        MISSING if not one.sex or not other.sex else "same" if one.sex == other.sex else "other",
        f"{_home(one, other)}|{_known_by(family, given)}",
    )


# Worth of a level of a name, only to choose between two orders.
RANK = {"same": 4, "sounds": 4, "near": 3, "close": 2, "part": 2, "initial": 2, "other": 0, MISSING: 1}
SWAP_BELOW = 5


def _known_by(family: str, given: str) -> str:
    """Beside whom an address is compared: people of one family name often live together, but of both names seldom."""
    return "" if family not in AGREES else "names" if given in ("same", "sounds") else "family"


def _number(one: str, other: str) -> str:
    if not one or not other:
        return MISSING
    if one == other:
        return "same"
    return "near" if OSA.distance(one, other, score_cutoff=1) < 2 else "other"


def _family(one: Facts, other: Facts) -> str:
    if not one.cores or not other.cores:
        return MISSING
    if one.family == other.family:
        return "same"
    if set(one.cores) == set(other.cores):
        return "sounds"
    if _near(one.family.replace(" ", ""), other.family.replace(" ", "")):
        return "near"
    if any(_near(mine, theirs) for mine in one.cores for theirs in other.cores):
        return "near" if len(one.cores) == len(other.cores) == 1 else "part"
    return "close" if _alike(one.family, other.family) else "other"


def _given(one: Facts, other: Facts) -> str:
    mine, theirs, bones = one.given, other.given, one.first
    if not mine or not theirs:
        return MISSING
    if mine == theirs:
        return "same"
    if bones == other.first:
        return "sounds"
    if _near(mine, theirs) or _near(bones, other.first):
        return "near"
    if _alike(mine, theirs):
        return "close"
    short, long = sorted((mine, theirs), key=len)
    return "initial" if long.startswith(short) and (len(short) == 1 or len(short) > 2) else "other"


def _letters(level: str, one: str, other: str) -> str:
    """How many letters differ where names are neither the same nor far apart; « ! » when the first one does too."""
    if level in ("same", MISSING, "initial"):
        return ""
    mine, theirs = one.replace(" ", ""), other.replace(" ", "")
    longest = max(len(mine), len(theirs))
    differing = OSA.distance(mine, theirs, score_cutoff=3)
    if differing > 3 or differing * 3 > longest:
        return ""
    return f"/{differing}{'+' if longest > LONG else ''}{'' if mine[:1] == theirs[:1] else '!'}"


def _birth(one: Facts, other: Facts) -> str:
    if not one.born or not other.born:
        if not one.year or not other.year:
            return MISSING
        apart = abs(one.year - other.year)
        return "in_year" if apart == 0 else "near_year" if apart == 1 else "other_year"
    if one.born == other.born:
        return "same"
    mine, theirs = one.born.split("-"), other.born.split("-")
    if mine[0] == theirs[0] and mine[1:] == theirs[:0:-1]:
        return "swapped"
    if near := _near_in_time(one.born, other.born):
        return near
    differing = sum(a != b for a, b in zip(mine, theirs, strict=True))
    if differing == 1:
        return "digit" if OSA.distance(one.born, other.born, score_cutoff=1) < 2 else "one"
    if OSA.distance(one.born, other.born, score_cutoff=2) < 3:
        return "two"
    return "year" if mine[0] == theirs[0] else "other"


MONTH, YEAR = 31, 365.25


def _near_in_time(one: str, other: str) -> str:
    try:
        apart = abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:  # other archives hold days that never were
        return ""
    if apart <= MONTH:
        return "day" if apart == 1 else "days"
    return "years" if any(abs(apart - years * YEAR) < 2 for years in (1, 10)) else ""


def _home(one: Facts, other: Facts) -> str:
    """The closest of all pairs of addresses: people move."""
    if not one.homes or not other.homes:
        return MISSING
    return min((_one_home(a, b) for a in one.homes for b in other.homes), key=HOMES.index)


HOMES = ("same", "street", "road", "area", MISSING, "other")


def _one_home(one: Home, other: Home) -> str:
    if not (one.street or one.code) or not (other.street or other.code):
        return MISSING
    number = bool(one.number) and one.number == other.number
    area = one.code and other.code and OSA.distance(one.code, other.code, score_cutoff=1) < 2
    area = area or (
        one.place and other.place and (one.place == other.place or _alike(one.place, other.place))
    )
    if one.street and other.street and (one.street == other.street or _alike(one.street, other.street)):
        return "same" if number and area else "street" if number or area else "road"
    return "area" if area else "other"


def _near(one: str, other: str) -> bool:
    return min(len(one), len(other)) > 2 and OSA.distance(one, other, score_cutoff=1) < 2


def _alike(one: str, other: str) -> bool:
    return OSA.normalized_similarity(one, other, score_cutoff=0.7) > 0
