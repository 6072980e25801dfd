"""Days, hours, ages and numbers as the reader of each language writes them."""

from datetime import UTC, date, datetime, time

import pytest
from django.template import engines
from django.utils import translation

DAY = date(2026, 11, 14)
MOMENT = datetime(2026, 11, 14, 8, 12, tzinfo=UTC)  # 9.12 in Brussels


def shown(expression: str, language: str, **values) -> str:
    with translation.override(language):
        return engines["jinja"].from_string("{{ " + expression + " }}").render(values)


@pytest.mark.parametrize(
    ("expression", "dutch", "english"),
    [
        ("day|day", "14/11/2026", "14/11/2026"),
        ("moment|day", "14/11/2026", "14/11/2026"),
        ("day|long_day", "14 november 2026", "14 November 2026"),
        ("day|full_day", "zaterdag 14 november 2026", "Saturday 14 November 2026"),
        ("day|short_day", "za 14/11", "sat 14/11"),
        ("moment|moment", "14 november 2026, 9.12 uur", "14 November 2026, 9:12"),
        ("moment|clock", "9.12 uur", "9:12"),
        ("hour|clock", "13.05 uur", "13:05"),
        ("moment|iso", "2026-11-14T09:12:00+01:00", "2026-11-14T09:12:00+01:00"),
        ("3001|number", "3.001", "3,001"),
        ("12.5|number(1)", "12,5", "12.5"),
    ],
)
def test_filters_follow_the_language(expression, dutch, english):
    values = {"day": DAY, "moment": MOMENT, "hour": time(13, 5)}

    assert shown(expression, "nl", **values) == dutch
    assert shown(expression, "en", **values) == english


@pytest.mark.parametrize(
    "name", ["day", "long_day", "full_day", "short_day", "moment", "clock", "iso", "age", "number"]
)
def test_nothing_known_shows_nothing(name):
    assert shown(f"none|{name}", "nl") == ""


@pytest.mark.parametrize(
    ("born", "dutch", "english"),
    [
        (date(1988, 11, 14), "38 jaar", "38 years"),
        (date(1988, 11, 15), "37 jaar", "37 years"),
        (date(2024, 11, 14), "2 jaar", "2 years"),
        (date(2025, 11, 15), "11 maanden", "11 months"),
        (date(2026, 10, 14), "1 maand", "1 month"),
        (date(2026, 10, 15), "0 maanden", "0 months"),
        (date(2027, 1, 1), "nog niet geboren", "not born yet"),
        (date(2004, 2, 29), "22 jaar", "22 years"),
    ],
)
def test_age_on_a_day(born, dutch, english):
    assert shown("born|age(on)", "nl", born=born, on=DAY) == dutch
    assert shown("born|age(on)", "en", born=born, on=DAY) == english
