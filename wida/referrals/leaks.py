"""What may not leave the house in a letter: where somebody lives, numbers, and the words of another organisation."""

import re
from typing import NamedTuple

from django.apps import apps
from django.utils.translation import gettext as _

from wida.accounts.models import Organisation
from wida.dossiers.models import Dossier
from wida.people.models import Address, Contact, Person
from wida.records.models import Record
from wida.records.queries import read
from wida.records.sealing import SealedText
from wida.records.tokens import fold

# Fewer words in a row are common speech.
WORDS = 5
DIGITS = 8


class Leak(NamedTuple):
    """`kind` is a code; `text` says in words what to take out, and never repeats it."""

    kind: str
    text: str


def leaks(dossier: Dossier, *texts: str) -> list[Leak]:
    """What these texts hold that the referrer may not read from the house. A fixed number of statements."""
    written = " ".join(texts)
    words, digits = _folded(written), re.sub(r"\D", "", written)
    found = []
    if any(f" {street} " in f" {words} " for street in _streets(dossier)):
        found.append(
            Leak("address", _("Take out the address: an address of the dossier stands in this letter"))
        )
    if any(number in digits for number in _numbers(dossier)):
        found.append(
            Leak(
                "number",
                _(
                    "Take out the number: a national number or telephone number "
                    "of the dossier stands in this letter"
                ),
            )
        )
    phrases = _phrases(words)
    for organisation in sorted(
        {who for who, text in _of_others(dossier) if phrases & _phrases(_folded(text))}
    ):
        found.append(
            Leak(
                "words",
                _("Take out the words of %(organisation)s: this letter repeats what they wrote")
                % {"organisation": organisation},
            )
        )
    return found


def _streets(dossier: Dossier) -> set[str]:
    """Whether protected or not: nobody needs an address in a letter about advice."""
    return {_folded(row.street) for row in read(Address.objects.of(dossier), "street") if row.street}


def _numbers(dossier: Dossier) -> set[str]:
    values = [row.national_number for row in read(Person.objects.of(dossier), "national_number")]
    values += [row.value for row in read(Contact.objects.of(dossier), "value")]
    digits = {re.sub(r"\D", "", value) for value in values}
    return {number for number in digits if len(number) >= DIGITS}


def _of_others(dossier: Dossier) -> list[tuple[str, str]]:
    """Every sentence in the dossier that neither the referrer nor the house wrote, with whose it is."""
    houses = Organisation.objects.filter(safe_home_id=dossier.safe_home_id).values("pk")
    found = []
    for model in apps.get_models():
        if not issubclass(model, Record):
            continue
        sealed = [field.name for field in model._meta.concrete_fields if isinstance(field, SealedText)]
        rows = model.objects.of(dossier).exclude(organisation_id__in=houses)
        for row in read(rows.exclude(organisation_id=dossier.organisation_id), "organisation__name", *sealed):
            found += [(row.organisation_name, getattr(row, name)) for name in sealed if getattr(row, name)]
    return found


def _folded(text: str) -> str:
    return " ".join(filter(None, map(fold, re.findall(r"\w+", text))))


def _phrases(words: str) -> set[tuple[str, ...]]:
    each = words.split()
    return {tuple(each[place : place + WORDS]) for place in range(len(each) - WORDS + 1)}
