"""The figures of a period, with nothing in them that could lead back to a family."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Max, QuerySet, Sum
from django.db.models.functions import ExtractYear

from wida.figures.codes import Measure
from wida.figures.models import Figure
from wida.figures.rounding import BASE, rounded, shared_out

# Of fewer families than this in one house and year, neither children nor days count.
SMALLEST = BASE
# A dossier has several of these values at once, or none: they don't add up to the referrals.
APART = (Measure.FACTOR, Measure.DURATION)


class Cell(NamedTuple):
    """`dossiers` is a multiple of `BASE`. `amount`: children, a multiple too; or days on average, None where not told."""

    value: str
    dossiers: int
    amount: int | None = None


class Counted(NamedTuple):
    """What one house counted in one year, before rounding: by measure and value, dossiers and what is summed."""

    cells: dict[str, dict[str, tuple[int, int]]]
    months: dict[str, int]


class Figures(NamedTuple):
    """`counted_at` is None as long as nothing was counted."""

    counted_at: datetime | None
    years: list[int]
    measures: dict[str, list[Cell]]
    months: list[Cell]
    homes: list[Cell]


def figures(*, home: UUID | None, year: int | None) -> Figures:
    """Of one house or of all, of one year or of always. Three statements."""
    told = Figure.objects.filter(safe_home_id=home) if home else Figure.objects.all()
    counted_at = Figure.objects.aggregate(at=Max("counted_at"))["at"]
    counted = _counted(told)
    years = sorted(
        {one for house, one in counted if _referrals(counted[house, one], house, one)}, reverse=True
    )
    chosen = {place: found for place, found in counted.items() if year in (None, place[1])}
    return Figures(counted_at, years, *_told(chosen))


def _counted(told: QuerySet) -> dict[tuple[str, int], Counted]:
    found: dict[tuple[str, int], Counted] = defaultdict(lambda: Counted(defaultdict(dict), {}))
    by_year = told.annotate(year=ExtractYear("month"))
    rows = by_year.values_list("safe_home__name", "year", "measure", "value")
    for house, year, measure, value, count, amount in rows.annotate(Sum("dossiers"), Sum("amount")):
        found[house, year].cells[measure][value] = count, amount
    referrals = by_year.filter(measure=Measure.REFERRALS)
    for house, year, month, count in referrals.values_list("safe_home__name", "year", "month", "dossiers"):
        found[house, year].months[month.strftime("%Y-%m")] = count
    return found


def _told(
    counted: dict[tuple[str, int], Counted],
) -> tuple[dict[str, list[Cell]], list[Cell], list[Cell]]:
    """Measures, months and houses: sums of what was rounded in each house and year. What comes to 0 isn't listed."""
    sums: dict[object, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    amounts: dict[object, int] = defaultdict(int)
    days: dict[str, int] = defaultdict(int)
    for (house, year), found in counted.items():
        total = _referrals(found, house, year)
        sums["homes"][house] += total
        _add(sums["months"], shared_out(found.months, total, house, year, "month"))
        for measure, cells in found.cells.items():
            _add(sums[measure], _rounded(found, measure, total, house, year))
            for value, (count, amount) in cells.items():
                if count < SMALLEST:
                    continue
                if measure == Measure.DURATION:
                    days[value] += count
                else:
                    amount = rounded(amount, house, year, measure, value, "amount")
                amounts[measure, value] += amount

    def listed(name: object) -> list[Cell]:
        return [
            Cell(value, count, _amount(name, amounts.get((name, value), 0), days.get(value, 0)))
            for value, count in sorted(sums[name].items())
            if count
        ]

    return {measure.value: listed(measure.value) for measure in Measure}, listed("months"), listed("homes")


def _referrals(found: Counted, house: str, year: int) -> int:
    return rounded(sum(found.months.values()), house, year)


def _rounded(found: Counted, measure: str, total: int, house: str, year: int) -> dict[str, int]:
    counts: dict[str | None, int] = {value: count for value, (count, _amount) in found.cells[measure].items()}
    if measure in APART:
        return {value: rounded(count, house, year, measure, value) for value, count in counts.items()}
    # Who has no value of this measure isn't listed, but is part of what adds up.
    told = shared_out(
        counts | {None: sum(found.months.values()) - sum(counts.values())}, total, house, year, measure
    )
    return {value: count for value, count in told.items() if value is not None}


def _add(sums: dict[str, int], told: dict[str, int]) -> None:
    for value, count in told.items():
        sums[value] += count


def _amount(measure: object, amount: int, families: int) -> int | None:
    if measure == Measure.DURATION:
        return round(amount / families) if families else None
    return amount
