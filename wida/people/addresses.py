"""Who may know where somebody lives. What may not be known is left out here, before any page is made.

A protected address is known to the organisation that wrote it, the organisations it named, and the coordinator of
the house. They too see where it is only after saying why (`reveal`). Shielded with it, since it would tell as much, is
where those live who are under the same roof while it holds, and the children of its person unless they are known to
live elsewhere; and of whoever is shielded now: school, workplace, landline, and the services that are bound to a place.
"""

import re
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
from wida.people.codes import ContactKind, Group, RelationKind, ServiceKind
from wida.people.models import Address, AddressViewer, Relation, Residence
from wida.records.queries import asked, read, read_at_once
from wida.records.statements import Asked, prepared

FIELDS = (
    *("person_id", "type", "street", "postal_code", "place", "country", "municipality", "since", "until"),
    *("protected", "protected_why", "viewer_names", "organisation_id", "seen_by"),
)
SECRET = dict.fromkeys(
    ("type", "street", "postal_code", "place", "country", "municipality", "protected_why", "viewer_names"), ""
)

PLACE = dict.fromkeys(("street", "postal_code", "place", "country", "municipality"), "")

# Services that stand where a family lives, and what says where.
PLACE_BOUND = frozenset(
    {
        ServiceKind.REFUGE,
        ServiceKind.DOCTOR,
        ServiceKind.HOSPITAL,
        ServiceKind.FAMILY_SUPPORT,
        ServiceKind.SCHOOL,
        ServiceKind.LOCAL_WELFARE,
        ServiceKind.OTHER,
    }
)
SERVICE_WORDS = ("name", "for_whom", "contact", "result")
PARENTS = (RelationKind.PARENT, RelationKind.STEPPARENT, RelationKind.FOSTER_PARENT)
MOBILE = re.compile(r"(0|\+32|0032)4")


class Shown(NamedTuple):
    """An address as one reader may know it. Hidden: everything that says where or why is empty.

    `closed`: this reader may know it, but only `reveal` says where.
    """

    row: tuple
    hidden: bool
    closed: bool

    def __getattr__(self, name: str):
        return getattr(self.row, name)


class Hidden(NamedTuple):
    """What one reader may not know: addresses, at whom nothing may point to a place, and households without a name."""

    addresses: frozenset[UUID]
    people: frozenset[UUID]
    homes: frozenset[UUID]


class Kin(NamedTuple):
    parent: UUID
    child: UUID


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
    """The addresses that stand, each as this actor may know it. Three statements."""
    return look(opened, _residences(opened.dossier), kin_of(opened.dossier))[0]


def standing(dossier: Dossier) -> Asked:
    """The addresses that stand, not yet as anybody may know them: for `look`."""
    return asked(_seen_by.of(dossier.pk, True), *FIELDS)


def look(
    opened: Opened, residences: list, kin: list[Kin], rows: list | None = None
) -> tuple[list[Shown], Hidden]:
    """The same in one statement, for who has read residences and parents, and in none who read the rows as well; and
    what else has to stay unsaid.
    """
    rows = _standing(opened.dossier) if rows is None else rows
    hidden = _hidden(opened, rows, residences, kin)
    shielded = _around([row for row in rows if row.protected], rows, residences, kin).addresses
    return [_as_known(row, hidden.addresses, shielded) for row in rows], hidden


def _as_known(row: tuple, hidden: frozenset[UUID], shielded: frozenset[UUID]) -> Shown:
    if row.id in hidden:
        return Shown(row._replace(**SECRET), hidden=True, closed=False)
    if row.id in shielded:
        return Shown(row._replace(**PLACE), hidden=False, closed=True)
    return Shown(row, hidden=False, closed=False)


def hidden_from(opened: Opened) -> Hidden:
    """What this actor may not know in any version, withdrawn addresses included. Three statements."""
    dossier = opened.dossier
    return _hidden(opened, _all(dossier), _residences(dossier), kin_of(dossier))


def shielded_in(dossier: Dossier) -> frozenset[UUID]:
    """The addresses, withdrawn ones included, that nobody is shown without saying why. Three statements."""
    rows = _all(dossier)
    secret = [row for row in rows if row.protected]
    return _around(secret, rows, _residences(dossier), kin_of(dossier)).addresses


