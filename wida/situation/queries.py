"""What stands in a situation: for the tab, and for the other rooms."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from wida.accounts.actor import Actor
from wida.dossiers.codes import Answer
from wida.dossiers.models import Dossier
from wida.people.codes import Group
from wida.people.models import Person, whom
from wida.records.models import Revision
from wida.records.queries import asked, read, rows_of
from wida.records.statements import Asked
from wida.situation.chronology import Event, event
from wida.situation.codes import SOURCE_LABELS, IncidentKind, InformedState, ViolenceForm, labels
from wida.situation.facts import KINDS
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

OWNER = ("organisation_id", "organisation__name")


class Family(NamedTuple):
    """Whom the dossier knows. `names` also holds who was withdrawn, `standing` only who wasn't."""

    names: dict[UUID, str]
    standing: list[Any]

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(str(person.id), self.names[person.id]) for person in self.standing]


class Knowing(NamedTuple):
    """Whether somebody was told: the answer that counts, and what each organisation wrote.

    `adult` says that the referral can't go without an answer.
    """

    id: UUID
    name: str
    adult: bool
    state: str
    label: str
    row: Any
    rows: list[Any]
    own: Any

    @property
    def answered(self) -> bool:
        return self.state in (InformedState.INFORMED, InformedState.NOT_YET)


class Line(NamedTuple):
    """Violence from one person to another, for drawings and for the plan."""

    id: UUID
    giver_id: UUID
    receiver_id: UUID
    forms: list[str]
    label: str
    ongoing: str


# For other rooms ------------------------------------------------------------------------------------------


def incident_marks(dossier: Dossier) -> list[tuple[date, str]]:
    """Violence and police interventions in order of time, with a few words. One statement, nothing sealed is opened."""
    marks = Incident.objects.of(dossier).filter(kind__in=[IncidentKind.VIOLENCE, IncidentKind.POLICE])
    rows = marks.order_by("begins_on", "id").values_list("begins_on", "kind", "forms")
    return [
        (day, ", ".join(labels(forms, ViolenceForm)) or str(IncidentKind(kind).label))
        for day, kind, forms in rows
    ]


def violence(dossier: Dossier) -> Asked:
    """The patterns of violence, for `lines_of`."""
    return asked(rows_of.of(Pattern, dossier.pk, "id"), "giver_id", "receiver_id", "forms", "ongoing")


def lines_of(patterns: list) -> list[Line]:
    """Who uses which violence towards whom, still going on first."""
    lines = [
        Line(
            row.id,
            row.giver_id,
            row.receiver_id,
            row.forms,
            ", ".join(labels(row.forms, ViolenceForm)),
            row.ongoing,
        )
        for row in patterns
    ]
    return sorted(lines, key=lambda line: line.ongoing == Answer.NO)


def informed_missing(dossier: Dossier) -> list[str]:
    """The adults directly involved of whom nobody wrote yet whether they were told, or why not. Two statements."""
    return [
        person.name
        for person in knowing(informed_rows(dossier), family(dossier))
        if person.adult and not person.answered
    ]


# The rows of the tab --------------------------------------------------------------------------------------


def family(dossier: Dossier) -> Family:
    """The persons in the order in which the dossier shows them. One statement."""
    from wida.people.queries import label

    rows = read(
        Person.objects.filter(dossier_id=dossier.pk).order_by("id"),
        *(
            "group",
            "given_name",
            "family_name",
            "known_as",
            "birth_year",
            "unborn",
            "deceased",
            "withdrawn_at",
        ),
    )
    standing = sorted((row for row in rows if row.withdrawn_at is None), key=_place)
    return Family({row.id: label(row) for row in rows}, standing)


def incidents(dossier: Dossier):
    return _with_remarks(
        Incident.objects.of(dossier).annotate(people=_parts("incident")).order_by("begins_on", "id")
    )


def incident_rows(queryset) -> list:
    return read(
        queryset,
        *OWNER,
        *("kind", "precision", "begins_on", "ends_on", "at", "forms", "children_present"),
        *("account", "impact", "response", "source", "source_note", "reliability", "report_number"),
        *("people", "remarks"),
    )


def events(dossier: Dossier, names: dict[UUID, str], actor: Actor) -> list[Event]:
    """Every fact of the chronology in words. One statement."""
    return [event(row, names, actor, SOURCE_LABELS) for row in incident_rows(incidents(dossier))]


def pattern_rows(dossier: Dossier) -> list:
    return read(
        _with_remarks(Pattern.objects.of(dossier).order_by("id")),
        *OWNER,
        *("giver_id", "receiver_id", "forms", "relation", "frequency", "note"),
        *("since", "since_precision", "ongoing", "until", "until_precision", "remarks"),
    )


