"""What waits for a coordinator: emergencies nobody judged, proposals, alerts; and mandates to look at again."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Func, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from wida.access.models import GROUND_LABELS, Alert, BlockProposal, Mandate
from wida.access.queries import known_to
from wida.access.rules import Ground
from wida.access.walls.identity import open_found
from wida.accounts.actor import Actor
from wida.accounts.codes import Role
from wida.accounts.models import Membership, User
from wida.audit.models import Event
from wida.dossiers import tasks
from wida.records.statements import prepared

SOON = timedelta(days=14)
LONG = timedelta(days=182)
QUIET = timedelta(days=60)
MOST = 100


class Waiting(NamedTuple):
    """Something to be looked at: `kind` is emergency, proposal or alert; `own`: what the reader did themselves."""

    kind: str
    id: UUID
    number: str
    who: str
    at: datetime
    what: str
    own: bool


class Ending(NamedTuple):
    """A mandate to look at again. `why`: left, ending, long, quiet."""

    id: UUID
    number: str
    who: str
    ground: str
    since: date
    until: date | None
    why: str


def counts(actor: Actor) -> tuple[int, int]:
    """How many tasks somebody has, and how much else waits for a coordinator: up to `MOST` of each.

    One statement, for it stands on every page; it stops counting, so that an archive doesn't make it slower.
    """
    (found,) = _counts(actor)
    return found


@prepared
def _counts(actor: Actor) -> QuerySet:
    waiting = Value(0)
    if actor.role == Role.COORDINATOR:
        waiting = sum(map(_number, _waiting(actor)), waiting)
    return User.objects.filter(pk=actor.user_id).values_list(_number(tasks.of(actor)), waiting)


def _number(rows: QuerySet) -> Func:
    first = ArraySubquery(rows.order_by().values("pk")[:MOST])
    return Func(first, function="cardinality", output_field=IntegerField())


def waiting(actor: Actor) -> list[Waiting]:
    """Newest first. Two statements. Names no family: this is a list to work through, not to read in."""
    proposals, alerts = _waiting(actor)
    found = [
        Waiting("proposal", key, number, who, at, declared, own=False)
        for key, number, who, at, declared in proposals.values_list(
            "id", "dossier__number", "user_signature", "made_at", "declared"
        )
    ]
    for key, number, who, at, kind, source, user in alerts.values_list(
        "id", "dossier__number", "signature", "at", "kind", "source", "user"
    ):
        what = "emergency" if source else "alert"
        found.append(Waiting(what, source or key, number, who, at, kind, own=user == actor.user_id))
    return sorted(found, key=lambda row: row.at, reverse=True)


def mandates(actor: Actor) -> list[Ending]:
    """Of the house's open files: whose holder left, what ends soon or never, what nobody uses. Three statements."""
    open_found(_of_house(actor).open().values_list("pk", flat=True))
    today, now = timezone.localdate(), timezone.now()
    current = Membership.objects.current().filter(
        user_id=OuterRef("holder_id"), organisation_id=OuterRef("holder_organisation_id")
    )
    last = (
        Event.objects.filter(dossier=OuterRef("dossier_id"), user=OuterRef("holder_id"))
        .order_by()
        .values("user")
        .annotate(last=Max("at"))
        .values("last")
    )
    found = (
        Mandate.objects.active()
        .filter(dossier__in=_of_house(actor).open())
        .exclude(ground__in=[Ground.AUTHOR, Ground.EMERGENCY])
        .annotate(works=Exists(current), last=Subquery(last), number=F("dossier__number"))
        .order_by("until", "number")
    )
    rows = found.values_list(
        "id", "number", "holder_signature", "ground", "since", "until", "works", "last", named=True
    )
    return [
        Ending(row.id, row.number, row.holder_signature, GROUND_LABELS[row.ground], row.since, row.until, why)
        for row in rows
        if (why := _why(row, today, now))
    ]


def _why(row, today: date, now: datetime) -> str:
    if not row.works:
        return "left"
    if row.until and row.until <= today + SOON:
        return "ending"
    if not row.until and row.since <= today - LONG:
        return "long"
    if row.since <= today - QUIET and (row.last is None or row.last < now - QUIET):
        return "quiet"
    return ""


def _waiting(actor: Actor) -> tuple[QuerySet, QuerySet]:
    theirs = _of_house(actor)
    own_visit = Q(user=actor.user_id, source=None)
    return (
        BlockProposal.objects.filter(accepted=None, dossier__in=theirs).exclude(user_id=actor.user_id),
        Alert.objects.filter(seen_at=None, dossier__in=theirs).exclude(own_visit),
    )


def _of_house(actor: Actor) -> QuerySet:
    return known_to(actor).filter(Q(safe_home_id=actor.house_id))
