"""Two texts beside each other, each against the one both started from, and one text that loses nothing of either."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple

PARAGRAPHS = re.compile(r"\n\s*\n")
WORDS = re.compile(r"\s*\w+|\s*[^\w\s]|\s+$")
# Past this a comparison by word takes seconds and tells nothing.
MOST_WORDS = 2_500
ALIKE = 0.4
SENTENCE_ENDS = (".", "!", "?")


class Piece(NamedTuple):
    """`kind` is same, added or dropped."""

    kind: str
    text: str


class Row(NamedTuple):
    """One paragraph, or several that changed together."""

    same: bool
    mine: tuple[Piece, ...]
    theirs: tuple[Piece, ...]


class Comparison(NamedTuple):
    rows: list[Row]
    merged: str

    @property
    def differing(self) -> int:
        return sum(not row.same for row in self.rows)


class Stretch(NamedTuple):
    """What stands between two points where all texts agree; without a common start, `base` is None."""

    base: list[str] | None
    mine: list[str]
    theirs: list[str]


def compare(mine: str, theirs: str, base: str | None = None) -> Comparison:
    """By paragraph, and in a paragraph by word. Without `base` the words they share count as the start."""
    rows, merged = [], []
    for stretch in _paired(_stretches(_paragraphs(base), _paragraphs(mine) or [], _paragraphs(theirs) or [])):
        row, text = _row(stretch)
        rows.append(row)
        merged += [text] if text.strip() else []
    return Comparison(rows, "\n\n".join(merged))


def _paragraphs(text: str | None) -> list[str] | None:
    if text is None:
        return None
    whole = text.replace("\r\n", "\n").strip()
    return PARAGRAPHS.split(whole) if whole else []


def _stretches(base: Sequence | None, mine: Sequence, theirs: Sequence) -> Iterator[Stretch]:
    """Cut where all agree: such a point is a stretch of one, and so is what stands between two of them."""
    start = mine if base is None else base
    in_mine, in_theirs = _places(start, mine), _places(start, theirs)
    at = here = there = 0
    for place in sorted(in_mine.keys() & in_theirs.keys()):
        to_here, to_there = in_mine[place], in_theirs[place]
        if (at, here, there) != (place, to_here, to_there):
            between = None if base is None else list(start[at:place])
            yield Stretch(between, list(mine[here:to_here]), list(theirs[there:to_there]))
        same = [start[place]]
        yield Stretch(same, same, same)
        at, here, there = place + 1, to_here + 1, to_there + 1
    if at < len(start) or here < len(mine) or there < len(theirs):
        yield Stretch(None if base is None else list(start[at:]), list(mine[here:]), list(theirs[there:]))


def _places(start: Sequence, other: Sequence) -> dict[int, int]:
    blocks = SequenceMatcher(None, start, other, autojunk=False).get_matching_blocks()
    return {block.a + n: block.b + n for block in blocks for n in range(block.size)}


def _paired(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """As many paragraphs on each side are compared one by one."""
    for base, mine, theirs in stretches:
        if len(mine) == len(theirs) and (base is None or len(base) == len(mine)):
            for n in range(len(mine)):
                yield Stretch(None if base is None else [base[n]], [mine[n]], [theirs[n]])
        else:
            yield Stretch(base, mine, theirs)


def _row(stretch: Stretch) -> tuple[Row, str]:
    mine, theirs = "\n\n".join(stretch.mine), "\n\n".join(stretch.theirs)
    if mine == theirs == "\n\n".join(stretch.base or []):
        same = (Piece("same", mine),)
        return Row(True, same, same), mine
    words, others = WORDS.findall(mine), WORDS.findall(theirs)
    both_new = stretch.base == [] and mine != theirs
    start = None if both_new else _start(stretch.base, words, others)
    if start is None:
        return Row(False, _whole(mine), _whole(theirs)), _both_whole(mine, theirs)
    same = mine == theirs
    return Row(same, _marked(start, words), _marked(start, others)), _merged(start, words, others)


def _start(base: list[str] | None, mine: list[str], theirs: list[str]) -> list[str] | None:
    """The words both are compared with; None where a comparison by word would only confuse."""
    start = None if base is None else WORDS.findall("\n\n".join(base))
    if max(len(mine), len(theirs), len(start or [])) > MOST_WORDS:
        return None
    if start is None:
        start = [mine[place] for place in _places(mine, theirs)]
    alike = SequenceMatcher(None, mine, theirs, autojunk=False).ratio()
    return start if alike >= ALIKE or start in (mine, theirs) or not (mine and theirs) else None


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece("added", text),) if text else ()


def _both_whole(mine: str, theirs: str) -> str:
    return theirs if mine in theirs else mine if theirs in mine else f"{mine}\n\n{theirs}"


def _marked(start: list[str], words: list[str]) -> tuple[Piece, ...]:
    pieces = []
    for kind, a, b, c, d in SequenceMatcher(None, start, words, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(words[c:d])))
            continue
        pieces += [Piece("dropped", "".join(start[a:b]))] if b > a else []
        pieces += [Piece("added", "".join(words[c:d]))] if d > c else []
    return tuple(pieces)


def _merged(start: list[str], mine: list[str], theirs: list[str]) -> str:
    """What one of them changed is taken; where both did, both stand there."""
    text = ""
    for base, ours, others in _stretches(start, mine, theirs):
        if ours == others or others == base:
            text += "".join(ours)
        elif ours == base:
            text += "".join(others)
        else:
            text += _side_by_side(ours, others)
    return text


def _side_by_side(mine: list[str], theirs: list[str]) -> str:
    """What both wrote once, then each their own: sentences after each other, other words with a stroke between."""
    head = _alike(mine, theirs)
    ours, others = mine[head:], theirs[head:]
    tail = _alike(ours[::-1], others[::-1])
    if not head and "".join(ours[len(ours) - tail :]) in SENTENCE_ENDS:
        tail = 0
    one, other = "".join(ours[: len(ours) - tail]), "".join(others[: len(others) - tail])
    between = one or other
    if one.strip() and other.strip():
        stroke = " " if one.rstrip().endswith(SENTENCE_ENDS) else " / "
        between = one.rstrip() + stroke + other.lstrip()
    return "".join(mine[:head]) + between + "".join(ours[len(ours) - tail :])


def _alike(one: Sequence, other: Sequence) -> int:
    """How many begin the same."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
