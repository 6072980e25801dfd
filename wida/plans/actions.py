"""Changes in the plan. Each names who did it, keeps what was there and moves the task that follows from it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.accounts.actor import Actor
from wida.accounts.codes import Role
from wida.dossiers import tasks
from wida.dossiers.codes import TaskKind
from wida.dossiers.models import Dossier
from wida.plans import queries, snapshot
from wida.plans.codes import ENDED_STATES, OPEN_STATES, REVIEW_OUTCOMES, ActionState, GoalState
from wida.plans.gaps import Gap
from wida.plans.models import Action, Goal, PlanVersion, SetAside
from wida.records import actions as records


@transaction.atomic
def add_goal(
    *,
    dossier: Dossier,
    by: Actor,
    domain: str,
    phase: str,
    text: str,
    indicator: str,
    persons: Iterable = (),
    factors: Iterable[str] = (),
    target_on: date | None = None,
    withheld_from: Iterable = (),
) -> Goal:
    """Adds a goal under the next number of the dossier."""
    goal = Goal(
        dossier=dossier,
        number=queries.next_number(Goal, dossier),
        domain=domain,
        phase=phase,
        text=text,
        indicator=indicator,
        persons=_ids(persons),
        factors=list(factors),
        target_on=target_on,
        withheld_from=_ids(withheld_from),
    )
    return records.add(goal, by=by)


def change_goal(*, goal: Goal, by: Actor, version: int, **values) -> Goal:
    """Changes what a goal says. Its number stays; raises `records.Conflict`."""
    for name in ("persons", "withheld_from"):
        if name in values:
            values[name] = _ids(values[name])
    return records.change(goal, by=by, version=version, **values)


@transaction.atomic
def close_goal(*, goal: Goal, by: Actor, version: int, state: str, why: str, lapse: bool = False) -> Goal:
    """Marks a goal as reached or let go, or opens it again, always with words.

    `lapse` also ends its open actions, with the same words; else they go on.
    """
    closed = state != GoalState.OPEN
    changed = records.change(
        goal,
        by=by,
        version=version,
        reason="" if closed else why,
        state=state,
        state_why=why if closed else "",
        closed_on=timezone.localdate() if closed else None,
    )
    if closed and lapse:
        for action in Action.objects.of(goal.dossier).open().filter(goal=goal):
            progress_action(
                action=action,
                by=by,
                version=action.version,
                state=ActionState.LAPSED,
                note=action.note,
                outcome=why,
            )
    return changed


@transaction.atomic
def add_action(
    *,
    dossier: Dossier,
    by: Actor,
    what: str,
    organisation_id: UUID,
    holder_id: UUID | None = None,
    goal_id: UUID | None = None,
    start_on: date | None = None,
    due_on: date | None = None,
    judicial_on: date | None = None,
    investigates: str = "",
    persons: Iterable = (),
    withheld_from: Iterable = (),
    state: str = ActionState.PLANNED,
) -> Action:
    """Adds an action for an organisation, with a person or with nobody named yet, and its task when it has a date.

    Whoever takes an action upon themselves accepts it by that.
    """
    now = timezone.now()
    action = Action(
        dossier=dossier,
        goal_id=goal_id,
        what=what,
        holder_organisation_id=organisation_id,
        holder_id=holder_id,
        start_on=start_on,
        due_on=due_on,
        judicial_on=judicial_on,
        investigates=investigates,
        persons=_ids(persons),
        withheld_from=_ids(withheld_from),
        state=state,
        agreed_at=now,
    )
    if holder_id == by.user_id:
        action.accepted_at, action.accepted_by = now, by.signature
    records.add(action, by=by)
    _keep_task(action, by)
    return action


AGREED = ("what", "holder_organisation_id", "holder_id", "start_on", "due_on")


@transaction.atomic
def change_action(*, action: Action, by: Actor, version: int, organisation_id: UUID, **values) -> Action:
    """Changes what was agreed. When what, who or when differs, the holder has to accept it anew."""
    values["holder_organisation_id"] = organisation_id
    for name in ("persons", "withheld_from"):
        if name in values:
            values[name] = _ids(values[name])
    if any(name in values and getattr(action, name) != values[name] for name in AGREED):
        mine = values.get("holder_id") == by.user_id
        values |= {
            "agreed_at": timezone.now(),
            "accepted_at": timezone.now() if mine else None,
            "accepted_by": by.signature if mine else "",
            "accepted_noted_by": "",
        }
    changed = records.change(action, by=by, version=version, **values)
    _keep_task(changed, by)
    return changed


@transaction.atomic
def progress_action(
    *, action: Action, by: Actor, version: int, state: str, note: str = "", outcome: str = ""
) -> Action:
    """Says how an action goes. An ended one carries a word on its result or its reason; an open one carries none."""
    ended = state in ENDED_STATES
    changed = records.change(
        action,
        by=by,
        version=version,
        state=state,
        note=note,
        outcome=outcome if ended else "",
        ended_on=(action.ended_on or timezone.localdate()) if ended else None,
    )
    _keep_task(changed, by)
    return changed


def review_action(*, action: Action, by: Actor, version: int, outcome: str, why: str = "") -> Action:
    """What a case conference says of an action: done, became impossible or not done.

    Raises ValueError for another outcome, and when an action that was not done comes without a reason.
    """
    if outcome not in REVIEW_OUTCOMES:
        raise ValueError(outcome)
    if outcome == ActionState.DONE and not why.strip():
        why = _("Confirmed in the case conference.")
    if not why.strip():
        raise ValueError("an action that was not done needs a reason")
    return progress_action(
        action=action, by=by, version=version, state=outcome, note=action.note, outcome=why
    )


@transaction.atomic
def accept_action(*, action: Action, by: Actor, version: int, aloud: str = "") -> Action:
    """The holder's organisation accepts an action; where nobody was named yet, whoever accepts becomes the holder.

    `aloud` is the signature of a holder who said yes in a meeting, written down by somebody else.
    """
    values = {"accepted_at": timezone.now(), "accepted_by": aloud or by.signature}
    if aloud:
        values["accepted_noted_by"] = by.signature
    elif action.holder_id is None:
        values["holder_id"] = by.user_id
    changed = records.change(action, by=by, version=version, **values)
    _keep_task(changed, by)
    return changed


@transaction.atomic
def set_aside(*, dossier: Dossier, by: Actor, gap: Gap, reason: str) -> SetAside:
    """Leaves a gap open on purpose. A second time on the same subject renews the reason and the score it was about."""
    standing = SetAside.objects.of(dossier).filter(kind=gap.kind, subject=gap.subject).first()
    if standing:
        return records.change(standing, by=by, version=standing.version, why=reason, score=gap.score)
    return records.add(
        SetAside(dossier=dossier, kind=gap.kind, subject=gap.subject, score=gap.score, why=reason), by=by
    )


def take_up(*, aside: SetAside, by: Actor, version: int, reason: str) -> SetAside:
    """A gap that was left open asks attention again."""
    return records.withdraw(aside, by=by, version=version, reason=reason)


@transaction.atomic
def record_plan(
    *, dossier: Dossier, by: Actor, recorded_on: date, review_on: date, note: str = ""
) -> PlanVersion:
    """Records the plan as agreed, with its content as it stands, and asks the case manager to review it in time."""
    version = PlanVersion(
        dossier=dossier,
        number=queries.next_number(PlanVersion, dossier),
        recorded_on=recorded_on,
        review_on=review_on,
        note=note,
        content=snapshot.taken(dossier),
    )
    records.add(version, by=by)
    tasks.finish(dossier, kind=TaskKind.REVIEW_PLAN, source=dossier.pk, by=by)
    tasks.plan(
        dossier,
        kind=TaskKind.REVIEW_PLAN,
        due=review_on,
        source=dossier.pk,
        by=by,
        user=dossier.case_manager_id,
        role="" if dossier.case_manager_id else Role.COORDINATOR,
    )
    return version


def _keep_task(action: Action, by: Actor) -> None:
    """An open action with a date is on somebody's list; any other is on nobody's."""
    if action.state in OPEN_STATES and action.due_on:
        tasks.plan(
            action.dossier,
            kind=TaskKind.ACTION,
            due=action.due_on,
            source=action,
            by=by,
            user=action.holder_id,
            organisation=action.holder_organisation_id,
        )
    else:
        tasks.finish(action.dossier, kind=TaskKind.ACTION, source=action, by=by)


def _ids(values: Iterable) -> list[UUID]:
    return [value if isinstance(value, UUID) else UUID(str(value)) for value in values]
