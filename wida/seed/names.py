"""Who plays in a copied story. Every name is put together from invented syllables."""

import random
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from wida.demo import words
from wida.people.matching import keys
from wida.people.matching.facts import Facts
from wida.people.matching.index import tokens
from wida.records.tokens import under_each_key

BEFORE = ("", "", "", "", "Van ", "De ", "Van den ", "El ", "Ben ", "Ver")
FIRST = (
    *(
        "Aal",
        "Bos",
        "Cuy",
        "Der",
        "Eeck",
        "Fon",
        "Ghel",
        "Haver",
        "Ick",
        "Jas",
        "Kest",
        "Lam",
        "Moer",
        "Neir",
    ),
    *(
        "Otte",
        "Pauw",
        "Quint",
        "Roel",
        "Sterk",
        "Tiel",
        "Uyt",
        "Vlas",
        "Well",
        "Yzer",
        "Zand",
        "Kara",
        "Demir",
    ),
    *("Nowi", "Wojt", "Man", "Had", "Trao", "Okon", "Dia", "Yild", "Kow", "Bou", "Cha", "Sal", "Rah"),
)
MIDDLE = ("", "", "e", "en", "a", "i", "el", "er", "ou")
LAST = (
    *("man", "teels", "velde", "gent", "haerts", "teyn", "dorp", "hals", "roth", "paerts", "lier", "brouck"),
    *("dijck", "vaer", "lyns", "straete", "beeck", "hof", "brugghe", "kom", "baert", "vliet", "doui", "tepe"),
    *("szek", "sour", "kale", "ska", "resse", "kwa", "llom", "maz", "khi", "lci", "nik"),
)
GIVEN_MIDDLE = ("", "", "", "-Lou", "-Marie", "a", "ine", "elle", "o", "an")


class Player(NamedTuple):
    given_name: str
    family_name: str
    birth_date: str
    national_number: str
    street: str
    postal_code: str
    tokens: list[int]


class Role(NamedTuple):
    """What a story says of one of its persons, that a player must keep to."""

    birth_year: int
    sex: str
    surname: int  # which of the family's names they bear
    home: bool  # whether an address of theirs may find them
    place: str


@lru_cache(maxsize=200_000)
def _surname(number: int) -> str:
    number, last = divmod(number, len(LAST))
    number, middle = divmod(number, len(MIDDLE))
    before, first = divmod(number, len(FIRST))
    name = FIRST[first] + MIDDLE[middle] + LAST[last]
    return BEFORE[before] + (name.lower() if BEFORE[before] == "Ver" else name)


SURNAMES = len(BEFORE) * len(FIRST) * len(MIDDLE) * len(LAST)


def players(roles: list[Role], chance: random.Random) -> list[Player]:
    """One for each role. Some surnames are commoner than others, as in life."""
    family = [_surname(int(chance.random() ** 2 * SURNAMES)) for _ in range(2)]
    street, number = chance.choice(words.STREETS), chance.randrange(1, 400)
    code = str(chance.randrange(1500, 9999))
    return [_player(role, family[role.surname], f"{street} {number}", code, chance) for role in roles]


def _player(role: Role, surname: str, street: str, code: str, chance: random.Random) -> Player:
    given = chance.choice(words.WOMEN if role.sex == "vrouw" else words.MEN)
    given += chance.choice(GIVEN_MIDDLE)
    born = date(role.birth_year, chance.randrange(1, 13), chance.randrange(1, 29)).isoformat()
    number = (
        f"{born[2:4]}.{born[5:7]}.{born[8:]}-{chance.randrange(1000):03}.00"  # fails the check on purpose
    )
    facts = Facts(
        given_name=given, family_name=surname, national_number=number, birth_date=born, sex=role.sex,
        homes=((street, code, role.place),) if role.home else (),
    )  # fmt: skip
    stored = keys.stored(facts)
    kept = {value for _key in under_each_key() for value in tokens(stored)}
    return Player(given, surname, born, number, street, code, sorted(kept))
