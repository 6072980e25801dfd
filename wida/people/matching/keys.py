"""By what a person is found: never by a name alone but by pairs, so that each key is shared by few.

A key is readable here and becomes a keyed token before it is stored (index.py).
"""

from collections.abc import Iterator

from wida.people.matching.facts import Facts
from wida.people.matching.spelling import consonants, cores, deletions, skeleton

Key = tuple[str, ...]

NUMBER, FAMILY, NAMES, SOUND, GIVEN, FIRST, DATE, PART, YEAR, HOME = (
    *("national_number", "family", "names", "sound", "given", "first"),
    *("date", "part", "year", "home"),
)
# How much a shared key says, when there are more candidates than can be opened.
WEIGHT = {NUMBER: 9, NAMES: 3, SOUND: 2, GIVEN: 3, FIRST: 2, DATE: 4, PART: 3, YEAR: 2, HOME: 2}
NUMBER_LENGTH = 11


def stored(facts: Facts) -> set[Key]:
    """The keys under which a person is kept."""
    return {*_asked(facts), *((FAMILY, core) for core in facts.cores)}


def asked(facts: Facts) -> dict[Key, int]:
    """The keys to look under for a person, and what it says to share each; also as if first and family name stood in
    each other's place, which is rarer.
    """
    keys = {key: WEIGHT[key[0]] for key in _asked(facts)}
    if facts.given and facts.family:
        for key in _by_name(facts.swapped):
            keys.setdefault(key, WEIGHT[key[0]] - 1)
    return keys


def exact(facts: Facts) -> set[Key]:
    """The keys that name somebody nearly for certain, for who may not see more than that somebody is known."""
    keys = {(NUMBER, facts.number)} if facts.number else set()
    for core in facts.cores:
        if facts.first:
            keys.add((SOUND, core, facts.first))
        if facts.born:
            keys.add((PART, core, facts.born))
    return keys


def by_family_name(words: str) -> set[Key]:
    return {(FAMILY, core) for core in cores(words, 8)}


def _asked(facts: Facts) -> Iterator[Key]:
    if facts.number:
        yield NUMBER, facts.number
    yield from _by_name(facts)
    yield from _by_birth(facts)
    for home in facts.homes:
        if home.code and home.number and home.street:
            yield HOME, home.code, home.number, skeleton(home.street.replace(" ", ""))[:4]


def _by_name(facts: Facts) -> Iterator[Key]:
    """One name may differ in its sound as long as the other differs in one letter at most; or both in one letter, as
    long as the first one of the first name stands.
    """
    if not facts.first:
        return
    first = consonants(facts.first)
    for whole in facts.wholes:
        for left in deletions(whole):
            yield NAMES, left, facts.given[0]
    for core in facts.cores:
        yield SOUND, core, facts.first
        for left in deletions(facts.called):
            yield GIVEN, core, left
        for left in deletions(consonants(core)):
            yield FIRST, left, first


def _by_birth(facts: Facts) -> Iterator[Key]:
    """Day and month may be swapped, or one of day, month and year be wrong; or there is no first name."""
    if facts.born:
        year, month, day = facts.born.split("-")
        both = "".join(sorted((month, day)))
        for initial in {name[0] for name in (facts.first, *facts.cores) if name}:
            yield DATE, year, both, initial
    for core in facts.cores:
        if facts.born:
            yield PART, core, facts.born
            yield from ((PART, core, year, "", day), (PART, core, year, month), (PART, core, "", month, day))
        if facts.year:
            yield YEAR, core, str(facts.year)
