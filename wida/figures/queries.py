"""The figures of a period, with nothing in them that could lead back to a family."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Max, Q, Sum

from wida import database
from wida.figures.codes import Measure
from wida.figures.models import Figure


class Cell(NamedTuple):
    """`dossiers` is rounded. `amount`: children, rounded too; or days on average. None where not told."""

    value: str
    dossiers: int
    amount: int | None = None


class Figures(NamedTuple):
    """`counted_at` is None as long as nothing was counted. What comes to 0 isn't listed."""

    counted_at: datetime | None
    years: list[int]
    measures: dict[str, list[Cell]]
    homes: list[Cell]


def figures(*, home: UUID | None, year: int | None) -> Figures:
    """Of one house or of all, of one year or of always. Four statements, at the standby when there is one."""
    with database.figures() as connection:
        every = Figure.objects.using(connection.alias)
        counted_at = every.aggregate(at=Max("counted_at"))["at"]
        own = every.filter(dossiers__gt=0)
        if home:
            own = own.filter(safe_home_id=home)
        referrals = own.filter(measure=Measure.REFERRALS)
        years = sorted(set(referrals.values_list("year", flat=True)), reverse=True)
        if year:
            own, referrals = own.filter(year=year), referrals.filter(year=year)
        measures: dict[str, list[Cell]] = {measure: [] for measure in Measure.values}
        sums = own.values_list("measure", "value").annotate(
            Sum("dossiers"), Sum("amount"), families=Sum("dossiers", filter=Q(amount__isnull=False))
        )
        for measure, value, dossiers, amount, families in sums.order_by("measure", "value"):
            if measure == Measure.DURATION and amount is not None:
                amount = round(amount / families)
            measures[measure].append(Cell(value, dossiers, amount))
        names = referrals.values_list("safe_home__name").order_by("safe_home__name")
        homes = [Cell(name, dossiers) for name, dossiers in names.annotate(Sum("dossiers"))]
    return Figures(counted_at, years, measures, homes)
