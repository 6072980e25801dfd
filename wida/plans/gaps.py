"""What nobody works on: computed from the plan, the family and the risk assessment, never ticked off by hand."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from wida.plans.codes import OPEN_STATES, GapKind, GoalState
from wida.risk.codes import CODES, FACTORS, Score

# A factor that is set aside comes back when it weighs heavier than it did then.
WEIGHT = {Score.PRESENT: 3, Score.SUSPECTED: 2, Score.UNKNOWN: 1}


class Gap(NamedTuple):
    """One thing nobody works on. `subject` is the code of a factor, or the id of a child or an action."""

    kind: GapKind
    subject: str
    score: str = ""


def find(
    *, goals: Iterable, actions: Iterable, children: Iterable[UUID], scores: Mapping[str, str]
) -> list[Gap]:
    """Every gap, in the order of their kinds. Works on rows; asks the database nothing.

    `scores` may name factors and indicators; only a factor has to be known. Where no factor is known at all, none
    is a gap: then the assessment itself is what is missing. A factor that was left out counts as unknown. A child's
    own goal names that child and no adult.
    """
    open_goals = [goal for goal in goals if goal.state == GoalState.OPEN]
    open_actions = [action for action in actions if action.state in OPEN_STATES]
    children = list(children)
    answered = {code for goal in open_goals for code in goal.factors}
    investigated = answered | {action.investigates for action in open_actions}
    gaps = []
    for heavy in (Score.PRESENT, Score.SUSPECTED):
        gaps += [
            Gap(GapKind.FACTOR, code.value, heavy)
            for code in CODES
            if scores.get(code) == heavy and code not in answered
        ]
    gaps += [
        Gap(GapKind.CHILD, str(child)) for child in children if not _has_own_goal(child, open_goals, children)
    ]
    gaps += [Gap(GapKind.ACTION, str(action.id)) for action in open_actions if action.holder_id is None]
    gaps += [
        Gap(GapKind.UNKNOWN, code.value, Score.UNKNOWN)
        for code in FACTORS
        if scores and scores.get(code, Score.UNKNOWN) == Score.UNKNOWN and code not in investigated
    ]
    return gaps


def _has_own_goal(child: UUID, goals: list, children: list[UUID]) -> bool:
    return any(child in goal.persons and set(goal.persons) <= set(children) for goal in goals)


def split(gaps: list[Gap], asides: Iterable) -> tuple[list[Gap], list[tuple[Gap, object]]]:
    """The gaps that ask attention, and those left open on purpose with the row that says why."""
    standing = {(aside.kind, aside.subject): aside for aside in asides}
    asks, left = [], []
    for gap in gaps:
        aside = standing.get((gap.kind, gap.subject))
        if aside is None or WEIGHT.get(gap.score, 0) > WEIGHT.get(aside.score, 0):
            asks.append(gap)
        else:
            left.append((gap, aside))
    return asks, left
