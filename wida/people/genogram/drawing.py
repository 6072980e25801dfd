"""The genogram put on paper, from the back to the front: households, lines, symbols and names, violence, legend."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from wida.people.genogram import homes, symbols
from wida.people.genogram.family import Family, Household, Violence
from wida.people.genogram.levels import Couple, Descended, levelled
from wida.people.genogram.places import NAME, NAME_LINE, RADIUS, Bridge, Plan, Spot, plan
from wida.people.genogram.spread import free_line, years
from wida.people.genogram.violence import Box, course, obstacles
from wida.web.svg import GREY, INK, LINE, tag, text_width, words

MARGIN = 16
LEGEND_WIDTH = 460  # at least, so that a small family doesn't get a tower of signs


def drawn(known: Family, households: list[Household], lines: list[Violence], *, legend: bool) -> Markup:
    """The whole drawing. Nobody yet: one sentence in its place."""
    if not known.people:
        return _nobody()
    there = _present(households, known)
    placed = plan(known, there, homes.rooms(there))
    outlines = homes.parts(there, placed)
    couples, descended = levelled(placed, homes.room_below(outlines, placed))
    sheet = Sheet()
    for show in (_ground, _outline):
        for part in outlines:
            show(sheet, part, placed)
    for descent in descended:
        _descent(sheet, descent, placed)
    for couple in couples:
        _couple(sheet, couple)
    for spot in placed.spots.values():
        _person(sheet, spot)
    _loose(sheet, placed)
    forms = _violence(sheet, lines, placed)
    for spot in placed.spots.values():
        _name(sheet, spot)
    if legend:
        ties, descents = {c.union.kind for c in couples}, {d.brood.kind for d in descended}
        _legend(sheet, known, ties, descents, forms, bool(outlines))
    return sheet.finish(_title(placed))


class Sheet:
    """Collects what is drawn, how far it reaches, and the writing that lines go round."""

    def __init__(self) -> None:
        self.pieces: list[Markup] = []
        self.box: Box = (0, 0, 0, 0)
        self.labels: list[Box] = []
        self.empty = True

    def add(self, piece: Markup, *corners: tuple[float, float]) -> None:
        self.pieces.append(piece)
        xs, ys = [x for x, _y in corners], [y for _x, y in corners]
        if not self.empty:
            xs, ys = [*xs, self.box[0], self.box[2]], [*ys, self.box[1], self.box[3]]
        self.box, self.empty = (min(xs), min(ys), max(xs), max(ys)), False

    def write(self, text: str, x: float, y: float, size: float, anchor: str = "middle", **look) -> None:
        """A line of writing that other lines go round."""
        width = text_width(text, size, bold=bool(look.get("font_weight")))
        left = x - width / 2 if anchor == "middle" else x
        box = left, y - size, left + width, y + size / 3
        self.labels.append(box)
        self.add(words(text, x, y, size, text_anchor=anchor, **look), box[:2], box[2:])

    def finish(self, title: str) -> Markup:
        left, top, right, bottom = self.box
        x, y = left - MARGIN, top - MARGIN
        width, height = right - left + 2 * MARGIN, bottom - top + 2 * MARGIN
        size = f"{x:.1f} {y:.1f} {width:.1f} {height:.1f}"
        return tag(
            "svg", tag("title", title), tag("desc", _("The text beside this drawing says the same in sentences.")),
            *self.pieces, xmlns="http://www.w3.org/2000/svg", role="img", viewBox=size, width=width, height=height,
        )  # fmt: skip


def _nobody() -> Markup:
    text = _("There are no persons yet.")
    width = text_width(text, 15)
    line = words(text, width / 2, 30, 15, GREY, text_anchor="middle")
    return tag(
        "svg", tag("title", text), line, xmlns="http://www.w3.org/2000/svg", role="img",
        viewBox=f"0 0 {width:.0f} 48", width=width, height=48,
    )  # fmt: skip


def _present(households: list[Household], known: Family) -> list[Household]:
    kept = (
        home._replace(members=tuple(key for key in home.members if key in known.people))
        for home in households
    )
    return [home for home in kept if home.members]


def _title(placed: Plan) -> str:
    people = sum(spot.person is not None for spot in placed.spots.values())
    persons = ngettext("%(count)s person", "%(count)s persons", people) % {"count": people}
    rows = ngettext("%(count)s generation", "%(count)s generations", len(placed.rows)) % {
        "count": len(placed.rows)
    }
    return _("Family system: %(persons)s in %(generations)s.") % {"persons": persons, "generations": rows}


def _ground(sheet: Sheet, part: homes.Part, placed: Plan) -> None:
    """The fill of a household, under everything."""
    boxes = homes.boxes(part, placed)
    corners = [(x, y) for left, top, right, bottom in boxes for x, y in ((left, top), (right, bottom))]
    sheet.add(symbols.ground(_path_round(boxes)), *corners)


def _outline(sheet: Sheet, part: homes.Part, placed: Plan) -> None:
    """Its outline and its name."""
    boxes = homes.boxes(part, placed)
    last = next(box for run, box in zip(part.runs, boxes, strict=False) if run is part.last)
    sheet.add(symbols.outline(_path_round(boxes)), last[:2])
    lines = homes.label(part, placed)
    for number, line in enumerate(lines):
        y = last[3] - 11 - homes.LABEL_LINE * (len(lines) - 1 - number)
        sheet.write(line, last[0] + 14, y, homes.LABEL, "start", fill=GREY, font_weight=600)


def _path_round(boxes: list[Box]) -> str:
    return "".join(homes.rounded(loop) for loop in homes.outline(boxes))


def _descent(sheet: Sheet, descent: Descended, placed: Plan) -> None:
    kind = descent.brood.kind
    start, bus = (descent.x, descent.top), (descent.x, descent.bus)
    if descent.brood.parents:
        sheet.add(symbols.line(kind, start, bus), start, bus)
    forks = _forks(descent)
    arms = [forks.get(spot.key, x) for spot, x in descent.children]
    left, right = min([*arms, descent.x]), max([*arms, descent.x])
    if right - left > 0.5:
        sheet.add(
            symbols.line(kind, (left, descent.bus), (right, descent.bus)),
            (left, descent.bus),
            (right, descent.bus),
        )
    for (spot, x), arm in zip(descent.children, arms, strict=True):
        end = x, spot.y - symbols.reach(spot.person)
        sheet.add(symbols.line(kind, (arm, descent.bus), end), (arm, descent.bus), end)


def _forks(descent: Descended) -> dict:
    """For twins who stand side by side the point where their lines begin together."""
    forks = {}
    for (one, x), (two, z) in zip(descent.children, descent.children[1:], strict=False):
        if one.person and two.person and one.person.twin and one.person.twin == two.person.twin:
            middle = forks.get(one.key, (x + z) / 2)
            forks[one.key] = forks[two.key] = middle
    return forks


def _couple(sheet: Sheet, couple: Couple) -> None:
    union, left, right, y = couple.union, couple.left, couple.right, couple.y
    if couple.straight:
        points = [(left.x + symbols.side(left.person), y), (right.x - symbols.side(right.person), y)]
        taken = free_line(left, right)
        middle = (left.x + taken[0] + right.x - taken[1]) / 2
        crossed = middle + 18
    else:
        a, b = left.x + couple.inset, right.x - couple.inset
        points = [(a, left.bottom + 5), (a, y), (b, y), (b, right.bottom + 5)]
        middle = a + 28 + text_width(years(union), 12) / 2
        crossed = a + 12
    sheet.add(symbols.line(union.kind, *points), *points)
    if symbols.SLASHES.get(union.kind):
        sheet.add(symbols.slashes(union.kind, crossed, y), (crossed - 5, y - 12), (crossed + 16, y + 12))
    if text := years(union):
        sheet.write(text, middle, y - (15 if couple.straight else 5), 12, fill=GREY)


def _person(sheet: Sheet, spot: Spot) -> None:
    if spot.person is None:
        if isinstance(spot.key, Bridge):
            return
        end = spot.x, spot.y
        sheet.add(tag("circle", cx=spot.x, cy=spot.y, r=3, fill=GREY), end)
        return
    around = symbols.reach(spot.person)
    corners = (spot.x - around, spot.y - around), (spot.x + around, spot.y + around)
    sheet.add(symbols.person(spot.person, spot.x, spot.y), *corners)


def _name(sheet: Sheet, spot: Spot) -> None:
    """Over everything, because a name must be readable whatever runs past it."""
    if spot.person is None:
        return
    first = spot.y + RADIUS + 8 + NAME * 0.8
    look = {"text_anchor": "middle", "font_weight": 700 if spot.person.directly_involved else None}
    lines = [tag("tspan", line, x=spot.x, y=first + NAME_LINE * n) for n, line in enumerate(spot.lines)]
    name = tag("text", Markup(" ").join(lines), font_size=NAME, fill=INK, **look)
    sheet.add(name, (spot.x - spot.half, spot.y), (spot.x + spot.half, spot.bottom))


def _loose(sheet: Sheet, placed: Plan) -> None:
    """Says over the persons on the right that nothing ties them to the family."""
    if not placed.loose or len(placed.loose) == sum(
        spot.person is not None for spot in placed.spots.values()
    ):
        return
    spots = [placed.spots[key] for key in placed.loose]
    left = min(spot.x - spot.half - spot.pad for spot in spots) - 22
    first = min(spots, key=lambda spot: (spot.y, spot.x))
    sheet.write(_("No family tie drawn"), left + 22, min(s.y for s in spots) - 74, 12, "start", fill=GREY)
    bottom = max(spot.bottom for spot in spots)
    sheet.add(
        tag("path", d=f"M{left:.1f} {first.y - 88:.1f}V{bottom:.1f}", stroke=LINE, stroke_width=1),
        (left, bottom),
    )


def _violence(sheet: Sheet, lines: list[Violence], placed: Plan) -> set[str]:
    """Returns the forms that were drawn."""
    spots, courses, forms = placed.spots, [], set()
    drawable = [
        line for line in lines if line.source in spots and line.target in spots and line.source != line.target
    ]
    for line in drawable:
        source, target = spots[line.source], spots[line.target]
        way = course(source, target, obstacles(placed, sheet.labels, (source, target)), courses)
        courses.append(way)
        forms.add(line.form)
        corners = [(x + by, y + by) for x, y in (*way.points, way.marker) for by in (-13, 13)]
        halo = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in way.points)
        sheet.add(
            tag("path", d=halo, fill="none", stroke="#fff", stroke_opacity=0.75, stroke_width=6), *corners
        )
        sheet.add(symbols.violence(line.form, way.points), *corners)
    for line, way in zip(drawable, courses, strict=True):
        sheet.add(symbols.numbered(line.number, *way.marker), way.marker)
    return forms


def _legend(
    sheet: Sheet, known: Family, ties: set[str], descents: set[str], forms: set[str], outlined: bool
) -> None:
    left, _top, right, bottom = sheet.box
    width = max(right - left, LEGEND_WIDTH)
    signs, height = symbols.legend(known.people.values(), ties, descents, forms, outlined, width)
    y = bottom + 26
    rule = tag("path", d=f"M{left:.1f} {y:.1f}H{left + width:.1f}", stroke=LINE, stroke_width=1)
    sheet.add(rule, (left, y), (left + width, y))
    inside = tag("g", signs, transform=f"translate({left:.1f} {y + 24:.1f})")
    sheet.add(inside, (left, y + 24), (left + width, y + 24 + height))
