"""Finds what would lead a reader to a family: names of its members, numbers, addresses of the digital kind."""

import re
from collections.abc import Iterable

from wida.records.tokens import fold

# Words that stand in many family names and mean nothing alone.
PARTICLES = {
    *("van", "der", "den", "de", "het", "ter", "ten", "te", "von", "vander", "vanden", "vande", "op", "in"),
    *("la", "le", "les", "du", "des", "di", "da", "el", "al", "ben", "bin", "abu"),
}
_WORD = re.compile(r"[^\W\d_]+")
_SEPARATED = r"[\s./\-–()]*"
_NATIONAL = re.compile(rf"(?<!\d)\+?(?:\d{_SEPARATED}){{10}}\d(?!\d)")
_PHONE = re.compile(rf"(?<![\d/.\-])(?:\+|00|\(?0)(?:{_SEPARATED}\d){{8,13}}(?!\d)")
_DATE = re.compile(r"(?<!\d)\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:\d{4}|\d{2})(?!\d)")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def found_in(text: str, *, names: Iterable[str], prefixes: Iterable[str]) -> list[str]:
    """What in a text points at somebody, as it stands there, each once, in reading order.

    `names` are the names of the dossier's members, `prefixes` what dossier numbers start with. A name that is
    also a common word is found too: the writer then chooses another word, which costs less than a leak.
    """
    spots = _names(text, names)
    taken: list[tuple[int, int]] = []
    for pattern in (_MAIL, _NATIONAL, _number(prefixes)):
        spots += _matches(pattern, text, taken)
    taken += [match.span() for match in _DATE.finditer(text)]
    spots += _matches(_PHONE, text, taken)
    return list(dict.fromkeys(written for _at, written in sorted(spots)))


def named_in(text: str, names: Iterable[str]) -> list[str]:
    """Which of these names stand in a text, as they stand there, each once."""
    return list(dict.fromkeys(written for _at, written in _names(text, names)))


def _names(text: str, names: Iterable[str]) -> list[tuple[int, str]]:
    wanted = {
        fold(word)
        for name in names
        for word in _WORD.findall(name)
        if fold(word) and fold(word) not in PARTICLES and len(word) > 1
    }
    return [
        (match.start(), match[0])
        for match in _WORD.finditer(text)
        # “An” is a name and “an” hardly a word; “Jo” and “jo” alike: two letters count with a capital only.
        if fold(match[0]) in wanted and (len(match[0]) > 2 or match[0][0].isupper())
    ]


def _matches(pattern: re.Pattern, text: str, taken: list[tuple[int, int]]) -> list[tuple[int, str]]:
    spots = []
    for match in pattern.finditer(text):
        start, end = match.span()
        if all(end <= first or start >= last for first, last in taken):
            taken.append((start, end))
            spots.append((start, match[0].strip()))
    return spots


def _number(prefixes: Iterable[str]) -> re.Pattern:
    starts = "|".join(re.escape(prefix) for prefix in prefixes)
    return re.compile(rf"(?<!\w)(?:{starts})[\s\-]?\d{{1,9}}(?!\w)", re.IGNORECASE)
