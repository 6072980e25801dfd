"""Candidates by the keys of the house, their patterns, and how well a ranking of pairs finds the true ones."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from bench.matching.belgium import Record
from wida.people.matching import keys
from wida.people.matching.facts import Facts
from wida.people.matching.find import OPENED
from wida.people.matching.scoring import Commonness, Levels, Weights, compare, weigh

Pair = tuple[int, int]


class Result(NamedTuple):
    """How the pairs above a threshold compare with the true ones."""

    precision: float
    recall: float
    threshold: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def facts_of(record: Record) -> Facts:
    return Facts(
        given_name=record.given_name,
        family_name=record.family_name,
        birth_date=record.birth_date,
        sex=record.sex,
        homes=((record.street, record.postal_code),) if record.street else (),
    )


def candidates(people: Sequence[Facts], most: int) -> Iterator[Pair]:
    """For each person, as if they came in now, the candidates that the house would open; each pair once."""
    under: dict[keys.Key, list[int]] = defaultdict(list)
    for number, facts in enumerate(people):
        for key in keys.stored(facts):
            if key[0] != keys.FAMILY:
                under[key].append(number)
    seen: set[int] = set()
    for number, facts in enumerate(people):
        shared: Counter[int] = Counter()
        for key, worth in keys.asked(facts).items():
            if key in under:
                for other in under[key]:
                    shared[other] += worth
        shared.pop(number, None)
        for other, _worth in shared.most_common(most) if len(shared) > most else shared.items():
            pair = (number, other) if number < other else (other, number)
            code = pair[0] * len(people) + pair[1]
            if code not in seen:
                seen.add(code)
                yield pair


def commonness(people: Sequence[Facts]) -> tuple[Commonness, Commonness]:
    """How common family names and first names are in a set."""
    return (
        Commonness.of(Counter(core for facts in people for core in facts.cores), len(people)),
        Commonness.of(Counter(facts.first for facts in people if facts.first), len(people)),
    )


def compared(people: Sequence[Facts], most: int = OPENED) -> dict[Pair, Levels]:
    return {(one, other): compare(people[one], people[other]) for one, other in candidates(people, most)}


def scored(
    people: Sequence[Facts], levels: Mapping[Pair, Levels], weights: Weights
) -> list[tuple[float, Pair]]:
    names = commonness(people)
    return [
        (weigh(people[one], people[other], found, weights, names), (one, other))
        for (one, other), found in levels.items()
    ]


def best(scores: Collection[tuple[float, Pair]], truth: Collection[Pair], precision: float = 0.0) -> Result:
    """The threshold with the highest F1, or with the highest recall at a precision of at least so much."""
    found = Result(1.0, 0.0, float("inf"))
    right = 0
    ranked = sorted(scores, reverse=True)
    for place, (score, pair) in enumerate(ranked, start=1):
        right += pair in truth
        if place < len(ranked) and ranked[place][0] == score:
            continue
        now = Result(right / place, right / len(truth), score)
        if now.precision >= precision and (now.recall if precision else now.f1) > (
            found.recall if precision else found.f1
        ):
            found = now
    return found
