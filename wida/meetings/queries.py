"""What the pages of meetings read. A partner reads what was said at the points they were invited to, nothing else."""

from datetime import time
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from wida.access.models import ConflictBlock, Mandate
from wida.access.queries import Opened, known_to
from wida.accounts.actor import Actor
from wida.accounts.codes import HOUSE_ROLES, TEAM_ROLES
from wida.accounts.models import Membership
from wida.dossiers.models import Dossier
from wida.dossiers.queries import open_rows
from wida.meetings.models import (
    AgendaItem,
    Agreement,
    Approval,
    Decision,
    Invitee,
    Meeting,
    Note,
    PersonPoint,
    Review,
)
from wida.records.queries import read
from wida.referrals.queries import without_blocked

ITEM = (
    *("meeting_id", "meeting__on", "meeting__starts", "meeting__type", "meeting__place"),
    *("meeting__cancelled_at", "meeting__cancelled_why", "planned_at", "question", "closed_at"),
)
DECISION = (
    *("item_id", "item__meeting__on", "outcome", "repeated", "repeated_why", "sharing", "sharing_why"),
    *("aligned", "aligned_why", "alternatives", "minors", "youth_consulted", "youth_outcome"),
    *("motivation", "dissent", "advice"),
)


class Point(NamedTuple):
    """A point on the agenda of a meeting, as somebody who may read it sees it there."""

    id: UUID
    number: str
    name: str
    planned_at: time | None
    stage: str
    colour: str
    closed_at: Any


def reads_all(actor: Actor) -> bool:
    """The house and its team read every point of a dossier they may read; partners those they were invited to."""
    return actor.role in HOUSE_ROLES | TEAM_ROLES


def items(opened: Opened) -> list:
    """The points of a dossier, newest meeting first; `mine` tells whether this reader was invited to it."""
    found = AgendaItem.objects.of(opened.dossier).annotate(mine=_invited(opened.actor))
    return read(found.order_by("-meeting__on", "-meeting__starts"), *ITEM, "mine")


def item_for(opened: Opened, item_id: UUID) -> AgendaItem | None:
    """A point this reader may read, with its meeting and the day of the dossier's meeting before it; else None."""
    before = AgendaItem.objects.of(opened.dossier).filter(
        meeting__on__lt=OuterRef("meeting__on"), meeting__cancelled_at=None
    )
    found = (
        AgendaItem.objects.of(opened.dossier)
        .filter(pk=item_id)
        .select_related("meeting")
        .annotate(previous_on=Subquery(before.order_by("-meeting__on").values("meeting__on")[:1]))
    )
    if not reads_all(opened.actor):
        found = found.filter(_invited(opened.actor))
    item = found.first()
    if item:
        item.dossier = opened.dossier
    return item


def coming_for(opened: Opened) -> list[Meeting]:
    """The house's meetings of today and later on whose agenda the dossier doesn't stand yet."""
    there = AgendaItem.objects.of(opened.dossier).values("meeting_id")
    coming = Meeting.objects.standing().filter(
        safe_home_id=opened.dossier.safe_home_id, on__gte=timezone.localdate()
    )
    return list(coming.exclude(pk__in=there).order_by("on", "starts"))


def invitable(item: AgendaItem) -> list[Membership]:
    """Whoever can be invited to a point: the house, its team and its partners, without those kept out and those
    who are invited already.
    """
    house = item.dossier.safe_home_id
    team = Membership.objects.current().filter(
        organisation__safe_home_id=house, role__in=TEAM_ROLES | HOUSE_ROLES
    )
    both = Membership.objects.filter(
        Q(pk__in=team.values("pk")) | Q(pk__in=Membership.objects.partners_of(house).values("pk"))
    )
    there = Invitee.objects.of(item.dossier).filter(item=item).values("user_id")
    found = without_blocked(both, item.dossier).exclude(user_id__in=there)
    return list(
        found.select_related("user", "organisation__safe_home").order_by("organisation__name", "user__name")
    )


def decisions(dossier: Dossier, item: AgendaItem | None = None) -> list:
    """The decisions of a dossier, or those of one point, the one that holds first."""
    found = Decision.objects.of(dossier)
    if item:
        found = found.filter(item=item)
    return read(found.order_by("-created_at"), *DECISION)


