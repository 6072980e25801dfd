"""Days that follow from other days: by when somebody looks, and until when something is kept."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone


def due_for(colour: str, *, acute: bool = False) -> date:
    """The day by which somebody of the house looks: by the colour of the weighing, and at once for acute danger."""
    today = timezone.localdate()
    return today if acute else working_days_after(today, settings.WIDA_CHECK_WITHIN[colour])


def working_days_after(day: date, count: int) -> date:
    """Some working days on, weekends left out; public holidays count, since a house may work on."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def years_after(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes 28 February."""
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)
