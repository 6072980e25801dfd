"""The weighing through time: which colour from when, and what happened meanwhile."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from markupsafe import Markup

from wida.dossiers.codes import Colour
from wida.web.dates import day as in_figures
from wida.web.dates import long_day
from wida.web.svg import GREY, INK, LINE, Table, percent, tag, text_width, words

Weighings = Iterable[tuple[date, str]]
Marks = Iterable[tuple[date, str]]

LEVELS = (Colour.RED, Colour.ORANGE, Colour.GREEN)
FILLS = {Colour.RED: "#c02b30", Colour.ORANGE: "#d9780a", Colour.GREEN: "#007a37"}
SHAPES = {Colour.RED: "M0-10 10 0 0 10-10 0Z", Colour.ORANGE: "M0-10 10.5 8.5H-10.5Z"}
FIRST, LAST = 11.0, 96.5  # where the first and the last day stand, in percent
ROW = 62
NEAR = 13.0  # what is nearer than this, in percent, can't be written beside each other on a phone
NUMBER_NEAR, NUMBER_ROWS = 7.5, 3  # the numbers of the marks: how near, and in how many rows
TICKS = 9.0


def weighing_line(weighings: Weighings, marks: Marks, until: date) -> Markup:
    """A step for each weighing, up to `until`: today, or the day on which the dossier was closed.

    `weighings` are days with a colour, `marks` days with a few words; those get the numbers of `weighing_table`.
    """
    weighed, numbered = _in_order(weighings), _in_order(marks)
    if not weighed:
        return _drawing(_("Not weighed yet."), 40, [words(_("Not weighed yet."), 0, 24, 15, GREY)])
    scale = Scale([day for day, _word in weighed + numbered], until)
    places = _number_rows([scale.at(day) for day, _word in numbered])
    top = 40 + 24 * max((row for row in places if row is not None), default=-1)
    foot = top + ROW * len(LEVELS) - 6
    pieces = [
        *_lines(numbered, places, scale, foot),
        *_grid(top),
        *_axis(scale, foot),
        *_numbers(places, scale, numbered),
    ]
    pieces += [*_steps(weighed, scale, top), *_shapes(weighed, scale, top)]
    return _drawing(_title(weighed), foot + 40, pieces)


def weighing_table(weighings: Weighings, marks: Marks) -> Table:
    """The same in the order of time; what happened carries its number."""
    facts = [(day, 1, str(Colour(code).label)) for day, code in _in_order(weighings)]
    facts += [(day, 0, f"{number}. {text}") for number, (day, text) in enumerate(_in_order(marks), start=1)]
    rows = [[in_figures(day), text] for day, _kind, text in sorted(facts, key=lambda fact: fact[:2])]
    return Table(_("The weighing through time"), [_("Date"), _("Weighing or event")], rows)


class Scale:
    """Days as shares of the width."""

    def __init__(self, days: list[date], until: date):
        self.start, self.end = min(days), max([*days, until])
        self.days = max((self.end - self.start).days, 1)

    def at(self, day: date) -> float:
        return FIRST + (LAST - FIRST) * (day - self.start).days / self.days

    def months(self) -> list[date]:
        """The first days of months in between, as many as can be named on a phone."""
        first = self.start.year * 12 + self.start.month
        found = [date(at // 12, at % 12 + 1, 1) for at in range(first, self.end.year * 12 + self.end.month)]
        room = int((LAST - FIRST) / TICKS)
        every = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if len(found) <= step * room)
        return [month for month in found if (month.year * 12 + month.month - 1) % every == 0]


def _in_order(facts: Iterable[tuple[date, str]]) -> list[tuple[date, str]]:
    return sorted(facts, key=lambda fact: fact[0])


def _drawing(title: str, height: float, pieces: Iterable[Markup]) -> Markup:
    return tag(
        "svg",
        tag("title", title),
        *pieces,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        width="100%",
        height=height,
    )


def _title(weighed: list[tuple[date, str]]) -> str:
    changes = [fact for before, fact in pairwise([(None, None), *weighed]) if before[1] != fact[1]]
    steps = [
        _("%(colour)s from %(day)s") % {"colour": _word(code), "day": long_day(day)} for day, code in changes
    ]
    return _("The weighing through time: %(steps)s. The list says the same.") % {"steps": ", ".join(steps)}


def _word(code: str) -> str:
    return str(Colour(code).label).lower()


def _height(code: str, top: float) -> float:
    return top + ROW * LEVELS.index(Colour(code)) + 26


def _grid(top: float) -> Iterable[Markup]:
    """A line for each colour, named by word and shape above its beginning, where a step can't hide it."""
    for code in LEVELS:
        y = _height(code, top)
        yield tag("line", x1="0", x2="100%", y1=y, y2=y, stroke=LINE, stroke_width=1)
        yield tag(
            "rect", x=0, y=y - 30, width=24 + text_width(Colour(code).label, 14), height=20, fill="#fff"
        )
        yield tag("svg", _shape(code, 0.6), x=7, y=y - 20, overflow="visible")
        yield words(Colour(code).label, 19, y - 15.5, 14, INK)