def invitees(item: AgendaItem) -> list:
    """Who is invited to a point; `opens` tells whether the dossier opens for them: a mandate, and no conflict."""
    theirs = Mandate.objects.active().filter(
        dossier_id=item.dossier_id,
        holder_id=OuterRef("user_id"),
        holder_organisation_id=OuterRef("invited_organisation_id"),
    )
    return read(
        _of(Invitee, item)
        .annotate(opens=Q(Exists(theirs)) & ~_kept_out(item.dossier))
        .order_by("invited_organisation__name", "name"),
        *("name", "user_id", "user__name", "ground", "attendance", "representative_of", "written_input"),
        *("sworn_at", "invited_organisation_id", "invited_organisation__name"),
        *("invited_organisation__type", "opens"),
    )


def notes(item: AgendaItem) -> list:
    return read(_of(Note, item).order_by("created_at", "id"), "speaker", "text", "organisation_id")


def points(item: AgendaItem) -> list:
    return read(_of(PersonPoint, item).order_by("created_at", "id"), "person_id", "text", "organisation_id")


def reviews(item: AgendaItem) -> list:
    """What was said of earlier actions, the last word on each last."""
    return read(_of(Review, item).order_by("created_at", "id"), "action_id", "outcome", "why")


def agreements(item: AgendaItem) -> list[UUID]:
    """The actions agreed at this point, in the order in which they were."""
    return list(_of(Agreement, item).order_by("created_at", "id").values_list("action_id", flat=True))


def approval(item: AgendaItem):
    found = read(_of(Approval, item), "remark")
    return found[0] if found else None


def meetings_of(actor: Actor) -> QuerySet[Meeting]:
    """The meetings an actor may know of, with how many `points` of each they see: those of their house, or those
    with a point to which they were invited.
    """
    seen = _points(actor)
    found = Meeting.objects.all()
    found = (
        found.filter(safe_home_id=actor.house_id)
        if actor.house_id
        else found.filter(pk__in=seen.values("meeting_id"))
    )
    counted = seen.filter(meeting_id=OuterRef("pk")).order_by().values("meeting_id").annotate(n=Count("id"))
    return found.annotate(points=Coalesce(Subquery(counted.values("n")), 0))


def agenda(meeting: Meeting, actor: Actor) -> list[Point]:
    """The points of a meeting this actor may read, in order of time. The others leave neither a trace nor a gap.

    Two statements.
    """
    ordered = _points(actor).filter(meeting=meeting)
    ordered = ordered.order_by(F("planned_at").asc(nulls_last=True), "created_at")
    points = list(ordered.values_list("id", "dossier_id", "planned_at", "closed_at"))
    dossiers = known_to(actor).filter(pk__in=[point[1] for point in points])
    rows = {row.id: row for row in open_rows(actor, dossiers)}
    return [
        Point(
            key,
            rows[dossier].number,
            rows[dossier].name,
            planned_at,
            rows[dossier].stage,
            rows[dossier].colour,
            closed_at,
        )
        for key, dossier, planned_at, closed_at in points
    ]


def _of(model: type, item: AgendaItem) -> QuerySet:
    return model.objects.of(item.dossier).filter(item=item)


def _points(actor: Actor) -> QuerySet[AgendaItem]:
    """The points an actor may read, of whatever meeting."""
    found = AgendaItem.objects.filter(withdrawn_at=None, dossier__in=known_to(actor))
    return found if reads_all(actor) else found.filter(_invited(actor))


def _invited(actor: Actor) -> Exists:
    """That the actor was invited to the outer point, for the organisation they act for now."""
    return Exists(
        Invitee.objects.filter(
            item_id=OuterRef("pk"),
            user_id=actor.user_id,
            invited_organisation_id=actor.organisation_id,
            withdrawn_at=None,
        )
    )


def _kept_out(dossier: Dossier) -> Q:
    blocks = ConflictBlock.objects.of(dossier)
    of_user = blocks.filter(user_id=OuterRef("user_id"))
    of_organisation = blocks.filter(blocked_organisation_id=OuterRef("invited_organisation_id"))
    return Q(Exists(of_user)) | Q(Exists(of_organisation))
