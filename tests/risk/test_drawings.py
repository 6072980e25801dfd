"""The drawings of the risk assessment and the weighing, and the tables beside them."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from wida.risk.codes import FACTORS, Lane, Score
from wida.risk.drawings import (
    Cell,
    Column,
    completeness,
    completeness_table,
    course,
    course_table,
    swatch,
    weighing_line,
    weighing_table,
)

SVG = "{http://www.w3.org/2000/svg}"
WEIGHED = [(date(2026, 10, 16), "rood"), (date(2026, 8, 14), "oranje"), (date(2026, 11, 20), "rood")]
EVENTS = [(date(2026, 10, 30), "Death threat"), (date(2026, 10, 11), "Violence to the throat")]
TODAY = date(2027, 2, 17)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def texts(svg):
    return ["".join(text.itertext()) for text in parsed(svg).iter(f"{SVG}text")]


def title(svg):
    return parsed(svg)[0].text


# Weighing ----------------------------------------------------------------------------------------------


def test_the_weighing_is_told_as_its_changes():
    assert title(weighing_line(WEIGHED, EVENTS, TODAY)) == (
        "The weighing through time: orange from 14 August 2026, red from 16 October 2026. The list says the same."
    )


def test_each_weighing_has_the_shape_of_its_colour():
    line = parsed(
        weighing_line([(date(2026, 1, 1), "groen"), (date(2026, 2, 1), "oranje"), *WEIGHED[:1]], [], TODAY)
    )

    placed = [drawn for drawn in line.findall(f"{SVG}svg") if drawn.get("x").endswith("%")]
    assert [
        (shape[0].tag.removeprefix(SVG), shape[0].get("d"), shape[0].get("fill")) for shape in placed
    ] == [
        ("circle", None, "#007a37"),
        ("path", "M0-10 10.5 8.5H-10.5Z", "#d9780a"),
        ("path", "M0-10 10 0 0 10-10 0Z", "#c02b30"),
    ]


def test_the_weighing_of_now_is_written_out():
    assert "now: red" in texts(weighing_line(WEIGHED, EVENTS, TODAY))


def test_events_get_the_numbers_of_the_table():
    assert weighing_table(WEIGHED, EVENTS).rows == [
        ["14/08/2026", "Orange"],
        ["11/10/2026", "1. Violence to the throat"],
        ["16/10/2026", "Red"],
        ["30/10/2026", "2. Death threat"],
        ["20/11/2026", "Red"],
    ]
    numbers = [
        text for text in texts(weighing_line(WEIGHED, EVENTS, TODAY)) if text.isdigit() and len(text) < 3
    ]
    assert numbers == ["1", "2"]


def test_nothing_was_weighed():
    svg = weighing_line([], EVENTS, TODAY)

    assert title(svg) == "Not weighed yet."
    assert texts(svg) == ["Not weighed yet."]


DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2040, 12, 31))


@given(
    st.lists(st.tuples(DAYS, st.sampled_from(["rood", "oranje", "groen"])), max_size=8),
    st.lists(st.tuples(DAYS, st.text(max_size=20)), max_size=12),
    DAYS,
)
@settings(max_examples=60, deadline=None)
def test_any_weighings_stay_within_the_width(weighed, events, until):
    for element in parsed(weighing_line(weighed, events, until)).iter():
        for name in ("x", "x1", "x2", "cx"):
            if (value := element.get(name, "0%")).endswith("%"):
                assert 0 <= float(value[:-1]) <= 100


# Completeness ------------------------------------------------------------------------------------------


def test_unknown_factors_are_squares_too():
    squares = parsed(completeness(9, 13)).findall(f"{SVG}rect")

    assert title(completeness(9, 13)) == "9 of 13 known"
    assert [square.get("stroke-dasharray") is None for square in squares] == [True] * 9 + [False] * 4
    assert completeness_table(9, 13).rows == [["Known", "9"], ["Not known", "4"]]


# Course ------------------------------------------------------------------------------------------------

NAMES = [("keel", "Violence to the throat"), ("angst", "Fear of the victim"), ("controle", "Control")]


def column(day, *cells, heading=""):
    return Column(heading, day, dict(zip([code for code, _name in NAMES], cells, strict=False)))


def test_the_table_says_what_each_cell_shows():
    columns = [
        column(None, Cell(), Cell(joint=Score.ABSENT), heading="Past"),
        column(
            date(2027, 2, 11),
            Cell(Score.SUSPECTED, Score.PRESENT),
            Cell(Score.UNKNOWN, Score.PRESENT),
            Cell(joint=Score.NOT_APPLICABLE),
            heading="Now",
        ),
    ]

    table = course_table(NAMES, columns)

    assert table.head == ["Risk factor", "Past", "Now 11/02/2027"]
    assert table.rows == [
        ["1. Violence to the throat", "unknown", "police: suspected, welfare: present (they differ)"],
        ["2. Fear of the victim", "absent", "police: unknown, welfare: present"],
        ["3. Control", "unknown", "not applicable"],
    ]


@pytest.mark.parametrize("narrow", [False, True])
def test_every_score_looks_different_and_only_a_disagreement_gets_the_sign(narrow):
    def drawn(cell):
        svg = parsed(
            course(
                NAMES[:1],
                [column(date(2026, 1, 1), cell), column(TODAY, Cell(joint="aanwezig"))],
                narrow=narrow,
            )
        )
        boxes = [box for box in svg.findall(f"{SVG}rect") if box.get("rx") == "2"][:-1]
        looks = [(box.get("fill").split("-")[0], box.get("stroke-dasharray") is None) for box in boxes]
        return looks, [text.text for text in svg.findall(f"{SVG}text") if text.text in {"?", "–", "≠"}]

    assert drawn(Cell(joint=Score.PRESENT)) == ([("#003b8e", True)], [])
    assert drawn(Cell(joint=Score.SUSPECTED)) == ([("url(#hatch", True)], [])
    assert drawn(Cell(joint=Score.ABSENT)) == ([("#fff", True)], [])
    assert drawn(Cell(joint=Score.UNKNOWN)) == ([("#eef1f5", False)], ["?"])
    assert drawn(Cell()) == drawn(Cell(joint=Score.UNKNOWN))
    assert drawn(Cell(joint=Score.NOT_APPLICABLE)) == ([("none", True)], ["–"])
    assert drawn(Cell(Score.PRESENT, Score.ABSENT)) == ([("#003b8e", True), ("#fff", True)], ["≠"])
    assert drawn(Cell(Score.PRESENT, Score.UNKNOWN)) == ([("#003b8e", True), ("#eef1f5", False)], ["?"])


def test_the_newest_assessment_is_widest_and_in_words():
    svg = course(
        NAMES[:1],
        [column(date(2026, 1, 1), Cell(joint="aanwezig")), column(TODAY, Cell("aanwezig", "afwezig"))],
    )

    assert [text for text in texts(svg) if ":" in text] == ["police: present", "welfare: absent"]
    widths = [
        float(box.get("width")[:-1]) for box in parsed(svg).findall(f"{SVG}rect") if box.get("rx") == "2"
    ]
    assert widths[0] < widths[1] == widths[2]


def test_past_a_fifth_assessment_the_first_and_the_last_stay_and_the_table_has_all():
    columns = [column(date(2026, month, 1), Cell(joint="aanwezig")) for month in range(1, 9)]

    svg = course(NAMES, columns)

    assert [text for text in texts(svg) if re.fullmatch(r"01/\d\d", text)] == [
        "01/01",
        "01/05",
        "01/06",
        "01/07",
    ]
    assert "Not drawn: 3 in between." in title(svg)
    assert len(course_table(NAMES, columns).head) == 9


def test_the_title_names_what_police_and_welfare_disagree_about_now():
    columns = [column(TODAY, Cell(Score.PRESENT, Score.ABSENT), Cell(Score.PRESENT, Score.UNKNOWN))]

    assert title(course(NAMES, columns)) == (
        "The risk factors over 1 assessment. Now police and welfare differ about: Violence to the throat. "
        "The table says the same."
    )


def test_events_between_two_assessments_share_a_sign():
    columns = [column(date(2026, month, 1), Cell()) for month in (3, 6)]
    events = [(date(2026, 4, 1), ""), (date(2026, 1, 1), ""), (date(2026, 5, 1), ""), (date(2026, 7, 1), "")]

    assert [text for text in texts(course(NAMES, columns, events)) if text in {"1", "2–3", "4"}][-3:] == [
        "1",
        "2–3",
        "4",
    ]


def test_the_thirteen_factors_keep_their_order():
    factors = [(factor.value, factor.label) for factor in FACTORS]

    rows = course_table(factors, [column(TODAY)]).rows

    assert [row[0] for row in rows] == [
        f"{number}. {factor.label}" for number, factor in enumerate(FACTORS, start=1)
    ]


def test_the_legend_has_a_swatch_for_each_score():
    drawn = [swatch(score) for score in Score.values]

    assert len(set(drawn)) == len(Score.values)
    for svg in drawn:
        assert 'aria-hidden="true"' in svg


SCORES = st.sampled_from(["", *Score.values])


@given(st.lists(st.tuples(DAYS, st.builds(Cell, SCORES, SCORES, SCORES)), max_size=9), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_course_is_well_formed_and_stays_within_the_width(assessed, narrow):
    columns = [column(day, cell) for day, cell in assessed]

    svg = course(NAMES, columns, [(day, "") for day, _cell in assessed], narrow=narrow)

    if not columns:
        assert svg == ""
        return
    for element in parsed(svg).iter(f"{SVG}rect"):
        if element.get("x", "").endswith("%"):
            assert 0 <= float(element.get("x")[:-1]) + float(element.get("width")[:-1]) <= 100.01


def test_a_drawing_asks_nothing_of_the_style_sheet_or_of_scripts():
    for svg in (
        weighing_line(WEIGHED, EVENTS, TODAY),
        course(NAMES, [column(TODAY)]),
        completeness(1, 2),
        swatch("aanwezig"),
    ):
        for forbidden in ("style=", "class=", "<script", "href"):
            assert forbidden not in svg


def test_a_lane_alone_is_named_in_the_table():
    assert (
        course_table(NAMES[:1], [column(TODAY, Cell(welfare=Score.SUSPECTED))]).rows[0][1]
        == "welfare: suspected"
    )
    assert str(Lane.WELFARE.label) == "Welfare"
