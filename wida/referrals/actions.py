"""Answering the criteria, asking and giving clearance, and the coordinator's decisions on a referral."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.access.actions import end_all, give_mandate
from wida.access.rules import Ground
from wida.access.united import unite
from wida.accounts.actor import Actor
from wida.accounts.models import Membership
from wida.dossiers import tasks
from wida.dossiers.codes import Answer, ClosureReason, TaskKind
from wida.dossiers.guards import Missing
from wida.dossiers.life import NotNow, take
from wida.dossiers.models import Dossier
from wida.records import actions as records
from wida.referrals import intake
from wida.referrals.codes import (
    COMPLETE_WITHIN_DAYS,
    KEPT_CONSULT_DAYS,
    KEPT_JOINED_YEARS,
    KEPT_REFUSED_YEARS,
    LEGAL_BASES,
    DecisionKind,
    InflowOutcome,
    RefusalGround,
    RequestState,
    Route,
    Side,
    WaitsFor,
)
from wida.referrals.models import (
    Clearance,
    ClearanceRequest,
    Criteria,
    Decision,
    Inflow,
    Proportionality,
    YouthConsultation,
)
from wida.referrals.terms import years_after


def write_criteria(*, dossier: Dossier, side: Side, by: Actor, version: int = 0, **answers) -> Criteria:
    """The criteria as one side sees them; written again, the version before stays readable. Raises `Conflict`."""
    current = Criteria.objects.of(dossier).filter(side=side).first()
    if current is None:
        return records.add(Criteria(dossier=dossier, side=side, **answers), by=by)
    return records.change(current, by=by, version=version, **answers)


def judge_proportionality(
    *, dossier: Dossier, by: Actor, version: int = 0, answer: str, motivation: str
) -> Proportionality:
    """Whether sharing is proportionate, by the coordinator and before sharing opens. Raises `Conflict`."""
    current = Proportionality.objects.of(dossier).first()
    if current is None:
        return records.add(Proportionality(dossier=dossier, answer=answer, motivation=motivation), by=by)
    return records.change(current, by=by, version=version, answer=answer, motivation=motivation)


@transaction.atomic
def ask_clearance(
    *, dossier: Dossier, member: Membership, due_on: date, by: Actor, question: str = ""
) -> ClearanceRequest:
    """Asks a prosecutor's criminologist whether the dossier may be opened: they may read it until they answer.

    A question that still stood, to them or to somebody else, drops. Raises `NotNow` once clearance was given.
    """
    if Clearance.objects.of(dossier).filter(answer=Answer.YES).exists():
        point = Missing(
            _("The prosecutor already gave clearance"), reverse("referrals:referral", args=[dossier.number])
        )
        raise NotNow([point])
    drop_question(dossier=dossier, by=by)
    request = records.add(
        ClearanceRequest(
            dossier=dossier,
            asked_organisation_id=member.organisation_id,
            asked_user_id=member.user_id,
            asked_signature=member.actor.signature,
            asked_on=timezone.localdate(),
            due_on=due_on,
            question=question,
        ),
        by=by,
    )
    give_mandate(dossier=dossier, holder=member, ground=Ground.CLEARANCE, by=by, why=question)
    tasks.plan(
        dossier,
        kind=TaskKind.CLEARANCE,
        due=due_on,
        source=request,
        by=by,
        user=member.user_id,
        organisation=member.organisation_id,
    )
    intake.waits(dossier=dossier, waits_for=WaitsFor.CLEARANCE, by=by)
    return request


@transaction.atomic
def answer_clearance(
    *, request: ClearanceRequest, by: Actor, answer: str, decided_on: date, motivation: str, basis: str = ""
) -> Clearance:
    """The prosecutor's answer, for good. It ends the right to read that came with the question."""
    if request.state != RequestState.ASKED:
        raise NotNow([])
    text = next((ground.text for ground in LEGAL_BASES if ground.code == basis), "")
    clearance = records.add(
        Clearance(
            dossier=request.dossier,
            request=request,
            answer=answer,
            basis=basis,
            basis_text=text,
            decided_on=decided_on,
            motivation=motivation,
            function=by.function,
        ),
        by=by,
    )
    _settle(request, RequestState.ANSWERED, by)
    intake.goes_on(dossier=request.dossier, by=by)
    return clearance


def drop_question(*, dossier: Dossier, by: Actor) -> None:
    """Takes back a question to the prosecutor that wasn't answered, with the right to read that came with it."""
    for request in ClearanceRequest.objects.of(dossier).filter(state=RequestState.ASKED):
        _settle(request, RequestState.DROPPED, by)


def _settle(request: ClearanceRequest, state: RequestState, by: Actor) -> None:
    ClearanceRequest.objects.filter(pk=request.pk).update(state=state)
    end_all(dossier=request.dossier, by=by, ground=Ground.CLEARANCE)
    tasks.finish(request.dossier, kind=TaskKind.CLEARANCE, source=request, by=by)


