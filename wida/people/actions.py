"""Writing about persons. Every change keeps what was there and leaves an audit event (records/actions.py).

Addresses, residences and who is whose child also decide which places may stand in clear for the figures, so each
renews that.
"""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wida.access.models import AddressReveal
from wida.accounts.actor import Actor
from wida.accounts.codes import Role
from wida.audit.actions import record as audit
from wida.dossiers import tasks
from wida.dossiers.codes import TaskKind
from wida.dossiers.models import Dossier
from wida.people import matching
from wida.people.addresses import keep_places_out
from wida.people.codes import GrownUp
from wida.people.models import (
    Address,
    AddressViewer,
    ChildNote,
    ChildPanel,
    ComingOfAge,
    Contact,
    Custody,
    Household,
    Person,
    Relation,
    Residence,
    Service,
)
from wida.records import actions as records
from wida.records.models import Record

SPEAK_WITHIN = timedelta(days=30)


@transaction.atomic
def add_person(*, dossier: Dossier, by: Actor, **facts) -> Person:
    person = records.add(Person(dossier=dossier, **_columns(facts)), by=by)
    matching.index(person)
    return person


@transaction.atomic
def change_person(*, person: Person, by: Actor, version: int, **facts) -> Person:
    """A stated age that stays the same keeps the day on which it was stated."""
    columns = _columns(facts)
    if columns["age_stated"] == person.age_stated:
        columns["age_stated_on"] = person.age_stated_on
    changed = records.change(person, by=by, version=version, **columns)
    renew_places(person.dossier)
    return changed


def add_contact(*, person: Person, by: Actor, **facts) -> Contact:
    return records.add(Contact(dossier_id=person.dossier_id, person=person, **facts), by=by)


@transaction.atomic
def add_address(*, person: Person, by: Actor, viewers: list[str], **facts) -> Address:
    """`viewers` are the ids of the organisations that may know a protected address."""
    address = records.add(Address(dossier=person.dossier, person=person, **facts), by=by)
    _show_to(address, viewers)
    renew_places(person.dossier)
    return address


@transaction.atomic
def change_address(
    *, address: Address, by: Actor, version: int, viewers: list[str], reason: str = "", **facts
) -> Address:
    """The municipality in clear is renewed afterwards: a shielded address may not have one at any moment."""
    municipality = "" if facts["protected"] else address.municipality
    changed = records.change(
        address, by=by, version=version, reason=reason, municipality=municipality, **facts
    )
    _show_to(changed, viewers)
    renew_places(address.dossier)
    return changed


@transaction.atomic
def reveal_address(*, address: Address, by: Actor, reason: str) -> AddressReveal:
    """Keeps who had a shielded address shown and why; recorded as `revealed`. Reading changes nothing."""
    reveal = AddressReveal(dossier_id=address.dossier_id, address=address, reason=reason)
    records.stamp(reveal, by=by).save(force_insert=True)
    audit(
        "revealed",
        by=by,
        dossier=address.dossier_id,
        part=Address.part,
        table=Address._meta.label_lower,
        row=address.pk,
    )
    return reveal


@transaction.atomic
def add_relation(*, dossier: Dossier, by: Actor, person: str, other: str, **facts) -> Relation:
    relation = records.add(
        Relation(dossier=dossier, person_id=UUID(person), other_id=UUID(other), **facts), by=by
    )
    renew_kin(dossier)
    return relation


@transaction.atomic
def change_relation(
    *, relation: Relation, by: Actor, version: int, person: str, other: str, **facts
) -> Relation:
    changed = records.change(
        relation, by=by, version=version, person_id=UUID(person), other_id=UUID(other), **facts
    )
    renew_kin(relation.dossier)
    return changed


@transaction.atomic
def add_household(
    *,
    dossier: Dossier,
    by: Actor,
    label: str,
    members: list[str],
    arrangement: str,
    since: date | None,
    until: date | None,
) -> Household:
    """A household and who lives there, as one act."""
    household = Household(dossier=dossier, label=label)
    residences = [
        Residence(
            dossier=dossier,
            household=household,
            person_id=UUID(member),
            arrangement=arrangement,
            since=since,
            until=until,
        )
        for member in members
    ]
    records.add_all(household, *residences, by=by)
    renew_kin(dossier)
    return household


@transaction.atomic
def add_residence(*, dossier: Dossier, by: Actor, person: str, household: str, **facts) -> Residence:
    residence = Residence(dossier=dossier, person_id=UUID(person), household_id=UUID(household), **facts)
    records.add(residence, by=by)
    renew_kin(dossier)
    return residence


