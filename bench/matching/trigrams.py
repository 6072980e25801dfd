"""What pg_trgm finds in names in the clear: the same trigrams and similarity, since our server has no such extension."""

import re
from array import array

from bench.matching.belgium import Record

FIRST = 25


def recall(records: list[Record], asked: list[tuple[Record, str]]) -> float:
    """The share of names with a typing error for which somebody of the full name that was meant is in the first 25."""
    import numpy

    names = [_name(record) for record in records]
    found: dict[str, array] = {}
    sizes = numpy.zeros(len(names), dtype=numpy.int32)
    for number, name in enumerate(names):
        mine = trigrams(name)
        sizes[number] = len(mine)
        for trigram in mine:
            found.setdefault(trigram, array("I")).append(number)
    holders = {trigram: numpy.frombuffer(numbers, dtype=numpy.uint32) for trigram, numbers in found.items()}
    right = 0
    for typed, meant in asked:
        mine = trigrams(_name(typed))
        shared = numpy.zeros(len(names), dtype=numpy.int32)
        for trigram in mine:
            if trigram in holders:
                shared[holders[trigram]] += 1
        alike = shared / (sizes + len(mine) - shared)
        best = numpy.argpartition(-alike, FIRST)[:FIRST]
        right += any(names[place] == meant for place in best)
    return right / len(asked)


def trigrams(text: str) -> set[str]:
    """As `show_trgm`: of each word in small letters, with two blanks before it and one behind."""
    padded = [f"  {word} " for word in re.findall(r"\w+", text.lower())]
    return {word[at : at + 3] for word in padded for at in range(len(word) - 2)}


def _name(record: Record) -> str:
    return f"{record.given_name} {record.family_name}"
