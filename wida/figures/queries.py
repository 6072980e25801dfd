"""The figures of a period, with what could lead back to a family left out."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Max, QuerySet, Sum
from django.db.models.functions import ExtractYear

from wida.figures.codes import Measure
from wida.figures.models import Figure

# Fewer families than this aren't told, and neither is what they could be reckoned back from.
SMALLEST = 5


class Cell(NamedTuple):
    """`dossiers` and `amount` are None where they aren't told."""

    value: str
    dossiers: int | None
    amount: int | None


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
    every = told.filter(measure=Measure.REFERRALS).annotate(year=ExtractYear("month"))
    years = sorted(set(every.values_list("year", flat=True)), reverse=True)
    if year:
        told = told.filter(month__year=year)
    return Figures(counted_at, years, _measures(told), *_referrals(told))


def _measures(told: QuerySet) -> dict[str, list[Cell]]:
    rows = told.values_list("measure", "value").annotate(Sum("dossiers"), Sum("amount"))
    found: dict[str, list[Cell]] = {measure.value: [] for measure in Measure}
    for measure, *cell in rows.order_by("measure", "value"):
        found[measure].append(Cell(*cell))
    # Who may have several values at once can't be reckoned back from the others.
    apart = {Measure.FACTOR, Measure.DURATION}
    return {measure: safe(cells, add_up=measure not in apart) for measure, cells in found.items()}


def _referrals(told: QuerySet) -> tuple[list[Cell], list[Cell]]:
    rows = told.filter(measure=Measure.REFERRALS).values_list("month", "safe_home__name", "dossiers")
    months, homes = {}, {}
    for month, name, count in rows:
        key = month.strftime("%Y-%m")
        months[key] = months.get(key, 0) + count
        homes[name] = homes.get(name, 0) + count
    return tuple(
        safe([Cell(value, count, 0) for value, count in sorted(counts.items())]) for counts in (months, homes)
    )


def safe(cells: list[Cell], *, add_up: bool = True) -> list[Cell]:
    """Without the small ones. Where cells add up to a total that is told, one hidden cell alone would be no secret:
    then the next smallest is hidden with it.
    """
    small = {cell.value for cell in cells if cell.dossiers < SMALLEST}
    others = [cell for cell in cells if cell.value not in small]
    if add_up and len(small) == 1 and others:
        small.add(min(others, key=lambda cell: cell.dossiers).value)
    return [Cell(cell.value, None, None) if cell.value in small else cell for cell in cells]
