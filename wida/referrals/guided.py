"""The guided referral: its steps, how far somebody is, and what it says so far. It builds the dossier of the tabs."""

import json
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from wida.access.queries import Opened
from wida.attachments.models import Attachment
from wida.dossiers.codes import Answer
from wida.dossiers.guards import failing
from wida.dossiers.life import STEPS
from wida.dossiers.models import Dossier
from wida.people.codes import Group
from wida.people.models import Address, Contact, Person, Service
from wida.people.queries import names
from wida.records.queries import read
from wida.referrals.codes import CRITERIA, Side
from wida.referrals.models import Criteria, Referral
from wida.referrals.queries import CRITERIA_FIELDS
from wida.risk.models import Assessment, Weighing
from wida.situation import queries as situation
from wida.situation.models import Danger, Incident, Measure, Narrative, Pattern


class GuidedStep(NamedTuple):
    """`needs` are the guards of submitting that this step answers, and two that only this form asks."""

    name: str
    label: str
    needs: tuple[str, ...] = ()


URGENCY, CONTACT = "urgency", "contact"
GUIDE = (
    GuidedStep(URGENCY, _("Urgency"), (URGENCY,)),
    GuidedStep(CONTACT, _("Your details"), (CONTACT,)),
    GuidedStep("family", _("Family"), ("involved",)),
    GuidedStep("situation", _("Situation and risk"), ("situation", "assessment", "weighing")),
    GuidedStep("criteria", _("Criteria and informing"), ("criteria", "informed")),
    GuidedStep("attachments", _("Attachments")),
    GuidedStep("check", _("Check and submit")),
)
NAMES = tuple(step.name for step in GUIDE)
LACKING = {
    URGENCY: _("Say whether there is acute danger"),
    CONTACT: _("Say how the Safe Home can reach you"),
    "involved": _("Add who is directly involved"),
    "situation": _("Describe the situation"),
    "assessment": _("Assess the risk"),
    "weighing": _("Add a first weighing"),
    "criteria": _("Answer the three criteria, each with its reason"),
    "informed": _("Say for every adult whether they know of the referral, or why not yet"),
}


class Lacking(NamedTuple):
    step: str
    text: str


class Progress(NamedTuple):
    """`done` are the names of the steps that are complete; `lacking` what is still asked, in the order of the steps."""

    done: frozenset[str]
    lacking: list[Lacking]
    counts: dict[str, int]

    @property
    def first_gap(self) -> str:
        return self.lacking[0].step if self.lacking else "check"


class Member(NamedTuple):
    """Somebody of the family: whether a safe way to reach them and where they live stand in the dossier."""

    id: UUID
    name: str
    group: str
    birth_year: int | None
    contacts: int
    addresses: int


COUNTED = {
    "persons": Person,
    "patterns": Pattern,
    "incidents": Incident,
    "measures": Measure,
    "services": Service,
    "narratives": Narrative,
    "assessments": Assessment,
    "weighings": Weighing,
    "attachments": Attachment,
}


def progress(dossier: Dossier) -> Progress:
    """Two statements, however much was written."""
    facts = Dossier.objects.annotate(
        has_danger=Exists(_standing(Danger.objects.all())),
        has_contact=Exists(_standing(Referral.objects.filter(phone__isnull=False))),
        **{name: _count(model) for name, model in COUNTED.items()},
    ).get(pk=dossier.pk)
    lacks = set(failing(dossier, STEPS["submit"]))
    lacks |= ({URGENCY} if not facts.has_danger else set()) | ({CONTACT} if not facts.has_contact else set())
    return Progress(
        done=frozenset(step.name for step in GUIDE if step.needs and not lacks.intersection(step.needs)),
        lacking=[Lacking(step.name, LACKING[need]) for step in GUIDE for need in step.needs if need in lacks],
        counts={name: getattr(facts, name) for name in COUNTED},
    )


def _standing(rows: QuerySet) -> QuerySet:
    return rows.filter(dossier_id=OuterRef("pk"), withdrawn_at=None)


