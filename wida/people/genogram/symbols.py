"""The signs of a genogram: persons, couples, descent, and the legend that explains exactly those that were used."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from markupsafe import Markup

from wida.people.codes import Sex
from wida.people.genogram.family import Descent, Person, Tie
from wida.people.genogram.violence import body, evenly, head, zigzag
from wida.web.svg import GREY, INK, tag, text_width, words

# Not red: red belongs to the weighing.
VIOLENCE = "#7b1f6a"
SIZE = 26
SMALL = 9
DASHES = {
    Tie.COHABITING: "8 5",
    Tie.PARTNER: "8 4 2 4",
    Descent.ADOPTED: "8 5",
    Descent.FOSTER: "4 4",
    Descent.STEP: "10 4 2 4",
    Descent.GRANDCHILD: "6 5",
}
GREYED = {Tie.UNKNOWN, Descent.GRANDCHILD, Descent.SIBLING}  # something in it isn't known
SLASHES = {Tie.SEPARATED: 1, Tie.DIVORCED: 2}
FORM_DASHES = {"psychisch": "2.5 4", "economisch": "9 5", "verwaarlozing": "9 4 2 4"}
TEETH = {"fysiek", "seksueel"}


def person(who: Person, x: float, y: float, r: float = SIZE) -> Markup:
    """The symbol, without the name. Of somebody deceased no age: a cross goes through it."""
    width = (3.4 if who.directly_involved else 2) * (0.6 if r < SIZE else 1)
    pieces = [shape(who, x, y, r + 5, 1.4)] if who.index else []
    pieces.append(shape(who, x, y, r, width))
    if who.deceased:
        pieces.append(_cross(who, x, y, r))
    elif inside := who.age or ("?" if _is_unknown(who) else ""):
        lower = y + (10 if who.unborn else 5)
        pieces.append(words(inside, x, lower, _fitting(inside, r), text_anchor="middle", font_weight=600))
    return Markup("").join(pieces)


def shape(who: Person, x: float, y: float, r: float, width: float) -> Markup:
    look = {"fill": "#fff", "stroke": INK, "stroke_width": width}
    if who.unborn:
        return tag(
            "path",
            d=f"M{x:.1f} {y - r:.1f}L{x + r:.1f} {y + r:.1f}H{x - r:.1f}Z",
            stroke_linejoin="round",
            **look,
        )
    if who.sex == Sex.MALE:
        return tag("rect", x=x - r, y=y - r, width=2 * r, height=2 * r, **look)
    if who.sex == Sex.FEMALE:
        return tag("circle", cx=x, cy=y, r=r, **look)
    r = r * 1.15
    dashes = "4 3" if _is_unknown(who) else None
    return tag(
        "path",
        d=f"M{x:.1f} {y - r:.1f}l{r:.1f} {r:.1f}l{-r:.1f} {r:.1f}l{-r:.1f} {-r:.1f}Z",
        stroke_dasharray=dashes,
        **look,
    )


def reach(who: Person | None) -> float:
    """How far a symbol comes above its middle, and beside it."""
    if who is None:
        return 0
    round_or_square = who.unborn or who.sex in (Sex.MALE, Sex.FEMALE)
    return SIZE * (1 if round_or_square else 1.15) + (5 if who.index else 0)


def side(who: Person | None) -> float:
    """How far it comes beside its middle, at half its height."""
    return SIZE / 2 if who and who.unborn else reach(who)


def line(kind: str, *points: tuple[float, float], width: float = 2) -> Markup:
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return tag(
        "path", d=path, fill="none", stroke=GREY if kind in GREYED else INK, stroke_width=width,
        stroke_dasharray=DASHES.get(kind), stroke_linejoin="round",
    )  # fmt: skip


def slashes(kind: str, x: float, y: float) -> Markup:
    """One through the line of who separated, two of who divorced."""
    return Markup("").join(
        line("", (x + 9 * n - 5, y + 11), (x + 9 * n + 5, y - 11)) for n in range(SLASHES.get(kind, 0))
    )


def violence(form: str, points: list[tuple[float, float]], arrow: bool = True) -> Markup:
    """Teeth for what hurts the body, with a line through them when it is sexual; the others by their dashes."""
    shaft = body(points) if arrow else points
    pieces = []
    look = {"fill": "none", "stroke": VIOLENCE, "stroke_width": 1.9, "stroke_linejoin": "round"}
    if form in TEETH:
        pieces.append(tag("path", d=_path(zigzag(shaft)), **look))
    if form not in {"fysiek"}:
        look["stroke_width"] = 1.2 if form == "seksueel" else 2
        pieces.append(tag("path", d=_path(shaft), stroke_dasharray=FORM_DASHES.get(form), **look))
    if arrow:
        pieces.append(tag("path", d=_path(head(points)) + "Z", fill=VIOLENCE))
    return Markup("").join(pieces)


def numbered(number: int, x: float, y: float) -> Markup:
    ring = tag("circle", cx=x, cy=y, r=11, fill=VIOLENCE, stroke="#fff", stroke_width=2)
    return ring + words(number, x, y + 4.3, 12, "#fff", text_anchor="middle", font_weight=700)


def ground(path: str) -> Markup:
    """The area of a household. Two of them laid over each other become darker."""
    return tag("path", d=path, fill="#dfe8f4", fill_opacity=0.5)


def outline(path: str) -> Markup:
    return tag(
        "path",
        d=path,
        fill="none",
        stroke=GREY,
        stroke_width=1.8,
        stroke_dasharray="1 5",
        stroke_linecap="round",
    )


def legend(
    persons: Iterable[Person], ties: set[str], descents: set[str], forms: set[str], homes: bool, width: float
):
    """Explains the signs on this drawing, in rows that fit the width. Returns the drawing and its height."""
    items = [*_person_signs(list(persons)), *_line_signs(ties, descents), *_form_signs(forms)]
    if homes:
        items.append((ground("M1-9H33V9H1Z") + outline("M1-9H33V9H1Z"), _("household")))
    x, y, pieces = 0.0, 0.0, []
    for sign, text in items:
        wide = 42 + text_width(text, 13)
        if x and x + wide > width:
            x, y = 0.0, y + 28
        pieces.append(tag("g", sign, words(text, 42, 4.5, 13, GREY), transform=f"translate({x:.0f} {y:.0f})"))
        x += wide + 22
    return Markup("").join(pieces), y + 20


def _person_signs(persons: list[Person]) -> list[tuple[Markup, str]]:
    def sign(**traits) -> Markup:
        return person(Person("", "", **traits), 17, 0, SMALL)

    kinds = [
        (sign(sex=Sex.FEMALE), _("woman"), any(p.sex == Sex.FEMALE and not p.unborn for p in persons)),
        (sign(sex=Sex.MALE), _("man"), any(p.sex == Sex.MALE and not p.unborn for p in persons)),
        (sign(sex=Sex.OTHER), _("X"), any(p.sex == Sex.OTHER and not p.unborn for p in persons)),
        (sign(), _("sex unknown"), any(_is_unknown(p) for p in persons)),
        (sign(unborn=True), _("not born yet"), any(p.unborn for p in persons)),
        (sign(sex=Sex.FEMALE, deceased=True), _("deceased"), any(p.deceased for p in persons)),
        (
            sign(sex=Sex.FEMALE, directly_involved=True),
            _("directly involved"),
            any(p.directly_involved for p in persons),
        ),
    ]
    return [(mark, text) for mark, text, used in kinds if used]


def _line_signs(ties: set[str], descents: set[str]) -> list[tuple[Markup, str]]:
    stretch = (0.0, 0.0), (34.0, 0.0)
    couples = {
        Tie.MARRIED: _("married"),
        Tie.COHABITING: _("living together"),
        Tie.PARTNER: _("partners"),
        Tie.SEPARATED: _("separated"),
        Tie.DIVORCED: _("divorced"),
        Tie.UNKNOWN: _("parents together, tie unknown"),
    }
    children = {
        Descent.ADOPTED: _("adopted"),
        Descent.FOSTER: _("foster child"),
        Descent.STEP: _("stepchild"),
        Descent.GRANDCHILD: _("grandchild"),
        Descent.SIBLING: _("brothers and sisters"),
    }
    signs = [
        (line(kind, *stretch) + slashes(kind, 14, 0), text) for kind, text in couples.items() if kind in ties
    ]
    return signs + [(line(kind, *stretch), text) for kind, text in children.items() if kind in descents]


def _form_signs(forms: set[str]) -> list[tuple[Markup, str]]:
    stretch = evenly([(-1.0, 0.0), (37.0, 0.0)], 12)
    named = {
        "fysiek": _("physical violence"),
        "seksueel": _("sexual violence"),
        "psychisch": _("psychological violence"),
        "economisch": _("economic violence"),
        "verwaarlozing": _("neglect"),
    }
    signs = [(violence(form, stretch, arrow=False), text) for form, text in named.items() if form in forms]
    return (
        [*signs, (violence("", stretch, arrow=False), _("other violence"))] if forms - set(named) else signs
    )


def _is_unknown(who: Person) -> bool:
    return not who.unborn and who.sex not in (Sex.MALE, Sex.FEMALE, Sex.OTHER)


def _cross(who: Person, x: float, y: float, r: float) -> Markup:
    """From edge to edge of the symbol."""
    arm = (
        r
        if who.sex == Sex.MALE and not who.unborn
        else r * 0.71
        if who.sex == Sex.FEMALE and not who.unborn
        else r * 0.58
    )
    thin = 1.2 if r < SIZE else 1.6
    if who.unborn:
        y += r * 0.4
        arm = r * 0.5
    return line("", (x - arm, y - arm), (x + arm, y + arm), width=thin) + line(
        "", (x - arm, y + arm), (x + arm, y - arm), width=thin
    )


def _fitting(text: str, r: float) -> float:
    """Type that stays inside the symbol."""
    return max(9, min(15, 15 * (2 * r - 10) / max(1, text_width(text, 15, bold=True)))) if r >= SIZE else 10


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
