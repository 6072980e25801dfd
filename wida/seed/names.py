"""Who plays in a copied story. Every name is put together from invented syllables."""

import random
from functools import cache, lru_cache
from hashlib import blake2b
from typing import NamedTuple

from django.conf import settings

from wida.demo import words
from wida.people.matching import keys
from wida.people.matching.facts import Facts

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
    tokens: list[bytes]


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
    street, number = chance.choice(words.STREETS), int(chance.random() * 399) + 1
    code = str(int(chance.random() * 8499) + 1500)
    return [_player(role, family[role.surname], f"{street} {number}", code, chance) for role in roles]


def _player(role: Role, surname: str, street: str, code: str, chance: random.Random) -> Player:
    given = chance.choice(_given_names(role.sex))
    month, day = int(chance.random() * 12) + 1, int(chance.random() * 28) + 1
    born = f"{role.birth_year:04}-{month:02}-{day:02}"
    # Fails the check on purpose.
    number = f"{born[2:4]}.{month:02}.{day:02}-{int(chance.random() * 1000):03}.00"
    facts = Facts(
        given_name=given, family_name=surname, national_number=number, birth_date=born, sex=role.sex,
        homes=((street, code, role.place),) if role.home else (),
    )  # fmt: skip
    return Player(given, surname, born, number, street, code, _tokens(facts))


@cache
def _given_names(sex: str) -> list[str]:
    names = words.WOMEN if sex == "vrouw" else words.MEN
    return [name + more for name in names for more in GIVEN_MIDDLE]


def _tokens(facts: Facts) -> list[bytes]:
    """Those of `matching.index`, as bytes: of a hundred thousand families, asking for them one by one takes long."""
    found = []
    messages = "\n".join(map("\x1f".join, keys.stored(facts))).encode().split(b"\n")
    for hasher in _hashers():
        for message in messages:
            one = hasher.copy()
            one.update(message)
            found.append(one.digest())
    return found


@cache
def _hashers() -> tuple:
    """Under each index key, as `records.tokens`."""
    return tuple(blake2b(key=key, digest_size=8) for _number, key in sorted(settings.WIDA_INDEX_KEYS.items()))
