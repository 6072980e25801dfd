"""What in a text can lead to somebody: numbers, names after a title, plates, mail and house addresses.

It knows shapes, not people: a name without a title, or in small letters, passes. So the writer is asked to read over.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from wida.consults.codes import Trace
from wida.records.tokens import fold


class Found(NamedTuple):
    """`text` as it stands there; `line` counts from one."""

    kind: Trace
    text: str
    line: int


# Between the digits of a number, however it was typed or pasted.
_GAP = r"[\s.\-/–‑·]{0,3}"
_NATIONAL = re.compile(rf"\d\d{_GAP}\d\d{_GAP}\d\d{_GAP}\d\d\d{_GAP}\d\d")
_APART = r"[ \u00a0.\-/()]{0,2}"
_PHONE = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?:(?:\+|00)[ ]?[1-9](?:{_APART}\d){{7,13}}|\(?0(?:{_APART}\d){{8,9}})(?!\d)"
)
# 01/02/2026 and a digit more counts as many digits as a telephone number.
_DAY_FIRST = re.compile(r"\d\d[/.\-]\d\d[/.\-](?:19|20)\d\d(?!\d)")

_EMAIL = re.compile(r"[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]+\.[^\W\d_]{2,}")

_TITLE = re.compile(
    r"(?<!\w)(?i:mevrouw|meneer|mijnheer|de\ heer|(?:mevr|mvr|mej|dhr|mw|mr|mme|fam)\b\.?|mejuffrouw|madame|"
    r"monsieur|familie|gezin)[^\S\n]*\n?[^\S\n]*(?=\w)"
)
_WORD = re.compile(r"[^\W\d_](?:['’\-.]?[^\W\d_])*")
_SPACE = re.compile(r"[^\S\n]+|\.[^\S\n]*")
_PARTICLES = {
    *(
        "van",
        "den",
        "der",
        "de",
        "het",
        "ter",
        "ten",
        "te",
        "vander",
        "vanden",
        "vande",
        "von",
        "zu",
        "du",
        "la",
        "le",
    ),
    *("les", "des", "di", "da", "dos", "el", "al", "ben", "bin", "abu"),
}
# « Een mevrouw van het CAW » names a service, and a service is written as letters or as one of these.
_SERVICES = {"kind", "opgroeien", "slachtofferhulp", "politie", "parket", "justitiehuis", "veilig"}
_LONGEST = 6

_PLATE = re.compile(
    r"(?<!\w)(?:"
    r"[1-9](?:[A-Z]{3}|[-.][A-Z]{3}[-.]|\ [A-Z]{3}\ |[-.\ ][A-Z]{3}|[A-Z]{3}[-.\ ])\d{3}"
    r"|(?i:[1-9]-?[a-z]{3}-?\d{3}|[a-z]{3}-\d{3}|\d{3}-[a-z]{3})"
    r"|[A-Z]{3}[.\ ]?(?!101|112)\d{3}"
    r")(?!\w)"
)

_ENDS = r"(?:straat|str\.|steenweg|stwg\.?|laan|plein|plaats|dreef|boulevard)"
_ENDS_OF_NAMES = (
    r"(?:weg|lei|baan|kaai|dijk|hof|pad|park|markt|ring|singel|veld|berg|heide|wijk|dries|gang|vest)"
)
_NUMBER = r",?\s{1,2}(?:nr\.?\s?|nummer\s|n°\s?)?\d{1,4}(?!\d)"
_ADDRESS = re.compile(
    rf"(?<!\w)(?:(?i:[\w'’\-]{{2,}}{_ENDS})|(?!Onderweg)[^\W\d_a-z][\w'’\-]+{_ENDS_OF_NAMES}){_NUMBER}"
    rf"|(?<!\w)(?i:rue|avenue|chaussée|allée|quai|impasse)\s(?:[^\s\d]+\s){{1,5}}?\d{{1,4}}(?!\d)"
)
_SHAPES = (
    (Trace.NATIONAL_NUMBER, _NATIONAL),
    (Trace.PHONE, _PHONE),
    (Trace.PLATE, _PLATE),
    (Trace.EMAIL, _EMAIL),
    (Trace.ADDRESS, _ADDRESS),
)


def traces(text: str, names: Iterable[str] = ()) -> list[Found]:
    """In reading order; what overlaps is shown as one, by the kind of its longest part. `names` are found bare, too."""
    spots = [(start, end, Trace.NAME) for start, end in (*_names(text), *_known(text, names))]
    spots += [(start, end, kind) for kind, shape in _SHAPES for start, end in _spots(shape, text)]
    joined: list[tuple[int, int, list]] = []
    for start, end, kind in sorted(spots):
        if joined and start < joined[-1][1]:
            first, last, parts = joined.pop()
            joined.append((first, max(last, end), [*parts, (end - start, kind)]))
        else:
            joined.append((start, end, [(end - start, kind)]))
    return [
        Found(max(parts)[1], " ".join(text[start:end].split()), text.count("\n", 0, start) + 1)
        for start, end, parts in joined
    ]


def _spots(shape: re.Pattern, text: str):
    """From every place on, since what looks like a number may begin inside another one."""
    at = 0
    while match := shape.search(text, at):
        if not (shape is _PHONE and _DAY_FIRST.match(match[0])):
            yield match.span()
        at = match.start() + 1


def _names(text: str):
    for title in _TITLE.finditer(text):
        end = _end_of_name(text, title.end(), shouted=title[0].isupper())
        if end:
            yield title.start(), end


def _known(text: str, names: Iterable[str]):
    """A name of two letters counts with a capital only: « An » is one, « an » hardly."""
    wanted = {
        fold(word) for name in names for word in _WORD.findall(name) if word.lower() not in _PARTICLES
    } - {""}
    for word in _WORD.finditer(text) if wanted else ():
        if fold(word[0]) in wanted and (len(word[0]) > 2 or word[0][0].isupper()):
            yield word.span()


def _end_of_name(text: str, at: int, *, shouted: bool) -> int:
    """Where the name ends that begins here, 0 when none does. It has a capital; « van » and « de » may come first."""
    end, particle = 0, False
    for _word in range(_LONGEST):
        word = _WORD.match(text, at)
        if word is None:
            break
        if word[0].lower() in _PARTICLES:
            particle = True
            end = end if word[0][0].islower() else word.end()
        elif word[0][0].islower() or (particle and not shouted and not end and _is_service(word[0])):
            break
        else:
            end = word.end()
        gap = _SPACE.match(text, word.end())
        if gap is None or ("." in gap[0] and len(word[0]) > 1):
            break
        at = gap.end()
    return end


def _is_service(word: str) -> bool:
    return (len(word) > 1 and word.isupper()) or word.split("-")[0].lower() in _SERVICES
