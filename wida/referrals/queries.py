"""Where a referral stands: who answered what, what is still missing before sharing may open, what was decided."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.access.models import ConflictBlock
from wida.access.queries import open_for
from wida.access.rules import Part, Right
from wida.accounts.actor import Actor
from wida.accounts.codes import Role
from wida.accounts.models import Membership
from wida.dossiers.codes import Answer, Stage
from wida.dossiers.models import Dossier
from wida.people.models import Person
from wida.records.queries import read
from wida.records.statements import prepared
from wida.referrals.codes import ALTERNATIVES, CRITERIA, LEGAL_BASES, DecisionKind, RequestState, Side
from wida.referrals.models import (
    Clearance,
    ClearanceRequest,
    Criteria,
    Decision,
    Proportionality,
    YouthConsultation,
)
from wida.web.dates import day as written

CRITERIA_FIELDS = tuple(name for point in CRITERIA for name in (point.code, f"{point.code}_why"))
ALTERNATIVE_FIELDS = tuple(point.code for point in ALTERNATIVES)


class Condition(NamedTuple):
    """One thing asked before sharing opens: whether it is met, in words, and where it is done."""

    code: str
    met: bool
    text: str
    url: str


class Standing(NamedTuple):
    """Everything a referral holds, read once."""

    referrer: tuple | None
    coordinator: tuple | None
    proportionality: tuple | None
    requests: list
    answers: dict[UUID, tuple]
    consultations: list
    decisions: list
    minors: bool

    @property
    def asked(self) -> tuple | None:
        """The question to the prosecutor that waits for an answer."""
        return next((row for row in self.requests if row.state == RequestState.ASKED), None)

    @property
    def clearance(self) -> tuple | None:
        """The newest answer of the prosecutor."""
        return next((self.answers[row.id] for row in self.requests if row.id in self.answers), None)


class Basis(NamedTuple):
    """On which legal ground a dossier was opened for sharing, and on which day that was decided."""

    text: str
    decided_on: date | None


class Outcome(NamedTuple):
    """What the referrer may read: never the coordinator's own reasoning, nor another dossier's number."""

    code: str
    decision: str
    on: date
    signature: str
    reasons: list[tuple[str, str]]
    advice: str
    contact: str


def standing(dossier: Dossier) -> Standing:
    """Seven statements, however long the referral's history is."""
    from wida.people.queries import has_minors

    sides = {
        row.side: row
        for row in read(Criteria.objects.of(dossier), "side", *CRITERIA_FIELDS, *ALTERNATIVE_FIELDS)
    }
    judged = read(Proportionality.objects.of(dossier), "answer", "motivation")
    requests = read(
        ClearanceRequest.objects.of(dossier).order_by("-created_at"),
        *("asked_organisation_id", "asked_signature", "asked_on", "due_on", "question", "state"),
    )
    answers = read(
        Clearance.objects.of(dossier),
        *("request_id", "answer", "basis", "basis_text", "decided_on", "motivation", "function"),
    )
    consulted = read(
        YouthConsultation.objects.of(dossier).order_by("-consulted_on", "-created_at"),
        *("body", "consulted_on", "contact", "outcome"),
    )
    return Standing(
        referrer=sides.get(Side.REFERRER),
        coordinator=sides.get(Side.COORDINATOR),
        proportionality=judged[0] if judged else None,
        requests=requests,
        answers={row.request_id: row for row in answers},
        consultations=consulted,
        decisions=decisions(dossier),
        minors=has_minors(dossier),
    )


def decisions(dossier: Dossier) -> list:
    """What was decided other than to open, newest first."""
    reasons = (f"{point.code}_why" for point in CRITERIA)
    rows = Decision.objects.of(dossier).order_by("-created_at")
    return read(rows, "kind", "ground", "reason", *reasons, "advice", "contact")


def conditions(dossier: Dossier, standing: Standing) -> list[Condition]:
    """What must be there before sharing opens (decree art. 5, 11 and 13), each in words."""
    found = [
        _criteria_met(dossier, standing.coordinator),
        _proportionate(dossier, standing.proportionality),
        _cleared(dossier, standing),
    ]
    if standing.minors or standing.consultations:
        found.append(_youth_consulted(dossier, standing))
    return found


def _criteria_met(dossier: Dossier, row) -> Condition:
    address = reverse("referrals:check_criteria", args=[dossier.number])
    if row is None:
        return Condition(
            "criteria_met", False, _("The coordinator has not checked the three criteria yet"), address
        )
    met = sum(getattr(row, point.code) == Answer.YES for point in CRITERIA)
    if met < len(CRITERIA):
        text = _("According to the coordinator %(met)s of the three criteria are met") % {"met": met}
        return Condition("criteria_met", False, text, address)
    return Condition("criteria_met", True, _("The coordinator found the three criteria met"), address)


def _proportionate(dossier: Dossier, row) -> Condition:
    address = reverse("referrals:proportionality", args=[dossier.number])
    if row is None:
        text = _("Nobody has reasoned yet whether sharing is proportionate")
        return Condition("proportionality", False, text, address)
    if row.answer != Answer.YES:
        return Condition(
            "proportionality", False, _("The coordinator judged that sharing is not proportionate"), address
        )
    return Condition(
        "proportionality", True, _("The coordinator reasoned that sharing is proportionate"), address
    )


