"""Dates, hours and telephone numbers, however people type them."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from wida.web.parsing import EARLIEST_YEAR, LATEST_YEAR, parse_clock, parse_day, parse_phone


def refusal_of(parse, typed: str, **wishes) -> str:
    """The sentence in English; lazy texts are spoken in the language of who reads them."""
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        parse(typed, **wishes)
    with translation.override("en"):
        return refusal.value.messages[0]


SOME_DAY = st.dates(min_value=date(EARLIEST_YEAR, 1, 1), max_value=date(LATEST_YEAR, 12, 31))
FORMATS = (
    "{d}/{m}/{y}",
    "{d:02}/{m:02}/{y}",
    "{d}-{m}-{y}",
    "{d:02}.{m:02}.{y}",
    "{d} {m} {y}",
    " {d} / {m} / {y} ",
)
DUTCH = ["januari", "februari", "maart", "april", "mei", "juni"]
DUTCH += ["juli", "augustus", "september", "oktober", "november", "december"]
ENGLISH = ["January", "February", "March", "April", "May", "June"]
ENGLISH += ["July", "August", "September", "October", "November", "December"]


@given(SOME_DAY, st.sampled_from(FORMATS))
def test_day_is_read_in_every_order_people_here_write(day, form):
    assert parse_day(form.format(d=day.day, m=day.month, y=day.year)) == day


@given(SOME_DAY, st.sampled_from([DUTCH, ENGLISH]), st.sampled_from(["{} {} {}", "{} {}  {}"]))
def test_day_is_read_with_the_month_in_words(day, months, form):
    assert parse_day(form.format(day.day, months[day.month - 1], day.year)) == day


@given(SOME_DAY)
def test_day_is_read_as_machines_write_it(day):
    assert parse_day(day.isoformat()) == day


@given(st.dates(min_value=timezone.localdate() - timedelta(days=70 * 365), max_value=timezone.localdate()))
def test_two_digits_of_a_year_mean_the_past_seventy_years(day):
    assert parse_day(f"{day.day}/{day.month}/{day.year % 100:02}") == day


@given(st.text(max_size=20))
def test_anything_else_is_refused_with_words_and_never_breaks(typed):
    assert (_year_of(typed) in range(EARLIEST_YEAR, LATEST_YEAR + 1)) or refusal_of(parse_day, typed)[
        :8
    ] == "Fill in "


@pytest.mark.parametrize(
    "typed", ["31/02/2026", "0/1/2026", "1/13/2026", "2026", "14 foo 2026", "29/02/2027", "٣/٤/٢٠٢٦"]
)
def test_day_that_does_not_exist_says_what_to_type(typed):
    assert refusal_of(parse_day, typed) == "Fill in a date that exists, for example 14/11/2026"


def test_year_far_away_is_a_slip_of_the_finger():
    assert refusal_of(parse_day, "14/11/0206") == "Fill in a year between 1900 and 2200"


def test_day_to_come_and_day_past():
    today = timezone.localdate()
    tomorrow, yesterday = today + timedelta(days=1), today - timedelta(days=1)

    assert parse_day(today, past=True, coming=True) == today
    with pytest.raises(ValidationError) as future:
        parse_day(tomorrow.strftime("%d/%m/%Y"), past=True)
    assert future.value.code == "future"
    with pytest.raises(ValidationError) as past:
        parse_day(yesterday.strftime("%d/%m/%Y"), coming=True)
    assert past.value.code == "past"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("9", time(9)),
        ("9.30", time(9, 30)),
        ("9:30", time(9, 30)),
        ("9u30", time(9, 30)),
        ("13.05 uur", time(13, 5)),
        ("0.00", time(0)),
    ],
)
def test_hour_is_read_as_people_say_it(typed, found):
    assert parse_clock(typed) == found


@pytest.mark.parametrize("typed", ["24.00", "9.60", "noon", "", "9.3.0", "-1"])
def test_hour_that_does_not_exist_is_refused(typed):
    assert refusal_of(parse_clock, typed) == "Fill in a time that exists, for example 9.30"


def test_telephone_number_keeps_its_signs_and_loses_double_spaces():
    assert parse_phone("+32 (0)470   00.00.01") == "+32 (0)470 00.00.01"


@pytest.mark.parametrize("typed", ["0470", "call me", "0470 00 00 01 00 00 00 00", "+"])
def test_telephone_number_that_cannot_be_called_is_refused(typed):
    with pytest.raises(ValidationError):
        parse_phone(typed)


def _year_of(typed: str) -> int | None:
    try:
        return parse_day(typed).year
    except ValidationError:
        return None
