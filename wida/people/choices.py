"""What the forms of this room offer to choose from, and compare with."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from wida.access.queries import Opened
from wida.accounts.models import Organisation, valid_on
from wida.dossiers.models import Dossier
from wida.people.cards import born
from wida.people.codes import Group
from wida.people.models import Person
from wida.people.page import homes_of
from wida.people.queries import label, place
from wida.records.models import Record
from wida.records.queries import read


class Known(NamedTuple):
    """A person of the dossier as far as a double would show it."""

    label: str
    given_name: str
    family_name: str
    national_number: str


def known_persons(dossier: Dossier, *, but: UUID | None = None) -> list[Known]:
    names = ("given_name", "family_name", "known_as", "unborn", "national_number")
    rows = read(Person.objects.of(dossier).exclude(pk=but), *names)
    return [Known(label(row), row.given_name, row.family_name, row.national_number) for row in rows]


def apart(dossier: Dossier, *, but: UUID) -> list[tuple[str, str, str]]:
    """The others of the dossier with their place in the family and their birth, so that one tells them apart."""
    names = ("group", "given_name", "family_name", "known_as", "unborn", "due_on", "deceased")
    rows = read(
        Person.objects.of(dossier).exclude(pk=but), *names, "birth_date", "age_stated", "age_stated_on"
    )
    return [
        (str(row.id), label(row), ", ".join(filter(None, [str(Group(row.group).label), born(row)])))
        for row in sorted(rows, key=place)
    ]


def partners(opened: Opened, *, and_these: Iterable[UUID] = ()) -> list[tuple[UUID, str]]:
    """The organisations that take part in the house today, the house itself, and those chosen before."""
    today = timezone.localdate()
    takes_part = valid_on(today, "partnerships__") & Q(partnerships__safe_home_id=opened.dossier.safe_home_id)
    house = Q(safe_home_id=opened.dossier.safe_home_id)
    found = Organisation.objects.filter(takes_part | house | Q(pk__in=list(and_these))).distinct()
    return sorted(found.values_list("pk", "name"), key=lambda row: row[1].casefold())


def households(opened: Opened) -> list[tuple[str, str]]:
    """Told apart by who lives there, for those that may not be named."""
    return [(str(home.id), home.label) for home in homes_of(opened)]


def standing(model: type[Record], dossier: Dossier, *, but: UUID | None = None) -> list:
    """The other rows of a kind, whose references and periods a new one is compared with."""
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if field.is_relation or field.name in ("since", "until", "kind")
    ]
    return read(model.objects.of(dossier).exclude(pk=but), *names)
