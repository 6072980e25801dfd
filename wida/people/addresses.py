"""Who may know where somebody lives. What may not be known is left out here, before any page is made.

A protected address is known to the organisation that wrote it, the organisations it named, and the coordinator of
the house. Whoever lives under the same roof while it holds is shielded with it: a child's address would tell as much.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from wida.access.queries import Opened
from wida.access.rules import Ground
from wida.accounts.codes import Role
from wida.dossiers.models import Dossier
from wida.people.codes import ServiceKind
from wida.people.models import Address, AddressViewer, Residence
from wida.records.queries import read

FIELDS = (
    *("person_id", "type", "street", "postal_code", "place", "country", "municipality", "since", "until"),
    *("protected", "protected_why", "viewer_names", "organisation_id", "seen_by"),
)
SECRET = dict.fromkeys(
    ("type", "street", "postal_code", "place", "country", "municipality", "protected_why", "viewer_names"), ""
)

# What of a refuge says where it is.
REFUGE = ("name", "for_whom", "contact", "result")


class Shown(NamedTuple):
    """An address as one reader may know it. Hidden: everything that says where or why is empty."""

    row: tuple
    hidden: bool

    def __getattr__(self, name: str):
        return getattr(self.row, name)


class Hidden(NamedTuple):
    """What one reader may not know: addresses, at whom nothing may point to a place, and households without a name."""

    addresses: frozenset[UUID]
    people: frozenset[UUID]
    homes: frozenset[UUID]


class Span(NamedTuple):
    """From a day up to, not with, another; unknown ends are open."""

    since: date | None
    until: date | None

    @property
    def start(self) -> date:
        return self.since or date.min

    @property
    def end(self) -> date:
        """At least a day after the start, so that a single day is a period too."""
        return max(self.until or date.max, self.start + timedelta(days=1))


def visible_addresses(opened: Opened) -> list[Shown]:
    """The addresses that stand, each as this actor may know it. Two statements."""
    return look(opened, _residences(opened.dossier))[0]


def look(opened: Opened, residences: list) -> tuple[list[Shown], Hidden]:
    """The same in one statement, for who has read the residences; and what else has to stay unsaid."""
    rows = _read(Address.objects.of(opened.dossier))
    hidden = _hidden(opened, rows, residences)
    shown = [
        Shown(row._replace(**SECRET) if row.id in hidden.addresses else row, row.id in hidden.addresses)
        for row in rows
    ]
    return shown, hidden


def hidden_from(opened: Opened) -> Hidden:
    """What this actor may not know in any version, withdrawn addresses included. Two statements."""
    return _hidden(
        opened, _read(Address.objects.filter(dossier_id=opened.dossier.pk)), _residences(opened.dossier)
    )


def says_where(opened: Opened, service, hidden: Hidden) -> bool:
    """Whether a service is the refuge in which somebody stays whose address this actor may not know."""
    theirs = service.organisation_id == opened.actor.organisation_id
    return service.kind == ServiceKind.REFUGE and not theirs and bool(hidden.addresses)


def keep_places_out(dossier: Dossier) -> None:
    """Leaves the municipality, which figures read in clear, only at addresses that nobody has to be shielded at."""
    rows = _read(Address.objects.of(dossier))
    shielded = _around([row for row in rows if row.protected], rows, _residences(dossier)).addresses
    for row in rows:
        place = "" if row.id in shielded or row.country else row.place
        if row.municipality != place:
            Address.objects.filter(pk=row.id).update(municipality=place)


def _hidden(opened: Opened, rows: list, residences: list) -> Hidden:
    if opened.actor.role == Role.COORDINATOR and Ground.HOUSE in opened.grounds:
        return Hidden(frozenset(), frozenset(), frozenset())
    theirs = [row for row in rows if opened.actor.organisation_id not in (row.organisation_id, *row.seen_by)]
    return _around([row for row in theirs if row.protected], theirs, residences)


def _around(secret: list, rows: list, residences: list) -> Hidden:
    """What gives these secret addresses away: their people, whom they live with, and what stands about those."""
    addresses, people, homes = set(), set(), set()
    now = Span(timezone.localdate(), None)
    for address in secret:
        addresses.add(address.id)
        if _meet(address, now):
            people.add(address.person_id)
        for own, other in _under_the_roof_of(address, residences):
            homes.add(own.household_id)
            if _meet(address, own, other, now):
                people.add(other.person_id)
            if other.person_id != own.person_id:
                theirs = (row for row in rows if row.person_id == other.person_id)
                addresses |= {row.id for row in theirs if _meet(address, own, other, row)}
    return Hidden(frozenset(addresses), frozenset(people), frozenset(homes))


def _under_the_roof_of(address, residences: list) -> Iterator[tuple]:
    """Pairs of residences in one household while the address holds: its person's own and anybody's, theirs included."""
    for own in residences:
        if own.person_id == address.person_id and _meet(address, own):
            for other in residences:
                if other.household_id == own.household_id and _meet(address, own, other):
                    yield own, other


def _meet(*rows) -> bool:
    spans = [Span(row.since, row.until) for row in rows]
    return max(span.start for span in spans) < min(span.end for span in spans)


def _read(addresses: QuerySet) -> list:
    viewers = AddressViewer.objects.filter(address_id=OuterRef("pk")).values("organisation_id")
    return read(addresses.annotate(seen_by=ArraySubquery(viewers)).order_by("id"), *FIELDS)


def _residences(dossier: Dossier) -> list:
    return read(Residence.objects.of(dossier), "household_id", "person_id", "since", "until")
