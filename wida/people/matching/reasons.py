"""Why two records look like one person, in words, field by field."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from wida.people.matching.facts import Facts
from wida.people.matching.scoring import FIELDS, Levels, kind
from wida.web.dates import day


class Reason(NamedTuple):
    """`sign` says whether it speaks for (« same »), nearly (« near ») or against (« other »)."""

    sign: str
    text: str


SAME, NEAR, OTHER = "same", "near", "other"
# Per field and level: for or against, and the sentence. « one » and « other » are what each record says.
SENTENCES = {
    "number": {
        "same": (SAME, _("Same national number")),
        "near": (NEAR, _("National numbers differ in one digit")),
        "other": (OTHER, _("Another national number")),
    },
    "family": {
        "same": (SAME, _("Same family name: %(one)s")),
        "sounds": (SAME, _("Family name sounds the same: %(one)s / %(other)s")),
        "near": (NEAR, _("Family name nearly the same: %(one)s / %(other)s")),
        "part": (NEAR, _("Part of the family name is the same: %(one)s / %(other)s")),
        "close": (NEAR, _("Family name alike: %(one)s / %(other)s")),
        "other": (OTHER, _("Another family name: %(one)s / %(other)s")),
    },
    "given": {
        "same": (SAME, _("Same first name: %(one)s")),
        "sounds": (SAME, _("First name sounds the same: %(one)s / %(other)s")),
        "near": (NEAR, _("First name nearly the same: %(one)s / %(other)s")),
        "close": (NEAR, _("First name alike: %(one)s / %(other)s")),
        "initial": (NEAR, _("First name begins the same: %(one)s / %(other)s")),
        "other": (OTHER, _("Another first name: %(one)s / %(other)s")),
    },
    "order": {"swapped": (NEAR, _("First name and family name stand in each other's place"))},
    "birth": {
        "same": (SAME, _("Born on the same day: %(one)s")),
        "swapped": (NEAR, _("Day and month of birth swapped: %(one)s / %(other)s")),
        "day": (NEAR, _("Born a day apart: %(one)s / %(other)s")),
        "days": (NEAR, _("Born within a month: %(one)s / %(other)s")),
        "years": (NEAR, _("Born one or ten years apart: %(one)s / %(other)s")),
        "digit": (NEAR, _("Date of birth differs in one digit: %(one)s / %(other)s")),
        "one": (NEAR, _("Day, month or year of birth differs: %(one)s / %(other)s")),
        "two": (NEAR, _("Date of birth alike: %(one)s / %(other)s")),
        "year": (NEAR, _("Born in the same year: %(one)s / %(other)s")),
        "in_year": (NEAR, _("Born in the same year: %(one)s / %(other)s")),
        "near_year": (NEAR, _("Born about the same year: %(one)s / %(other)s")),
        "other_year": (OTHER, _("Another date of birth: %(one)s / %(other)s")),
        "other": (OTHER, _("Another date of birth: %(one)s / %(other)s")),
    },
    "sex": {"other": (OTHER, _("Another sex"))},
    "home": {
        "same": (SAME, _("Same address")),
        "street": (NEAR, _("Address nearly the same")),
        "road": (NEAR, _("A street of the same name")),
        "area": (NEAR, _("Same municipality")),
        "other": (OTHER, _("Another address")),
    },
}


def reasons(levels: Levels, one: Facts, other: Facts) -> tuple[Reason, ...]:
    """What is the same, what nearly, what differs; nothing about what one of both doesn't say. No number is said."""
    mine = one.swapped if levels[3] == "swapped" else one
    said = {
        "family": (mine.family_name or mine.known_as, other.family_name or other.known_as),
        "given": (mine.given_name, other.given_name),
        "birth": (_born(one), _born(other)),
    }
    found = []
    for field, level in zip(FIELDS, levels, strict=True):
        sign, sentence = SENTENCES[field].get(kind(level), ("", ""))
        if sign:
            first, second = said.get(field, ("", ""))
            found.append(Reason(sign, str(sentence) % {"one": first, "other": second}))
    return tuple(found)


def _born(facts: Facts) -> str:
    return day(date.fromisoformat(facts.born)) if facts.born else str(facts.year or "")