def measure_rows(dossier: Dossier) -> list:
    """The measures that still run first, the newest above."""
    rows = read(
        _with_remarks(
            Measure.objects.of(dossier).annotate(people=_parts("measure")).order_by("-begins_on", "id")
        ),
        *OWNER,
        *(
            "kind",
            "begins_on",
            "ends_on",
            "extended_until",
            "issued_by",
            "reference",
            "conditions",
            "people",
            "remarks",
        ),
    )
    today = timezone.localdate()
    return sorted(rows, key=lambda row: (row.extended_until or row.ends_on or today) < today)


def dynamic_rows(dossier: Dossier) -> list:
    return read(
        _with_remarks(Dynamic.objects.of(dossier).order_by("-on", "-id")),
        *OWNER,
        *("first_id", "second_id", "profile", "on", "grounds", "doubts", "remarks"),
    )


def narrative_rows(dossier: Dossier) -> list:
    return read(_with_remarks(Narrative.objects.of(dossier).order_by("id")), *OWNER, "text", "remarks")


def danger_rows(dossier: Dossier) -> list:
    return read(
        _with_remarks(Danger.objects.of(dossier).order_by("-on", "-id")),
        *OWNER,
        "on",
        "acute",
        "what",
        "done",
        "remarks",
    )


def informed_rows(dossier: Dossier) -> list:
    return read(
        _with_remarks(Informed.objects.of(dossier).order_by("-changed_at")),
        *OWNER,
        *(
            "person_id",
            "state",
            "on",
            "by_whom",
            "why_not",
            "why_not_note",
            "reconsider_on",
            "wishes",
            "remarks",
        ),
    )


def remark_rows(dossier: Dossier, subject: UUID) -> list:
    rows = Remark.objects.of(dossier).filter(subject=subject).order_by("id")
    return read(rows, *OWNER, "kind", "text")


def knowing(rows: list, people: Family, actor: Actor | None = None) -> list[Knowing]:
    """One row per person who stands and lives. Told by one organisation is told; else the soonest "not yet" counts."""
    found = []
    for person in people.standing:
        if person.deceased:
            continue
        of_person = [row for row in rows if row.person_id == person.id]
        counts = min(of_person, key=_weight, default=None)
        own = next((row for row in of_person if actor and row.organisation_id == actor.organisation_id), None)
        found.append(
            Knowing(
                id=person.id,
                name=people.names[person.id],
                adult=person.group == Group.DIRECT,
                state=counts.state if counts else "",
                label=str(InformedState(counts.state).label) if counts else "",
                row=counts,
                rows=of_person,
                own=own,
            )
        )
    return found


def withdrawn(dossier: Dossier) -> list[tuple[Any, Any, Revision | None]]:
    """What was taken out, newest first: the kind, the record as it stood, and the revision that says who and why."""
    last = {
        (revision.row, revision.version): revision
        for revision in Revision.objects.filter(dossier_id=dossier.pk, table__startswith="situation.")
    }
    found = []
    for kind in KINDS.values():
        for record in kind.model.objects.filter(dossier_id=dossier.pk).exclude(withdrawn_at=None):
            found.append((kind, record, last.get((record.pk, record.version - 1))))
    return sorted(found, key=lambda item: item[1].withdrawn_at, reverse=True)


def _place(person) -> tuple:
    """Directly involved, children from old to young, others."""
    age = (person.unborn, person.birth_year or 9999) if person.group == Group.CHILD else ()
    return Group.values.index(person.group), age, person.id


def _weight(row) -> tuple:
    order = (InformedState.INFORMED, InformedState.NOT_YET, InformedState.TO_DO)
    return order.index(row.state), row.on or row.reconsider_on or date.max


def _parts(what: str) -> ArraySubquery:
    """`role:person` of everybody in the edition that stands, within the statement that reads the record."""
    involved = Involved.objects.filter(**{what: OuterRef("pk"), "edition": OuterRef("edition")}).order_by(
        "id"
    )
    part = Concat("role", Value(":"), Cast(whom(), TextField()), output_field=TextField())
    return ArraySubquery(involved.annotate(part=part).values("part"))


def _with_remarks(queryset):
    """`kind:organisation` of every remark on a row; their words stand on the row's own page."""
    remarks = Remark.objects.filter(subject=OuterRef("pk"), withdrawn_at=None).order_by("id")
    made = Concat("kind", Value(":"), "organisation__name", output_field=TextField())
    return queryset.annotate(remarks=ArraySubquery(remarks.annotate(made=made).values("made")))
