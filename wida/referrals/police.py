"""A report of the police becomes a referral: a dossier in the words of the police, in the work list of its house."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from wida.accounts.actor import Actor
from wida.accounts.codes import OrganisationType, Role
from wida.accounts.models import PoliceZone, SafeHome
from wida.api.codes import FactRole, RiskOutcome
from wida.dossiers import tasks
from wida.dossiers.actions import start_dossier
from wida.dossiers.codes import Answer, TaskKind
from wida.dossiers.life import take
from wida.dossiers.models import Dossier
from wida.people import matching, numbers
from wida.people.codes import Group
from wida.people.models import Person
from wida.records import actions as records
from wida.referrals import inflow
from wida.referrals.codes import Route
from wida.referrals.models import Inflow
from wida.referrals.terms import due_for
from wida.situation import actions as situation
from wida.situation.codes import IncidentKind, Link, MeasureKind, Precision, Reliability, ViolenceForm

LINKS = {
    FactRole.SUSPECT: Link.FROM,
    FactRole.VICTIM: Link.TOWARD,
    FactRole.WITNESS: Link.WITNESS,
    FactRole.INVOLVED: Link.WITNESS,
}
DIRECT = (FactRole.SUSPECT, FactRole.VICTIM)
ADULT = 18


@transaction.atomic
def refer(
    *, report: dict[str, Any], safe_home: SafeHome, zone: PoliceZone | None, receipt: str, by: Actor
) -> Inflow:
    """Makes the referral, with whom and what the report names; `by` is the system that sent it.

    `report` is as `api.schemas.Report` describes it. Nobody of the family is compared here: the work list does that.
    """
    dossier = start_dossier(
        safe_home=safe_home, family_name=_family(report["persons"]), police_zone=zone, by=by
    )
    people = _people(dossier, report["persons"], by)
    _situation(dossier, report, people, by)
    take("receive", dossier=dossier, by=by, submitted_at=timezone.now())
    acute = report["risk_evaluation"]["outcome"] == RiskOutcome.ACUTE
    due = due_for(dossier.colour, acute=acute)
    row = inflow.receive(
        safe_home=safe_home,
        route=Route.POLICE_REPORT,
        sender=dossier.organisation,
        signature=by.signature,
        due=due,
        dossier=dossier,
        receipt=receipt,
        by=by,
    )
    inflow.mark_acknowledged(inflow_id=row.pk)  # the answer to the system is the acknowledgement
    tasks.plan(
        dossier, kind=TaskKind.CHECK_REFERRAL, due=due, source=dossier.pk, by=by, role=Role.COORDINATOR
    )
    return row


def _family(persons: list[dict]) -> str:
    """The family names of those directly involved, as the header of a dossier has them."""
    names = [
        person.get("family_name") or "" for person in sorted(persons, key=lambda p: p["role"] not in DIRECT)
    ]
    return " - ".join(list(dict.fromkeys(filter(None, names)))[:2]) or "Onbekend"


def _people(dossier: Dossier, persons: list[dict], by: Actor) -> list[Person]:
    rows = []
    for told in persons:
        born = date.fromisoformat(told["birth_date"]) if told.get("birth_date") else None
        rows.append(
            Person(
                dossier=dossier,
                group=_group(told["role"], born),
                given_name=told.get("given_name") or "",
                family_name=told.get("family_name") or "",
                national_number=numbers.written(told.get("national_number") or ""),
                birth_date=born.isoformat() if born else "",
                birth_year=born.year if born else None,
                sex=told["sex"],
            )
        )
    records.add_all(*rows, by=by)
    matching.index(*rows)
    return rows


def _group(role: str, born: date | None) -> Group:
    today = timezone.localdate()
    if born and today.year - born.year - ((today.month, today.day) < (born.month, born.day)) < ADULT:
        return Group.CHILD
    return Group.DIRECT if role in DIRECT else Group.OTHER


def _situation(dossier: Dossier, report: dict, people: list[Person], by: Actor) -> None:
    parts = {
        (LINKS[FactRole(told["role"])], person.pk)
        for told, person in zip(report["persons"], people, strict=True)
    }
    for fact in report["facts"]:
        situation.add_incident(
            dossier=dossier,
            by=by,
            involved=parts,
            report_number=report["pv_number"],
            kind=IncidentKind.VIOLENCE if fact["forms"] else IncidentKind.POLICE,
            precision=Precision.DAY,
            begins_on=date.fromisoformat(fact["date"]),
            at=fact.get("time"),
            forms=[ViolenceForm(form) for form in fact["forms"]],
            children_present=report["children_present"],
            account="\n\n".join(filter(None, (f"Plaats: {fact['place']}", fact.get("description")))),
            source=OrganisationType.POLICE,
            reliability=Reliability.STATED,
        )
    for measure in report["measures"]:
        ends = measure.get("ends_on")
        situation.add_measure(
            dossier=dossier,
            by=by,
            involved=(),
            kind=MeasureKind(measure["kind"]),
            begins_on=date.fromisoformat(measure["begins_on"]),
            ends_on=date.fromisoformat(ends) if ends else None,
            issued_by=by.organisation,
            reference=report["pv_number"],
            conditions=measure.get("conditions") or "",
        )
    situation.tell(dossier=dossier, by=by, version=0, text=_narrative(report))
    if report["risk_evaluation"]["outcome"] == RiskOutcome.ACUTE:
        situation.add_danger(
            dossier=dossier,
            by=by,
            on=timezone.localdate(),
            acute=Answer.YES,
            what=report["risk_evaluation"].get("explanation") or str(RiskOutcome.ACUTE.label),
        )


def _narrative(report: dict) -> str:
    evaluation = report["risk_evaluation"]
    lines = [
        f"PV {report['pv_number']}, politiezone {report['police_zone']}",
        f"Risico-evaluatie van de politie: {RiskOutcome(evaluation['outcome']).value.replace('_', ' ')}",
        evaluation.get("explanation") or "",
        report["narrative"],
    ]
    return "\n\n".join(filter(None, lines))
