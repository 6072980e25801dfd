"""The dossier on one page, as the table needs it. Ten statements, whatever the number of rows."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from wida.access.queries import Opened
from wida.accounts.codes import SHORT_LANE
from wida.meetings.models import AgendaItem
from wida.people.codes import ChildNoteKind
from wida.people.models import ChildNote
from wida.plans import family as families
from wida.plans import gaps as gap_rules
from wida.plans import queries as plans
from wida.plans.codes import GapKind
from wida.records.queries import read
from wida.risk import flags as critical
from wida.risk import queries as risk
from wida.risk.codes import FACTORS, Flag, Score
from wida.sharing import queries as sharing
from wida.sharing.codes import ANSWERED
from wida.situation import queries as situation
from wida.situation.chronology import Event, event
from wida.situation.codes import SOURCE_LABELS

SHOWN = 6


class Child(NamedTuple):
    """A child, and who saw it last; `seen_on` is None when nobody wrote that down."""

    name: str
    seen_on: date | None
    by_whom: str


class Risk(NamedTuple):
    """How many of the thirteen factors stand where; never added up. `assessed` is False when nobody assessed yet."""

    assessed: bool
    present: int
    suspected: int
    unknown: int
    total: int
    flags: list[str]


class Gap(NamedTuple):
    """Something nobody works on."""

    kind: str
    title: str


class Sheet(NamedTuple):
    """`since` is the meeting before this one, or the day on which the dossier was opened for sharing."""

    since: date | None
    events: list[Event]
    more: bool
    risk: Risk
    children: list[Child]
    answered: list[str]
    silent: list[str]
    family: families.Family
    goals: list
    actions: list
    gaps: list[Gap]

    @property
    def open_risks(self) -> list[str]:
        """The risk factors that are there or suspected and that no goal answers."""
        return [gap.title for gap in self.gaps if gap.kind == GapKind.FACTOR]


def of(opened: Opened, item: AgendaItem) -> Sheet:
    dossier = opened.dossier
    family = families.of(dossier)
    facts = risk.facts(dossier)
    stands = {str(code): str(facts.stands[code].heaviest) for code in FACTORS}
    goals, actions = plans.goals(dossier), plans.actions(dossier)
    since = item.previous_on or (timezone.localdate(dossier.opened_at) if dossier.opened_at else None)
    events = _events(opened, family, since)
    lanes = [status for status in sharing.lane_states(dossier) if status.state]
    return Sheet(
        since=since,
        events=events[:SHOWN],
        more=len(events) > SHOWN,
        risk=_risk(facts, stands),
        children=_children(opened, family),
        answered=[_lane(status) for status in lanes if status.state in ANSWERED],
        silent=[_lane(status) for status in lanes if status.state not in ANSWERED],
        family=family,
        goals=goals,
        actions=actions,
        gaps=_gaps(opened, family, goals, actions, stands),
    )


def _events(opened: Opened, family: families.Family, since: date | None) -> list[Event]:
    """What happened since a day, the newest first; one more than is shown, to know that there is more."""
    found = situation.incidents(opened.dossier)
    if since:
        found = found.filter(begins_on__gte=since)
    names = {member.id: member.short for member in family.members}
    rows = situation.incident_rows(found.order_by("-begins_on", "-id")[: SHOWN + 1])
    return [event(row, names, opened.actor, SOURCE_LABELS) for row in rows]


def _risk(facts: risk.Facts, stands: dict[str, str]) -> Risk:
    scores = list(stands.values())
    return Risk(
        assessed=bool(facts.assessments),
        present=scores.count(Score.PRESENT),
        suspected=scores.count(Score.SUSPECTED),
        unknown=scores.count(Score.UNKNOWN),
        total=len(scores),
        flags=[str(Flag(flag.flag).label) for flag in critical.open_ones(facts.flags)],
    )


def _children(opened: Opened, family: families.Family) -> list[Child]:
    notes = ChildNote.objects.of(opened.dossier).filter(kind=ChildNoteKind.SEEN)
    rows = read(notes.order_by("child_id", "-on", "-id").distinct("child_id"), "child_id", "on", "by_whom")
    seen: dict[UUID, Any] = {row.child_id: row for row in rows}
    return [
        Child(child.name, seen[child.id].on, seen[child.id].by_whom)
        if child.id in seen
        else Child(child.name, None, "")
        for child in family.children
    ]


def _gaps(opened: Opened, family: families.Family, goals: list, actions: list, stands: dict) -> list[Gap]:
    """As the plan finds them: without one known factor, the assessment itself is what is missing."""
    scores = stands if set(stands.values()) - {Score.UNKNOWN} else {}
    found = plans.find_gaps(goals=goals, actions=actions, family=family, scores=scores)
    asks, _left = gap_rules.split(found, plans.set_asides(opened.dossier))
    titles = plans.gap_titles(actions, family)
    return [Gap(str(gap.kind), titles.get(gap.subject, "")) for gap in asks]


def _lane(status: sharing.LaneStatus) -> str:
    return str(SHORT_LANE.get(status.lane, status.organisation))
