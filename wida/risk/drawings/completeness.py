"""How many of the factors are known: a square each. Never a percentage; unknown stands there as clearly as known."""

from django.utils.translation import gettext as _
from markupsafe import Markup

from wida.web.svg import BLUE, GREY, Table, tag

SIDE, STEP, HEIGHT = 15, 18, 14


def completeness(known: int, total: int) -> Markup:
    """Full squares for what is known, dotted ones for what isn't."""
    width = max(STEP * total - (STEP - SIDE), 1)
    squares = [
        tag("rect", x=STEP * at, y=0, width=SIDE, height=HEIGHT, rx=2, fill=BLUE)
        if at < known
        else tag(
            "rect", x=STEP * at + 0.75, y=0.75, width=SIDE - 1.5, height=HEIGHT - 1.5, rx=2, fill="#fff", stroke=GREY,
            stroke_width=1.5, stroke_dasharray="2.5 2.5",
        )
        for at in range(total)
    ]  # fmt: skip
    title = _("%(known)s of %(total)s known") % {"known": known, "total": total}
    return tag(
        "svg", tag("title", title), *squares, xmlns="http://www.w3.org/2000/svg", role="img",
        viewBox=f"0 0 {width} {HEIGHT}", width=width, height=HEIGHT,
    )  # fmt: skip


def completeness_table(known: int, total: int) -> Table:
    rows = [[_("Known"), str(known)], [_("Not known"), str(total - known)]]
    return Table(_("How much is known"), [_("Risk factors"), _("Number")], rows)