def _cleared(dossier: Dossier, standing: Standing) -> Condition:
    address = reverse("referrals:ask_clearance", args=[dossier.number])
    clearance, asked = standing.clearance, standing.asked
    if clearance and clearance.answer == Answer.YES:
        text = _("The prosecutor gave clearance on %(day)s, on the basis of %(basis)s") % {
            "day": written(clearance.decided_on),
            "basis": clearance.basis_text,
        }
        return Condition("clearance", True, text, address)
    if asked:
        text = _("%(who)s was asked for clearance on %(day)s and has not answered yet") % {
            "who": asked.asked_signature,
            "day": written(asked.asked_on),
        }
    elif clearance:
        text = _("The prosecutor gave no clearance on %(day)s") % {"day": written(clearance.decided_on)}
    else:
        text = _("The prosecutor has not been asked for clearance yet")
    return Condition("clearance", False, text, address)


def _youth_consulted(dossier: Dossier, standing: Standing) -> Condition:
    address = reverse("referrals:consult_youth", args=[dossier.number])
    if standing.consultations:
        return Condition("youth_consulted", True, _("OCJ or VK was consulted about the minors"), address)
    return Condition(
        "youth_consulted", False, _("There are minors, and OCJ or VK has not been consulted yet"), address
    )


@prepared
def _yes(dossier_id: UUID) -> QuerySet:
    answers = Clearance.objects.filter(dossier_id=dossier_id, withdrawn_at=None, answer=Answer.YES)
    return answers.order_by("-created_at")[:1]


def basis(dossier: Dossier) -> Basis:
    """The legal ground on which this dossier is shared; the one in force today when no answer names one."""
    rows = read(_yes.of(dossier.pk), "basis_text", "decided_on")
    if rows:
        return Basis(rows[0].basis_text, rows[0].decided_on)
    today = timezone.localdate()
    return Basis(next(ground.text for ground in reversed(LEGAL_BASES[:2]) if ground.held_on(today)), None)


def outcome(dossier: Dossier) -> Outcome | None:
    """What became of a referral, for whoever made it; None while nothing was decided. One statement."""
    if dossier.stage == Stage.REFERRED:
        return None
    rows = decisions(dossier)
    last = rows[0] if rows else None
    if last and _stands(dossier, last.kind):
        return _told(last)
    if dossier.opened_at:
        return Outcome(
            "geopend",
            _("Taken up for information gathering"),
            timezone.localdate(dossier.opened_at),
            "",
            [],
            "",
            "",
        )
    return None


def _stands(dossier: Dossier, kind: str) -> bool:
    """A return counts until the referral is submitted again; the other two close it."""
    return dossier.stage == (Stage.BUILDING if kind == DecisionKind.SENT_BACK else Stage.CLOSED)


def _told(row) -> Outcome:
    refused, returned = row.kind == DecisionKind.REFUSED, row.kind == DecisionKind.SENT_BACK
    reasons = [(str(point.label), getattr(row, f"{point.code}_why")) for point in CRITERIA] if refused else []
    return Outcome(
        code=row.kind,
        decision=str(DecisionKind(row.kind).label),
        on=timezone.localdate(row.created_at),
        signature=row.signature,
        reasons=[reason for reason in reasons if reason[1]],
        advice=row.reason if returned else row.advice,
        contact=row.contact,
    )


def prosecutors(dossier: Dossier) -> list[Membership]:
    """The prosecutor's criminologists who take part in the dossier's house and whom no conflict keeps out."""
    return list(
        without_blocked(Membership.objects.partners_of(dossier.safe_home_id), dossier)
        .filter(role=Role.PROSECUTOR)
        .select_related("user", "organisation__safe_home")
        .order_by("organisation__name", "user__name")
    )


def without_blocked(memberships: QuerySet, dossier: Dossier) -> QuerySet:
    """Leaves out whoever a conflict block keeps from this dossier: they may not even be asked."""
    blocks = ConflictBlock.objects.of(dossier)
    users = blocks.filter(user__isnull=False).values("user_id")
    organisations = blocks.filter(blocked_organisation__isnull=False).values("blocked_organisation_id")
    return memberships.exclude(user_id__in=users).exclude(organisation_id__in=organisations)


def joinable(actor: Actor, dossier: Dossier, number: str) -> Dossier | None:
    """A running dossier by its number as somebody types it, opened; never the dossier itself.

    Only one that the actor decides about too: a right to read it, such as an emergency gives, joins nothing to it. Nor
    before they answered whether they know somebody in it.
    """
    wanted = "".join(number.split()).upper()
    there = open_for(actor, wanted) if wanted and wanted != dossier.number else None
    if there is None or there.dossier.shared_tokens or there.dossier.stage in (Stage.BUILDING, Stage.CLOSED):
        return None
    return there.dossier if there.may(Part.REFERRAL, Right.DECIDE) else None


def names_in(dossier: Dossier) -> list[str]:
    """What the members of the family are called, so that a text that must name nobody can be held against it."""
    rows = read(Person.objects.filter(dossier_id=dossier.pk), "given_name", "family_name", "known_as")
    return [dossier.family_name, *(f"{row.given_name} {row.family_name} {row.known_as}" for row in rows)]
