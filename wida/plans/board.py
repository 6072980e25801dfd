"""The plan as one reader sees it: rows put together for the page. Reads through queries.py, decides nothing."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wida.access.queries import Opened
from wida.access.rules import Part, Right
from wida.dossiers.codes import LifeDomain
from wida.dossiers.frame import Section
from wida.plans import access, gap_rows, queries
from wida.plans import family as families
from wida.plans import gaps as gap_rules
from wida.plans.codes import (
    OPEN_STATES,
    PHASE_NUMBER,
    STATE_SHAPES,
    ActionState,
    GoalState,
    SafetyPhase,
)
from wida.plans.family import Family
from wida.risk.codes import CODES, LABELS, SHAPES, Score

VIEWS = {
    "domain": gettext_lazy("Per life domain"),
    "organisation": gettext_lazy("Per organisation"),
    "date": gettext_lazy("By date"),
}


class Line(NamedTuple):
    """One action in a table."""

    action: Any
    late: int
    shape: str
    state: Any
    for_whom: str
    withheld: str
    finds_out: Any
    may_progress: bool
    may_accept: bool


class Tally(NamedTuple):
    """How many actions stand where; what lapsed no longer counts."""

    done: int
    doing: int
    todo: int
    failed: int
    late: int

    @property
    def total(self) -> int:
        return self.done + self.doing + self.todo + self.failed


class Answer(NamedTuple):
    code: str
    label: Any
    score: Any
    shape: str


class Card(NamedTuple):
    """One goal with its actions."""

    goal: Any
    lines: list[Line]
    tally: Tally
    domain: Any
    phase: Any
    phase_number: int
    for_whom: str
    withheld: str
    answers: list[Answer]
    state: Any


class Coverage(NamedTuple):
    """Who works on a risk."""

    answer: Answer
    goals: list
    organisations: list[str]


class Phase(NamedTuple):
    number: int
    label: Any
    tally: Tally


def plan(opened: Opened, view: str) -> dict:
    """Everything on the tab. Six statements and those of the risk assessment, whatever the number of rows."""
    dossier = opened.dossier
    people, scores = families.of(dossier), queries.scores(dossier)
    goals, actions = queries.goals(dossier), queries.actions(dossier)
    found = queries.find_gaps(goals=goals, actions=actions, family=people, scores=scores)
    asks, left = gap_rules.split(found, queries.set_asides(dossier))
    lines = {action.id: _line(opened, action, people) for action in actions}
    cards = [
        _card(goal, [line for line in lines.values() if line.action.goal_id == goal.id], people, scores)
        for goal in goals
    ]
    shown = [
        card for card in cards if card.goal.state == GoalState.OPEN or card.tally.doing + card.tally.todo
    ]
    coverage = _coverage(goals, actions, scores)
    return {
        "view": view,
        "views": VIEWS,
        "may_plan": access.may_plan(opened),
        "may_record": opened.may(Part.PLAN, Right.DECIDE),
        "gaps": [gap_rows.row(opened.number, gap, people, actions) for gap in asks],
        "left": [gap_rows.left(gap, aside, people, actions) for gap, aside in left],
        "assessed": bool(scores),
        "worked_on": len([row for row in coverage if row.organisations]),
        "coverage": coverage,
        "phases": _phases(cards),
        "cards": sorted(shown, key=lambda card: (list(LifeDomain).index(card.goal.domain), card.goal.number)),
        "closed": [card for card in cards if card not in shown],
        "loose": [line for line in lines.values() if line.action.goal_id is None],
        "by_organisation": _by_organisation(lines.values()),
        "by_date": sorted(lines.values(), key=lambda line: line.action.state not in OPEN_STATES),
        "adults": people.adults,
        "goal_count": len(goals),
        "action_count": len(actions),
        **_agreed(queries.versions(dossier), goals, actions),
        **_safety(opened),
    }


def sections(page: dict) -> list[Section]:
    """ "On this page", the goals by number."""
    found = [Section("gaps", _("Nobody works on"), True, len(page["gaps"]))]
    found.append(Section("progress", _("Progress"), bool(page["action_count"])))
    if page["view"] == "domain":
        found += [
            Section(f"goal-{card.goal.number}", f"{card.goal.number}. {card.domain}", True)
            for card in page["cards"]
        ]
    else:
        found.append(
            Section("goals", _("Goals and actions"), bool(page["action_count"]), page["action_count"])
        )
    found.append(Section("coverage", _("Who works on which risk"), bool(page["coverage"])))
    if page["safety_shown"]:
        found.append(Section("safety", _("Safety plans"), bool(page["safety"]), len(page["safety"])))
    return found


def lines(opened: Opened, actions: list, people: Family) -> list[Line]:
    return [_line(opened, action, people) for action in actions]


def tally(lines: Iterable[Line]) -> Tally:
    states = [line.action.state for line in lines]
    return Tally(
        done=states.count(ActionState.DONE),
        doing=states.count(ActionState.RUNNING),
        todo=states.count(ActionState.PLANNED),
        failed=states.count(ActionState.IMPOSSIBLE) + states.count(ActionState.NOT_DONE),
        late=sum(line.late > 0 for line in lines),
    )


def _line(opened: Opened, action, people: Family) -> Line:
    is_open = action.state in OPEN_STATES
    writes = opened.may(Part.PLAN, Right.WRITE)
    return Line(
        action=action,
        late=queries.days_late(action),
        shape=STATE_SHAPES[action.state],
        state=ActionState(action.state).label,
        for_whom=people.called(action.persons),
        withheld=people.called(action.withheld_from),
        finds_out=LABELS.get(action.investigates, ""),
        may_progress=writes and access.may_progress(opened, action),
        may_accept=writes and is_open and not action.accepted_at and access.is_holder(opened, action),
    )


def _card(goal, lines: Iterable[Line], people: Family, scores: dict[str, str]) -> Card:
    own = [line for line in lines if line.action.goal_id == goal.id]
    return Card(
        goal=goal,
        lines=own,
        tally=tally(own),
        domain=LifeDomain(goal.domain).label,
        phase=SafetyPhase(goal.phase).label,
        phase_number=PHASE_NUMBER[goal.phase],
        for_whom=people.called(goal.persons),
        withheld=people.called(goal.withheld_from),
        answers=[_answer(code, scores) for code in CODES if code in goal.factors],
        state=GoalState(goal.state).label,
    )


def _answer(code: str, scores: dict[str, str]) -> Answer:
    score = scores.get(code, Score.UNKNOWN)
    return Answer(code, LABELS[code], Score(score).label, SHAPES[score])


def _phases(cards: list[Card]) -> list[Phase]:
    return [
        Phase(
            PHASE_NUMBER[phase],
            phase.label,
            tally([line for card in cards if card.goal.phase == phase for line in card.lines]),
        )
        for phase in SafetyPhase
    ]


def _by_organisation(lines: Iterable[Line]) -> list[tuple[str, list[Line], Tally]]:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.action.holder_organisation_name, []).append(line)
    return [(name, own, tally(own)) for name, own in sorted(groups.items())]


def _coverage(goals: list, actions: list, scores: dict[str, str]) -> list[Coverage]:
    """Every risk that is present or suspected, the goals that answer it, and who has an open action for it."""
    open_goals = [goal for goal in goals if goal.state == GoalState.OPEN]
    rows = []
    for code in CODES:
        if scores.get(code) in (Score.PRESENT, Score.SUSPECTED):
            own = [goal for goal in open_goals if code in goal.factors]
            ids: set[UUID] = {goal.id for goal in own}
            working = [
                a for a in actions if a.state in OPEN_STATES and (a.goal_id in ids or a.investigates == code)
            ]
            names = sorted({action.holder_organisation_name for action in working})
            rows.append(Coverage(_answer(code, scores), own, names))
    return rows


def _agreed(versions: list, goals: list, actions: list) -> dict:
    """The last recorded version, and whether the plan was adjusted after it. Progress adjusts nothing."""
    last = versions[0] if versions else None
    moments = [goal.changed_at for goal in goals] + [action.agreed_at for action in actions]
    adjusted = max(moments, default=None)
    return {
        "versions": versions,
        "agreed": last,
        "adjusted_at": adjusted if last and adjusted and adjusted > last.created_at else None,
    }


def _safety(opened: Opened) -> dict:
    """The block is absent for who may neither know of a safety plan nor write one."""
    plans = queries.safety_plans(opened)
    may_add = opened.may(Part.PLAN, Right.WRITE)
    return {"safety": plans, "may_add_safety": may_add, "safety_shown": bool(plans) or may_add}
