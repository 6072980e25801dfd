"""The thirteen factors over the assessments: what was present, suspected, absent or not known, and who differed.

The order of the factors is fixed and nothing is added up. Police and welfare keep their own half of a cell; a known
score against an unknown one is a gap, no disagreement.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from wida.risk.codes import Lane, Score
from wida.risk.drawings.cells import Cell, Place, drawn_cell, hatching
from wida.web.dates import day as in_figures
from wida.web.svg import GREY, INK, LINE, PALE, Table, percent, tag, words, wrapped


class Column(NamedTuple):
    """One assessment, or what is known of the past when it has no day. `cells` by the code of the factor."""

    heading: str
    day: date | None
    cells: Mapping[str, Cell]


class Sizes(NamedTuple):
    """The two drawings: beside a column of names, or with each name above its row. In percent, except heights."""

    first: float  # where the cells begin
    past: float
    now: float
    kept: int  # how many earlier assessments fit
    row: float
    name: float  # what a line of the name above a row takes


WIDE = Sizes(first=31, past=7.5, now=25, kept=4, row=46, name=0)
NARROW = Sizes(first=0, past=13.5, now=48, kept=2, row=42, name=17)
GAP, AFTER = 1.3, 5  # between columns, and right of the last one
HEAD = 68
ABOVE = 4  # and below a cell
NAME_FROM, NAME_WIDTH, PHONE_WIDTH = 26, 162, 256


def course(
    factors: Iterable[tuple[str, str]],
    columns: Iterable[Column],
    marks: Iterable[tuple[date, str]] = (),
    flagged: Iterable[str] = (),
    *,
    narrow: bool = False,
) -> Markup:
    """`factors` are code and label in the fixed order; the last column is the assessment of now.

    Critical factors come in bold, `marks` as numbered lines between the assessments. When there are more assessments
    than fit, the first and the last stay; the table has all of them.
    """
    factors, columns, flagged = list(factors), list(columns), set(flagged)
    if not columns:
        return Markup()
    sizes, hatch = (NARROW, "hatch-narrow") if narrow else (WIDE, "hatch-wide")
    shown = _kept(columns, sizes.kept)
    placed = _placed(shown, sizes)
    gaps = _gaps(marks, placed)
    rows, y = [], HEAD
    for number, (code, label) in enumerate(factors, start=1):
        lines = _name_lines(number, label, narrow, code in flagged)
        rows += _name(number, lines, y, code in flagged, sizes)
        y += sizes.name * len(lines) + 5 if narrow else 0
        rows += _mark_lines(gaps, y, sizes.row)
        rows += _cells(code, placed, y, sizes, hatch)
        y += sizes.row
    height = y + 6
    pieces = [hatching(hatch), *_headings(placed, height), *rows, *_mark_numbers(gaps)]
    left_out = len(columns) - len(shown)
    return tag(
        "svg", tag("title", _title(factors, columns, left_out)), *pieces, xmlns="http://www.w3.org/2000/svg",
        role="img", width="100%", height=height, overflow="visible",
    )  # fmt: skip


def course_table(factors: Iterable[tuple[str, str]], columns: Iterable[Column]) -> Table:
    """Every assessment, also those that the drawing leaves out."""
    columns = list(columns)
    rows = [
        [f"{number}. {label}", *(said(column.cells.get(code, Cell())) for column in columns)]
        for number, (code, label) in enumerate(factors, start=1)
    ]
    head = [f"{column.heading} {in_figures(column.day)}".strip() for column in columns]
    return Table(_("The risk factors over the assessments"), [_("Risk factor"), *head], rows)


def said(cell: Cell) -> str:
    """A cell in words."""
    halves = [(lane, str(Score(score).label).lower()) for lane, score in cell.halves]
    if len(halves) == 1 and halves[0][0] == Lane.JOINT:
        return halves[0][1]
    text = ", ".join(f"{str(Lane(lane).label).lower()}: {score}" for lane, score in halves)
    return _("%(scores)s (they differ)") % {"scores": text} if cell.differs else text


def _title(factors: list, columns: list[Column], left_out: int) -> str:
    dated = sum(column.day is not None for column in columns)
    counted = ngettext("%(count)s assessment", "%(count)s assessments", dated) % {"count": dated}
    text = _("The risk factors over %(assessments)s.") % {"assessments": counted}
    differing = [label for code, label in factors if columns and columns[-1].cells.get(code, Cell()).differs]
    if differing:
        text += " " + _("Now police and welfare differ about: %(factors)s.") % {
            "factors": ", ".join(map(str, differing))
        }
    if left_out:
        text += " " + _("Not drawn: %(count)s in between.") % {"count": left_out}
    return text + " " + _("The table says the same.")


def _kept(columns: list[Column], room: int) -> list[Column]:
    """The past, the first assessment, the last ones and now."""
    past = [column for column in columns[:-1] if column.day is None]
    earlier = [column for column in columns[:-1] if column.day is not None]
    if len(earlier) > room:
        earlier = [earlier[0], *earlier[-(room - 1) :]]
    return [*past, *earlier, *columns[-1:]]


def _placed(columns: list[Column], sizes: Sizes) -> list[tuple[Column, float, float]]:
    """Each column with its x and its width; the one of now takes what the others leave."""
    past = sum(column.day is None for column in columns[:-1])
    earlier = len(columns[:-1]) - past
    room = 100 - AFTER - sizes.first - sizes.now - past * (sizes.past + GAP)
    width = min(room / earlier - GAP, sizes.now / 2) if earlier else 0
    x, placed = sizes.first, []
    for column in columns:
        wide = 100 - AFTER - x if column is columns[-1] else sizes.past if column.day is None else width
        placed.append((column, x, wide))
        x += wide + GAP
    return placed


def _cells(code: str, placed: list, y: float, sizes: Sizes, hatch: str) -> Iterable[Markup]:
    for at, (column, x, width) in enumerate(placed, start=1):
        place = Place(x, y + ABOVE, width, sizes.row - 2 * ABOVE, at == len(placed), hatch)
        yield from drawn_cell(column.cells.get(code, Cell()), place)


def _headings(placed: list, height: float) -> Iterable[Markup]:
    for column, x, _width in placed[:-1]:
        if column.day:
            yield words(written(column.day, "d/m"), percent(x), HEAD - 25, 13, INK)
            yield words(column.day.year, percent(x), HEAD - 9, 12, GREY)
        else:
            yield words(column.heading, percent(x), HEAD - 9, 11, GREY)
    column, x, _width = placed[-1]
    yield tag("rect", x=percent(x - 1), y=24, width=percent(101 - x), height=height - 24, fill=PALE)
    yield words(in_figures(column.day), percent(x), HEAD - 25, 13, GREY)
    yield words(column.heading, percent(x), HEAD - 8, 15, INK, font_weight=700)


def _name_lines(number: int, label: str, narrow: bool, bold: bool) -> list[str]:
    return wrapped(
        f"{number}. {label}" if narrow else str(label), PHONE_WIDTH if narrow else NAME_WIDTH, 14, bold
    )


def _name(number: int, lines: list[str], y: float, flagged: bool, sizes: Sizes) -> Iterable[Markup]:
    weight = 700 if flagged else None
    if sizes.name:
        for at, line in enumerate(lines):
            yield words(line, 0, y + sizes.name * (at + 1), 14, INK, font_weight=weight)
        return
    middle = y + sizes.row / 2 + 5
    size, pitch = (14, 17) if len(lines) < 3 else (12.5, 14.5)
    yield words(number, NAME_FROM - 8, middle, 13, GREY, text_anchor="end")
    for at, line in enumerate(lines):
        yield words(
            line, NAME_FROM, middle + pitch * (at - (len(lines) - 1) / 2), size, INK, font_weight=weight
        )
    below = y + sizes.row
    yield tag("line", x1="0", x2=percent(sizes.first - 1.5), y1=below, y2=below, stroke=LINE, stroke_width=1)


def _gaps(marks: Iterable[tuple[date, str]], placed: list) -> Mapping[float, list[int]]:
    """The numbers of the marks by the x between two assessments where they belong; after now, right of it."""
    found: dict[float, list[int]] = {}
    for number, (day, _text) in enumerate(sorted(marks, key=lambda mark: mark[0]), start=1):
        later = (x - GAP / 2 for column, x, _width in placed if column.day and column.day >= day)
        found.setdefault(next(later, 100 - AFTER / 2 + 0.3), []).append(number)
    return found


def _mark_lines(gaps: Mapping[float, list[int]], y: float, height: float) -> Iterable[Markup]:
    for x in gaps:
        yield tag(
            "line", x1=percent(x), x2=percent(x), y1=y, y2=y + height, stroke=INK, stroke_width=1.3,
            stroke_dasharray="3 3",
        )  # fmt: skip


def _mark_numbers(gaps: Mapping[float, list[int]]) -> Iterable[Markup]:
    """Those in one gap share a sign: 2–4."""
    for x, numbers in gaps.items():
        text = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
        half = 5.5 + 4.2 * len(text)
        yield tag(
            "line",
            x1=percent(x),
            x2=percent(x),
            y1=22,
            y2=HEAD,
            stroke=INK,
            stroke_width=1.3,
            stroke_dasharray="3 3",
        )
        yield tag(
            "svg",
            tag("rect", x=-half, y=-10.5, width=2 * half, height=21, rx=10.5, fill=INK),
            words(text, 0, 4.3, 12, "#fff", text_anchor="middle", font_weight=700),
            x=percent(x), y=12, overflow="visible",
        )  # fmt: skip
