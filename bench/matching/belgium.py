"""A set of invented Belgians of whom some were written down more than once, each time a little differently.

The recipe stands in docs/matching.md. Same seed, same people.
"""

import random
import re
from datetime import date, timedelta
from typing import NamedTuple

from bench.matching.names import ORIGINS, Origin, family_name, skewed

DUPLICATES = 0.15
FIRST_BIRTH, DAYS = date(1940, 1, 1), 30_000
STREETS = [
    "Kerk",
    "School",
    "Molen",
    "Station",
    "Dorp",
    "Nieuw",
    "Veld",
    "Berg",
    "Bos",
    "Linden",
    "Beuken",
    "Eiken",
    "Wilgen",
    "Kapel",
    "Hoog",
    "Laag",
    "Markt",
    "Haven",
    "Dijk",
    "Zand",
    "Steen",
    "Lange",
    "Korte",
    "Groen",
    "Water",
    "Brug",
    "Akker",
    "Tulpen",
    "Rozen",
    "Merel",
    "Vink",
    "Zwaluw",
    "Abdij",
    "Kasteel",
    "Heide",
    "Winning",
    "Populieren",
]
STREET_ENDS = ("straat", "laan", "weg", "plein", "dreef", "pad", "lei", "steenweg")
# Spellings of one sound, either of which is met (Dutch, French, Arabic, Turkish and Polish names).
SPELLINGS = {
    "dutch": [("ae", "aa"), ("ck", "k"), ("y", "ij"), ("gh", "g"), ("x", "ks"), ("ph", "f"), ("th", "t"), ("s", "z"),
              ("oo", "o"), ("ee", "e"), ("uy", "ui"), ("sch", "s"), ("dt", "d"), ("c", "k")],
    "arabic": [("ou", "u"), ("kh", "k"), ("ss", "s"), ("el ", "al "), ("ch", "sh"), ("dj", "j"), ("i", "y"), ("aou", "aw"),
               ("gh", "g"), ("a", "e"), ("dd", "d"), ("mm", "m"), ("oui", "wi"), ("h", "")],
    "french": [("é", "e"), ("è", "e"), ("eau", "o"), ("ph", "f"), ("x", ""), ("tt", "t"), ("nn", "n"), ("ll", "l"),
               ("ç", "c"), ("ô", "o"), ("ie", "y"), ("th", "t"), ("au", "o")],
    "turkish": [("ş", "s"), ("ç", "c"), ("ı", "i"), ("ğ", "g"), ("ö", "o"), ("ü", "u"), ("ş", "sh"), ("ç", "ch"), ("y", "j"),
                ("ö", "oe"), ("ü", "ue")],
    "polish": [("ł", "l"), ("ś", "s"), ("ń", "n"), ("ą", "a"), ("ż", "z"), ("ó", "o"), ("w", "v"), ("cz", "ch"), ("sz", "s"),
               ("ski", "sky"), ("rz", "z"), ("j", "y")],
}  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Record(NamedTuple):
    person: int
    origin: str
    given_name: str
    family_name: str
    sex: str
    birth_date: str
    street: str
    postal_code: str


def people(size: int, seed: int, *, families: bool = True) -> list[Record]:
    """So many records, in no order; those of one person carry the same number. Or nobody lives with anybody."""
    chance = random.Random(seed)
    originals: list[Record] = []
    while len(originals) < round(size * (1 - DUPLICATES)):
        originals.extend(_household(chance, len(originals), families))
    originals = originals[: round(size * (1 - DUPLICATES))]
    again = [_again(chance, chance.choice(originals)) for _ in range(size - len(originals))]
    records = originals + again
    chance.shuffle(records)
    return records


def pairs(records: list[Record]) -> set[tuple[int, int]]:
    """The places of each two records of one person."""
    places: dict[int, list[int]] = {}
    for place, record in enumerate(records):
        places.setdefault(record.person, []).append(place)
    return {(a, b) for same in places.values() for a in same for b in same if a < b}


