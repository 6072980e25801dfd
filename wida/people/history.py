"""How what stands about a person came to be: every version of everything, newest first, withdrawn records included.

The rules of the tab hold for every version: a shielded address stays shielded, also in what it was before.
"""

import json
from collections import defaultdict
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wida.access.queries import Opened
from wida.people import numbers
from wida.people.addresses import (
    PLACE,
    SERVICE_WORDS,
    Hidden,
    hidden_from,
    reaches_a_place,
    says_where,
    shielded_in,
)
from wida.people.models import (
    Address,
    ChildNote,
    ChildPanel,
    Contact,
    Custody,
    Household,
    Person,
    Relation,
    Residence,
    Service,
)
from wida.people.queries import name_map
from wida.people.words import KIND, Reader, state_of
from wida.records.models import Record, Revision

ADDED, CHANGED, WITHDRAWN = _("added"), _("changed"), _("withdrawn")
SCHOOL = frozenset({"school", "school_contact"})


class Change(NamedTuple):
    """One act: who did what when, why if they said so, and (label, before, after) of what differs."""

    at: datetime
    signature: str
    subject: str
    act: str
    reason: str
    shielded: bool
    first: bool
    rows: list[tuple[str, str, str]]


def changes(opened: Opened, person: Person) -> list[Change]:
    records = _records(person)
    older = defaultdict(list)
    revisions = Revision.objects.filter(
        dossier_id=person.dossier_id, row__in=[record.pk for record in records]
    )
    for revision in revisions.order_by("version"):
        older[revision.row].append(revision)
    reader, hidden = Reader(name_map(opened.dossier)), hidden_from(opened)
    closed = shielded_in(opened.dossier)
    found = [
        change
        for record in records
        for change in _of_record(
            record, older[record.pk], reader, unsaid(opened, record, hidden, closed), hidden
        )
    ]
    return sorted(found, key=lambda change: change.at, reverse=True)


def unsaid(
    opened: Opened, record: Record, hidden: Hidden | None = None, closed: frozenset[UUID] | None = None
) -> frozenset[str]:
    """The names of the fields of a record that this actor gets to see as a mask.

    `closed` is given for its history: then what it said in earlier versions counts too.
    """
    if isinstance(record, Address):
        closed = shielded_in(opened.dossier) if closed is None else closed
        return frozenset(PLACE) if record.pk in closed else frozenset()
    hidden = hidden or hidden_from(opened)
    theirs = record.organisation_id == opened.actor.organisation_id
    if isinstance(record, Person):
        number = frozenset() if numbers.may_see(opened, record) else frozenset({"national_number"})
        return number | {"profession"} if record.pk in hidden.people and not theirs else number
    if isinstance(record, Contact):
        now_or_before = reaches_a_place(opened, record, hidden) or (
            closed is not None and record.version > 1 and record.person_id in hidden.people and not theirs
        )
        return frozenset({"value"} if now_or_before else ())
    if isinstance(record, ChildPanel) and record.child_id in hidden.people:
        return SCHOOL
    if isinstance(record, Household) and record.pk in hidden.homes:
        return frozenset({"label"})
    if isinstance(record, Residence) and record.household_id in hidden.homes:
        return frozenset({"arrangement"})
    if isinstance(record, Service) and says_where(opened, record, hidden):
        return frozenset(SERVICE_WORDS)
    return frozenset()


def _records(person: Person) -> list[Record]:
    theirs = {
        Contact: Q(person=person),
        Address: Q(person=person),
        Relation: Q(person=person) | Q(other=person),
        Residence: Q(person=person),
        Custody: Q(child=person) | Q(holder=person),
        ChildPanel: Q(child=person),
        ChildNote: Q(child=person),
    }
    brought = Person.objects.filter(dossier_id=person.dossier_id, merged_into=person)
    return [
        *(person, *brought),
        *(row for model, condition in theirs.items() for row in model.objects.filter(condition)),
    ]


def _of_record(
    record: Record, older: list[Revision], reader: Reader, but: frozenset[str], hidden: Hidden
) -> list[Change]:
    states = [*(json.loads(revision.state) for revision in older), state_of(record)]
    signed = [
        *((row.signature, row.written_at, row.reason) for row in older),
        (record.signature, record.changed_at, ""),
    ]
    shielded = isinstance(record, Address) and record.pk in hidden.addresses
    found = []
    for number, (signature, at, _reason) in enumerate(signed):
        last = number == len(signed) - 1
        act = ADDED if number == 0 else WITHDRAWN if last and record.withdrawn_at else CHANGED
        before = reader.said(type(record), states[number - 1], but=but) if number else []
        after = reader.said(type(record), states[number], but=but)
        rows = [] if shielded else _differing(before, after)
        reason = signed[number - 1][2] if number and not shielded else ""
        found.append(Change(at, signature, KIND[type(record)], act, reason, shielded, number == 0, rows))
    return found


def _differing(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    if not before:
        return [(label, "", value) for label, value in after if value]
    pairs = zip(before, after, strict=True)
    return [(label, old, new) for (label, old), (_label, new) in pairs if old != new]
