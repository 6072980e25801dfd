"""The facts of a family in the order of time, with the silences between them."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from wida.situation.codes import ICONS, IncidentKind, Link, Reliability, ViolenceForm, labels
from wida.situation.moments import last_day, said
from wida.situation.report_number import parse

# From how many days without a known fact on a silence is shown.
SILENCE = 183
MONTH = 30.44
# An account up to this length is told in the list; a longer one is begun there.
SHORT = 420


class Event(NamedTuple):
    """One fact, ready to be told. `row` has its columns; the names are of who was involved."""

    row: Any
    when: str
    last_day: date
    kind: str
    icon: str
    forms: list[str]
    froms: list[str]
    towards: list[str]
    witnesses: list[str]
    persons: frozenset[UUID]
    source: str
    reliability: str
    odd_report_number: bool
    disputed_by: list[str]
    added_by: list[str]
    own: bool
    gap = False

    @property
    def year(self) -> int:
        return self.row.begins_on.year

    @property
    def violent(self) -> bool:
        return self.row.kind == IncidentKind.VIOLENCE

    @property
    def long(self) -> bool:
        return len(self.row.account) > SHORT

    @property
    def beginning(self) -> str:
        """The account, or its first words: cut between words, so that no half name is left."""
        return self.row.account[:SHORT].rsplit(maxsplit=1)[0] if self.long else self.row.account


class Silence(NamedTuple):
    """A time without a known fact. It says nothing about whether nothing happened."""

    first: date
    last: date
    gap = True

    @property
    def year(self) -> int:
        return self.first.year

    @property
    def months(self) -> int:
        return round((self.last - self.first).days / MONTH)


class Filter(NamedTuple):
    """What somebody wants to see of the chronology; empty is everything."""

    person: str = ""
    form: str = ""
    source: str = ""
    newest: bool = False

    @property
    def narrow(self) -> bool:
        return bool(self.person or self.form or self.source)

    def takes(self, event: Event) -> bool:
        return (
            (not self.person or UUID(self.person) in event.persons)
            and (not self.form or self.form in event.row.forms)
            and (not self.source or self.source == event.row.source)
        )


def event(row, names: dict[UUID, str], actor, source_labels: dict[str, Any]) -> Event:
    """A row of `queries.incidents` in words."""
    parts: dict[str, list[str]] = {role: [] for role in Link}
    persons = set()
    for part in dict.fromkeys(row.people):
        role, person = part.split(":")
        persons.add(UUID(person))
        parts[role].append(names.get(UUID(person), "?"))
    return Event(
        row=row,
        when=said(row.begins_on, row.precision, row.ends_on),
        last_day=last_day(row.begins_on, row.precision, row.ends_on),
        kind=str(IncidentKind(row.kind).label),
        icon=ICONS[IncidentKind(row.kind)],
        forms=labels(row.forms, ViolenceForm),
        froms=sorted(parts[Link.FROM]),
        towards=sorted(parts[Link.TOWARD]),
        witnesses=sorted(parts[Link.WITNESS]),
        persons=frozenset(persons),
        source=str(source_labels[row.source]),
        reliability=str(Reliability(row.reliability).label),
        odd_report_number=bool(row.report_number) and parse(row.report_number) is None,
        disputed_by=_by(row.remarks, "betwist"),
        added_by=_by(row.remarks, "aanvulling"),
        own=row.organisation_id == actor.organisation_id,
    )


def by_year(events: Iterable[Event], chosen: Filter, today: date) -> list[tuple[int, list[Event | Silence]]]:
    """The events that the filter takes, by year. Silences are shown only when nothing is filtered out."""
    taken = sorted(filter(chosen.takes, events), key=_place)
    items = taken if chosen.narrow else with_silences(taken, today)
    if chosen.newest:
        items = items[::-1]
    return [(year, list(group)) for year, group in groupby(items, key=lambda item: item.year)]


def _place(one: Event) -> tuple:
    return one.row.begins_on, str(one.row.at or ""), one.row.id


def with_silences(events: list[Event], today: date) -> list[Event | Silence]:
    """The same events in order, with a silence wherever nothing is known for half a year; also up to today."""
    items: list[Event | Silence] = []
    known_until = None
    for one in events:
        if known_until and (one.row.begins_on - known_until).days > SILENCE:
            items.append(Silence(known_until, one.row.begins_on))
        items.append(one)
        known_until = max(known_until or one.last_day, one.last_day)
    if known_until and (today - known_until).days > SILENCE:
        items.append(Silence(known_until, today))
    return items


def _by(remarks: list[str], kind: str) -> list[str]:
    """Which organisations made this kind of remark, each once."""
    pairs = (remark.split(":", 1) for remark in remarks)
    return sorted({organisation for made, organisation in pairs if made == kind})
