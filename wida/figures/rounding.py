"""Numbers rounded so that no list taken from another tells of one family.

Decided in docs/decisions/0023: each number of one house in one year goes to the multiple of `BASE` below or above it,
by chance in proportion to how near it lies, and every total is a sum of what was rounded. The chance is drawn from a
secret key, so that the same number is rounded the same way tomorrow.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeVar
from uuid import UUID

from wida.figures.codes import Measure
from wida.records.tokens import token

BASE = 5
# Of fewer families than this in one house and year, neither children nor days count.
SMALLEST = BASE
# A dossier has several of these values at once, or none: they don't add up to the referrals.
APART = (Measure.FACTOR, Measure.DURATION)

K = TypeVar("K", bound=Hashable)


class Number(NamedTuple):
    """What may be told of one house and year; fields as in `Figure`."""

    safe_home_id: UUID
    year: int
    measure: str
    value: str
    dossiers: int
    amount: int | None = None


def told(counted: Iterable[tuple[UUID, date, str, str, int, int]]) -> Iterator[Number]:
    """From what was counted, as house, month, measure, value, dossiers and amount: what pages and exports may tell."""
    dossiers: dict[tuple[UUID, int], dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    amounts: Counter[tuple[UUID, int, str, str]] = Counter()
    for house, month, measure, value, count, amount in counted:
        dossiers[house, month.year][measure][value] += count
        amounts[house, month.year, measure, value] += amount
        if measure == Measure.REFERRALS:
            dossiers[house, month.year][Measure.MONTH][month.strftime("%Y-%m")] += count
    for place, measures in dossiers.items():
        referrals = measures[Measure.REFERRALS].total()
        total = rounded(referrals, *place)
        for measure, counts in measures.items():
            for value, number in _rounded(measure, counts, referrals, total, place).items():
                amount = _amount(
                    measure, counts[value], amounts[*place, measure, value], number, (*place, value)
                )
                yield Number(*place, measure, value, number, amount)


def _rounded(measure: str, counts: Counter[str], referrals: int, total: int, place: tuple) -> dict[str, int]:
    if measure == Measure.REFERRALS:
        return dict.fromkeys(counts, total)
    if measure in APART:
        return {value: rounded(count, *place, measure, value) for value, count in counts.items()}
    # Who has no value of this measure isn't listed, but is part of what adds up.
    parts: dict[str | None, int] = {**counts, None: referrals - counts.total()}
    numbers = shared_out(parts, total, *place, measure)
    return {value: number for value, number in numbers.items() if value is not None}


def _amount(measure: str, count: int, amount: int, number: int, place: tuple) -> int | None:
    if count < SMALLEST:
        return None
    if measure == Measure.DURATION:
        return round(amount / count) * number
    return rounded(amount, *place, "amount")


def rounded(count: int, *place: object) -> int:
    """A count that stands alone, such as the referrals of a house in a year."""
    floor, rest = count - count % BASE, count % BASE
    return floor + BASE if rest > BASE * _chance(place) else floor


def shared_out(parts: Mapping[K, int], total: int, *place: object) -> dict[K, int]:
    """Counts that add up to one that was rounded to `total`: each rounded, and still adding up to it."""
    floors = {key: count - count % BASE for key, count in parts.items()}
    up = (total - sum(floors.values())) // BASE
    nearest = sorted(
        (key for key, count in parts.items() if count % BASE),
        key=lambda key: _chance((*place, key)) - parts[key] % BASE / BASE,
    )
    return floors | {key: floors[key] + BASE for key in nearest[:up]}


def _chance(place: tuple) -> float:
    """From 0 up to 1, the same for the same place."""
    return (token("figures", *map(str, place)) + 2**63) / 2**64
