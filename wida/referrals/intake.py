"""How the life of a dossier shows in the queue: each step of a referral moves its row, in the same transaction."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wida.access.rules import Ground
from wida.accounts.actor import Actor
from wida.accounts.codes import Role
from wida.accounts.models import Partnership, valid_on
from wida.audit.actions import record as audit
from wida.dossiers import tasks
from wida.dossiers.codes import Answer, TaskKind
from wida.dossiers.models import Dossier
from wida.jobs import enqueue
from wida.records import actions as records
from wida.referrals import inflow
from wida.referrals.codes import InflowOutcome, InflowState, Route, WaitsFor
from wida.referrals.models import Addition, Inflow, Referral
from wida.referrals.terms import due_for


def standing(dossier: Dossier) -> Inflow | None:
    """The row that still waits for a decision; none for a dossier that was made before there was a queue."""
    return Inflow.objects.filter(dossier_id=dossier.pk).exclude(state=InflowState.DECIDED).first()


def latest(dossier: Dossier) -> Inflow | None:
    rows = Inflow.objects.filter(dossier_id=dossier.pk).select_related("taken_by")
    return rows.order_by("-received_at").first()


@transaction.atomic
def submitted(*, dossier: Dossier, by: Actor) -> Inflow:
    """A referral was submitted, for the first time or completed: it is new in the queue, with a task for the house."""
    due = due_for(dossier.colour, acute=_acute(dossier))
    row = standing(dossier)
    if row:
        row = inflow.resume(inflow=row, due=due, by=by)
    else:
        row = inflow.receive(
            safe_home=dossier.safe_home,
            route=_route(dossier),
            sender=dossier.organisation,
            signature=dossier.signature,
            due=due,
            dossier=dossier,
            by=by,
        )
        acknowledge(row)
    tasks.finish(dossier, kind=TaskKind.COMPLETE_REFERRAL, source=dossier.pk, by=by)
    tasks.plan(
        dossier, kind=TaskKind.CHECK_REFERRAL, due=due, source=dossier.pk, by=by, role=Role.COORDINATOR
    )
    return row


def acknowledge(row: Inflow) -> None:
    """Lets who referred hear that it was received; until they have, a mark stays with the row."""
    from wida.referrals import jobs

    if settings.WIDA_MAIL:
        enqueue(jobs.acknowledge, inflow=row.pk)


def read_receipt(row: Inflow, dossier: Dossier) -> None:
    """Who referred sees the receipt on screen: that is the acknowledgement where no mail can go out."""
    if not row.acknowledged_at and not (settings.WIDA_MAIL and dossier.author.email):
        inflow.mark_acknowledged(inflow_id=row.pk)


def waits(*, dossier: Dossier, waits_for: WaitsFor, by: Actor) -> None:
    row = standing(dossier)
    if row:
        inflow.wait(inflow=row, waits_for=waits_for, by=by)


def goes_on(*, dossier: Dossier, by: Actor) -> None:
    """What it waited for is there: somebody looks by the term of its colour."""
    row = standing(dossier)
    if row and row.state == InflowState.WAITING:
        inflow.resume(inflow=row, due=due_for(dossier.colour), by=by)


def decided(*, dossier: Dossier, outcome: InflowOutcome, by: Actor) -> None:
    row = standing(dossier)
    if row:
        inflow.decide(inflow=row, outcome=outcome, by=by)
    tasks.finish(dossier, kind=TaskKind.CHECK_REFERRAL, source=dossier.pk, by=by)


@transaction.atomic
def write_referral(*, dossier: Dossier, by: Actor, version: int, **facts) -> Referral:
    """Who refers and how to reach them. Raises `Conflict`."""
    current = Referral.objects.of(dossier).first()
    if current is None:
        return records.add(Referral(dossier=dossier, **facts), by=by)
    return records.change(current, by=by, version=version, **facts)


@transaction.atomic
def keep_unfinished(*, dossier: Dossier, unfinished: str, by: Actor) -> None:
    """Keeps what can't stand in the dossier yet. No version of its own: nobody else reads it. Recorded as `kept`."""
    current = Referral.objects.of(dossier).first()
    if current is None:
        records.add(Referral(dossier=dossier, unfinished=unfinished), by=by)
        return
    current.unfinished = unfinished
    current.save(update_fields=["unfinished"])
    audit("kept", by=by, dossier=dossier.pk, part=Referral.part, table="referrals.referral", row=current.pk)


@transaction.atomic
def complete(*, dossier: Dossier, text: str, by: Actor) -> Addition:
    """What the referrer adds after submitting; the house sees it in the queue and among its tasks today."""
    addition = records.add(Addition(dossier=dossier, text=text), by=by)
    row = standing(dossier)
    if row:
        inflow.note_addition(inflow=row, by=by)
        tasks.plan(
            dossier,
            kind=TaskKind.CHECK_REFERRAL,
            due=timezone.localdate(),
            source=dossier.pk,
            by=by,
            role=Role.COORDINATOR,
        )
    return addition


def is_own(opened) -> bool:
    """Whether the reader referred this family for the organisation they act for now."""
    return Ground.AUTHOR in opened.grounds


def _acute(dossier: Dossier) -> bool:
    from wida.situation.models import Danger

    last = Danger.objects.of(dossier).order_by("-on", "-created_at").values_list("acute", flat=True).first()
    return last == Answer.YES


def _route(dossier: Dossier) -> Route:
    if dossier.organisation.safe_home_id:
        return Route.SAFE_HOME
    core = Partnership.objects.filter(
        valid_on(timezone.localdate()),
        safe_home_id=dossier.safe_home_id,
        organisation_id=dossier.organisation_id,
        core=True,
    )
    return Route.CORE_PARTNER if core.exists() else Route.PROFESSIONAL