@transaction.atomic
def change_residence(
    *, residence: Residence, by: Actor, version: int, person: str, household: str, **facts
) -> Residence:
    changed = records.change(
        residence, by=by, version=version, person_id=UUID(person), household_id=UUID(household), **facts
    )
    renew_kin(residence.dossier)
    return changed


def add_custody(*, dossier: Dossier, by: Actor, child: str, holder: str, **facts) -> Custody:
    return records.add(Custody(dossier=dossier, child_id=UUID(child), holder_id=UUID(holder), **facts), by=by)


def change_custody(*, custody: Custody, by: Actor, version: int, child: str, holder: str, **facts) -> Custody:
    return records.change(
        custody, by=by, version=version, child_id=UUID(child), holder_id=UUID(holder), **facts
    )


def add_panel(*, child: Person, by: Actor, **facts) -> ChildPanel:
    return records.add(ChildPanel(dossier_id=child.dossier_id, child=child, **facts), by=by)


def add_note(*, child: Person, by: Actor, **facts) -> ChildNote:
    return records.add(ChildNote(dossier_id=child.dossier_id, child=child, **facts), by=by)


@transaction.atomic
def decide_grown_up(
    *, person: Person, standing: ComingOfAge | None, by: Actor, group: str, version: int = 0, **facts
) -> ComingOfAge:
    """Keeps what was decided about who became eighteen, and where they stand from now on. Raises `Conflict`.

    The task ends with it; who could not be spoken yet is asked about again.
    """
    if standing is None:
        made = records.add(ComingOfAge(dossier_id=person.dossier_id, person=person, **facts), by=by)
    else:
        made = records.change(standing, by=by, version=version, **facts)
    if group != person.group:
        records.change(person, by=by, version=person.version, group=group)
    if made.decision == GrownUp.UNREACHED:
        ask_about(person=person, by=by)
    else:
        tasks.finish(person.dossier, kind=TaskKind.GREW_UP, source=person, by=by)
    return made


def ask_about(*, person: Person, by: Actor) -> None:
    due = timezone.localdate() + SPEAK_WITHIN
    tasks.plan(person.dossier, kind=TaskKind.GREW_UP, due=due, source=person, by=by, role=Role.COORDINATOR)


def add_service(*, dossier: Dossier, by: Actor, **facts) -> Service:
    return records.add(Service(dossier=dossier, **facts), by=by)


@transaction.atomic
def withdraw(*, record: Record, by: Actor, version: int, reason: str) -> Record:
    """Takes a record out of the file, and with a person or a household everything that hangs on it."""
    withdrawn = records.withdraw(record, by=by, version=version, reason=reason)
    for dependent in _dependents(withdrawn):
        records.withdraw(dependent, by=by, version=dependent.version, reason=reason)
    if isinstance(withdrawn, Person):
        matching.index(withdrawn)
    if isinstance(withdrawn, Person | Household | Address | Residence | Relation):
        renew_places(withdrawn.dossier)
    return withdrawn


def renew_places(dossier: Dossier) -> None:
    """What may stand in clear of where people live, and then by which addresses they are found."""
    keep_places_out(dossier)
    matching.index_dossier(dossier)


def renew_kin(dossier: Dossier) -> None:
    """The same where only who lives with whom changed: nobody is found in another way unless a place came in clear,
    or went out of it.
    """
    if keep_places_out(dossier):
        matching.index_dossier(dossier)


def _columns(facts: dict) -> dict:
    """What a form asked, as the columns of a person: the date sealed, its year in clear for the figures."""
    born, age = facts.pop("birth_date"), facts["age_stated"]
    facts.pop("save_anyway", None)
    return facts | {
        "birth_date": born.isoformat() if born else "",
        "birth_year": born.year if born else None,
        "age_stated_on": timezone.localdate() if age is not None else None,
    }


def _show_to(address: Address, organisations: list[str]) -> None:
    AddressViewer.objects.filter(address=address).delete()
    AddressViewer.objects.bulk_create(
        AddressViewer(dossier_id=address.dossier_id, address=address, organisation_id=UUID(pk))
        for pk in organisations
    )


def _dependents(record: Record) -> list[Record]:
    if isinstance(record, Household):
        return list(Residence.objects.filter(household=record, withdrawn_at=None))
    if not isinstance(record, Person):
        return []
    hanging = {
        Contact: Q(person=record),
        Address: Q(person=record),
        Relation: Q(person=record) | Q(other=record),
        Residence: Q(person=record),
        Custody: Q(child=record) | Q(holder=record),
        ChildPanel: Q(child=record),
        ChildNote: Q(child=record),
    }
    return [
        row for model, theirs in hanging.items() for row in model.objects.filter(theirs, withdrawn_at=None)
    ]