def _household(chance: random.Random, number: int, families: bool) -> list[Record]:
    """One to five people at one address: half of the households share a family name, with children of their own."""
    names = list(ORIGINS)
    origin = chance.choices(names, [ORIGINS[name].share for name in names])[0]
    shared, (street, code) = family_name(chance, ORIGINS[origin]), _address(chance)
    found = []
    for place in range(chance.choice((1, 1, 2, 2, 3, 4, 5)) if families else 1):
        surname = shared if place != 1 and chance.random() < 0.9 else family_name(chance, ORIGINS[origin])
        sex = chance.choice(("vrouw", "man"))
        given = _given(chance, ORIGINS[origin], sex)
        while given in (one.given_name for one in found) and chance.random() < 0.99:
            given = _given(chance, ORIGINS[origin], sex)
        found.append(Record(number + place, origin, given, surname, sex, _birth(chance), street, code))
    return found


def _given(chance: random.Random, origin: Origin, sex: str) -> str:
    name = skewed(chance, origin.women if sex == "vrouw" else origin.men)
    return f"{name} {skewed(chance, origin.women)}" if chance.random() < 0.02 else name


def _birth(chance: random.Random) -> str:
    return (FIRST_BIRTH + timedelta(chance.randrange(DAYS))).isoformat()


def _address(chance: random.Random) -> tuple[str, str]:
    street = chance.choice(STREETS) + chance.choice(STREET_ENDS)
    return f"{street} {1 + int(180 * chance.random() ** 2)}", str(1500 + chance.randrange(600) * 14)


def _again(chance: random.Random, record: Record) -> Record:
    """The same person, written down by somebody else: mostly with one fault, at times with more or with none."""
    faults = chance.choices((0, 1, 2, 3), (0.12, 0.48, 0.28, 0.12))[0]
    for fault in chance.sample(FAULTS, faults):
        record = fault(chance, record)
    return record


def _respell_family(chance, record):
    return record._replace(family_name=respelled(chance, record.family_name, record.origin))


def _respell_given(chance, record):
    return record._replace(given_name=respelled(chance, record.given_name, record.origin))


def _mistype_family(chance, record):
    return record._replace(family_name=mistyped(chance, record.family_name))


def _mistype_given(chance, record):
    return record._replace(given_name=mistyped(chance, record.given_name))


def _swap_names(chance, record):
    return record._replace(given_name=record.family_name, family_name=record.given_name)


def _swap_day_and_month(chance, record):
    if not record.birth_date or int(record.birth_date[8:]) > 12:
        return _wrong_digit(chance, record)
    year, month, day = record.birth_date.split("-")
    return record._replace(birth_date=f"{year}-{day}-{month}")


def _wrong_digit(chance, record):
    if not record.birth_date:
        return record
    born = date.fromisoformat(record.birth_date)
    other = chance.choice(
        (timedelta(1), timedelta(-1), timedelta(10), timedelta(31), timedelta(365), timedelta(3653))
    )
    return record._replace(birth_date=(born + other).isoformat())


def _no_birth_date(chance, record):
    return record._replace(birth_date="")


def _moved(chance, record):
    street, code = _address(chance)
    return record._replace(street=street, postal_code=code)


def _no_given_name(chance, record):
    return record._replace(given_name="")


def _initial(chance, record):
    return record._replace(given_name=record.given_name[:1])


def _no_address(chance, record):
    return record._replace(street="", postal_code="")


def _other_sex(chance, record):
    return record._replace(sex="man" if record.sex == "vrouw" else "vrouw")


FAULTS = (
    *(_respell_family, _respell_family, _respell_given, _respell_given, _mistype_family, _mistype_given),
    *(_swap_names, _swap_day_and_month, _wrong_digit, _no_birth_date, _moved, _moved, _no_address),
    *(_no_given_name, _initial, _other_sex),
)


def respelled(chance: random.Random, name: str, origin: str) -> str:
    """One or two sounds written otherwise; when none fits, a letter dropped or doubled."""
    fitting = [
        (a, b) for pair in SPELLINGS[origin] for a, b in (pair, pair[::-1]) if a and a in name.casefold()
    ]
    if not fitting:
        return mistyped(chance, name)
    for old, new in chance.sample(fitting, min(len(fitting), chance.choice((1, 1, 2)))):
        name = re.sub(re.escape(old), new, name, count=1, flags=re.IGNORECASE)
    return name[:1].upper() + name[1:]


def mistyped(chance: random.Random, name: str) -> str:
    """A letter dropped, doubled, swapped with the next, or another in its place."""
    if len(name) < 3:
        return name
    at = chance.randrange(1, len(name) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + name[at] + name[at:]
    if kind == 2:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + chance.choice(LETTERS) + name[at + 1 :]
