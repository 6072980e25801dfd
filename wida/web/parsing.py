"""What somebody typed, read as a date, a time or a telephone number. Says what to do when it cannot be read."""

import re
from datetime import date, time

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

EARLIEST_YEAR = 1900
LATEST_YEAR = 2200

_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "jan januari january",
            "feb februari february",
            "mrt maa mar maart march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "aug augustus august",
            "sep sept september",
            "okt oct oktober october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_SEPARATOR = r"(?:\s*[/.\-\s]\s*)"
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}|[a-z]{{3,9}}\.?){_SEPARATOR}(\d{{4}}|\d{{2}})", re.ASCII
)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})\s*(?:[:.,uh]\s*(\d{2})?)?\s*(?:uur|u|h)?", re.ASCII)
_PHONE = re.compile(r"\+?[\d\s./()\-]+", re.ASCII)


def parse_day(typed: object, *, past: bool = False, coming: bool = False) -> date:
    """14/11/2026, 14-11-26, 14.11.2026, 14 november 2026 or 2026-11-14."""
    found = typed if isinstance(typed, date) else _day(" ".join(str(typed).split()).lower())
    today = timezone.localdate()
    if past and found > today:
        raise ValidationError(_("Fill in a date that is not in the future"), "future")
    if coming and found < today:
        raise ValidationError(_("Fill in a date that is not in the past"), "past")
    return found


def parse_clock(typed: object) -> time:
    """9, 9.30, 9:30, 9u30 or 9.30 uur."""
    if isinstance(typed, time):
        return typed
    parts = _CLOCK.fullmatch(str(typed).strip().lower())
    try:
        return time(int(parts[1]), int(parts[2] or 0))
    except (TypeError, ValueError):
        raise ValidationError(_("Fill in a time that exists, for example 9.30"), "invalid") from None


def parse_phone(typed: str) -> str:
    """Eight to fifteen digits, with what people put between them."""
    number = " ".join(typed.split())
    if not _PHONE.fullmatch(number) or not 8 <= sum(sign.isdigit() for sign in number) <= 15:
        raise ValidationError(_("Fill in a telephone number, for example 0470 00 00 00"), "invalid")
    return number


def _day(typed: str) -> date:
    if parts := _YEAR_FIRST.fullmatch(typed):
        year, month, day = parts.groups()
    elif parts := _DAY_FIRST.fullmatch(typed):
        day, month, year = parts.groups()
    else:
        raise _no_such_day()
    try:
        found = date(_year(year), _month(month), int(day))
    except (ValueError, KeyError):
        raise _no_such_day() from None
    if not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
        limits = {"from": EARLIEST_YEAR, "to": LATEST_YEAR}
        raise ValidationError(_("Fill in a year between %(from)d and %(to)d"), "year", limits)
    return found


def _month(typed: str) -> int:
    return int(typed) if typed.isdigit() else _MONTHS[typed.rstrip(".")]


def _year(typed: str) -> int:
    """Two digits mean this century, unless that lies more than twenty years ahead: 68 is a year of birth."""
    year = int(typed)
    if len(typed) == 4:
        return year
    today = timezone.localdate().year
    year += today - today % 100
    return year if year <= today + 20 else year - 100


def _no_such_day() -> ValidationError:
    return ValidationError(_("Fill in a date that exists, for example 14/11/2026"), "invalid")


def whole(typed: str | None, *, otherwise: int) -> int:
    """A page number out of an address; anything else counts as `otherwise`."""
    return (
        int(typed)
        if typed and typed.isascii() and typed.isdigit() and len(typed) < 6 and int(typed)
        else otherwise
    )