def _shape(code: str, size: float = 1) -> Markup:
    look = {"fill": FILLS[Colour(code)], "stroke": "#fff", "stroke_width": 2 if size == 1 else 0}
    if code == Colour.GREEN:
        return tag("circle", r=9 * size, **look)
    return tag("path", d=SHAPES[Colour(code)], transform=f"scale({size})" if size != 1 else None, **look)


def _axis(scale: Scale, foot: float) -> Iterable[Markup]:
    yield tag("line", x1="0", x2="100%", y1=foot, y2=foot, stroke=GREY, stroke_width=1)
    months = scale.months()
    names = [(month, written(month, "M").lower(), month.year) for month in months]
    if len(months) < 2:
        names = [(day, written(day, "d/m"), day.year) for day in dict.fromkeys([scale.start, scale.end])]
    years = {year: scale.at(day) for day, _name, year in reversed(names)}
    for day, name, year in names:
        x = scale.at(day)
        yield tag("line", x1=percent(x), x2=percent(x), y1=foot, y2=foot + 5, stroke=GREY, stroke_width=1)
        yield words(name, percent(x), foot + 19, 12, GREY, text_anchor=_anchor(x))
        next_year = years.get(year + 1, 200)
        if x == years[year] and next_year - x >= NEAR:
            yield words(year, percent(x), foot + 34, 12, INK, text_anchor=_anchor(x), font_weight=600)


def _anchor(x: float) -> str:
    """Writing near an edge stays inside."""
    return "start" if x < NEAR / 2 else "end" if x > 100 - NEAR / 2 else "middle"


def _number_rows(places: list[float]) -> list[int | None]:
    """On which of a few rows each number stands, so that none lies on another. None: there is no room left."""
    ends = [-100.0] * NUMBER_ROWS
    rows: list[int | None] = []
    for x in places:
        row = next((row for row, end in enumerate(ends) if x - end >= NUMBER_NEAR), None)
        if row is not None:
            ends[row] = x
        rows.append(row)
    return rows


def _lines(numbered: list, places: list[int | None], scale: Scale, foot: float) -> Iterable[Markup]:
    """From each number down through the colours."""
    for (day, _text), row in zip(numbered, places, strict=True):
        x = percent(scale.at(day))
        y = 12 + 24 * (row or 0)
        yield tag("line", x1=x, x2=x, y1=y, y2=foot, stroke=INK, stroke_width=1.3, stroke_dasharray="3 3")


def _numbers(places: list[int | None], scale: Scale, numbered: list) -> Iterable[Markup]:
    for number, ((day, _text), row) in enumerate(zip(numbered, places, strict=True), start=1):
        if row is not None:
            x, y = percent(scale.at(day)), 12 + 24 * row
            yield tag("circle", cx=x, cy=y, r=10.5, fill=INK)
            yield words(number, x, y + 4.3, 12, "#fff", text_anchor="middle", font_weight=700)


def _steps(weighed: list[tuple[date, str]], scale: Scale, top: float) -> Iterable[Markup]:
    look = {"stroke": INK, "stroke_width": 3, "stroke_linecap": "square"}
    ends = [*((scale.at(day), code) for day, code in weighed), (LAST, weighed[-1][1])]
    for (x, code), (end, next_code) in pairwise(ends):
        y = _height(code, top)
        yield tag("line", x1=percent(x), x2=percent(end), y1=y, y2=y, **look)
        if next_code != code:
            yield tag("line", x1=percent(end), x2=percent(end), y1=y, y2=_height(next_code, top), **look)
    y = _height(weighed[-1][1], top)
    yield tag("circle", cx=percent(LAST), cy=y, r=5, fill=INK)
    today = _("now: %(colour)s") % {"colour": _word(weighed[-1][1])}
    yield words(today, "100%", y - 15.5, 14, INK, text_anchor="end", font_weight=700)


def _shapes(weighed: list[tuple[date, str]], scale: Scale, top: float) -> Iterable[Markup]:
    """A date that would lie on another one isn't written: the list has them all."""
    written_at: dict[str, float] = {}
    for day, code in weighed:
        x, y = scale.at(day), _height(code, top)
        pieces = [_shape(code)]
        if x - written_at.get(code, -100) >= NEAR:
            written_at[code] = x
            late = x > 100 - NEAR
            pieces.append(
                words(
                    written(day, "d/m"), -12 if late else 12, 21, 13, INK, text_anchor="end" if late else None
                )
            )
        yield tag("svg", *pieces, x=percent(x), y=y, overflow="visible")