def consult_youth(
    *, dossier: Dossier, by: Actor, body: str, consulted_on: date, contact: str, outcome: str
) -> YouthConsultation:
    """Records that OCJ or VK was consulted about a family with minors."""
    return records.add(
        YouthConsultation(
            dossier=dossier, body=body, consulted_on=consulted_on, contact=contact, outcome=outcome
        ),
        by=by,
    )


def change_consultation(
    *, consultation: YouthConsultation, by: Actor, version: int, **facts
) -> YouthConsultation:
    return records.change(consultation, by=by, version=version, **facts)


@transaction.atomic
def send_back(*, dossier: Dossier, by: Actor, reason: str) -> None:
    """Returns the referral to its author for completion, who gets a task; a question to the prosecutor drops.

    Raises `NotNow` for a report of the police: the system that sent it completes nothing.
    """
    if Inflow.objects.filter(dossier_id=dossier.pk, route=Route.POLICE_REPORT).exists():
        raise NotNow(
            [Missing(_("A report of the police can't be returned: ask its sender for more, or decide"), "")]
        )
    records.add(Decision(dossier=dossier, kind=DecisionKind.SENT_BACK, reason=reason), by=by)
    take("send_back", dossier=dossier, by=by, reason=reason)
    drop_question(dossier=dossier, by=by)
    intake.waits(dossier=dossier, waits_for=WaitsFor.COMPLETION, by=by)
    tasks.finish(dossier, kind=TaskKind.CHECK_REFERRAL, source=dossier.pk, by=by)
    due = timezone.localdate() + timedelta(days=COMPLETE_WITHIN_DAYS)
    tasks.plan(
        dossier, kind=TaskKind.COMPLETE_REFERRAL, due=due, source=dossier.pk, by=by, user=dossier.author_id
    )


@transaction.atomic
def refuse(*, dossier: Dossier, by: Actor, ground: str, advice: str, contact: str, **reasons) -> Decision:
    """Closes a referral that isn't taken up, with advice that its author goes on reading on the overview.

    The coordinator must have checked the criteria first (decree art. 5 and 11), else raises `NotNow`.
    """
    if not Criteria.objects.of(dossier).filter(side=Side.COORDINATOR).exists():
        address = reverse("referrals:check_criteria", args=[dossier.number])
        raise NotNow([Missing(_("Check the three criteria first"), address)])
    decision = records.add(
        Decision(
            dossier=dossier,
            kind=DecisionKind.REFUSED,
            ground=ground,
            advice=advice,
            contact=contact,
            **reasons,
        ),
        by=by,
    )
    drop_question(dossier=dossier, by=by)
    intake.decided(dossier=dossier, outcome=InflowOutcome.REFUSED, by=by)
    take(
        "refuse",
        dossier=dossier,
        by=by,
        reason=str(RefusalGround(ground).label),
        **_closed(ClosureReason.NOT_TAKEN_UP),
    )
    return decision


@transaction.atomic
def join(*, dossier: Dossier, target: Dossier, by: Actor, reason: str) -> Decision:
    """Closes a referral about a family that already has a dossier, and points to it.

    Who is kept out of either is kept out of both from then on; nobody gets a right by it. Both must be open to the
    actor.
    """
    unite(one=dossier, other=target, by=by)
    decision = records.add(Decision(dossier=dossier, kind=DecisionKind.JOINED, reason=reason), by=by)
    drop_question(dossier=dossier, by=by)
    intake.decided(dossier=dossier, outcome=InflowOutcome.JOINED, by=by)
    take("join", dossier=dossier, by=by, reason=reason, joined_to=target, **_closed(ClosureReason.JOINED))
    return decision


class Seed(NamedTuple):
    """All that an anonymous consult takes over from a referral: nothing about the family, nor who asked."""

    safe_home_id: UUID
    kind_of_professional: str
    on: date


def seed_of(dossier: Dossier) -> Seed:
    return Seed(dossier.safe_home_id, dossier.organisation.type, timezone.localdate())


@transaction.atomic
def to_consult(*, dossier: Dossier, by: Actor, reason: str) -> Seed:
    """Closes a referral because an anonymous consult is enough, and gives what such a consult starts from.

    The dossier is destroyed soon, so that no personal data outlive the question. Nothing links it to the consult.
    """
    records.add(Decision(dossier=dossier, kind=DecisionKind.CONSULT, reason=reason), by=by)
    drop_question(dossier=dossier, by=by)
    intake.decided(dossier=dossier, outcome=InflowOutcome.CONSULT, by=by)
    take(
        "consult",
        dossier=dossier,
        by=by,
        reason=reason,
        closed_at=timezone.now(),
        closure_reason=ClosureReason.NOT_TAKEN_UP,
        retain_until=timezone.localdate() + timedelta(days=KEPT_CONSULT_DAYS),
    )
    return seed_of(dossier)


def _closed(reason: ClosureReason) -> dict:
    years = KEPT_REFUSED_YEARS if reason == ClosureReason.NOT_TAKEN_UP else KEPT_JOINED_YEARS
    return {
        "closed_at": timezone.now(),
        "closure_reason": reason,
        "retain_until": years_after(timezone.localdate(), years),
    }
