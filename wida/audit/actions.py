"""Writing the trail."""

from uuid import UUID

from django.utils import timezone

from wida.audit.models import Event


def record(
    action: str,
    *,
    by=None,
    dossier: UUID | None = None,
    part: str = "",
    table: str = "",
    row: UUID | None = None,
    detail: str = "",
) -> None:
    """Adds an event in the transaction of what it tells of. `detail` is a code, never a person's words.

    `by` is the Actor, or None for somebody who isn't signed in.
    """
    Event(
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
    ).save(force_insert=True)
