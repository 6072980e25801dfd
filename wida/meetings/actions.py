"""Putting dossiers on the agenda, inviting, minuting and deciding. Nothing is written at a cancelled meeting."""

import json
from datetime import date, time
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.access.actions import give_mandate
from wida.access.rules import Ground
from wida.accounts.actor import Actor
from wida.accounts.codes import TEAM_ROLES, Role
from wida.accounts.models import Membership
from wida.audit.actions import record as audit
from wida.dossiers import tasks
from wida.dossiers.actions import assign_case_manager
from wida.dossiers.codes import TaskKind, Track
from wida.dossiers.models import Dossier
from wida.meetings import snapshot
from wida.meetings.codes import Attendance, TriageOutcome
from wida.meetings.models import AgendaItem, Approval, Decision, Invitee, Meeting, Note, PersonPoint
from wida.people.models import Person
from wida.records import actions as records

# An outcome that isn't named here leaves the track as it was.
TRACKS = {
    TriageOutcome.TRACK_2: Track.CASE_SUPPORT,
    TriageOutcome.TRACK_3: Track.CASE_MANAGEMENT,
    TriageOutcome.NO_OFFER: "",
}


@transaction.atomic
def call_meeting(
    *, by: Actor, type: str, on: date, starts: time, legal_basis: str, finality: str, place: str = ""
) -> Meeting:
    """Plans a meeting of the actor's Safe Home; recorded as `meeting_called`."""
    meeting = Meeting(
        safe_home_id=by.house_id,
        type=type,
        on=on,
        starts=starts,
        place=place,
        legal_basis=legal_basis,
        finality=finality,
        made_by=by.signature,
        made_at=timezone.now(),
    )
    meeting.save(force_insert=True)
    audit("meeting_called", by=by, row=meeting.pk)
    return meeting


@transaction.atomic
def put_on_agenda(
    *, dossier: Dossier, meeting: Meeting, by: Actor, question: str, planned_at: time | None = None
) -> AgendaItem:
    """Puts a dossier on the agenda. Whoever holds a mandate on it is not invited by that alone."""
    item = AgendaItem(dossier=dossier, meeting=meeting, question=question, planned_at=planned_at)
    refuse_cancelled(item)
    return records.add(item, by=by)


def change_item(
    *, item: AgendaItem, by: Actor, version: int, question: str, planned_at: time | None
) -> AgendaItem:
    refuse_cancelled(item)
    return records.change(item, by=by, version=version, question=question, planned_at=planned_at)


@transaction.atomic
def take_off_agenda(*, item: AgendaItem, by: Actor, version: int, reason: str) -> AgendaItem:
    """Takes a dossier off the agenda; its invitations end with it, the mandates do not.

    Raises `NotNow` once something was minuted or decided at the point.
    """
    for model in (Note, PersonPoint, Decision):
        if model.objects.of(item.dossier).filter(item=item).exists():
            refuse(item, _("Something was minuted or decided at this point, so it stays on the agenda."))
    withdrawn = records.withdraw(item, by=by, version=version, reason=reason)
    for invitee in Invitee.objects.of(item.dossier).filter(item=item):
        invitee.dossier = item.dossier
        take_back_invitation(invitee=invitee, by=by, version=invitee.version, reason=reason)
    return withdrawn


@transaction.atomic
def invite(*, item: AgendaItem, member: Membership, ground: str, by: Actor) -> Invitee:
    """Invites somebody for one dossier, with the mandate and the task that go with it. Inviting twice is once."""
    refuse_cancelled(item)
    standing = Invitee.objects.of(item.dossier).filter(item=item, user=member.user).first()
    if standing:
        return standing
    invitee = Invitee(
        dossier=item.dossier,
        item=item,
        user=member.user,
        invited_organisation=member.organisation,
        name=member.actor.signature,
        ground=ground,
    )
    records.add(invitee, by=by)
    if member.role in TEAM_ROLES:
        give_mandate(dossier=item.dossier, holder=member, ground=Ground.ASSIGNED, by=by)
    elif member.role not in (Role.COORDINATOR, Role.ADMINISTRATIVE):
        give_mandate(dossier=item.dossier, holder=member, ground=Ground.INVITED, by=by)
    _plan_coming(invitee, item.meeting.on, by)
    return invitee


