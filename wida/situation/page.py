"""The tab as its template needs it: read in eight statements, however much there is."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from wida.access.queries import Opened
from wida.situation import queries
from wida.situation.chronology import Event, Filter, Silence, by_year
from wida.situation.codes import (
    PROFILE_HELP,
    SOURCE_LABELS,
    Frequency,
    IncidentKind,
    Link,
    MeasureKind,
    Precision,
    Profile,
    ViolenceForm,
    ViolenceRelation,
    labels,
)
from wida.situation.drawings import calendar, calendar_table
from wida.situation.moments import since
from wida.web import fields
from wida.web.svg import Table

NEWEST = "newest"


class PatternLine(NamedTuple):
    """A pattern in words."""

    row: Any
    giver: str
    receiver: str
    forms: list[str]
    relation: str
    frequency: str
    since: str
    until: str


class MeasureLine(NamedTuple):
    """A measure in words. `state` is coming, running, open (no end set) or over."""

    row: Any
    kind: str
    subjects: list[str]
    protected: list[str]
    last_day: date | None
    state: str


class Hypothesis(NamedTuple):
    """How an organisation understands two people now, and how it did before."""

    row: Any
    first: str
    second: str
    profile: str
    meaning: str
    earlier: list["Hypothesis"]


class Strip(NamedTuple):
    """Violence and police interventions of the last year, as a drawing and as the same in a table."""

    drawing: Markup
    table: Table


class Page(NamedTuple):
    """Everything of the tab."""

    narratives: list[Any]
    dangers: list[Any]
    patterns: list[PatternLine]
    events: list[Event]
    years: list[tuple[int, list[Event | Silence]]]
    total: int
    taken: int
    chosen: Filter
    filter_form: forms.Form
    strip: Strip
    measures: list[MeasureLine]
    dynamics: list[Hypothesis]
    knowing: list[queries.Knowing]
    has_narrative: bool

    @property
    def unanswered(self) -> list[queries.Knowing]:
        return [person for person in self.knowing if person.adult and not person.answered]


def of(opened: Opened, asked: Mapping[str, str]) -> Page:
    """The whole tab, for what the address asks of the chronology."""
    dossier, actor, today = opened.dossier, opened.actor, timezone.localdate()
    family = queries.family(dossier)
    events = queries.events(dossier, family.names, actor)
    choices = _filter_choices(events, family)
    chosen = _chosen(choices, asked)
    narratives = queries.narrative_rows(dossier)
    return Page(
        narratives=narratives,
        dangers=queries.danger_rows(dossier),
        patterns=[_pattern(row, family.names) for row in queries.pattern_rows(dossier)],
        events=events,
        years=by_year(events, chosen, today),
        total=len(events),
        taken=sum(map(chosen.takes, events)),
        chosen=chosen,
        filter_form=_filter_form(choices, chosen),
        strip=_strip(filter(chosen.takes, events), today),
        measures=[_measure(row, family.names, today) for row in queries.measure_rows(dossier)],
        dynamics=_dynamics(queries.dynamic_rows(dossier), family.names),
        knowing=queries.knowing(queries.informed_rows(dossier), family, actor),
        has_narrative=any(row.organisation_id == actor.organisation_id for row in narratives),
    )


# The filter of the chronology -----------------------------------------------------------------------------


def _filter_choices(events: list[Event], family: queries.Family) -> dict[str, list[tuple[str, Any]]]:
    """Only what occurs, so that no choice leads to nothing."""
    persons = {person for event in events for person in event.persons}
    forms_used = {code for event in events for code in event.row.forms}
    sources = {event.row.source for event in events}
    return {
        "person": [(str(person), name) for person, name in family.names.items() if person in persons],
        "form": [(code, label) for code, label in ViolenceForm.choices if code in forms_used],
        "source": [(code, label) for code, label in SOURCE_LABELS.items() if code in sources],
    }


def _chosen(choices: dict, asked: Mapping[str, str]) -> Filter:
    """What the address asks for, as far as it can be chosen; anything else counts as not asked."""
    known = {name: {code for code, _label in options} for name, options in choices.items()}
    return Filter(
        **{name: asked.get(name, "") if asked.get(name) in codes else "" for name, codes in known.items()},
        newest=asked.get("order") == NEWEST,
    )


def _filter_form(choices: dict, chosen: Filter) -> forms.Form:
    form = forms.Form(initial=chosen._asdict() | {"order": NEWEST if chosen.newest else ""})
    everything = {"person": _("Everybody"), "form": _("All forms"), "source": _("All sources")}
    words = {"person": _("Person"), "form": _("Form of violence"), "source": _("Source")}
    for name, options in choices.items():
        form.fields[name] = fields.pick([("", everything[name]), *options], label=words[name])
    form.fields["order"] = fields.pick(
        [("", _("Oldest first")), (NEWEST, _("Newest first"))], label=_("Order")
    )
    return form


def _strip(events: Iterable[Event], today: date) -> Strip:
    counted = [
        event.row for event in events if event.row.kind in (IncidentKind.VIOLENCE, IncidentKind.POLICE)
    ]
    days = [None if row.precision == Precision.YEAR else row.begins_on for row in counted]
    return Strip(calendar(days, today=today), calendar_table(days, today=today))


# Rows in words --------------------------------------------------------------------------------------------


def _pattern(row, names: dict[UUID, str]) -> PatternLine:
    return PatternLine(
        row=row,
        giver=names[row.giver_id],
        receiver=names[row.receiver_id],
        forms=labels(row.forms, ViolenceForm),
        relation=str(ViolenceRelation(row.relation).label),
        frequency=str(Frequency(row.frequency).label),
        since=since(row.since, row.since_precision),
        until=since(row.until, row.until_precision),
    )


def _measure(row, names: dict[UUID, str], today: date) -> MeasureLine:
    parts: dict[str, list[str]] = {role: [] for role in Link}
    for part in dict.fromkeys(row.people):
        role, person = part.split(":")
        parts[role].append(names[UUID(person)])
    return MeasureLine(
        row=row,
        kind=str(MeasureKind(row.kind).label),
        subjects=sorted(parts[Link.SUBJECT]),
        protected=sorted(parts[Link.PROTECTED]),
        last_day=row.extended_until or row.ends_on,
        state=_state(row.begins_on, row.extended_until or row.ends_on, today),
    )


def _state(first: date, last: date | None, today: date) -> str:
    if first > today:
        return "coming"
    if last is None:
        return "open"
    return "running" if last >= today else "over"


def _dynamics(rows: list, names: dict[UUID, str]) -> list[Hypothesis]:
    """The newest of each organisation about each two people, with the earlier ones behind it."""

    def of_whom(row) -> tuple:
        return (*sorted((str(row.first_id), str(row.second_id))), str(row.organisation_id))

    found = []
    for _whom, group in groupby(sorted(rows, key=of_whom), key=of_whom):
        newest, *earlier = [_hypothesis(row, names) for row in group]
        found.append(newest._replace(earlier=earlier))
    return sorted(found, key=lambda one: one.row.on, reverse=True)


def _hypothesis(row, names: dict[UUID, str]) -> Hypothesis:
    profile = Profile(row.profile)
    return Hypothesis(
        row, names[row.first_id], names[row.second_id], str(profile.label), str(PROFILE_HELP[profile]), []
    )
