"""The drawn family: what holds for any family at all, and what the worked example looks like."""

import re
from collections import Counter
from itertools import combinations
from xml.etree import ElementTree

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from wida.people.codes import RelationKind, Sex
from wida.people.genogram import Household, Kin, Parent, Person, Union, Violence, draw
from wida.people.genogram.family import family

EXAMPLES = 60
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


# Reading a drawing back --------------------------------------------------------------------------------


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def shown(element):
    return "".join(element.itertext())


def path_points(d):
    """Every point a path goes to or bends by."""
    points, x, y = [], 0.0, 0.0
    for command, rest in re.findall(r"([MLHVQZl])([^MLHVQZl]*)", d):
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", rest)]
        if command == "H":
            x = numbers[0]
        elif command == "V":
            y = numbers[0]
        elif command == "l":
            x, y = x + numbers[0], y + numbers[1]
        else:
            for a, b in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = a, b
                points.append((x, y))
            continue
        points.append((x, y))
    return points


def extent(element):
    """The corners of a shape: left, top, right, bottom."""
    take = {
        key: float(value) for key, value in element.attrib.items() if re.fullmatch(r"-?\d+(\.\d+)?", value)
    }
    if element.tag == f"{SVG}circle":
        return take["cx"] - take["r"], take["cy"] - take["r"], take["cx"] + take["r"], take["cy"] + take["r"]
    if element.tag == f"{SVG}rect":
        return take["x"], take["y"], take["x"] + take["width"], take["y"] + take["height"]
    xs, ys = zip(*path_points(element.get("d")), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def symbols(svg):
    """The persons on a drawing without legend: name -> extent of the symbol."""
    root = parsed(svg)
    shapes = []
    for element in root:
        if element.get("fill") == "#fff" and element.tag != f"{SVG}text":
            shapes.append(extent(element))
    found = {}
    for text in root.iter(f"{SVG}text"):
        if text.get("font-size") != "14":
            continue
        first = text[0]
        x, y = float(first.get("x")), float(first.get("y"))
        above = [box for box in shapes if abs(middle(box)[0] - x) < 1 and box[1] < y]
        widest = max(above, key=lambda box: (round(box[3]), box[2] - box[0]))
        found[" ".join(shown(line) for line in text if not shown(line).startswith("†"))] = widest
    return found


def middle(box):
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def overlap(one, two):
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


# Families ----------------------------------------------------------------------------------------------

KEYS = st.integers(min_value=0, max_value=11)
TIES = st.sampled_from(["married", "cohabiting", "partner", "separated", "divorced", "unknown", "something"])
DESCENTS = st.sampled_from(["birth", "birth", "birth", "step", "foster", "adopted", "something"])
FORMS = st.sampled_from(["fysiek", "psychisch", "seksueel", "economisch", ""])
YEARS = st.sampled_from(["", "1998", "2019"])


def persons(keys):
    return st.builds(
        Person,
        st.just(keys),
        st.sampled_from(["Noa", "Liam Van den Broeck", "Anne-Sophie Vandenbroucke", "Jo"]).map(
            lambda n: f"{n} {keys}"
        ),
        st.sampled_from([*Sex.values, "something"]),
        st.sampled_from(["", "3", "26", "1998", "6 maanden"]),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.sampled_from(["", "", "a"]),
    )


people = KEYS.flatmap(lambda count: st.tuples(*(persons(key) for key in range(count))))
anything = st.fixed_dictionaries(
    {
        "persons": people,
        "unions": st.lists(st.builds(Union, KEYS, KEYS, TIES, YEARS, YEARS), max_size=8),
        "parents": st.lists(st.builds(Parent, KEYS, KEYS, DESCENTS), max_size=14),
        "kin": st.lists(
            st.builds(Kin, KEYS, KEYS, st.sampled_from([*RelationKind.values, "something"])), max_size=4
        ),
        "households": st.lists(
            st.builds(Household, st.sampled_from(["Genk", "Bij oma & opa"]), st.lists(KEYS).map(tuple)),
            max_size=3,
        ),
        "violence": st.lists(st.builds(Violence, st.integers(1, 99), KEYS, KEYS, FORMS), max_size=4),
    }
)


@given(anything)
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_family_can_be_drawn_and_told(facts):
    drawing = draw(**facts)

    root = parsed(drawing.svg)
    assert root.get("role") == "img"
    assert shown(root[0]) != ""
    for person in facts["persons"]:
        assert any(person.name in sentence for sentence in drawing.text)


@given(anything)
@settings(max_examples=EXAMPLES, deadline=None)
def test_no_two_symbols_overlap_and_each_name_stands_there_once(facts):
    drawn = symbols(draw(**facts, legend=False).svg)

    assert sorted(drawn) == sorted(person.name for person in facts["persons"])
    for one, two in combinations(drawn.values(), 2):
        assert not overlap(one, two)


@given(anything)
@settings(max_examples=EXAMPLES, deadline=None)
def test_every_child_stands_below_its_parents(facts):
    drawn = symbols(draw(**facts, legend=False).svg)

    contradictions = family(facts["persons"], facts["unions"], facts["parents"], facts["kin"]).left_out
    names = {person.key: person.name for person in facts["persons"]}
    for link in facts["parents"]:
        if (
            link.parent in names
            and link.child in names
            and link not in contradictions
            and link.kind != "step"
        ):
            parent, child = drawn[names[link.parent]], drawn[names[link.child]]
            assert child[1] > parent[3]


@given(anything)
@settings(max_examples=EXAMPLES, deadline=None)
def test_everything_stays_inside_the_frame(facts):
    root = parsed(draw(**facts).svg)

    left, top, width, height = map(float, root.get("viewBox").split())
    for element in root.iter():
        if element.tag == f"{SVG}g" and element.get("transform"):
            x, y = map(float, re.findall(r"-?[\d.]+", element.get("transform")))
            if element in list(root):
                assert left <= x <= left + width
                assert top <= y <= top + height
    for element in root:
        if element.tag in {f"{SVG}path", f"{SVG}rect", f"{SVG}circle"}:
            box = extent(element)
            assert left <= box[0] <= box[2] <= left + width
            assert top <= box[1] <= box[3] <= top + height


@given(anything, st.lists(KEYS).map(tuple))
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_household_holds_all_its_members_and_nobody_else(facts, members):
    facts = facts | {"households": [Household("Samen", members)]}

    svg = draw(**facts, legend=False).svg
    drawn = symbols(svg)
    loops = []
    for element in parsed(svg):
        if element.get("fill") == "#dfe8f4":
            loops += [corners(loop) for loop in element.get("d").split("Z") if loop]
    for person in facts["persons"]:
        inside = sum(contains(loop, middle(drawn[person.name])) for loop in loops) % 2 == 1
        assert inside == (person.key in members)


def corners(d):
    """The corners of a rounded outline: the points by which it bends."""
    return [(float(x), float(y)) for x, y in re.findall(r"Q(-?[\d.]+) (-?[\d.]+)", d)]


def contains(loop, point):
    """Whether a ray to the right crosses the loop an odd number of times."""
    crossings = 0
    for (x0, y0), (x1, y1) in zip(loop, [*loop[1:], loop[0]], strict=True):
        if x0 == x1 > point[0] and min(y0, y1) < point[1] <= max(y0, y1):
            crossings += 1
    return crossings % 2 == 1


@given(st.permutations(range(8)), st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_family_without_contradictions_loses_nothing(order, data):
    """Everybody's parents come earlier in some order, so nothing has to be left out."""
    parents = []
    for place, child in enumerate(order):
        for parent in data.draw(
            st.sets(st.sampled_from(order[:place]), max_size=1) if place else st.just(set())
        ):
            parents.append(Parent(parent, child))
    known = family([Person(key, str(key)) for key in order], (), parents)

    assert known.left_out == []
    for link in parents:
        assert known.rows[link.child] > known.rows[link.parent]


@given(st.text(max_size=60), st.text(max_size=20))
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_text_may_be_a_name(name, age):
    drawing = draw([Person(1, name, age=age)], households=[Household(name, (1,))])

    assert parsed(drawing.svg).tag == f"{SVG}svg"


# The worked family -------------------------------------------------------------------------------------


def worked(**options):
    people = [
        Person("youri", "Youri Bosmans", Sex.MALE, "25", directly_involved=True),
        Person("kelly", "Kelly Martens", Sex.FEMALE, "26", directly_involved=True),
        Person("dirk", "Dirk Aerts", Sex.MALE, "31"),
        Person("liam", "Liam Bosmans", Sex.MALE, "3"),
        Person("noa", "Noa Bosmans", Sex.FEMALE, "4"),
        Person("jayden", "Jayden Aerts", Sex.MALE, "7"),
        Person("rita", "Rita Claes", Sex.FEMALE, "2019", deceased=True),
        Person("jos", "Jos Martens", Sex.MALE, "2014", deceased=True),
    ]
    unions = [
        Union("youri", "kelly", "cohabiting", "2021"),
        Union("kelly", "dirk", "separated", "2016", "2020"),
        Union("rita", "jos", "married"),
    ]
    parents = [Parent("kelly", child) for child in ("liam", "noa", "jayden")]
    parents += [Parent("youri", "liam"), Parent("youri", "noa"), Parent("dirk", "jayden")]
    parents += [Parent("rita", "kelly"), Parent("jos", "kelly")]
    home = Household("Genk", ("youri", "kelly", "liam", "noa", "jayden"))
    lines = [Violence(1, "youri", "kelly", "fysiek"), Violence(2, "youri", "jayden", "psychisch")]
    return draw(people, unions, parents, [home], lines, **options)


def test_generations_stand_in_rows():
    drawn = symbols(worked(legend=False).svg)

    height = {name: middle(box)[1] for name, box in drawn.items()}
    assert height["Rita Claes"] == height["Jos Martens"]
    assert height["Rita Claes"] < height["Kelly Martens"] == height["Youri Bosmans"] == height["Dirk Aerts"]
    assert height["Kelly Martens"] < height["Jayden Aerts"] == height["Noa Bosmans"] == height["Liam Bosmans"]


def test_the_earlier_partner_stands_left_the_one_of_today_right_and_the_eldest_child_first():
    drawn = symbols(worked(legend=False).svg)

    across = sorted(drawn, key=lambda name: middle(drawn[name])[0])
    assert [name for name in across if name in {"Dirk Aerts", "Kelly Martens", "Youri Bosmans"}] == [
        "Dirk Aerts",
        "Kelly Martens",
        "Youri Bosmans",
    ]
    assert [name for name in across if name in {"Jayden Aerts", "Noa Bosmans", "Liam Bosmans"}] == [
        "Jayden Aerts",
        "Noa Bosmans",
        "Liam Bosmans",
    ]


def test_children_stand_under_the_middle_of_their_parents():
    drawn = symbols(worked(legend=False).svg)

    at = {name: middle(box)[0] for name, box in drawn.items()}
    assert (at["Noa Bosmans"] + at["Liam Bosmans"]) / 2 == pytest.approx(
        (at["Kelly Martens"] + at["Youri Bosmans"]) / 2, abs=8
    )
    assert at["Dirk Aerts"] < at["Jayden Aerts"] < at["Kelly Martens"]


def test_the_same_in_sentences():
    assert worked().text == [
        "Youri Bosmans: man, 25, directly involved.",
        "Kelly Martens: woman, 26, directly involved.",
        "Dirk Aerts: man, 31.",
        "Liam Bosmans: man, 3.",
        "Noa Bosmans: woman, 4.",
        "Jayden Aerts: man, 7.",
        "Rita Claes: woman, deceased (2019).",
        "Jos Martens: man, deceased (2014).",
        "Youri Bosmans and Kelly Martens live together, since 2021.",
        "Kelly Martens and Dirk Aerts are separated, from 2016 to 2020.",
        "Rita Claes and Jos Martens are married.",
        "Liam Bosmans and Noa Bosmans: children of Kelly Martens and Youri Bosmans.",
        "Jayden Aerts: child of Kelly Martens and Dirk Aerts.",
        "Kelly Martens: child of Rita Claes and Jos Martens.",
        "Living together (Genk): Youri Bosmans, Kelly Martens, Liam Bosmans, Noa Bosmans and Jayden Aerts.",
        "1. Physical violence: Youri Bosmans towards Kelly Martens.",
        "2. Psychological violence: Youri Bosmans towards Jayden Aerts.",
    ]


def test_on_paper_neither_violence_nor_households_when_they_are_off():
    whole, paper = worked(), worked(show_violence=False, show_households=False)

    assert "Physical violence" in "".join(whole.text)
    assert "Genk" in whole.svg
    assert [line for line in whole.text if line not in paper.text] == whole.text[-3:]
    assert "Genk" not in paper.svg
    assert "violence" not in paper.svg


def test_the_legend_explains_exactly_what_was_drawn():
    texts = [shown(text) for text in parsed(worked().svg)[-1].iter(f"{SVG}text")]

    assert texts == [
        "woman",
        "man",
        "deceased",
        "directly involved",
        "married",
        "living together",
        "separated",
        "physical violence",
        "psychological violence",
        "household",
    ]


def test_who_was_left_out_leaves_no_trace():
    """A reader who may not know of somebody gets the same drawing as when that person didn't exist."""
    mother, child = Person(1, "Kelly", Sex.FEMALE), Person(2, "Noa", Sex.FEMALE)
    relations = [Parent(1, 2), Parent(9, 2)]

    hidden = draw(
        [mother, child],
        [Union(1, 9)],
        relations,
        [Household("Genk", (1, 2, 9))],
        [Violence(1, 9, 1, "fysiek")],
    )

    assert hidden == draw([mother, child], [], relations[:1], [Household("Genk", (1, 2))], [])


def test_a_contradiction_is_told_and_not_drawn():
    drawing = draw(
        [Person(1, "Kelly"), Person(2, "Noa")],
        [Union(1, 1), Union(1, 2)],
        [Parent(1, 2), Parent(2, 1), Parent(2, 2)],
    )

    assert drawing.text[2:] == [
        "Kelly and Kelly are partners. This contradicts another relation and isn't drawn.",
        "Kelly and Noa are partners. This contradicts another relation and isn't drawn.",
        "Noa: child of Kelly.",
        "Kelly and Noa: children of Noa. This contradicts another relation and isn't drawn.",
    ]


def test_two_mothers_share_their_children():
    drawn = symbols(
        draw(
            [Person("a", "An", Sex.FEMALE), Person("b", "Bea", Sex.FEMALE), Person("c", "Cis", Sex.MALE)],
            [Union("a", "b", "married")],
            [Parent("a", "c"), Parent("b", "c")],
            legend=False,
        ).svg
    )

    assert middle(drawn["An"])[1] == middle(drawn["Bea"])[1]
    assert middle(drawn["Cis"])[0] == pytest.approx(
        (middle(drawn["An"])[0] + middle(drawn["Bea"])[0]) / 2, abs=1
    )


def test_four_partners_stand_on_one_row_with_the_children_in_the_order_of_the_partners():
    people = [Person("hub", "An", Sex.FEMALE, "40")]
    people += [Person(f"p{n}", f"Partner {n}", Sex.MALE, "40") for n in range(4)]
    people += [Person(f"c{n}", f"Child {n}", Sex.MALE, str(12 - n)) for n in range(4)]
    unions = [Union("hub", f"p{n}", "separated", str(2008 + n), str(2009 + n)) for n in range(3)]
    unions.append(Union("hub", "p3", "married", "2015"))
    parents = [Parent(one, f"c{n}") for n in range(4) for one in ("hub", f"p{n}")]

    drawn = symbols(draw(people, unions, parents, legend=False).svg)

    across = sorted(drawn, key=lambda name: middle(drawn[name])[0])
    assert [name for name in across if not name.startswith("Child")] == [
        "Partner 0",
        "Partner 1",
        "Partner 2",
        "An",
        "Partner 3",
    ]
    assert [name for name in across if name.startswith("Child")] == [
        "Child 0",
        "Child 1",
        "Child 2",
        "Child 3",
    ]


def test_twins_hang_from_one_point():
    people = [
        Person("m", "Kelly"),
        *(Person(name, name, Sex.MALE, "5", twin="1") for name in ("Tuur", "Toon")),
    ]

    svg = draw(people, (), [Parent("m", "Tuur"), Parent("m", "Toon")], legend=False).svg
    drawn = symbols(svg)

    lines = [path_points(element.get("d")) for element in parsed(svg) if element.get("fill") == "none"]
    arms = {line[1][0]: line[0] for line in lines if len(line) == 2}
    assert arms[middle(drawn["Tuur"])[0]] == arms[middle(drawn["Toon"])[0]]


def test_who_has_no_relation_stands_right_of_the_family():
    drawn = symbols(
        draw(
            [Person(1, "Support"), Person(2, "Kelly"), Person(3, "Noa")],
            (),
            [Parent(2, 3)],
            kin=[Kin(1, 2, RelationKind.SUPPORT)],
            legend=False,
        ).svg
    )

    assert drawn["Support"][0] > max(drawn["Kelly"][2], drawn["Noa"][2])


def test_grandparents_stand_two_rows_up_when_the_parent_between_is_not_known():
    drawn = symbols(
        draw(
            [Person(1, "Oma"), Person(2, "Noa")], kin=[Kin(1, 2, RelationKind.GRANDPARENT)], legend=False
        ).svg
    )

    known = family([Person(1, "Oma"), Person(2, "Noa")], kin=[Kin(1, 2, RelationKind.GRANDPARENT)])
    assert known.rows[2] - known.rows[1] == 2
    assert drawn["Noa"][1] > drawn["Oma"][3] + 100


def test_nobody_yet():
    drawing = draw([])

    assert drawing.text == []
    assert shown(parsed(drawing.svg)) == "There are no persons yet.There are no persons yet."


def test_names_are_escaped():
    drawing = draw([Person(1, "<script>alert(1)</script> & Co")])

    assert "<script" not in drawing.svg
    assert "&lt;script&gt;" in drawing.svg


def test_the_drawing_asks_nothing_of_the_style_sheet_or_the_security_policy():
    svg = worked().svg

    for forbidden in ("style=", "class=", "paint-order", "<script", "href", "url("):
        assert forbidden not in svg


def test_numbers_on_the_lines_are_those_of_the_incidents():
    texts = Counter(
        shown(text)
        for text in parsed(worked(legend=False).svg).iter(f"{SVG}text")
        if text.get("fill") == "#fff"
    )

    assert texts == {"1": 1, "2": 1}
