"""What may stand in no passage that is given: words and numbers that lead to somebody who is protected."""

import json
import re
from typing import NamedTuple
from uuid import UUID

from wida.dossiers.models import Dossier
from wida.people.addresses import kin_of
from wida.people.models import Address, ChildPanel, Contact, Household, Person, Residence, Service
from wida.records.models import Revision
from wida.records.queries import read
from wida.records.tokens import fold

PLACE = ("street", "postal_code", "place")
SHORTEST = 3
DIGITS = 8


class Secrets(NamedTuple):
    """Words as they sound, and digits."""

    words: frozenset[str]
    numbers: frozenset[str]

    def in_text(self, text: str) -> bool:
        spoken, digits = f" {_folded(text)} ", re.sub(r"\D", "", text)
        return any(f" {word} " in spoken for word in self.words) or any(one in digits for one in self.numbers)


def secrets_of(dossier: Dossier, person_id: UUID) -> Secrets:
    """Of each protected address that there is or was: its words, and what stands about who lives there."""
    addresses = Address.objects.filter(dossier_id=dossier.pk)
    rows = read(addresses.filter(protected=True), "person_id", *PLACE)
    words = [getattr(row, name) for row in rows for name in PLACE]
    earlier = Revision.objects.filter(dossier_id=dossier.pk, table="people.address")
    for state in (json.loads(revision.state) for revision in earlier):
        if state.get("protected"):
            words += [state.get(name) or "" for name in PLACE]
    hidden = {row.person_id for row in rows}
    hidden |= {child for parent, child in kin_of(dossier) if parent in hidden}
    if hidden:
        words += _around(dossier, hidden)
    of_others = Person.objects.of(dossier).exclude(pk=person_id)
    numbers = [row.national_number for row in read(of_others, "national_number")]
    contacts = read(Contact.objects.of(dossier).exclude(person_id=person_id), "value")
    digits = {re.sub(r"\D", "", text) for text in [*numbers, *(row.value for row in contacts)]}
    return Secrets(
        frozenset(word for word in map(_folded, words) if len(word) >= SHORTEST),
        frozenset(number for number in digits if len(number) >= DIGITS),
    )


def _around(dossier: Dossier, hidden: set[UUID]) -> list[str]:
    """School, household and services tell where somebody stays as well as a street does."""
    panels = read(ChildPanel.objects.of(dossier).filter(child__in=hidden), "school", "school_contact")
    homes = Residence.objects.of(dossier).filter(person__in=hidden)
    households = read(Household.objects.of(dossier).filter(pk__in=homes.values("household_id")), "label")
    services = read(Service.objects.of(dossier), "name", "contact")
    return [
        *(word for row in panels for word in (row.school, row.school_contact)),
        *(row.arrangement for row in read(homes, "arrangement")),
        *(row.label for row in households),
        *(word for row in services for word in (row.name, row.contact)),
    ]


def _folded(text: str) -> str:
    return " ".join(filter(None, map(fold, re.findall(r"\w+", text))))
