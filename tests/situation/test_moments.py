"""Dates known more or less exactly: typed, kept and said no more exactly than they are known."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from wida.situation.codes import Precision
from wida.situation.moments import Moment, last_day, parse_moment, said, settle, since, typed

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


@pytest.fixture(autouse=True)
def _dutch():
    with translation.override("nl"):
        yield


@given(DAYS, st.sampled_from(Precision))
def test_no_word_is_more_exact_than_what_is_known(day, precision):
    words = said(day, precision, day + timedelta(days=3) if precision == Precision.PERIOD else None)

    numbers = {word for word in words.replace(",", " ").split() if word.isdigit()}
    assert str(day.year) in numbers
    if precision == Precision.YEAR:
        assert words == f"in de loop van {day.year}"
    elif precision == Precision.MONTH:
        assert words == f"in de loop van {MONTHS[day.month - 1]} {day.year}"
    elif precision == Precision.AROUND:
        assert words == f"rond {day.day} {MONTHS[day.month - 1]} {day.year}"
    elif precision == Precision.DAY:
        assert words == f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@given(DAYS, DAYS)
def test_a_period_is_said_with_both_its_ends_in_order(one, other):
    first, last = sorted((one, other))

    words = said(first, Precision.PERIOD, last)

    assert str(first.year) in words
    assert str(last.year) in words
    assert words.startswith(("van ", "in de loop van "))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2019, 1, 1), date(2021, 12, 31), "van 2019 tot 2021"),
        (date(2019, 1, 1), date(2019, 12, 31), "in de loop van 2019"),
        (date(2026, 9, 1), date(2026, 10, 31), "van september 2026 tot oktober 2026"),
        (date(2024, 2, 1), date(2024, 2, 29), "in de loop van februari 2024"),
        (date(2026, 9, 1), date(2026, 10, 30), "van 1 september 2026 tot 30 oktober 2026"),
    ],
)
def test_whole_years_and_months_are_not_said_by_the_day(first, last, words):
    assert said(first, Precision.PERIOD, last) == words


@given(DAYS, st.sampled_from([Precision.DAY, Precision.MONTH, Precision.YEAR]))
def test_what_was_kept_is_typed_again_as_the_same(day, precision):
    first = settle(precision, Moment(day), None)[0]

    assert parse_moment(typed(first, precision)) == (first, precision)
    assert str(first.year) in since(first, precision)


@given(DAYS, st.sampled_from(Precision))
def test_the_last_possible_day_is_never_before_the_first(day, precision):
    first, ends_on = settle(precision, Moment(day), Moment(day + timedelta(days=9)))

    assert first <= day <= last_day(first, precision, ends_on) or precision == Precision.PERIOD
    assert last_day(first, precision, ends_on) >= first


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("14/11/2026", (date(2026, 11, 14), "dag")),
        ("14 november 2026", (date(2026, 11, 14), "dag")),
        ("11/2026", (date(2026, 11, 1), "maand")),
        ("November 2026", (date(2026, 11, 1), "maand")),
        ("nov. 2026", (date(2026, 11, 1), "maand")),
        (" 2026 ", (date(2026, 1, 1), "jaar")),
    ],
)
def test_the_ways_in_which_people_type(words, moment):
    assert parse_moment(words) == moment


@pytest.mark.parametrize("words", ["31/2/2026", "13/2026", "26", "ooit", "0/2026", "1/1", "brumaire 2026"])
def test_what_is_no_date_is_refused(words):
    with pytest.raises(ValidationError):
        parse_moment(words)
