"""What is settled at the table about actions: what came of earlier ones, what is agreed now; and closing a point."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wida.accounts.actor import Actor
from wida.accounts.codes import Role
from wida.dossiers import tasks
from wida.dossiers.codes import TaskKind
from wida.dossiers.models import Dossier, Task
from wida.meetings.actions import refuse_cancelled
from wida.meetings.models import AgendaItem, Agreement, Approval, Invitee, Review
from wida.plans import actions as plans
from wida.plans.models import Action
from wida.records import actions as records

APPROVE_WITHIN = timedelta(days=7)
GAPS_WITHIN = timedelta(days=14)


@transaction.atomic
def review(
    *, item: AgendaItem, action: Action, by: Actor, version: int, outcome: str, why: str = ""
) -> Review:
    """What the table says of an earlier action, kept with the point and carried out in the plan.

    Raises `records.Conflict` when the action changed meanwhile.
    """
    refuse_cancelled(item)
    plans.review_action(action=action, by=by, version=version, outcome=outcome, why=why)
    return records.add(
        Review(dossier=item.dossier, item=item, action=action, outcome=outcome, why=why), by=by
    )


@transaction.atomic
def agree(
    *,
    item: AgendaItem,
    by: Actor,
    what: str,
    organisation_id: UUID,
    holder_id: UUID | None,
    due_on: date,
    goal_id: UUID | None = None,
    aloud: str = "",
) -> Action:
    """Adds an action to the plan as agreed at this point. `aloud` is who said yes to it here, if they did."""
    refuse_cancelled(item)
    action = plans.add_action(
        dossier=item.dossier,
        by=by,
        what=what,
        organisation_id=organisation_id,
        holder_id=holder_id,
        due_on=due_on,
        goal_id=goal_id,
    )
    records.add(Agreement(dossier=item.dossier, item=item, action=action), by=by)
    if aloud and not action.accepted_at:
        action = plans.accept_action(action=action, by=by, version=action.version, aloud=aloud)
    return action


@transaction.atomic
def close(*, item: AgendaItem, by: Actor, version: int, open_gaps: int = 0, despite: str = "") -> AgendaItem:
    """Closes a point. Its minutes wait for approval, and what nobody works on becomes a task of the case manager.

    `despite` is why it closes while something is still missing.
    """
    refuse_cancelled(item)
    dossier = item.dossier
    closed = records.change(
        item,
        by=by,
        version=version,
        closed_at=timezone.now(),
        closed_by=by.signature,
        closed_despite=despite,
    )
    for invitee in Invitee.objects.of(dossier).filter(item=item):
        tasks.finish(dossier, kind=TaskKind.MEETING, source=invitee, by=by)
    if not Approval.objects.of(dossier).filter(item=item).exists():
        due = timezone.localdate() + APPROVE_WITHIN
        tasks.plan(dossier, kind=TaskKind.APPROVE_MINUTES, due=due, source=item, by=by, role=Role.COORDINATOR)
    if open_gaps:
        _review_plan_soon(dossier, by)
    return closed


def _review_plan_soon(dossier: Dossier, by: Actor) -> None:
    """The plan is looked at again within two weeks, or sooner when that was agreed already."""
    soon = timezone.localdate() + GAPS_WITHIN
    standing = Task.objects.filter(kind=TaskKind.REVIEW_PLAN, source=dossier.pk, done_at=None).first()
    if standing and standing.due <= soon:
        return
    manager = dossier.case_manager_id
    tasks.plan(
        dossier,
        kind=TaskKind.REVIEW_PLAN,
        due=soon,
        source=dossier.pk,
        by=by,
        user=manager,
        role="" if manager else Role.COORDINATOR,
    )
