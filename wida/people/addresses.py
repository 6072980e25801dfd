"""Who may know where somebody lives. What may not be known is left out here, before any page is made.

A protected address is known to the organisation that wrote it, the organisations it named, and the coordinator of
the house. Whoever lives under the same roof while it holds is shielded with it: a child's address would tell as much.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from wida.access.queries import Opened
from wida.access.rules import Ground
from wida.accounts.codes import Role
from wida.dossiers.models import Dossier
from wida.people.models import Address, AddressViewer, Residence
from wida.records.queries import read

FIELDS = (
    *("person_id", "type", "street", "postal_code", "place", "country", "municipality", "since", "until"),
    *("protected", "protected_why", "viewer_names", "organisation_id", "viewers"),
)
SECRET = {
    "type": "",
    "street": "",
    "postal_code": "",
    "place": "",
    "country": "",
    "municipality": "",
    "protected_why": "",
    "viewer_names": "",
}


class Shown(NamedTuple):
    """An address as one reader may know it. Hidden: everything that says where or why is empty."""

    row: NamedTuple
    hidden: bool

    def __getattr__(self, name: str):
        return getattr(self.row, name)


class Period(NamedTuple):
    """From a day up to, not with, another; at least one day long, unknown ends are open."""

    start: date
    end: date

    @classmethod
    def of(cls, row) -> "Period":
        start = row.since or date.min
        return cls(start, max(row.until or date.max, start + timedelta(days=1)))


def visible_addresses(opened: Opened, residences: list | None = None) -> list[Shown]:
    """The addresses that stand, each as this actor may know it. One statement, two without `residences`."""
    rows = _read(Address.objects.of(opened.dossier))
    hidden = hidden_among(opened, rows, _residences(opened.dossier) if residences is None else residences)
    return [Shown(row._replace(**SECRET) if row.id in hidden else row, row.id in hidden) for row in rows]


def hidden_from(opened: Opened) -> set[UUID]:
    """The addresses, withdrawn ones too, that this actor may not know in any version."""
    rows = _read(Address.objects.filter(dossier_id=opened.dossier.pk))
    return hidden_among(opened, rows, _residences(opened.dossier))


def hidden_among(opened: Opened, rows: list, residences: list) -> set[UUID]:
    if opened.actor.role == Role.COORDINATOR and Ground.HOUSE in opened.grounds:
        return set()
    theirs = [row for row in rows if opened.actor.organisation_id not in (row.organisation_id, *row.viewers)]
    secret = [row for row in theirs if row.protected]
    return {row.id for row in secret} | _under_one_roof(secret, theirs, residences)


def shielded_homes(opened: Opened, addresses: list[Shown], residences: list) -> set[UUID]:
    """The households that may not be named to this actor: somebody in it has an address hidden from them."""
    hidden = {address.person_id for address in addresses if address.hidden}
    return {residence.household_id for residence in residences if residence.person_id in hidden}


def keep_places_out(dossier: Dossier) -> None:
    """Leaves the municipality, which figures read in clear, only at addresses that nobody has to be shielded at."""
    rows = _read(Address.objects.of(dossier))
    secret = [row for row in rows if row.protected]
    shielded = {row.id for row in secret} | _under_one_roof(secret, rows, _residences(dossier))
    for row in rows:
        place = "" if row.id in shielded or row.country else row.place
        if row.municipality != place:
            Address.objects.filter(pk=row.id).update(municipality=place)


def _under_one_roof(secret: list, rows: list, residences: list) -> set[UUID]:
    """The addresses that may be the same place: held while their person lived with somebody at a secret one."""
    found = set()
    for address in secret:
        for own, other in product(_of(address.person_id, residences), residences):
            if own.household_id != other.household_id or own.person_id == other.person_id:
                continue
            held = (row for row in _of(other.person_id, rows) if _meet(address, own, other, row))
            found |= {row.id for row in held}
    return found


def _of(person_id: UUID, rows: Iterable) -> list:
    return [row for row in rows if row.person_id == person_id]


def _meet(*rows) -> bool:
    periods = [Period.of(row) for row in rows]
    return max(period.start for period in periods) < min(period.end for period in periods)


def _read(addresses: QuerySet) -> list:
    viewers = AddressViewer.objects.filter(address_id=OuterRef("pk")).values("organisation_id")
    return read(addresses.annotate(viewers=ArraySubquery(viewers)).order_by("id"), *FIELDS)


def _residences(dossier: Dossier) -> list:
    return read(Residence.objects.of(dossier), "household_id", "person_id", "since", "until")
