"""What happens to whatever came in at a Safe Home, from its receipt until it is decided.

An action locks the row, so that of two people who take or close the same thing one is told. Each leaves a step and an
audit event in the same transaction.
"""

import secrets
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wida.access.rules import Part
from wida.accounts.actor import Actor
from wida.accounts.models import Membership, Organisation, SafeHome
from wida.audit.actions import record as audit
from wida.dossiers.models import Dossier
from wida.records.ids import new_id
from wida.records.sealing import new_data_key
from wida.referrals.codes import InflowOutcome, InflowState, InflowStepKind, Route, WaitsFor
from wida.referrals.models import Inflow, InflowSeen, InflowStep

# No 0, O, 1, I or L: a receipt is read out over the telephone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class Gone(Exception):
    """Somebody else took, handed over or decided it meanwhile."""


@transaction.atomic
def receive(
    *,
    safe_home: SafeHome,
    route: Route,
    sender: Organisation,
    signature: str,
    due: date,
    by: Actor | None = None,
    dossier: Dossier | None = None,
    waits_for: WaitsFor | str = "",
    reason: str = "",
    receipt: str = "",
) -> Inflow:
    """Puts something in the queue of a Safe Home; its key is on the ring afterwards. Recorded as `received`.

    `by` is None for a machine. Give `waits_for` and `reason` for what can't be placed yet, and
    `receipt` for what got one already.
    """
    key = new_id()
    inflow = Inflow(
        id=key,
        safe_home=safe_home,
        route=route,
        receipt=receipt or new_receipt(route),
        sender=sender,
        signature=signature,
        received_at=timezone.now(),
        due=due,
        dossier=dossier,
        state=InflowState.WAITING if waits_for else InflowState.NEW,
        waits_for=waits_for,
        reason=reason,
        wrapped=new_data_key(key),
    )
    inflow.save(force_insert=True)
    _step(inflow, InflowStepKind.RECEIVED, by, "received", detail=waits_for, reason=reason)
    return inflow


@transaction.atomic
def take(*, inflow: Inflow, by: Actor) -> Inflow:
    """Makes it the actor's own to handle; raises `Gone` when somebody was first."""
    current = _lock(inflow)
    if current.taken_by_id == by.user_id:
        return current
    if current.taken_by_id:
        raise Gone
    _write(current, taken_by_id=by.user_id, taken_at=timezone.now())
    _step(current, InflowStepKind.TAKEN, by, "taken")
    return current


@transaction.atomic
def hand_over(*, inflow: Inflow, to: Membership, by: Actor, reason: str = "") -> Inflow:
    """Makes it a colleague's to handle."""
    current = _lock(inflow)
    _write(current, taken_by_id=to.user_id, taken_at=timezone.now())
    _step(current, InflowStepKind.HANDED_OVER, by, "handed_over", to=to.actor.signature, reason=reason)
    return current


@transaction.atomic
def put_back(*, inflow: Inflow, by: Actor, reason: str) -> Inflow:
    """Gives it back to everybody in the house, with why."""
    current = _lock(inflow)
    if not current.taken_by_id:
        raise Gone
    _write(current, taken_by_id=None, taken_at=None)
    _step(current, InflowStepKind.PUT_BACK, by, "put_back", reason=reason)
    return current


@transaction.atomic
def wait(*, inflow: Inflow, waits_for: WaitsFor, by: Actor | None, reason: str = "") -> Inflow:
    """Says for what it waits, and why."""
    current = _lock(inflow)
    _write(current, state=InflowState.WAITING, waits_for=waits_for, reason=reason)
    _step(current, InflowStepKind.WAITS, by, "made_to_wait", detail=waits_for, reason=reason)
    return current


@transaction.atomic
def resume(*, inflow: Inflow, due: date, by: Actor | None) -> Inflow:
    """What it waited for is there: it is new again, with a new day by which somebody looks."""
    current = _lock(inflow)
    if current.state == InflowState.NEW:
        return current
    _write(current, state=InflowState.NEW, waits_for="", reason="", due=due)
    _step(current, InflowStepKind.RESUMED, by, "resumed")
    return current


@transaction.atomic
def note_addition(*, inflow: Inflow, by: Actor) -> None:
    """Who sent it added something: whoever read it before has not read this."""
    _step(_lock(inflow), InflowStepKind.ADDED, by, "completed")
    InflowSeen.objects.filter(inflow=inflow).delete()


@transaction.atomic
def place(*, inflow: Inflow, dossier: Dossier, due: date, by: Actor | None) -> Inflow:
    """Says to which dossier it belongs; what was sent must be written in that dossier in the same transaction."""
    current = _lock(inflow)
    _write(current, dossier=dossier, state=InflowState.NEW, waits_for="", reason="", due=due)
    _step(current, InflowStepKind.PLACED, by, "placed")
    return current


@transaction.atomic
def decide(
    *,
    inflow: Inflow,
    outcome: InflowOutcome,
    by: Actor,
    reason: str = "",
    dossier: Dossier | None = None,
) -> Inflow:
    """Closes it in the queue, and says in which dossier it ended. What that means there is done by who calls this."""
    current = _lock(inflow)
    _write(
        current,
        dossier_id=dossier.pk if dossier else current.dossier_id,
        state=InflowState.DECIDED,
        waits_for="",
        reason="",
        outcome=outcome,
        decided_at=timezone.now(),
    )
    _step(current, InflowStepKind.DECIDED, by, "decided", detail=outcome, reason=reason)
    return current


def mark_seen(*, inflow: Inflow, by: Actor) -> None:
    """Remembers that the actor opened it."""
    seen = InflowSeen(inflow=inflow, user_id=by.user_id, at=timezone.now())
    InflowSeen.objects.bulk_create([seen], ignore_conflicts=True)


def mark_acknowledged(*, inflow_id: UUID) -> None:
    """Called by the job that told who sent it that it was received; until then a mark stays in the queue."""
    Inflow.objects.filter(pk=inflow_id, acknowledged_at=None).update(acknowledged_at=timezone.now())


def _lock(inflow: Inflow) -> Inflow:
    current = Inflow.objects.select_for_update(of=("self",)).get(pk=inflow.pk)
    if current.state == InflowState.DECIDED:
        raise Gone
    return current


def _write(inflow: Inflow, **values) -> None:
    for name, value in values.items():
        setattr(inflow, name, value)
    inflow.save(update_fields=[name.removesuffix("_id") for name in values])


def _step(inflow: Inflow, kind: InflowStepKind, by: Actor | None, event: str, **more) -> None:
    InflowStep(
        inflow=inflow,
        kind=kind,
        at=timezone.now(),
        user=by.user_id if by else None,
        signature=by.signature if by else inflow.signature,
        **more,
    ).save(force_insert=True)
    audit(
        event,
        by=by,
        dossier=inflow.dossier_id,
        part=Part.REFERRAL,
        table="referrals.inflow",
        row=inflow.pk,
        detail=more.get("detail", ""),
    )


def new_receipt(route: Route) -> str:
    """Chosen by chance, so that it tells nothing of how many came in; the database refuses a double one."""
    four = ["".join(secrets.choice(ALPHABET) for _place in range(4)) for _group in range(2)]
    return "-".join(["P" if route == Route.POLICE_REPORT else "A", str(timezone.localdate().year), *four])
