"""Drawings written on the server: everything escaped, presentation attributes only.

No `style=`, no class, no script: so the strict CSP, the PDF and a page without CSS show the same drawing.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from markupsafe import Markup, escape

INK = "#1f2933"
GREY = "#55606d"
LINE = "#cfd5dd"
PALE = "#f4f7fb"
BLUE = "#003b8e"

# XML knows no control characters; a browser forgives them, the maker of the PDF doesn't.
NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Widths of signs as a share of the type size, between those of Arial and of wider faces.
NARROW, CAPITAL, WIDE = 0.34, 0.72, 0.9


class Table(NamedTuple):
    """The twin of a drawing: the same facts in words, for who doesn't see it."""

    caption: str
    head: list[str]
    rows: list[list[str]]


def tag(name: str, *inside: Any, **attributes: Any) -> Markup:
    """One element. `stroke_width=2` becomes `stroke-width="2"`; what is None is left out."""
    # Plain strings, each escaped by `_value` and `clean`: formatting through Markup costs three times as much.
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    content = "".join(part if isinstance(part, Markup) else clean(part) for part in inside)
    return Markup(f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>")  # noqa: S704


def clean(text: Any) -> Markup:
    """Text that may stand in XML and in HTML."""
    return escape(NOT_XML.sub("\ufffd", str(text)))


def number(value: float) -> str:
    """A coordinate with one decimal at most: more is invisible and makes the page heavier."""
    return f"{round(value, 1) + 0.0:.1f}".rstrip("0").rstrip(".")


def percent(value: float) -> str:
    """A share of the width, so that one drawing fits a phone, a desk and a page."""
    return f"{round(value, 3):g}%"


def words(text: Any, x: Any, y: float, size: float = 14, fill: str = INK, **attributes: Any) -> Markup:
    """A line of text; the typeface is the page's."""
    return tag("text", clean(text), x=x, y=y, font_size=size, fill=fill, **attributes)


def _value(value: Any) -> Any:
    if isinstance(value, float):
        return number(value)
    return value if isinstance(value, Markup) else clean(value)


def text_width(text: str, size: float = 14, bold: bool = False) -> float:
    """About how wide a text becomes. The typeface is the reader's, so this errs on the wide side."""
    shares = (
        NARROW if sign in "iljtfrI.,:;'|!()[] " else WIDE if sign in "mwMW@%—" else _share(sign)
        for sign in text
    )
    return sum(shares) * size * (1.07 if bold else 1)


def wrapped(text: str, width: float, size: float = 14, bold: bool = False) -> list[str]:
    """Lines that fit; a single word that doesn't is cut, never shortened, so that every name stands there whole."""
    lines: list[str] = []
    for word in text.split():
        for piece, joined in _pieces(word, width, size, bold):
            together = f"{lines[-1]}{'' if joined else ' '}{piece}" if lines else ""
            if together and text_width(together, size, bold) <= width:
                lines[-1] = together
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, width: float, size: float, bold: bool) -> Iterator[tuple[str, bool]]:
    """A word in pieces that fit, cut after a hyphen where there is one; with whether it goes on from the last piece."""
    joined = False
    while text_width(word, size, bold) > width and len(word) > 1:
        fits = next((n for n in range(len(word) - 1, 1, -1) if text_width(word[:n], size, bold) <= width), 1)
        cut = word.rfind("-", 0, fits) + 1 or fits
        yield word[:cut], joined
        word, joined = word[cut:], True
    yield word, joined


def _share(sign: str) -> float:
    return CAPITAL if sign.isupper() or ord(sign) > 0x2E7F else 0.57
