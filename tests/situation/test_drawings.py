"""The strip of months, and the table beside it."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from wida.situation.drawings import calendar, calendar_table

SVG = "{http://www.w3.org/2000/svg}"
TODAY = date(2026, 8, 14)
FACTS = [date(2026, 3, 2), date(2026, 3, 30), date(2026, 8, 14), date(2025, 9, 1), date(2025, 8, 31), None]


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def texts(svg):
    return [text.text for text in parsed(svg).iter(f"{SVG}text")]


def test_each_month_has_its_number():
    assert [text for text in texts(calendar(FACTS, today=TODAY)) if len(text) == 1] == [
        *"100000200001",
    ]


def test_months_and_years_are_named():
    assert [text for text in texts(calendar(FACTS, today=TODAY)) if len(text) > 1] == [
        *["sep", "2025", "oct", "nov", "dec", "jan", "2026", "feb", "mar", "apr", "may", "jun", "jul", "aug"],
    ]


def test_the_shade_follows_the_number():
    counts = [0, 1, 2, 3, 4, 9]
    days = [date(2026, month, 1) for month, count in enumerate(counts, start=1) for _ in range(count)]

    cells = parsed(calendar(days, today=date(2026, 6, 30), months=6)).findall(f"{SVG}rect")

    assert [cell.get("fill") for cell in cells] == [
        "#fff",
        "#dbe6f6",
        "#9dbbe8",
        "#9dbbe8",
        "#003b8e",
        "#003b8e",
    ]


def test_the_table_keeps_what_has_no_place_on_the_strip():
    table = calendar_table(FACTS, today=TODAY, months=2)

    assert table.rows == [
        ["Earlier", "4"],
        ["July 2026", "0"],
        ["August 2026", "1"],
        ["Month not known", "1"],
    ]


def test_the_title_counts_what_is_on_the_strip():
    title = parsed(calendar(FACTS, today=TODAY))[0].text

    assert title == "4 noted facts from September 2025 to August 2026, per month. The table says the same."


@given(st.lists(st.none() | st.dates(max_value=TODAY), max_size=20), st.integers(1, 24))
@settings(max_examples=60, deadline=None)
def test_no_fact_is_lost_between_drawing_and_table(days, months):
    table = calendar_table(days, today=TODAY, months=months)
    cells = parsed(calendar(days, today=TODAY, months=months)).findall(f"{SVG}rect")

    assert sum(int(row[1]) for row in table.rows) == len(days)
    assert len(cells) == months
    assert float(cells[-1].get("x")[:-1]) + float(cells[-1].get("width")[:-1]) == pytest.approx(100, abs=0.01)
