"""Moving and cancelling a meeting of a house. The tasks of whoever is invited to a point go along."""

from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from wida.accounts.actor import Actor
from wida.audit.actions import record as audit
from wida.meetings.models import Meeting
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
    if moved:
        _settle(current, by=by, day=current.on)
    audit("meeting_changed", by=by, row=current.pk, detail=f"{before} {current.on}" if moved else "")
    return current


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: Actor, version: int, why: str) -> Meeting:
    """Says that a meeting doesn't take place; nobody waits for it any more. Recorded as `meeting_cancelled`."""
    current = _lock(meeting, version)
    current.cancelled_at, current.cancelled_why = timezone.now(), why
    _renew(current, by)
    _settle(current, by=by, day=None)
    audit("meeting_cancelled", by=by, row=current.pk)
    return current


def _lock(meeting: Meeting, version: int) -> Meeting:
    current = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if current.version != version or current.cancelled_at:
        raise Conflict(current)
    return current


def _renew(meeting: Meeting, by: Actor) -> None:
    meeting.version += 1
    meeting.changed_by, meeting.changed_at = by.signature, timezone.now()
    meeting.save(force_update=True)


def _settle(meeting: Meeting, *, by: Actor, day: date | None) -> None:
    """Moves the task of everybody who has the meeting among theirs, or ends it; also in a dossier that the one who does
    this may not know of.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select wida.settle_meeting(%s, %s, %s::date, %s)", [meeting.pk, by.house_id, day, by.signature]
        )
