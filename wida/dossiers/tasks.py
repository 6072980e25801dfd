"""What is to be done by when, as it follows from the life of a dossier."""

from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from wida.accounts.actor import Actor
from wida.dossiers.codes import TaskKind
from wida.dossiers.models import Dossier, Task


def plan(
    dossier: Dossier,
    *,
    kind: TaskKind,
    due: date,
    source,
    by: Actor,
    user: UUID | None = None,
    organisation: UUID | None = None,
    role: str = "",
    detail: str = "",
) -> None:
    """Opens a task, or moves the open one of the same kind and source. `source` is a row or its id.

    For a user, for whoever acts for an organisation, or for a role in the dossier's house, who are told by mail.
    """
    from wida.notify.actions import tell_of

    Task.objects.bulk_create(
        [
            Task(
                dossier_id=dossier.pk,
                kind=kind,
                detail=detail,
                due=due,
                source=_id(source),
                user_id=user,
                organisation_id=organisation,
                role=role,
                created_at=timezone.now(),
                created_by=by.signature,
            )
        ],
        ignore_conflicts=True,
    )
    Task.objects.filter(kind=kind, source=_id(source), done_at=None).update(
        due=due, user_id=user, organisation_id=organisation, role=role, detail=detail
    )
    tell_of(Task.objects.get(kind=kind, source=_id(source), done_at=None), by=by)
    _renew_milestone(dossier.pk)


def finish(dossier: Dossier, *, kind: TaskKind, source, by: Actor) -> None:
    """Closes the open task of a kind and source, when there is one."""
    Task.objects.filter(kind=kind, source=_id(source), done_at=None).update(
        done_at=timezone.now(), done_by=by.signature
    )
    _renew_milestone(dossier.pk)


def finish_all(dossier: Dossier, *, by: Actor, but: tuple[TaskKind, ...] = ()) -> None:
    """Closes every open task, as the end of a dossier does."""
    open_tasks = Task.objects.filter(dossier_id=dossier.pk, done_at=None).exclude(kind__in=but)
    open_tasks.update(done_at=timezone.now(), done_by=by.signature)
    _renew_milestone(dossier.pk)


def leave_to(dossier: Dossier, *, role: str) -> None:
    """Makes every open task one for a role of the dossier's house: whom it was for may no longer know of it."""
    Task.objects.filter(dossier_id=dossier.pk, done_at=None).update(user=None, organisation=None, role=role)


def of(actor: Actor):
    """The open tasks an actor is expected to do, in dossiers they may read, soonest first.

    Also what nobody in particular was asked, for the house's coordinator and administrative staff.
    """
    from wida.access.queries import known_to, may_read
    from wida.access.rules import Part

    mine = Q(user_id=actor.user_id) | Q(organisation_id=actor.organisation_id, user=None)
    if actor.house_id:
        mine |= Q(role=actor.role, dossier__safe_home_id=actor.house_id)
    readable = known_to(actor).filter(may_read(actor, Part.PEOPLE))
    return Task.objects.filter(mine, done_at=None, dossier__in=readable).order_by("due", "id")


def _renew_milestone(dossier_id: UUID) -> None:
    """The soonest open task stands on the dossier itself, so that lists sort and filter without a join."""
    soonest = Task.objects.filter(dossier_id=OuterRef("pk"), done_at=None).order_by("due", "id")
    Dossier.objects.filter(pk=dossier_id).update(
        next_due=Subquery(soonest.values("due")[:1]),
        next_kind=Subquery(soonest.values("kind")[:1]),
    )


def _id(source) -> UUID:
    return source if isinstance(source, UUID) else source.pk
