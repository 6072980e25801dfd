"""How a name sounds, so that its spellings meet: Dutch, French, Arabic, Turkish and Polish names.

A skeleton keeps the consonants in their order and three kinds of vowel. Made for finding candidates, never shown.
"""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode doesn't take apart into a plain one and a sign.
_PLAIN = str.maketrans({"ø": "o", "ı": "i", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d"})
# What stands in front of a family name, loose or glued to it.
_PARTICLES = frozenset(
    (
        *(
            "vanden",
            "vander",
            "vande",
            "van",
            "von",
            "den",
            "der",
            "des",
            "de",
            "du",
            "le",
            "la",
            "ten",
            "ter",
        ),
        *("het", "op", "in", "aan", "d", "l", "s", "t", "el", "al"),
    )
)
_GLUED = re.compile(r"^(?:vanden|vander|vande|van|du|de|el|al)(?=[a-z]{4})")
# « Ben Ali » is « Benali »: what means son, father or people of belongs to the name.
_SON_OF = re.compile(r"\b(ben|bin|bou|abou|abu|ait|ould) (?=[a-z])")
# In this order: first what several letters say together, then letter by letter.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ch(?=r)|ck|kh|qu?|cq", "k"),
        (r"sch|tch|tsj|tsch|sh|ch|cz|sz|rz|ts|tz|sj", "s"),
        (r"ph|pf", "v"),
        (r"gh", "g"),
        (r"dzj|dj|dz", "J"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"[wf]", "v"),
        (r"z", "s"),
        (r"dt?$", "t"),
        (r"b$", "p"),
        (r"^[yj](?=[aeiou])|(?<=[aeiou])[yj](?=[aeiou])", "J"),
        (r"(?<=[a-z]{3})e$|h", ""),
        (r"eau|aux?$|au|ou|oe|eu|o|u", "U"),
        (r"aa?|ae", "A"),
        (r"[eiyj]", "I"),
    )
)
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"([AIU])[AIU]+")
_NO_VOWELS = str.maketrans("", "", "aiu")  # once the sounds are small letters


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """In small letters without accents; words stay apart."""
    letters = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    return " ".join(re.sub(r"[^a-z0-9 ]", "", re.sub(r"[-'’.,/]", " ", letters)).split())


@lru_cache(maxsize=8192)
def skeleton(word: str) -> str:
    """How a plain word sounds: « Youssef », « Yousef » and « Joesef » are one."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return _VOWELS.sub(r"\1", _DOUBLE.sub(r"\1", word)).lower()


def consonants(bones: str) -> str:
    """A skeleton without its vowels, but for the first letter."""
    return bones[:1] + bones[1:].translate(_NO_VOWELS)


@lru_cache(maxsize=8192)
def cores(family_name: str, most: int = 3) -> tuple[str, ...]:
    """The skeletons of what a family name is known by: each word that is no particle, particles cut off."""
    words = _SON_OF.sub(r"\1", plain(family_name)).split()
    kept = [word for word in words if word not in _PARTICLES and len(word) > 1] or words
    return tuple(dict.fromkeys(skeleton(_GLUED.sub("", word)) for word in kept[-most:]))


@lru_cache(maxsize=8192)
def called(given_name: str) -> str:
    """The first of somebody's first names, in plain letters."""
    words = plain(given_name).split()
    kept = [word for word in words if word not in _PARTICLES] or words
    return kept[0] if kept else ""


def deletions(word: str) -> set[str]:
    """A word, and what is left of it without any one letter: two that are one letter apart share one of these, and so
    do two in which neighbours changed places.
    """
    if len(word) < 3:
        return {word}
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
