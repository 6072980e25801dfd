"""One cell of the course: a score, or the two scores of police and welfare above each other."""

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from wida.risk.codes import Lane, Score
from wida.web.svg import BLUE, GREY, INK, percent, tag, words

KNOWN = {Score.PRESENT, Score.SUSPECTED, Score.ABSENT}
SIGNS = {Score.UNKNOWN: "?", Score.NOT_APPLICABLE: "–"}
HATCH = "#2f6bd0"
PANEL = 0.84  # how much of a hatched cell lies under its words


class Cell(NamedTuple):
    """The scores of one factor in one assessment; `joint` when police and welfare scored together."""

    police: str = ""
    welfare: str = ""
    joint: str = ""

    @property
    def halves(self) -> list[tuple[str, str]]:
        """Lane and score, from above to below. Nothing said at all is unknown."""
        found = [(Lane.POLICE, self.police), (Lane.WELFARE, self.welfare)]
        found = [(lane, score) for lane, score in found if score]
        return found or [(Lane.JOINT, self.joint or Score.UNKNOWN)]

    @property
    def differs(self) -> bool:
        """Two known scores that aren't the same."""
        return len({score for _lane, score in self.halves if score in KNOWN}) > 1


class Place(NamedTuple):
    """Where a cell comes, whether it has room for words, and the name of the hatching."""

    x: float
    y: float
    width: float
    height: float
    worded: bool
    hatch: str


def drawn_cell(cell: Cell, place: Place) -> Iterable[Markup]:
    halves = cell.halves
    if len(halves) == 1:
        yield from _box(halves[0][1], place, "" if halves[0][0] == Lane.JOINT else halves[0][0])
        return
    height = (place.height - 2) / 2
    for number, (lane, score) in enumerate(halves):
        yield from _box(score, place._replace(y=place.y + number * (height + 2), height=height), lane)
    if cell.differs:
        x = percent(place.x + place.width + 0.8 if place.worded else place.x + place.width / 2)
        middle = place.y + place.height / 2
        yield tag("circle", cx=x, cy=middle, r=9, fill="#fff", stroke=INK, stroke_width=1.5)
        yield words("≠", x, middle + 5, 14, INK, text_anchor="middle", font_weight=700)


def _box(score: str, place: Place, lane: str) -> Iterable[Markup]:
    x, width, middle = percent(place.x), percent(place.width), place.y + place.height / 2
    yield tag(
        "rect", x=x, y=place.y, width=width, height=place.height, rx=2, **_look(score, f"url(#{place.hatch})")
    )
    if place.worded:
        if score == Score.SUSPECTED:
            panel = percent(place.width * PANEL)
            yield tag(
                "rect",
                x=x,
                y=place.y + 0.8,
                width=panel,
                height=place.height - 1.6,
                fill="#fff",
                transform="translate(0.8)",
            )
        text = str(Score(score).label).lower()
        small = place.height < 30
        yield words(
            f"{str(Lane(lane).label).lower()}: {text}" if lane else text, x, middle + (4 if small else 5),
            11.5 if small or lane else 14, "#fff" if score == Score.PRESENT else INK, dx=8, font_weight=600,
        )  # fmt: skip
    elif score in SIGNS:
        sign = percent(place.x + place.width / 2)
        yield words(SIGNS[score], sign, middle + 4.5, 13, GREY, text_anchor="middle", font_weight=600)


def _look(score: str, hatched: str) -> dict:
    """Full, hatched, empty or dotted; not applicable has no box at all, only a dash."""
    if score == Score.NOT_APPLICABLE:
        return {"fill": "none"}
    if score == Score.UNKNOWN:
        return {"fill": "#eef1f5", "stroke": GREY, "stroke_width": 1.3, "stroke_dasharray": "2.5 3"}
    fills = {Score.PRESENT: BLUE, Score.SUSPECTED: hatched}
    return {
        "fill": fills.get(score, "#fff"),
        "stroke": GREY if score == Score.ABSENT else BLUE,
        "stroke_width": 1.3,
    }


def hatching(name: str) -> Markup:
    stripe = tag("path", d="M0 0V8", stroke=HATCH, stroke_width=5)
    ground = tag("rect", width=8, height=8, fill="#fff")
    look = {"width": 7, "height": 8, "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    return tag("defs", tag("pattern", ground, stripe, id=name, **look))


def swatch(score: str) -> Markup:
    """A small cell for the legend; its word stands beside it."""
    box = tag("rect", x=0.75, y=0.75, width=24.5, height=14.5, **_look(score, "#fff"))
    pieces = [box]
    if score == Score.SUSPECTED:
        lines = "".join(f"M{x} 14.5 {x + 7} 1.5" for x in range(2, 18, 5))
        pieces.append(tag("path", d=lines, stroke=HATCH, stroke_width=2))
    if score in SIGNS:
        pieces.append(words(SIGNS[score], 13, 12, 11, GREY, text_anchor="middle"))
    return tag(
        "svg", *pieces, width=26, height=16, viewBox="0 0 26 16", aria_hidden="true", focusable="false"
    )
