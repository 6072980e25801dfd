"""The family of the story. Every name is invented; ages are what matters, so births follow from today."""

from datetime import date, timedelta

from django.utils import timezone

from wida.web.dates import day

FATHER = "Dylan Verhaegden"
MOTHER = "Jessy Mortelbosch"
OLDEST = "Kyano Swinnevelt"
MIDDLE = "Lowie Verhaegden"
YOUNGEST = "Nina Verhaegden"
KIDS = [OLDEST, MIDDLE, YOUNGEST]
OTHER_FATHER = "Brent Swinnevelt"
HER_FATHER = "Guido Mortelbosch"
HER_MOTHER = "Rita Haesevelde"
GRANDMOTHER = "Carine Lodewyckse"
FAMILY = "Verhaegden - Mortelbosch"


def today() -> str:
    return days_ago(0)


def days_ago(days: int) -> str:
    """As somebody types a date."""
    return day(timezone.localdate() - timedelta(days=days))


def days_on(days: int) -> str:
    return days_ago(-days)


def born(years: int) -> date:
    """The birth of somebody who is this old now, and stays so for the length of a test."""
    return timezone.localdate().replace(day=1) - timedelta(days=years * 365 + years // 4 + 100)
