"""How many facts are known of each month: twelve squares, a number in each.

The shade follows the number and nothing else: how grave something was can't be counted. No number known isn't the same
as nothing happened, so an empty month says 0 noted.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from wida.web.svg import BLUE, GREY, INK, LINE, Table, percent, tag, words

SHADES = ((4, BLUE, "#fff"), (2, "#9dbbe8", INK), (1, "#dbe6f6", INK), (0, "#fff", GREY))
CELL, GAP = 44, 0.7  # height; and between cells in percent
HEIGHT = CELL + 36


def calendar(days: Iterable[date | None], *, today: date, months: int = 12) -> Markup:
    """A strip of the last months. `days` may repeat; None is a fact of which the month isn't known."""
    days, shown = list(days), _months(today, months)
    counts = Counter(_month(day) for day in days if day)
    wide = (100 + GAP) / months
    pieces = []
    for at, month in enumerate(shown):
        # On a phone a year under December would run into the next one.
        named_year = month.month == 1 or (at == 0 and month.month < 12)
        pieces += _cell(month, counts[month], at * wide, wide - GAP, named_year)
    return tag(
        "svg", tag("title", _title(days, shown)), *pieces, xmlns="http://www.w3.org/2000/svg", role="img", width="100%",
        height=HEIGHT,
    )  # fmt: skip


def calendar_table(days: Iterable[date | None], *, today: date, months: int = 12) -> Table:
    """The same numbers, and those that have no place on the strip."""
    days, shown = list(days), _months(today, months)
    counts = Counter(_month(day) for day in days if day)
    rows = [[_name(month), str(counts[month])] for month in shown]
    earlier = sum(day < shown[0] for day in days if day)
    if earlier:
        rows.insert(0, [_("Earlier"), str(earlier)])
    if unknown := days.count(None):
        rows.append([_("Month not known"), str(unknown)])
    return Table(_("Noted facts per month"), [_("Month"), _("Noted")], rows)


def _months(today: date, count: int) -> list[date]:
    last = today.year * 12 + today.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(last - count + 1, last + 1)]


def _month(day: date) -> date:
    return date(day.year, day.month, 1)


def _name(month: date) -> str:
    return written(month, "F Y")


def _cell(month: date, count: int, x: float, width: float, named_year: bool) -> Iterable[Markup]:
    middle = percent(x + width / 2)
    fill, text = next((fill, text) for least, fill, text in SHADES if count >= least)
    look = {"fill": fill, "stroke": LINE if count == 0 else BLUE, "stroke_width": 1}
    yield tag("rect", x=percent(x), y=0.5, width=percent(width), height=CELL - 1, rx=2, **look)
    yield words(
        count, middle, CELL / 2 + 5, 15, text, text_anchor="middle", font_weight=600 if count else None
    )
    yield words(written(month, "M").lower().rstrip("."), middle, CELL + 16, 11, GREY, text_anchor="middle")
    if named_year:
        yield words(month.year, percent(x), CELL + 32, 12, INK, font_weight=600)


def _title(days: list[date | None], shown: list[date]) -> str:
    here = sum(day is not None and _month(day) in shown for day in days)
    counted = ngettext("%(count)s noted fact", "%(count)s noted facts", here) % {"count": here}
    return _("%(facts)s from %(first)s to %(last)s, per month. The table says the same.") % {
        "facts": counted,
        "first": _name(shown[0]),
        "last": _name(shown[-1]),
    }
