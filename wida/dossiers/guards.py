"""What must be there before a dossier may take a step, and what to do about it, in words. All guards in one place."""

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wida.closure.codes import ContactWith, Reached
from wida.closure.models import Closing, RoundingOff, WatchContact
from wida.dossiers.codes import Answer, ClosureReason, Stage
from wida.dossiers.models import Dossier
from wida.meetings.codes import TriageOutcome
from wida.meetings.models import Decision
from wida.people.codes import Group
from wida.people.models import Person
from wida.people.queries import has_minors
from wida.referrals.codes import Side
from wida.referrals.models import Clearance, Criteria, Proportionality, YouthConsultation
from wida.risk.models import Assessment, Weighing
from wida.situation.codes import InformedState
from wida.situation.models import Incident, Informed, Narrative


class Missing(NamedTuple):
    """Something that is still to be done, and the address where it is done."""

    text: str
    url: str


class Guard(NamedTuple):
    """`holds` asks the facts of a dossier; when it doesn't, `text` says what to do and `place` where."""

    holds: Callable[[Dossier], bool]
    text: str
    place: str


def missing(dossier: Dossier, step) -> list[Missing]:
    """What a step still lacks, in the order in which one would do it. One statement, two when minors matter."""
    return [
        Missing(str(GUARDS[name].text), reverse(GUARDS[name].place, args=[dossier.number]))
        for name in failing(dossier, step)
    ]


def failing(dossier: Dossier, step) -> list[str]:
    """The same as the names of the guards that don't hold."""
    if not step.guards:
        return []
    facts = _facts(dossier)
    return [name for name in step.guards if not GUARDS[name].holds(facts)]


def _standing(rows: QuerySet) -> QuerySet:
    return rows.filter(dossier_id=OuterRef("pk"), withdrawn_at=None)


def _latest(rows: QuerySet, column: str) -> Subquery:
    return Subquery(_standing(rows).order_by("-created_at").values(column)[:1])


def _facts(dossier: Dossier) -> Dossier:
    """The dossier with everything a guard asks about, as annotations."""
    told = Informed.objects.filter(
        person_id=OuterRef("pk"), withdrawn_at=None, state__in=[InformedState.INFORMED, InformedState.NOT_YET]
    )
    adults = Person.objects.filter(group=Group.DIRECT, unborn=False, deceased=False)
    watch_contacts = WatchContact.objects.filter(done_on__isnull=False)
    return Dossier.objects.annotate(
        has_involved=Exists(_standing(Person.objects.filter(group=Group.DIRECT))),
        has_narrative=Exists(_standing(Narrative.objects.all())),
        has_incident=Exists(_standing(Incident.objects.all())),
        has_untold=Exists(_standing(adults).filter(~Exists(told))),
        has_assessment=Exists(_standing(Assessment.objects.all())),
        has_weighing=Exists(_standing(Weighing.objects.all())),
        weighed_since_open=Exists(_standing(Weighing.objects.filter(created_at__gte=OuterRef("opened_at")))),
        has_criteria=Exists(_standing(Criteria.objects.filter(side=Side.REFERRER))),
        criteria_met=Exists(
            _standing(
                Criteria.objects.filter(
                    side=Side.COORDINATOR,
                    repeated_risk=Answer.YES,
                    sharing_needed=Answer.YES,
                    alignment_needed=Answer.YES,
                )
            )
        ),
        proportionate=_latest(Proportionality.objects.all(), "answer"),
        cleared=_latest(Clearance.objects.all(), "answer"),
        youth_consulted=Exists(_standing(YouthConsultation.objects.all())),
        triage=_latest(Decision.objects.all(), "outcome"),
        goals_reached=_latest(RoundingOff.objects.all(), "goals_reached"),
        violence_stopped=_latest(RoundingOff.objects.all(), "violence_stopped"),
        watch_began=_latest(RoundingOff.objects.all(), "created_at"),
        spoke_family=Exists(_since_watch(watch_contacts.filter(contact_with=ContactWith.FAMILY))),
        spoke_service=Exists(_since_watch(watch_contacts.filter(contact_with=ContactWith.SERVICE))),
        closing_reason=_latest(Closing.objects.all(), "reason"),
    ).get(pk=dossier.pk)


def _since_watch(contacts: QuerySet) -> QuerySet:
    return _standing(contacts).filter(created_at__gte=OuterRef("watch_began"))


def _ended_well(facts: Dossier) -> bool:
    """From the watch period: family and services were asked again. From execution: for another reason than success."""
    if facts.stage == Stage.WATCH:
        return facts.spoke_family and facts.spoke_service
    return facts.closing_reason != ClosureReason.GOALS_REACHED


TAKEN_UP = {TriageOutcome.TRACK_2, TriageOutcome.TRACK_3}

GUARDS: dict[str, Guard] = {
    "involved": Guard(lambda f: f.has_involved, _("Add who is directly involved"), "people:people"),
    "situation": Guard(
        lambda f: f.has_narrative or f.has_incident,
        _("Describe the situation: a narrative or at least one incident"),
        "situation:situation",
    ),
    "informed": Guard(
        lambda f: not f.has_untold,
        _("Say for every adult who is directly involved whether they were informed, or why not yet"),
        "situation:informed",
    ),
    "assessment": Guard(lambda f: f.has_assessment, _("Assess the risk"), "risk:risk"),
    "weighing": Guard(lambda f: f.has_weighing, _("Add a first weighing"), "risk:weighing"),
    "criteria": Guard(
        lambda f: f.has_criteria, _("Answer the three criteria, each with its reason"), "referrals:referral"
    ),
    "criteria_met": Guard(
        lambda f: f.criteria_met, _("Check the criteria: all three must be met"), "referrals:referral"
    ),
    "proportionality": Guard(
        lambda f: f.proportionate == Answer.YES,
        _("Reason why sharing information is proportionate"),
        "referrals:referral",
    ),
    "clearance": Guard(
        lambda f: f.cleared == Answer.YES,
        _("Ask the prosecutor whether the file may be opened, and record the answer"),
        "referrals:referral",
    ),
    "youth_consulted": Guard(
        lambda f: f.youth_consulted or not has_minors(f),
        _("Consult OCJ or VK: minors are involved"),
        "referrals:referral",
    ),
    "triage_taken_up": Guard(
        lambda f: f.triage in TAKEN_UP,
        _("Record the triage decision: track 2 or track 3"),
        "meetings:meetings",
    ),
    "triage_declined": Guard(
        lambda f: f.triage == TriageOutcome.NO_OFFER,
        _("Record the triage decision: no active offer, with advice"),
        "meetings:meetings",
    ),
    "weighing_since_open": Guard(
        lambda f: f.weighed_since_open,
        _("Weigh again with what the partners shared"),
        "risk:weighing",
    ),
    "case_manager": Guard(
        lambda f: f.case_manager_id is not None, _("Appoint a case manager"), "plans:execution"
    ),
    "rounding_off": Guard(
        lambda f: f.goals_reached == Reached.YES and f.violence_stopped == Answer.YES,
        _("A watch period starts only when the goals are reached and the violence stopped"),
        "closure:closure",
    ),
    "closing": Guard(
        _ended_well,
        _("Ask the family and at least one service again before closing, and report both contacts"),
        "closure:closure",
    ),
}
