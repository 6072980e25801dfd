"""Handing a dossier over to another Safe Home, in two steps: offered with a reason, then accepted or declined."""

from django.db import connection, transaction
from django.utils import timezone

from wida.access import protection
from wida.access.actions import end_all
from wida.access.queries import Opened, open_for
from wida.access.walls.identity import open_new
from wida.accounts.actor import Actor
from wida.accounts.codes import Role
from wida.accounts.models import Organisation, SafeHome
from wida.audit.actions import record as audit
from wida.dossiers import tasks
from wida.dossiers.life import NotNow
from wida.dossiers.models import Dossier
from wida.records import actions as records
from wida.referrals import inflow
from wida.referrals.actions import drop_question
from wida.referrals.codes import InflowOutcome, InflowState, MoveState, Route
from wida.referrals.models import Inflow, Move
from wida.referrals.terms import due_for


@transaction.atomic
def offer(*, dossier: Dossier, to_home: SafeHome, reason: str, by: Actor) -> Move:
    """Offers a dossier. The other house reads the reason, so it names nobody. Raises `NotNow` while an offer stands."""
    if Move.objects.of(dossier).filter(state=MoveState.OFFERED).exists():
        raise NotNow([])
    row = inflow.receive(
        safe_home=to_home,
        route=Route.MOVE,
        sender=Organisation.objects.get(pk=by.organisation_id),
        signature=by.signature,
        due=due_for(dossier.colour),
        reason=reason,
        by=by,
    )
    move = Move(
        dossier=dossier, from_home_id=dossier.safe_home_id, to_home=to_home, reason=reason, inflow=row
    )
    return records.add(move, by=by)


@transaction.atomic
def withdraw(*, move: Move, by: Actor, reason: str) -> Move:
    """Takes an offer back before it was answered. Raises `inflow.Gone`."""
    inflow.decide(inflow=move.inflow, outcome=InflowOutcome.DECLINED, by=by)
    return _answer(move, MoveState.WITHDRAWN, by, reason)


@transaction.atomic
def decline(*, move: Move, by: Actor, reason: str) -> Move:
    """The other house doesn't take it: nothing changes, and the offering house reads why. Raises `inflow.Gone`."""
    inflow.decide(inflow=move.inflow, outcome=InflowOutcome.DECLINED, by=by)
    return _answer(move, MoveState.DECLINED, by, reason)


@transaction.atomic
def accept(*, move: Move, by: Actor) -> Opened:
    """The dossier is the other house's from now on, with its whole history and its number; recorded as `moved`.

    Whoever the old house assigned or invited loses it: the new house invites whom it needs. Conflict blocks stay, also
    against who accepts. A question to the prosecutor drops, since that is another office; what came in goes along.
    An extra protected dossier stays so: whoever accepts it is the only one of the new house who sees it.
    Raises `inflow.Gone` when the offer no longer stands, and `NotNow` when the dossier can't go over.
    """
    if not _take_over(move, by):
        raise NotNow([])
    open_new(move.dossier_id)
    protection.enter(dossier=move.dossier, by=by)
    opened = open_for(by, move.dossier.number, lock=True)
    if opened is None:
        raise NotNow([])
    dossier = opened.dossier
    protection.leave_to(dossier=dossier, by=by)
    inflow.decide(inflow=move.inflow, outcome=InflowOutcome.MOVED, by=by, dossier=dossier)
    drop_question(dossier=dossier, by=by)
    end_all(dossier=dossier, by=by)
    tasks.leave_to(dossier, role=Role.COORDINATOR)
    Inflow.objects.filter(dossier_id=dossier.pk).exclude(state=InflowState.DECIDED).update(
        safe_home_id=move.to_home_id, taken_by=None, taken_at=None
    )
    _answer(move, MoveState.ACCEPTED, by)
    audit("moved", by=by, dossier=dossier.pk, part=Move.part, row=move.pk)
    return opened


def _take_over(move: Move, by: Actor) -> bool:
    """Through a door in the second wall: who accepts may not see the dossier yet. False when the offer fell away."""
    with connection.cursor() as cursor:
        cursor.execute("select wida.take_over(%s, %s, %s)", [move.pk, by.user_id, by.house_id])
        return cursor.fetchone()[0] is not None


def _answer(move: Move, state: MoveState, by: Actor, answer: str = "") -> Move:
    """An offer is answered once, so that no version of it is kept."""
    move.state, move.answer = state, answer
    move.answered_at = move.changed_at = timezone.now()
    move.answered_by = by.signature
    move.save(update_fields=["state", "answer", "answered_at", "answered_by", "changed_at"])
    return move
