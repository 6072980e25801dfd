"""What is to be done by when, as it follows from the life of a dossier."""

from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from wida.accounts.actor import Actor
from wida.dossiers.codes import TaskKind
from wida.dossiers.models import Dossier, Task
from wida.records.arrays import Among

COLUMNS = (
    *("id", "dossier_id", "kind", "detail", "due", "source", "user_id", "organisation_id", "role"),
    *("created_at", "created_by"),
)
PLANNED = f"""
    insert into dossiers_task ({", ".join(COLUMNS)}, done_by)
    values ({", ".join(["%s"] * len(COLUMNS))}, '')
    on conflict (kind, source) where done_at is null do update
    set due = excluded.due, user_id = excluded.user_id, organisation_id = excluded.organisation_id,
        role = excluded.role, detail = excluded.detail
    returning id
"""  # noqa: S608 - the names above
# The soonest open task stands on the dossier itself, so that lists sort and filter without a join.
DONE = """
    with done as (
        update dossiers_task set done_at = %s, done_by = %s
        where kind = %s and source = %s and done_at is null returning id, dossier_id
    )
    update dossiers_dossier set (next_due, next_kind) = (
        select due, kind from dossiers_task
        where dossier_id = dossiers_dossier.id and done_at is null and id not in (select id from done)
        order by due, id limit 1
    ) where id in (select dossier_id from done)
"""


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

    task = Task(
        dossier_id=dossier.pk, kind=kind, detail=detail, due=due, source=_id(source), user_id=user,
        organisation_id=organisation, role=role, created_at=timezone.now(), created_by=by.signature,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(PLANNED, [getattr(task, column) for column in COLUMNS])
        (task.pk,) = cursor.fetchone()
    tell_of(task, by=by)
    _renew_milestone(dossier.pk)


def finish(dossier: Dossier, *, kind: TaskKind, source, by: Actor) -> None:
    """Closes the open task of a kind and source, when there is one."""
    with connection.cursor() as cursor:
        cursor.execute(DONE, [timezone.now(), by.signature, kind, _id(source)])


def finish_all(dossier: Dossier, *, by: Actor, but: tuple[TaskKind, ...] = ()) -> None:
    """Closes every open task, as the end of a dossier does."""
    open_tasks = Task.objects.filter(dossier_id=dossier.pk, done_at=None).exclude(kind__in=but)
    open_tasks.update(done_at=timezone.now(), done_by=by.signature)
    _renew_milestone(dossier.pk)


def leave_to(dossier: Dossier, *, role: str) -> None:
    """Makes every open task one for a role of the dossier's house: whom it was for may no longer know of it."""
    Task.objects.filter(dossier_id=dossier.pk, done_at=None).update(user=None, organisation=None, role=role)


def of(actor: Actor) -> QuerySet:
    """The open tasks an actor is expected to do, in dossiers they may read, soonest first."""
    return _readable(actor).filter(reduce(or_, _expected(actor)))


def first_of(actor: Actor, limit: int, **only) -> QuerySet:
    """The first so many of these. Each way to be expected to do something is walked through by day, and no further than
    that: a house has thousands of tasks, and behind the wall each is a question of its own.
    """
    ways = [_readable(actor).filter(way, **only).values("pk")[:limit] for way in _expected(actor)]
    chosen = reduce(or_, (Q(Among("pk", way)) for way in ways))
    return Task.objects.filter(chosen).order_by("due", "id")[:limit]


def _readable(actor: Actor) -> QuerySet:
    from wida.access.queries import known_to, may_read
    from wida.access.rules import Part

    readable = known_to(actor).filter(may_read(actor, Part.PEOPLE))
    return Task.objects.filter(done_at=None, dossier__in=readable).order_by("due", "id")


def _expected(actor: Actor) -> list[Q]:
    """What was asked of them or of their organisation, and of nobody in particular in the house that they work for."""
    asked = Q(user_id=actor.user_id) | Q(organisation_id=actor.organisation_id, user=None)
    return [asked, Q(role=actor.role, dossier__safe_home_id=actor.house_id)] if actor.house_id else [asked]


def _renew_milestone(dossier_id: UUID) -> None:
    soonest = Task.objects.filter(dossier_id=OuterRef("pk"), done_at=None).order_by("due", "id")
    Dossier.objects.filter(pk=dossier_id).update(
        next_due=Subquery(soonest.values("due")[:1]),
        next_kind=Subquery(soonest.values("kind")[:1]),
    )


def _id(source) -> UUID:
    return source if isinstance(source, UUID) else source.pk