def _count(model) -> Coalesce:
    rows = _standing(model.objects.all()).order_by().values("dossier_id").annotate(n=Count("pk"))
    return Coalesce(Subquery(rows.values("n")), 0)


def unfinished(dossier: Dossier) -> dict[str, dict[str, list[str]]]:
    """What was typed in a step and can't stand in the dossier yet, by step and field."""
    row = Referral.objects.of(dossier).first()
    return json.loads(row.unfinished) if row and row.unfinished else {}


def members(dossier: Dossier) -> list[Member]:
    """The family as the guided form lists it. Two statements."""
    current = Q(withdrawn_at=None)
    rows = Person.objects.of(dossier).values_list("pk").annotate(
        contacts=_of_person(Contact, current), addresses=_of_person(Address, current)
    )  # fmt: skip
    reach = {pk: (contacts, addresses) for pk, contacts, addresses in rows}
    return [
        Member(person.id, person.label, person.group, person.birth_year, *reach[person.id])
        for person in names(dossier)
    ]


def _of_person(model, current: Q) -> Coalesce:
    rows = model.objects.filter(current, person_id=OuterRef("pk")).order_by().values("person_id")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


class Line(NamedTuple):
    """One line of the check page: what was asked, the short answer, and the step that changes it."""

    label: str
    answer: str
    note: str
    step: str


def summary(opened: Opened, counts: dict[str, int]) -> list[tuple[str, list[Line]]]:
    """The whole referral in short answers. An address never stands here, whoever may read it."""
    dossier = opened.dossier
    return [
        (_("Urgency"), _urgency(dossier)),
        (_("Your details"), _contact(dossier)),
        (_("Family"), _family(dossier)),
        (_("Situation and risk"), _counted(counts)),
        (_("Criteria"), _criteria(dossier)),
        (_("Who knows of the referral?"), _informed(opened)),
        (_("Attachments"), [Line(_("Files"), str(counts["attachments"]), "", "attachments")]),
    ]


def _urgency(dossier: Dossier) -> list[Line]:
    rows = situation.danger_rows(dossier)
    if not rows:
        return []
    return [Line(_("Acute danger?"), str(Answer(rows[0].acute).label), rows[0].what, URGENCY)]


def _contact(dossier: Dossier) -> list[Line]:
    rows = read(Referral.objects.of(dossier), "function", "phone", "best_moment", "expects")
    lines = [Line(_("Name and organisation"), dossier.signature, rows[0].function if rows else "", CONTACT)]
    if rows:
        lines += [
            Line(_("Telephone number"), rows[0].phone, rows[0].best_moment, CONTACT),
            Line(_("What do you expect?"), rows[0].expects, "", CONTACT),
        ]
    return [line for line in lines if line.answer]


def _family(dossier: Dossier) -> list[Line]:
    return [
        Line(person.label, str(Group(person.group).label), f"°{person.birth_year or '?'}", "family")
        for person in names(dossier)
    ]


def _counted(counts: dict[str, int]) -> list[Line]:
    asked = (
        ("narratives", _("Description")),
        ("patterns", _("Patterns of violence")),
        ("incidents", _("Incidents")),
        ("measures", _("Measures")),
        ("services", _("Services involved")),
        ("assessments", _("Risk assessment")),
        ("weighings", _("First weighing")),
    )
    return [Line(label, str(counts[name]), "", "situation") for name, label in asked]


def _criteria(dossier: Dossier) -> list[Line]:
    rows = read(Criteria.objects.of(dossier).filter(side=Side.REFERRER), *CRITERIA_FIELDS)
    return [
        Line(
            point.label,
            str(Answer(getattr(row, point.code)).label),
            getattr(row, f"{point.code}_why"),
            "criteria",
        )
        for row in rows
        for point in CRITERIA
    ]


def _informed(opened: Opened) -> list[Line]:
    people = situation.knowing(
        situation.informed_rows(opened.dossier), situation.family(opened.dossier), opened.actor
    )
    return [
        Line(
            person.name, person.label or _("To fill in"), person.row.wishes if person.row else "", "criteria"
        )
        for person in people
    ]
