"""Everything the tab Weging shows, in six statements whatever the number of weighings."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from wida.access.queries import Opened
from wida.risk import flags as critical
from wida.risk import legends, queries, standing
from wida.risk.strip import Line, line


class Weighed(NamedTuple):
    """One weighing on the page. `corrected_by` is the number of the weighing that put it right."""

    row: Any
    present: list
    excused: list
    corrects: Any | None
    corrected_by: Any | None
    legend: list[legends.Meaning]


class Board(NamedTuple):
    """`moved` counts the factors that changed since the newest weighing, by the assessment of `moved_on`."""

    weighings: list[Weighed]
    current: UUID | None
    legend: list[legends.Meaning]
    moved: int
    moved_on: date | None
    line: Line | None


def board(opened: Opened) -> Board:
    dossier = opened.dossier
    facts = queries.facts(dossier)
    rows = queries.weighings(dossier)
    people = queries.participants(dossier)
    versions = list(queries.legends())
    by_id = {legend.pk: legend for legend in versions}
    weighed = [_weighed(row, rows, people, by_id.get(row.legend_id)) for row in rows]
    standing_ones = [one for one in weighed if not one.corrected_by]
    moved, moved_on = _moved(facts, rows)
    return Board(
        weighings=weighed,
        current=standing_ones[0].row.id if standing_ones else None,
        legend=legends.meanings(legends.valid(versions)),
        moved=moved,
        moved_on=moved_on,
        line=_line(opened, standing_ones, critical.open_ones(facts.flags)) if standing_ones else None,
    )


def _line(opened: Opened, standing_ones: list[Weighed], open_flags: list) -> Line:
    """Until today, or until the day the dossier was closed."""
    closed = opened.dossier.closed_at
    colours = [(one.row.weighed_on, one.row.colour) for one in reversed(standing_ones)]
    return line(colours, open_flags, timezone.localdate(closed) if closed else timezone.localdate())


def _weighed(row, rows: list, people: list, legend) -> Weighed:
    own = [person for person in people if person.weighing_id == row.id]
    return Weighed(
        row,
        [person for person in own if not person.excused],
        [person for person in own if person.excused],
        next((other for other in rows if other.id == row.corrects_id), None),
        next((other for other in rows if other.corrects_id == row.id), None),
        legends.meanings(legend),
    )


def _moved(facts: queries.Facts, rows: list) -> tuple[int, date | None]:
    """How many factors differ from what was known at the newest weighing, and by which assessment."""
    if not rows:
        return 0, None
    weighed_at = max(row.created_at for row in rows)
    newer = [row for row in facts.assessments if row.created_at > weighed_at]
    if not newer:
        return 0, None
    moved = standing.changes(facts.until(weighed_at).stands, facts.stands)
    return len({change.code for change in moved}), standing.in_order(newer)[-1].assessed_on
