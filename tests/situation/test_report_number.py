"""The number of a police report: read when it can be, never a reason to refuse."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wida.situation.report_number import ReportNumber, columns, parse

CAPITALS = string.ascii_uppercase
NUMBERS = st.builds(
    ReportNumber,
    district=st.text(CAPITALS, min_size=2, max_size=2),
    prevention_code=st.from_regex(r"\A[0-9]{2}[A-Z]?\Z"),
    service=st.text(CAPITALS + string.digits, min_size=2, max_size=2),
    serial=st.text(string.digits, min_size=4, max_size=6),
    year=st.integers(2000, 2099),
)


@given(NUMBERS, st.sampled_from(["/{:02}", "/20{:02}", " {:02}", " 20{:02}"]), st.booleans())
def test_a_dotted_number_is_read_back_however_its_year_and_case_are_written(number, year, lower):
    written = ".".join(number[:4]) + year.format(number.year - 2000)

    assert parse(f" {written.lower() if lower else written} ") == number


@given(st.text(max_size=40))
def test_whatever_is_typed_is_kept_and_nothing_is_refused(typed):
    kept = columns(typed)

    assert kept["report_number"] == typed
    assert (parse(typed) is None) == (kept["report_year"] is None)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("TG.69.L3.00572/24", ("TG", "69", "L3", "00572", 2024)),
        ("TG69L3005752/2024", ("TG", "69", "L3", "005752", 2024)),
        ("an 43A K1 123456 26", ("AN", "43A", "K1", "123456", 2026)),
    ],
)
def test_the_forms_that_are_in_use(typed, parts):
    assert parse(typed) == parts


@pytest.mark.parametrize(
    "typed",
    ["", "24XX55555", "TG.69.L3.00572", "TG.69.L3.00572/24 bis", "T.69.L3.00572/24", "TG.69.L3.٠٠٥٧٢/24"],
)
def test_another_build_has_no_parts(typed):
    assert parse(typed) is None
    assert columns(typed)["report_district"] == ""
