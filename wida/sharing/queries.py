"""The lanes of the Infodeling as their readers see them, and who those readers are."""

import hashlib
import json
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from wida.access.models import Mandate
from wida.access.rules import Ground, Part, Right, rights
from wida.accounts.actor import Actor
from wida.accounts.codes import CORE_LANES, HOUSE_ROLES, LANES, OrganisationType
from wida.accounts.models import Membership, Organisation, valid_on
from wida.dossiers.models import Dossier
from wida.records.queries import read
from wida.records.statements import prepared
from wida.referrals.queries import without_blocked
from wida.sharing.codes import ANSWERED, SENSITIVE, SHIELDED_SOURCES, DataCategory, LaneState, Source
from wida.sharing.models import Contribution, Lane

LANE_FIELDS = (
    *("lane", "partner_id", "partner__name", "requested_on", "due_on", "reminded_on"),
    *("open", "state", "answered_on", "ground", "why"),
)
CONTRIBUTION_FIELDS = (
    *("lane_id", "state", "text", "why_not", "source", "source_on", "categories", "persons", "necessity"),
    *("basis", "basis_on", "recipients", "reason", "role", "function"),
)
OF_READER = (
    *("user_id", "organisation_id", "user__name", "organisation__name", "role"),
    *("organisation__safe_home_id", "grounds"),
)


class Entry(NamedTuple):
    """One lane on the page: a partner that was asked, or a kind of partner that was not. `lane` is None for those."""

    anchor: str
    code: str
    label: str
    core: bool
    own: bool
    lane: tuple | None
    said: tuple | None
    persons: list[str]
    days_late: int

    @property
    def answered(self) -> bool:
        return self.lane is not None and self.lane.state in ANSWERED

    @property
    def state_label(self) -> str:
        return str(LaneState(self.lane.state).label)

    @property
    def shielded(self) -> bool:
        """From police or judiciary: nothing of it is told to the family, not even that it is here (WVG art. 14)."""
        return self.said is not None and self.said.source in SHIELDED_SOURCES

    @property
    def source_label(self) -> str:
        return str(Source(self.said.source).label) if self.said and self.said.source else ""


class LaneStatus(NamedTuple):
    """Where one lane stands, for lists and figures; `organisation` is empty and `state` None for a kind not asked."""

    lane: str
    organisation: str
    state: str | None
    requested_on: date | None
    due_on: date | None
    reminded_on: date | None
    answered_on: date | None


class Reader(NamedTuple):
    """Somebody who can read the Infodeling of a dossier now."""

    user_id: UUID
    organisation_id: UUID
    name: str
    organisation: str
    role: str


def board(dossier: Dossier, actor: Actor) -> list[Entry]:
    """All thirteen lanes in their fixed order, asked or not. Three statements, whatever the number of versions."""
    from wida.people.queries import name_map

    lanes = read(Lane.objects.of(dossier).order_by("created_at"), *LANE_FIELDS)
    newest = Contribution.objects.of(dossier).order_by("lane_id", "-version").distinct("lane_id")
    said = {row.lane_id: row for row in read(newest, *CONTRIBUTION_FIELDS)} if lanes else {}
    names = name_map(dossier) if any(row.persons for row in said.values()) else {}
    entries = []
    for kind in LANES:
        asked = [row for row in lanes if row.lane == kind]
        for place, row in enumerate(asked or [None]):
            contribution = said.get(row.id) if row else None
            entries.append(
                Entry(
                    anchor=f"lane-{kind}" if place == 0 else f"lane-{kind}-{place + 1}",
                    code=str(kind),
                    label=str(OrganisationType(kind).label),
                    core=kind in CORE_LANES,
                    own=row is not None and row.partner_id == actor.organisation_id,
                    lane=row,
                    said=contribution,
                    persons=[names[key] for key in contribution.persons if key in names]
                    if contribution
                    else [],
                    days_late=_days_late(row),
                )
            )
    return entries


def _days_late(row) -> int:
    return max(0, (timezone.localdate() - row.due_on).days) if row is not None and row.open else 0


def answered(dossier: Dossier) -> tuple[int, int]:
    """How many organisations answered, and how many were asked. One statement."""
    counts = Lane.objects.of(dossier).aggregate(
        given=Count("id", filter=Q(state__in=ANSWERED)), asked=Count("id")
    )
    return counts["given"], counts["asked"]


