"""Dates that are known more or less exactly: how they are typed, kept and said."""

import calendar
import re
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wida.situation.codes import Precision
from wida.web import fields
from wida.web.dates import day as short
from wida.web.dates import long_day
from wida.web.parsing import parse_day

END_FIRST = _("Fill in an end that is not before the start")
ANY = _("A day, a month or a year: 14/11/2026, november 2026 or 2026")
_YEAR = re.compile(r"[0-9]{4}")
_MONTH_AND_YEAR = re.compile(r"([0-9]{1,2}|[a-z]{3,9}\.?)(?:\s*[/.\-]\s*|\s+)([0-9]{4})", re.ASCII)


class Moment(NamedTuple):
    """A day, or the first day of a month or a year that is known no better. `precision` is dag, maand or jaar."""

    day: date
    precision: str = Precision.DAY

    @property
    def last_day(self) -> date:
        return last_day(self.day, self.precision)


def last_day(first: date, precision: str, ends_on: date | None = None) -> date:
    """The last day on which something that is known so exactly may have been."""
    if precision == Precision.MONTH:
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    if precision == Precision.YEAR:
        return first.replace(month=12, day=31)
    return ends_on or first


def parse_moment(typed: str) -> Moment:
    """14/11/2026 as it may be typed anywhere, but also `november 2026`, `11/2026` or `2026`."""
    words = " ".join(typed.split()).lower()
    if _YEAR.fullmatch(words):
        return Moment(parse_day(f"1/1/{words}"), Precision.YEAR)
    if parts := _MONTH_AND_YEAR.fullmatch(words):
        return Moment(parse_day(f"1 {parts[1]} {parts[2]}"), Precision.MONTH)
    return Moment(parse_day(words))


class MomentField(fields.DayField):
    """A day, a month or a year in one box. None of them may lie in the future."""

    def to_python(self, value: Any) -> Moment | None:
        if value in self.empty_values:
            return None
        found = parse_moment(str(value))
        if found.day > timezone.localdate():
            raise ValidationError(_("Fill in a date that is not in the future"), "future")
        return found


def moment(*, label: Any, required: bool = True, help: Any = ANY) -> MomentField:
    """The box takes letters too, so a phone may not offer digits alone."""
    day = fields.day(label=label, required=required, help=help)
    day.widget.attrs.pop("inputmode", None)
    return MomentField(
        past=True,
        coming=False,
        widget=day.widget,
        label=label,
        required=required,
        help_text=help,
        error_messages=day.error_messages,
    )


def settle(precision: str, begin: Moment, end: Moment | None) -> tuple[date, date | None]:
    """The days to keep for what was typed with a precision; raises ValidationError when the two don't fit."""
    if precision == Precision.PERIOD:
        if end is None or end.last_day < begin.day:
            raise ValidationError({"ends_on": END_FIRST})
        return begin.day, end.last_day
    if precision == Precision.YEAR:
        return begin.day.replace(month=1, day=1), None
    if precision == Precision.MONTH and begin.precision != Precision.YEAR:
        return begin.day.replace(day=1), None
    if begin.precision == Precision.DAY:
        return begin.day, None
    raise ValidationError(
        {"begins_on": _("Fill in a date as exact as you chose, or choose another precision")}
    )


def typed(first: date | None, precision: str) -> str:
    """As somebody would type it again in a form."""
    if first is None:
        return ""
    if precision == Precision.YEAR:
        return f"{first.year}"
    return f"{first.month}/{first.year}" if precision == Precision.MONTH else short(first)


def said(first: date | None, precision: str, ends_on: date | None = None) -> str:
    """In words, exactly as far as it is known: “around 14 November 2026”, “in the course of 2026”."""
    if first is None:
        return ""
    if precision == Precision.AROUND:
        return gettext("around %(day)s") % {"day": long_day(first)}
    if precision == Precision.MONTH:
        return gettext("in the course of %(time)s") % {"time": _month(first)}
    if precision == Precision.YEAR:
        return gettext("in the course of %(time)s") % {"time": first.year}
    if precision == Precision.PERIOD and ends_on:
        return _period(first, ends_on)
    return long_day(first)


def since(first: date | None, precision: str) -> str:
    """A beginning known as a day, a month or a year."""
    if first is None:
        return ""
    if precision == Precision.YEAR:
        return f"{first.year}"
    return _month(first) if precision == Precision.MONTH else long_day(first)


def _period(first: date, last: date) -> str:
    """Whole years and whole months are said as such: nobody counted those days."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        names = (str(first.year), str(last.year))
    elif first.day == 1 and last == last_day(last, Precision.MONTH):
        names = (_month(first), _month(last))
    else:
        names = (long_day(first), long_day(last))
    if names[0] == names[1]:
        return gettext("in the course of %(time)s") % {"time": names[0]}
    return gettext("from %(first)s to %(last)s") % {"first": names[0], "last": names[1]}


def _month(first: date) -> str:
    return written(first, "F Y")
