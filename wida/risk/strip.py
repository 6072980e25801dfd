"""The drawings of both tabs from what was recorded: factors over assessments, colours over weighings."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils.translation import pgettext
from markupsafe import Markup

from wida.risk import drawings, standing
from wida.risk.codes import CRITICAL, FACTORS, LABELS, Flag, Score
from wida.risk.queries import Facts
from wida.web.svg import Table

LEGEND = (Score.PRESENT, Score.SUSPECTED, Score.ABSENT, Score.UNKNOWN)


class Strip(NamedTuple):
    """One drawing for a desk and one for a phone, the same in a table, and what its numbers mean."""

    wide: Markup
    narrow: Markup
    table: Table
    marks: list[tuple[date, str]]
    swatches: list[tuple[str, Markup]]


class Line(NamedTuple):
    drawing: Markup
    table: Table
    marks: list[tuple[date, str]]


def strip(facts: Facts, open_flags: Iterable) -> Strip:
    """A column per day on which somebody assessed; the last one is what stands now."""
    factors = [(str(code), str(LABELS[code])) for code in FACTORS]
    columns, noted = _columns(facts), marks(open_flags)
    flagged = [str(code) for code in CRITICAL]
    return Strip(
        drawings.course(factors, columns, noted, flagged),
        drawings.course(factors, columns, noted, flagged, narrow=True),
        drawings.course_table(factors, columns),
        noted,
        [(str(score), drawings.swatch(score)) for score in LEGEND],
    )


def line(weighings: list[tuple[date, str]], open_flags: Iterable, until: date) -> Line:
    noted = marks(open_flags)
    return Line(
        drawings.weighing_line(weighings, noted, until), drawings.weighing_table(weighings, noted), noted
    )


def marks(open_flags: Iterable) -> list[tuple[date, str]]:
    """The critical signals that are there and were seen on a day that is known, from old to new."""
    return sorted((flag.seen_on, str(Flag(flag.flag).label)) for flag in open_flags if flag.seen_on)


def _columns(facts: Facts) -> list[drawings.Column]:
    days = sorted({row.assessed_on for row in facts.assessments})
    now = facts.stands
    columns = [
        drawings.Column(
            pgettext("course", "Before"), None, {code: _cell(now[code], "past") for code in FACTORS}
        )
    ]
    for day in days[:-1]:
        made = [row for row in facts.assessments if row.assessed_on <= day]
        stood = standing.standing(made, facts.scores)
        columns.append(drawings.Column("", day, {code: _cell(stood[code], "present") for code in FACTORS}))
    newest = {code: _cell(now[code], "present") for code in FACTORS}
    return [*columns, drawings.Column(pgettext("course", "Now"), days[-1], newest)]


def _cell(stand: standing.Stand, period: str) -> drawings.Cell:
    """Halves only where they say something else."""
    police, welfare = (
        getattr(entry, period) if entry else str(Score.UNKNOWN) for entry in (stand.police, stand.welfare)
    )
    return drawings.Cell(joint=police) if police == welfare else drawings.Cell(police, welfare)