def says_where(opened: Opened, service, hidden: Hidden) -> bool:
    """Whether a service stands where somebody lives whose address this actor may not know."""
    theirs = service.organisation_id == opened.actor.organisation_id
    return service.kind in PLACE_BOUND and not theirs and bool(hidden.addresses)


def reaches_a_place(opened: Opened, contact, hidden: Hidden) -> bool:
    """Whether a way to reach somebody shielded from this actor says where: a landline, or what is no phone."""
    if contact.person_id not in hidden.people or contact.organisation_id == opened.actor.organisation_id:
        return False
    if contact.kind == ContactKind.PHONE:
        return not MOBILE.match(re.sub(r"[^\d+]", "", contact.value))
    return contact.kind == ContactKind.OTHER


def keep_places_out(dossier: Dossier) -> bool:
    """Leaves the municipality, which figures read in clear, only at addresses that nobody has to be shielded at.
    Says whether any changed.
    """
    rows = _standing(dossier)
    secret = [row for row in rows if row.protected]
    shielded = _around(secret, rows, _residences(dossier), kin_of(dossier)).addresses
    changed = False
    for row in rows:
        place = "" if row.id in shielded or row.country else row.place
        if row.municipality != place:
            changed = True
            Address.objects.filter(pk=row.id).update(municipality=place)
    return changed


def kin_of(dossier: Dossier) -> list[Kin]:
    """The children of the dossier and who are their parents, step-parents and foster parents."""
    ties = Relation.objects.of(dossier).filter(kind__in=PARENTS, other__group=Group.CHILD)
    return [Kin(*pair) for pair in ties.values_list("person_id", "other_id")]


def _hidden(opened: Opened, rows: list, residences: list, kin: list[Kin]) -> Hidden:
    if opened.actor.role == Role.COORDINATOR and Ground.HOUSE in opened.grounds:
        return Hidden(frozenset(), frozenset(), frozenset())
    theirs = [row for row in rows if opened.actor.organisation_id not in (row.organisation_id, *row.seen_by)]
    return _around([row for row in theirs if row.protected], theirs, residences, kin)


def _around(secret: list, rows: list, residences: list, kin: list[Kin]) -> Hidden:
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
        for child in _children_with(address, residences, kin):
            addresses |= {row.id for row in rows if row.person_id == child and _meet(address, row)}
            if _meet(address, now):
                people.add(child)
    return Hidden(frozenset(addresses), frozenset(people), frozenset(homes))


def _under_the_roof_of(address, residences: list) -> Iterator[tuple]:
    """Pairs of residences in one household while the address holds: its person's own and anybody's, theirs included."""
    for own in residences:
        if own.person_id == address.person_id and _meet(address, own):
            for other in residences:
                if other.household_id == own.household_id and _meet(address, own, other):
                    yield own, other


def _children_with(address, residences: list, kin: list[Kin]) -> Iterator[UUID]:
    """The children of the address's person, but those of whom it is written that they live elsewhere meanwhile."""
    at_home = {other.person_id for _own, other in _under_the_roof_of(address, residences)}
    somewhere = {row.person_id for row in residences if _meet(address, row)}
    for parent, child in kin:
        if parent == address.person_id and (child in at_home or child not in somewhere):
            yield child


def _meet(*rows) -> bool:
    spans = [Span(row.since, row.until) for row in rows]
    return max(span.start for span in spans) < min(span.end for span in spans)


def _standing(dossier: Dossier) -> list:
    return read_at_once(standing(dossier))[0]


def _all(dossier: Dossier) -> list:
    return read(_seen_by.of(dossier.pk, False), *FIELDS)


@prepared
def _seen_by(dossier_id: UUID, standing: bool) -> QuerySet:
    viewers = AddressViewer.objects.filter(address_id=OuterRef("pk")).values("organisation_id")
    addresses = Address.objects.filter(dossier_id=dossier_id)
    addresses = addresses.filter(withdrawn_at=None) if standing else addresses
    return addresses.annotate(seen_by=ArraySubquery(viewers)).order_by("id")


def _residences(dossier: Dossier) -> list:
    return read(Residence.objects.of(dossier), "household_id", "person_id", "since", "until")
