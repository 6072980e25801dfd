"""Writing down what happened. Only the organisation that wrote something changes or withdraws it; others add a remark.

Every function records its event through `wida.records.actions` and raises `PermissionDenied` on another's row.
"""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from wida.accounts.actor import Actor
from wida.dossiers import tasks
from wida.dossiers.codes import TaskKind
from wida.dossiers.models import Dossier
from wida.people.models import whom
from wida.records import actions as records
from wida.records.models import Record
from wida.situation.codes import InformedState
from wida.situation.models import (
    Danger,
    Dynamic,
    Incident,
    Informed,
    Involved,
    Measure,
    Narrative,
    Pattern,
    Remark,
)
from wida.situation.report_number import columns

# How many days somebody may stay uninformed before that is looked at again.
RECONSIDER_DAYS = getattr(settings, "WIDA_RECONSIDER_DAYS", 30)

# Who has which part: pairs of a role (`Link`) and a person.
Parts = Iterable[tuple[str, UUID]]


def add_incident(
    *, dossier: Dossier, by: Actor, involved: Parts, report_number: str = "", **facts
) -> Incident:
    """Adds a fact to the chronology, in the words of the actor's organisation."""
    incident = Incident(dossier=dossier, **facts, **columns(report_number))
    return _add_with_parts(incident, set(involved), by)


def change_incident(
    *,
    incident: Incident,
    by: Actor,
    version: int,
    involved: Parts,
    report_number: str = "",
    reason: str = "",
    **facts,
) -> Incident:
    """Writes a new version; raises `Conflict` when somebody of the organisation was first."""
    values = {**facts, **columns(report_number)}
    return _change_with_parts(incident, set(involved), values, by=by, version=version, reason=reason)


def add_measure(*, dossier: Dossier, by: Actor, involved: Parts, **facts) -> Measure:
    return _add_with_parts(Measure(dossier=dossier, **facts), set(involved), by)


def change_measure(
    *, measure: Measure, by: Actor, version: int, involved: Parts, reason: str = "", **facts
) -> Measure:
    return _change_with_parts(measure, set(involved), facts, by=by, version=version, reason=reason)


def add_patterns(*, dossier: Dossier, by: Actor, receivers: Iterable[UUID], **facts) -> list[Pattern]:
    """One row for each person the violence goes to; one event."""
    patterns = [Pattern(dossier=dossier, receiver_id=receiver, **facts) for receiver in receivers]
    records.add_all(*patterns, by=by)
    return patterns


def add_dynamic(*, dossier: Dossier, by: Actor, **facts) -> Dynamic:
    """A hypothesis of a day. Earlier ones about the same two people stay as they were."""
    return records.add(Dynamic(dossier=dossier, **facts), by=by)


def add_danger(*, dossier: Dossier, by: Actor, **facts) -> Danger:
    return records.add(Danger(dossier=dossier, **facts), by=by)


def change(record: Record, *, by: Actor, version: int, reason: str = "", **facts) -> Record:
    """A new version of a pattern, a dynamic, a danger or a remark."""
    _own(record, by)
    return records.change(record, by=by, version=version, reason=reason, **facts)


@transaction.atomic
def withdraw(record: Record, *, by: Actor, version: int, reason: str) -> Record:
    """Takes a row out of the situation, whatever its kind; it stays readable among the withdrawn ones."""
    _own(record, by)
    withdrawn = records.withdraw(record, by=by, version=version, reason=reason)
    if isinstance(record, Informed):
        _renew_task(record.dossier, record.person_id, by)
    return withdrawn


def tell(*, dossier: Dossier, by: Actor, version: int, text: str, reason: str = "") -> Narrative:
    """Writes the organisation's own text on the situation, or a new version of it."""
    standing = Narrative.objects.of(dossier).filter(organisation_id=by.organisation_id).first()
    return _write(
        standing, Narrative(dossier=dossier, text=text), by=by, version=version, reason=reason, text=text
    )


@transaction.atomic
def inform(*, dossier: Dossier, by: Actor, person: UUID, version: int, reason: str = "", **facts) -> Informed:
    """Writes what the organisation knows of whether a person was told. A day to reconsider becomes a task."""
    standing = (
        Informed.objects.of(dossier).filter(organisation_id=by.organisation_id, person_id=person).first()
    )
    fresh = Informed(dossier=dossier, person_id=person, **facts)
    written = _write(standing, fresh, by=by, version=version, reason=reason, **facts)
    _renew_task(dossier, person, by)
    return written


def add_remark(*, subject: Record, about: str, by: Actor, **facts) -> Remark:
    """Disputes, or adds to, a row of another organisation without touching it."""
    remark = Remark(dossier_id=subject.dossier_id, subject=subject.pk, about=about, **facts)
    return records.add(remark, by=by)


def _own(record: Record, by: Actor) -> None:
    if record.organisation_id != by.organisation_id:
        raise PermissionDenied("written by another organisation")


def _write(
    standing: Record | None, fresh: Record, *, by: Actor, version: int, reason: str, **facts
) -> Record:
    """For what each organisation has one of: a form that started from nothing conflicts with what stands there now."""
    if standing is None:
        return records.add(fresh, by=by)
    return records.change(standing, by=by, version=version, reason=reason, **facts)


@transaction.atomic
def _add_with_parts(record: Incident | Measure, parts: set, by: Actor) -> Incident | Measure:
    records.add(record, by=by)
    _involve(record, parts)
    return record


@transaction.atomic
def _change_with_parts(
    record: Incident | Measure, parts: set, values: dict, *, by: Actor, version: int, reason: str
) -> Incident | Measure:
    _own(record, by)
    standing = set(record.involved.filter(edition=record.edition).values_list("role", whom()))
    edition = record.edition if parts == standing else record.edition + 1
    changed = records.change(record, by=by, version=version, reason=reason, edition=edition, **values)
    if edition != record.edition:
        _involve(changed, parts)
    return changed


def _involve(record: Incident | Measure, parts: set) -> None:
    what = "incident" if isinstance(record, Incident) else "measure"
    Involved.objects.bulk_create(
        Involved(
            dossier_id=record.dossier_id,
            edition=record.edition,
            role=role,
            person_id=person,
            **{what: record},
        )
        for role, person in sorted(parts, key=str)
    )


def _renew_task(dossier: Dossier, person: UUID, by: Actor) -> None:
    """One task per person: the soonest day on which it is reconsidered, unless somebody told them meanwhile."""
    rows = Informed.objects.of(dossier).filter(person_id=person)
    soonest = rows.exclude(reconsider_on=None).order_by("reconsider_on").first()
    if soonest is None or rows.filter(state=InformedState.INFORMED).exists():
        tasks.finish(dossier, kind=TaskKind.INFORM, source=person, by=by)
    else:
        tasks.plan(
            dossier,
            kind=TaskKind.INFORM,
            due=soonest.reconsider_on,
            source=person,
            by=by,
            organisation=soonest.organisation_id,
        )
