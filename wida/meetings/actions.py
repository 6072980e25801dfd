"""Calling meetings, putting dossiers on the agenda, minuting and deciding."""

import json
from datetime import date, time

from django.db import transaction
from django.utils import timezone

from wida.access.actions import give_mandate
from wida.access.models import Mandate
from wida.access.rules import Ground
from wida.accounts.actor import Actor
from wida.accounts.codes import TEAM_ROLES, Role
from wida.accounts.models import Membership
from wida.audit.actions import record as audit
from wida.dossiers import tasks
from wida.dossiers.actions import assign_case_manager
from wida.dossiers.codes import TaskKind, Track
from wida.dossiers.models import Dossier
from wida.meetings.codes import TriageOutcome
from wida.meetings.models import AgendaItem, Approval, Decision, Invitee, Meeting, Note, PersonPoint
from wida.people.models import Person
from wida.records import actions as records

TRACKS = {TriageOutcome.TRACK_2: Track.CASE_SUPPORT, TriageOutcome.TRACK_3: Track.CASE_MANAGEMENT}


@transaction.atomic
def call_meeting(
    *, by: Actor, type: str, on: date, starts: time, legal_basis: str, finality: str, place: str = ""
) -> Meeting:
    """Plans a meeting of the actor's Safe Home; recorded as `meeting_called`."""
    meeting = Meeting(
        safe_home_id=by.house_id, type=type, on=on, starts=starts, place=place, legal_basis=legal_basis, finality=finality,
        made_by=by.signature, made_at=timezone.now(),
    )  # fmt: skip
    meeting.save(force_insert=True)
    audit("meeting_called", by=by, row=meeting.pk)
    return meeting


@transaction.atomic
def put_on_agenda(
    *, dossier: Dossier, meeting: Meeting, by: Actor, question: str, planned_at: time | None = None
) -> AgendaItem:
    """Puts a dossier on the agenda. Whoever holds a mandate on it is not invited by that alone."""
    return records.add(
        AgendaItem(dossier=dossier, meeting=meeting, question=question, planned_at=planned_at), by=by
    )


@transaction.atomic
def invite(*, item: AgendaItem, member: Membership, ground: str, by: Actor) -> Invitee:
    """Invites somebody for one dossier, with the mandate and the task that go with it. Inviting twice is once."""
    standing = Invitee.objects.of(item.dossier).filter(item=item, user=member.user).first()
    if standing:
        return standing
    invitee = Invitee(
        dossier=item.dossier, item=item, user=member.user, invited_organisation=member.organisation,
        name=member.actor.signature, ground=ground,
    )  # fmt: skip
    records.add(invitee, by=by)
    if member.role in TEAM_ROLES:
        give_mandate(dossier=item.dossier, holder=member, ground=Ground.ASSIGNED, by=by)
    elif member.role not in (Role.COORDINATOR, Role.ADMINISTRATIVE):
        give_mandate(dossier=item.dossier, holder=member, ground=Ground.INVITED, by=by)
    tasks.plan(
        item.dossier, kind=TaskKind.MEETING, due=item.meeting.on, source=invitee, by=by, user=member.user_id
    )
    return invitee


@transaction.atomic
def note_attendance(
    *,
    invitee: Invitee,
    by: Actor,
    version: int,
    attendance: str,
    representative_of: str = "",
    written_input: str = "",
) -> Invitee:
    """Whether somebody was there, for whom they spoke, what they sent in writing."""
    invitee = records.change(
        invitee,
        by=by,
        version=version,
        attendance=attendance,
        representative_of=representative_of,
        written_input=written_input,
    )
    tasks.finish(invitee.dossier, kind=TaskKind.MEETING, source=invitee, by=by)
    return invitee


def add_note(*, item: AgendaItem, by: Actor, text: str, speaker: str = "") -> Note:
    """A line of the minutes, said by somebody at the table."""
    return records.add(Note(dossier=item.dossier, item=item, text=text, speaker=speaker), by=by)


def add_point(*, item: AgendaItem, by: Actor, person: Person, text: str) -> PersonPoint:
    """A point about one member of the family."""
    return records.add(PersonPoint(dossier=item.dossier, item=item, person=person, text=text), by=by)


@transaction.atomic
def approve(*, item: AgendaItem, by: Actor, remark: str = "") -> Approval:
    """Approves the minutes as they stand; once."""
    standing = Approval.objects.of(item.dossier).filter(item=item).first()
    return standing or records.add(Approval(dossier=item.dossier, item=item, remark=remark), by=by)


@transaction.atomic
def decide(*, item: AgendaItem, by: Actor, case_manager: Membership | None = None, **fields) -> Decision:
    """Records the triage decision with what the members could see then, sets the track, and appoints the case manager.

    An earlier decision stays readable; the new one replaces it.
    """
    dossier = item.dossier
    earlier = Decision.objects.of(dossier).order_by("-created_at").first()
    decision = Decision(
        dossier=dossier, item=item, replaces=earlier, snapshot=json.dumps(known_now(dossier)), **fields
    )
    records.add(decision, by=by)
    track = TRACKS.get(TriageOutcome(decision.outcome), "")
    Dossier.objects.filter(pk=dossier.pk).update(track=track)
    if case_manager:
        assign_case_manager(dossier=dossier, member=case_manager, by=by)
    return decision


def known_now(dossier: Dossier) -> dict:
    """What stood in the file at this moment and who could read it, for whoever must judge the decision later."""
    from wida.risk.queries import latest_factors
    from wida.sharing.queries import lane_states

    readers = Mandate.objects.active().filter(dossier=dossier).order_by("holder_signature")
    return {
        "at": timezone.now().isoformat(),
        "factors": {str(factor): str(score) for factor, score in latest_factors(dossier).items()},
        "lanes": {str(lane): str(state) for lane, state in _pairs(lane_states(dossier))},
        "readers": list(readers.values_list("holder_signature", flat=True)),
    }


def _pairs(states) -> list[tuple]:
    return list(states.items()) if isinstance(states, dict) else [tuple(row)[:2] for row in states]
