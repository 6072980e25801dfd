"""Dates, times, ages and numbers as a Flemish reader writes them, and their English equivalents."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import formats, timezone
from django.utils.dateformat import format as written
from django.utils.dates import MONTHS
from django.utils.translation import get_language, gettext, ngettext

HERE = ZoneInfo(settings.TIME_ZONE)  # named, since Django asks for the time zone of the thread at each moment


def day(value: date | None) -> str:
    """For tables and cards: 14/11/2026."""
    return f"{_local(value):%d/%m/%Y}" if value else ""


def long_day(value: date | None) -> str:
    """In a sentence: 14 november 2026."""
    if not value:
        return ""
    here = _local(value)
    return f"{here.day} {MONTHS[here.month]} {here.year}"


def full_day(value: date | None) -> str:
    """Above a list of one day: zaterdag 14 november 2026."""
    return written(_local(value), "l j F Y") if value else ""


def short_day(value: date | None) -> str:
    """Within some weeks from now: za 14/11."""
    return written(_local(value), "D d/m").lower() if value else ""


def clock(value: datetime | time | None) -> str:
    """9.12 uur."""
    if value is None:
        return ""
    hour = _local(value)
    if _dutch():
        return f"{hour.hour}.{hour.minute:02} uur"
    return f"{hour.hour}:{hour.minute:02}"


def moment(value: datetime | None) -> str:
    """14 november 2026, 9.12 uur."""
    return f"{long_day(value)}, {clock(value)}" if value else ""


def age(born: date | None, on: date | None = None) -> str:
    """How old somebody is today or was `on` a day; months under two years, because a baby is not a toddler."""
    if born is None:
        return ""
    on = on or timezone.localdate()
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if years < 0:
        return gettext("not born yet")
    if years >= 2:
        return ngettext("%(years)d year", "%(years)d years", years) % {"years": years}
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    return ngettext("%(months)d month", "%(months)d months", months) % {"months": months}


def number(value: float | None, decimals: int | None = None) -> str:
    """3.001 in Dutch, 3,001 in English."""
    if value is None:
        return ""
    return formats.number_format(value, decimals, use_l10n=True, force_grouping=True)


def size(count: int) -> str:
    """The size of a file in words."""
    return filesizeformat(count)


def iso(value: date | time | None) -> str:
    """For the `datetime` attribute of a `time` element."""
    return _local(value).isoformat() if value else ""


FILTERS = {
    "day": day,
    "long_day": long_day,
    "full_day": full_day,
    "short_day": short_day,
    "clock": clock,
    "moment": moment,
    "age": age,
    "number": number,
    "size": size,
    "iso": iso,
}


def _local(value: Any) -> Any:
    """An aware moment in the reader's time zone; anything else as it is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return value.astimezone(HERE)
    return value


def _dutch() -> bool:
    return (get_language() or "").startswith("nl")