@transaction.atomic
def take_back_invitation(*, invitee: Invitee, by: Actor, version: int, reason: str) -> Invitee:
    """Somebody no longer takes part in a point and reads nothing of it any more; their mandate stays."""
    withdrawn = records.withdraw(invitee, by=by, version=version, reason=reason)
    tasks.finish(invitee.dossier, kind=TaskKind.MEETING, source=invitee, by=by)
    return withdrawn


@transaction.atomic
def note_attendance(
    *, invitee: Invitee, by: Actor, version: int, attendance: str, sworn: bool = False, **said: str
) -> Invitee:
    """Whether somebody was there and confirmed the secrecy; `said`: for whom they spoke, what they sent in writing.

    The moment of the confirmation is kept; it falls away for who was not there after all.
    """
    refuse_cancelled(invitee.item)
    there = attendance == Attendance.PRESENT
    sworn_at = (invitee.sworn_at or timezone.now()) if sworn and there else None
    changed = records.change(
        invitee, by=by, version=version, attendance=attendance, sworn_at=sworn_at, **said
    )
    if attendance == Attendance.EXPECTED:
        _plan_coming(changed, invitee.item.meeting.on, by)
    else:
        tasks.finish(changed.dossier, kind=TaskKind.MEETING, source=changed, by=by)
    return changed


def add_note(*, item: AgendaItem, by: Actor, text: str, speaker: str = "") -> Note:
    """A line of the minutes, said by somebody at the table."""
    refuse_cancelled(item)
    return records.add(Note(dossier=item.dossier, item=item, text=text, speaker=speaker), by=by)


def add_point(*, item: AgendaItem, by: Actor, person: Person, text: str) -> PersonPoint:
    """A point about one member of the family."""
    refuse_cancelled(item)
    return records.add(PersonPoint(dossier=item.dossier, item=item, person=person, text=text), by=by)


def strike(*, line: Note | PersonPoint, by: Actor, version: int, reason: str) -> Note | PersonPoint:
    """Takes a line out of minutes that nobody approved yet; it stays in the history with its reason."""
    if Approval.objects.of(line.dossier).filter(item_id=line.item_id).exists():
        refuse(line.item, _("The minutes were approved, so no line can go. Add a note that puts it right."))
    return records.withdraw(line, by=by, version=version, reason=reason)


@transaction.atomic
def approve(*, item: AgendaItem, by: Actor, remark: str = "") -> Approval:
    """Approves the minutes as they stand; once. The meeting is over: nobody has to come any more."""
    refuse_cancelled(item)
    for invitee in Invitee.objects.of(item.dossier).filter(item=item):
        tasks.finish(item.dossier, kind=TaskKind.MEETING, source=invitee, by=by)
    standing = Approval.objects.of(item.dossier).filter(item=item).first()
    if standing:
        return standing
    tasks.finish(item.dossier, kind=TaskKind.APPROVE_MINUTES, source=item, by=by)
    return records.add(Approval(dossier=item.dossier, item=item, remark=remark), by=by)


@transaction.atomic
def decide(*, item: AgendaItem, by: Actor, case_manager: Membership | None = None, **fields: Any) -> Decision:
    """Records the triage decision with what the members could see then, sets the track, and appoints the case manager.

    An earlier decision stays readable; the new one replaces it.
    """
    refuse_cancelled(item)
    dossier = item.dossier
    earlier = Decision.objects.of(dossier).order_by("-created_at").first()
    known = json.dumps(snapshot.known_now(dossier, item))
    decision = Decision(dossier=dossier, item=item, replaces=earlier, snapshot=known, **fields)
    records.add(decision, by=by)
    if decision.outcome in TRACKS:
        Dossier.objects.filter(pk=dossier.pk).update(track=TRACKS[TriageOutcome(decision.outcome)])
    if case_manager:
        assign_case_manager(dossier=dossier, member=case_manager, by=by)
    return decision


def _plan_coming(invitee: Invitee, on: date, by: Actor) -> None:
    tasks.plan(invitee.dossier, kind=TaskKind.MEETING, due=on, source=invitee, by=by, user=invitee.user_id)


def refuse_cancelled(item: AgendaItem) -> None:
    """Raises `NotNow` for a point of a meeting that doesn't take place."""
    if item.meeting.cancelled_at:
        refuse(item, _("This meeting was cancelled. Put the dossier on the agenda of another one."))


def refuse(item: AgendaItem, words: str) -> None:
    """Raises `NotNow` with these words."""
    from wida.dossiers.guards import Missing
    from wida.dossiers.life import NotNow

    raise NotNow([Missing(words, reverse("meetings:meetings", args=[item.dossier.number]))])
