"""What the pages of meetings show. A partner reads the minutes of what they were invited to, nothing else."""

from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from wida.access.queries import Opened, known_to
from wida.accounts.actor import Actor
from wida.accounts.codes import HOUSE_ROLES, TEAM_ROLES
from wida.dossiers.models import Dossier
from wida.meetings.models import AgendaItem, Approval, Decision, Invitee, Meeting, Note, PersonPoint
from wida.records.queries import read

ITEM = (
    "meeting_id",
    "meeting__on",
    "meeting__starts",
    "meeting__type",
    "meeting__place",
    "planned_at",
    "question",
)


def reads_all(actor: Actor) -> bool:
    """The house and its team read every item of a dossier they may read; partners those they were invited to."""
    return actor.role in HOUSE_ROLES | TEAM_ROLES


def items(opened: Opened) -> list:
    """The dossier's agenda items, newest meeting first; `mine` tells whether this reader may read what was said."""
    invited = Invitee.objects.filter(item_id=OuterRef("pk"), user_id=opened.actor.user_id, withdrawn_at=None)
    found = AgendaItem.objects.of(opened.dossier).annotate(mine=Exists(invited))
    return read(found.order_by("-meeting__on", "-meeting__starts"), *ITEM, "mine")


def coming_for(opened: Opened) -> list[Meeting]:
    """The house's meetings of today and later on whose agenda the dossier doesn't stand yet."""
    there = AgendaItem.objects.of(opened.dossier).values("meeting_id")
    coming = Meeting.objects.filter(safe_home_id=opened.dossier.safe_home_id, on__gte=timezone.localdate())
    return list(coming.exclude(pk__in=there).order_by("on", "starts"))


def item_for(opened: Opened, item_id: UUID) -> AgendaItem | None:
    """An item this reader may read, else None."""
    found = AgendaItem.objects.of(opened.dossier).select_related("meeting").filter(pk=item_id)
    if not reads_all(opened.actor):
        found = found.filter(
            Exists(
                Invitee.objects.filter(
                    item_id=OuterRef("pk"), user_id=opened.actor.user_id, withdrawn_at=None
                )
            )
        )
    item = found.first()
    if item:
        item.dossier = opened.dossier
    return item


def decisions(dossier: Dossier) -> list:
    """The decisions of a dossier, the one that holds first."""
    return read(
        Decision.objects.of(dossier).order_by("-created_at"),
        "item_id", "outcome", "repeated", "repeated_why", "sharing", "sharing_why", "aligned", "aligned_why", "alternatives",
        "minors", "youth_consulted", "youth_outcome", "motivation", "dissent", "advice", "snapshot",
    )  # fmt: skip


def invitees(item: AgendaItem) -> list:
    return read(
        Invitee.objects.of(item.dossier).filter(item=item).order_by("invited_organisation__name", "name"),
        "name", "user_id", "ground", "attendance", "representative_of", "written_input", "invited_organisation__name",
    )  # fmt: skip


def notes(item: AgendaItem) -> list:
    return read(
        Note.objects.of(item.dossier).filter(item=item).order_by("created_at", "id"), "speaker", "text"
    )


def points(item: AgendaItem) -> list:
    return read(
        PersonPoint.objects.of(item.dossier).filter(item=item).order_by("created_at", "id"),
        "person_id",
        "text",
    )


def approval(item: AgendaItem):
    found = read(Approval.objects.of(item.dossier).filter(item=item), "remark")
    return found[0] if found else None


def meetings_of(actor: Actor):
    """The meetings an actor may know of, with how many dossiers on the agenda they may know of; newest first."""
    if actor.house_id:
        found = Meeting.objects.filter(safe_home_id=actor.house_id)
    else:
        invited = Invitee.objects.filter(
            user_id=actor.user_id, withdrawn_at=None, invited_organisation_id=actor.organisation_id
        )
        found = Meeting.objects.filter(pk__in=invited.values("item__meeting_id"))
    known = Q(items__withdrawn_at=None, items__dossier__in=known_to(actor))
    return found.annotate(points=Count("items", filter=known, distinct=True)).order_by("-on", "-starts")


def agenda(meeting: Meeting, actor: Actor) -> list:
    """The points of a meeting this actor may know of, in order of time. What they may not know leaves no gap."""
    return list(
        AgendaItem.objects.filter(meeting=meeting, withdrawn_at=None, dossier__in=known_to(actor))
        .order_by(F("planned_at").asc(nulls_last=True), "created_at")
        .values_list("id", "dossier__number", "planned_at", "dossier__stage", "dossier__colour", named=True)
    )