def lane_states(dossier: Dossier) -> list[LaneStatus]:
    """Every lane in its fixed order, without a word of what was shared. One statement."""
    fields = ("partner__name", "state", "requested_on", "due_on", "reminded_on", "answered_on")
    rows = list(Lane.objects.of(dossier).order_by("created_at").values_list("lane", *fields))
    found = []
    for kind in LANES:
        asked = [LaneStatus(*row) for row in rows if row[0] == kind]
        found += asked or [LaneStatus(str(kind), "", None, None, None, None, None)]
    return found


def versions(dossier: Dossier, lane: Lane) -> list:
    """What an organisation shared, newest first, with who could read it then. Two statements."""
    from wida.people.queries import name_map

    rows = read(Contribution.objects.of(dossier).filter(lane=lane).order_by("-version"), *CONTRIBUTION_FIELDS)
    names = name_map(dossier) if any(row.persons for row in rows) else {}
    return [
        {
            "row": row,
            "state": str(LaneState(row.state).label),
            "source": str(Source(row.source).label) if row.source else "",
            "categories": [_category(code) for code in row.categories],
            "persons": [names[key] for key in row.persons if key in names],
            "recipients": json.loads(row.recipients or "[]"),
        }
        for row in rows
    ]


def _category(code: int) -> tuple[str, bool]:
    category = DataCategory(code)
    return f"{category.value}. {category.label}", category in SENSITIVE


def readers(dossier: Dossier, *, but: Actor | None = None) -> list[Reader]:
    """Everybody who can read the Infodeling at this moment, by the access matrix itself. One statement."""
    found = {}
    for *who, house_id, held in _allowed(dossier.pk, dossier.safe_home_id):
        reader, grounds = Reader(*who), set(held)
        key = (reader.user_id, reader.organisation_id)
        if reader.role in HOUSE_ROLES and house_id == dossier.safe_home_id:
            grounds.add(Ground.HOUSE)
        mine = but and key == (but.user_id, but.organisation_id)
        if not mine and (Part.SHARING, Right.READ) in rights(reader.role, frozenset(grounds), dossier.stage):
            found.setdefault(key, reader)
    return list(found.values())


@prepared
def _allowed(dossier_id: UUID, home_id: UUID) -> QuerySet:
    """Who has a mandate or belongs to the house, and isn't kept out: which parts they may read is for the matrix."""
    theirs = Mandate.objects.active().filter(
        dossier_id=dossier_id,
        holder_id=OuterRef("user_id"),
        holder_organisation_id=OuterRef("organisation_id"),
    )
    house = Q(organisation__safe_home_id=home_id, role__in=HOUSE_ROLES)
    members = Membership.objects.current().filter(Q(Exists(theirs)) | house)
    return (
        without_blocked(members, Dossier(pk=dossier_id))
        .annotate(grounds=ArraySubquery(theirs.values("ground")))
        .order_by("organisation__name", "user__name", "role")
        .values_list(*OF_READER)
    )


def fingerprint(found: list[Reader]) -> str:
    """Tells whether the list of readers is still the one that was shown."""
    keys = sorted(f"{reader.user_id}:{reader.organisation_id}" for reader in found)
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:24]


def contacts(dossier: Dossier, kind: str | None = None) -> list[Membership]:
    """Contact persons of the house's partners of today whom no conflict keeps out; of one kind, or of all."""
    members = without_blocked(Membership.objects.partners_of(dossier.safe_home_id), dossier)
    members = (
        members.filter(organisation__type=kind) if kind else members.filter(organisation__type__in=LANES)
    )
    found = members.select_related("user", "organisation__safe_home")
    ordered = found.order_by("organisation__name", "user__name", "role")
    return sorted(ordered, key=lambda member: LANES.index(member.organisation.type))


def partners(dossier: Dossier) -> list[Organisation]:
    """The organisations that take part in the dossier's house today, with `core` from their partnership."""
    taking_part = valid_on(timezone.localdate(), "partnerships__") & Q(
        partnerships__safe_home_id=dossier.safe_home_id
    )
    return list(
        Organisation.objects.filter(taking_part, valid_on(timezone.localdate()), type__in=LANES)
        .annotate(core=Count("pk", filter=Q(partnerships__core=True)))
        .order_by("name")
    )
