"""Moving and cancelling a meeting of a house. The tasks of whoever is invited to a point go along."""

from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from wida.accounts.actor import Actor
from wida.audit.actions import record as audit
from wida.dossiers import tasks
from wida.dossiers.codes import TaskKind
from wida.dossiers.models import Task
from wida.meetings.models import Invitee, Meeting
from wida.records.actions import Conflict


@transaction.atomic
def change_meeting(*, meeting: Meeting, by: Actor, version: int, **fields: Any) -> Meeting:
    """Changes date, place or kind; recorded as `meeting_changed`, with both days when it moved. Raises `Conflict`."""
    current = _lock(meeting, version)
    before = current.on
    if all(getattr(current, name) == value for name, value in fields.items()):
        return current
    for name, value in fields.items():
        setattr(current, name, value)
    _renew(current, by)
    moved = current.on != before
    for invitee in _waiting(current) if moved else []:
        tasks.plan(
            invitee.dossier,
            kind=TaskKind.MEETING,
            due=current.on,
            source=invitee,
            by=by,
            user=invitee.user_id,
        )
    if moved:
        _follow(current, current.on, by)
    audit("meeting_changed", by=by, row=current.pk, detail=f"{before} {current.on}" if moved else "")
    return current


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: Actor, version: int, why: str) -> Meeting:
    """Says that a meeting doesn't take place; nobody waits for it any more. Recorded as `meeting_cancelled`."""
    current = _lock(meeting, version)
    current.cancelled_at, current.cancelled_why = timezone.now(), why
    _renew(current, by)
    for invitee in _waiting(current):
        tasks.finish(invitee.dossier, kind=TaskKind.MEETING, source=invitee, by=by)
    _follow(current, None, by)
    audit("meeting_cancelled", by=by, row=current.pk)
    return current


def _follow(meeting: Meeting, day: date | None, by: Actor) -> None:
    """The tasks of dossiers that `by` may not know of go along too, through a door in the second wall."""
    with connection.cursor() as cursor:
        cursor.execute("select wida.follow_meeting(%s, %s::date, %s)", [meeting.pk, day, by.signature])


def _lock(meeting: Meeting, version: int) -> Meeting:
    current = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if current.version != version or current.cancelled_at:
        raise Conflict(current)
    return current


def _renew(meeting: Meeting, by: Actor) -> None:
    meeting.version += 1
    meeting.changed_by, meeting.changed_at = by.signature, timezone.now()
    meeting.save(force_update=True)


def _waiting(meeting: Meeting) -> list[Invitee]:
    """Whoever has the meeting among their tasks, dossier by dossier: so two writers never wait for each other."""
    open_tasks = Task.objects.filter(kind=TaskKind.MEETING, done_at=None).values("source")
    found = Invitee.objects.filter(item__meeting=meeting, withdrawn_at=None, pk__in=open_tasks)
    return list(found.select_related("dossier").order_by("dossier_id", "id"))
