"""A row of the situation as names and values: on its own page, in its earlier versions, beside a form that clashed."""

from typing import Any, NamedTuple
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wida.dossiers.codes import Answer
from wida.people.models import whom
from wida.records.models import Record
from wida.situation.codes import SOURCE_LABELS, Link, ViolenceForm, labels
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
from wida.situation.moments import said, since
from wida.web.dates import clock, long_day

Facts = list[tuple[str, Any]]
Names = dict[UUID, str]


class Kind(NamedTuple):
    """A kind of row: where it lives in addresses, and what it is called."""

    slug: str
    model: type[Record]
    label: str
    anchor: str


KINDS = {
    kind.slug: kind
    for kind in (
        Kind("narratives", Narrative, gettext_lazy("Narrative"), "narratives"),
        Kind("dangers", Danger, gettext_lazy("Acute danger"), "dangers"),
        Kind("patterns", Pattern, gettext_lazy("Form of violence"), "patterns"),
        Kind("incidents", Incident, gettext_lazy("Fact in the chronology"), "incidents"),
        Kind("measures", Measure, gettext_lazy("Measure"), "measures"),
        Kind("dynamics", Dynamic, gettext_lazy("Hypothesis"), "dynamics"),
        Kind("informed", Informed, gettext_lazy("Who was informed"), "informed"),
        Kind("remarks", Remark, gettext_lazy("Remark"), "situation"),
    )
}


def kind_of(record: Record) -> Kind:
    return next(kind for kind in KINDS.values() if isinstance(record, kind.model))


def facts(record: Record, names: Names) -> Facts:
    """Names and values of a record; of an incident or a measure with who was involved at that version (a statement)."""
    found = _OF[type(record)](record, _Names(names))
    return [(name, str(value)) for name, value in found if value]


def restored(record: Record, state: dict) -> Record:
    """An earlier version as an object that was never saved: of the same row, with the values of then."""
    values = {}
    for field in record._meta.concrete_fields:
        if field.name in state:
            values[field.attname] = field.to_python(state[field.name])
    return type(record)(pk=record.pk, dossier_id=record.dossier_id, **values)


class _Names:
    """Who is meant, also of somebody whom the dossier no longer holds."""

    def __init__(self, names: Names):
        self.names = names

    def __getitem__(self, person: UUID) -> str:
        return self.names.get(person) or _("Unknown person")

    def all(self, persons: list[UUID]) -> str:
        return ", ".join(sorted(self[person] for person in persons))


def _parts(record: Incident | Measure) -> dict[str, list[UUID]]:
    parts: dict[str, list[UUID]] = {role: [] for role in Link}
    field = "incident_id" if isinstance(record, Incident) else "measure_id"
    involved = Involved.objects.filter(**{field: record.pk, "edition": record.edition})
    for role, person in involved.values_list("role", whom()):
        if person not in parts[role]:
            parts[role].append(person)
    return parts


def _narrative(row: Narrative, names: _Names) -> Facts:
    return [(_("The situation in their words"), row.text)]


def _danger(row: Danger, names: _Names) -> Facts:
    return [
        (_("Day"), long_day(row.on)),
        (_("Acute danger"), _label(Answer, row.acute)),
        (_("What the danger was"), row.what),
        (_("What was done"), row.done),
    ]


def _pattern(row: Pattern, names: _Names) -> Facts:
    return [
        (_("From whom"), names[row.giver_id]),
        (_("To whom"), names[row.receiver_id]),
        (_("Forms of violence"), ", ".join(labels(row.forms, ViolenceForm))),
        (_("Kind of violence"), row.get_relation_display()),
        (_("How often"), row.get_frequency_display()),
        (_("Since"), since(row.since, row.since_precision)),
        (_("Still going on"), row.get_ongoing_display()),
        (_("Until when"), since(row.until, row.until_precision)),
        (_("How it goes"), row.note),
    ]


def _incident(row: Incident, names: _Names) -> Facts:
    parts = _parts(row)
    return [
        (_("What it is about"), row.get_kind_display()),
        (_("When"), said(row.begins_on, row.precision, row.ends_on)),
        (_("Time"), clock(row.at)),
        (_("By whom"), names.all(parts[Link.FROM])),
        (_("Towards whom"), names.all(parts[Link.TOWARD])),
        (_("Children present"), row.get_children_present_display()),
        (_("Who else was there"), names.all(parts[Link.WITNESS])),
        (_("Forms of violence"), ", ".join(labels(row.forms, ViolenceForm))),
        (_("What happened"), row.account),
        (_("What it did to the children and the others"), row.impact),
        (_("What was done, and what came of it"), row.response),
        (_("Source"), SOURCE_LABELS.get(row.source)),
        (_("Where it stands, or who said it"), row.source_note),
        (_("How sure it is"), row.get_reliability_display()),
        (_("Number of the police report (PV)"), row.report_number),
    ]


def _measure(row: Measure, names: _Names) -> Facts:
    parts = _parts(row)
    return [
        (_("Measure"), row.get_kind_display()),
        (_("Imposed on"), names.all(parts[Link.SUBJECT])),
        (_("Protects"), names.all(parts[Link.PROTECTED])),
        (_("First day"), long_day(row.begins_on)),
        (_("Last day"), long_day(row.ends_on)),
        (_("Extended until"), long_day(row.extended_until)),
        (_("Decided by"), row.issued_by),
        (_("Number of the decision"), row.reference),
        (_("What it says"), row.conditions),
    ]


def _dynamic(row: Dynamic, names: _Names) -> Facts:
    return [
        (_("Whose violence it is about"), names[row.first_id]),
        (_("In relation to whom"), names[row.second_id]),
        (_("Hypothesis"), row.get_profile_display()),
        (_("Day"), long_day(row.on)),
        (_("What it is based on"), row.grounds),
        (_("What speaks against it"), row.doubts),
    ]


def _informed(row: Informed, names: _Names) -> Facts:
    return [
        (_("Person"), names[row.person_id]),
        (_("Informed?"), row.get_state_display()),
        (_("Day"), long_day(row.on)),
        (_("By whom"), row.by_whom),
        (_("Why not"), row.get_why_not_display()),
        (_("Explanation"), row.why_not_note),
        (_("Looked at again on"), long_day(row.reconsider_on)),
        (_("Wishes and needs"), row.wishes),
    ]


def _remark(row: Remark, names: _Names) -> Facts:
    return [(_("Remark"), row.get_kind_display()), (_("Text"), row.text)]


def _label(choices: type[models.TextChoices], code: str) -> str:
    return str(choices(code).label)


_OF = {
    Narrative: _narrative,
    Danger: _danger,
    Pattern: _pattern,
    Incident: _incident,
    Measure: _measure,
    Dynamic: _dynamic,
    Informed: _informed,
    Remark: _remark,
}
