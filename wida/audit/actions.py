"""Writing the trail."""

from uuid import UUID

from django.utils import timezone

from wida.audit import origin
from wida.audit.models import Event
from wida.records.writing import write

# What is more than reading a page: recorded by the action itself, and then not as `read` too.
MORE_THAN_READ = frozenset({"downloaded", "printed", "exported", "extract_made", "searched"})


def record(action: str, **told) -> None:
    """Adds an event in the transaction of what it tells of; takes what `event` takes."""
    write(event(action, **told))


def record_all(events: list[Event]) -> None:
    """Several at once, in one statement."""
    Event.objects.bulk_create(events)


def event(
    action: str,
    *,
    by=None,
    dossier: UUID | None = None,
    part: str = "",
    table: str = "",
    row: UUID | None = None,
    detail: str = "",
    why: str = "",
) -> Event:
    """An event to be written with what it tells of. `detail` and `why` are codes, never a person's words.

    `by` is the Actor, or None for somebody who isn't signed in. From where it was done is known by itself, and why
    too in the dossier that this request opened: on the grounds it was opened for.
    """
    here = origin.now()
    here.looked = here.looked or action in MORE_THAN_READ
    return Event(
        at=timezone.now(),
        action=action,
        user=by.user_id if by else None,
        signature=by.signature if by else "",
        organisation=by.organisation_id if by else None,
        role=by.role if by else "",
        dossier=dossier,
        part=part,
        table=table,
        row=row,
        detail=detail[:80],
        why=why or (here.grounds if dossier is not None and dossier == here.dossier else ""),
        source=here.source,
        session=here.session,
        request=here.request,
    )


def look(*, by, dossier: UUID, part: str, row: UUID | None = None, detail: str) -> None:
    """Records `read`, unless this request left an event that says more."""
    if not origin.now().looked:
        record("read", by=by, dossier=dossier, part=part, row=row, detail=detail)
