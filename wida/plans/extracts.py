"""The extract of the plan that one person may hold: their own goals and actions, and nothing about anybody else.

Both adults of a family are clients, and one may be a danger to the other. Goals and actions marked "don't share
with" stay out by the server; so do indicators of risk, progress notes, court dates, and who else a goal is for.
"""

from typing import Any, NamedTuple
from uuid import UUID

from wida.plans import anonymity
from wida.plans.codes import OPEN_STATES, STATE_SHAPES, ActionState, GoalState
from wida.plans.family import Family, Member

SHOWN_STATES = (*OPEN_STATES, ActionState.DONE)


class OwnAction(NamedTuple):
    what: str
    organisation: str
    holder: str
    due_on: Any
    shape: str
    state: Any


class OwnGoal(NamedTuple):
    text: str
    indicator: str
    target_on: Any
    reached: bool
    actions: list[OwnAction]


def of(person: Member, people: Family, *, goals: list, actions: list) -> dict:
    """The extract of one person from rows already read, and which other members its words name."""
    kept_back = {goal.id for goal in goals if person.id in goal.withheld_from}
    own = [goal for goal in goals if _is_own(goal, person) and goal.state != GoalState.DROPPED]
    mine = [action for action in actions if _is_own(action, person) and action.state in SHOWN_STATES]
    mine = [action for action in mine if action.goal_id not in kept_back]
    ids: set[UUID] = {goal.id for goal in own}
    shown = [_goal(goal, [action for action in mine if action.goal_id == goal.id]) for goal in own]
    loose = [_action(action) for action in mine if action.goal_id not in ids]
    return {
        "person": person,
        "goals": shown,
        "loose": loose,
        "mentions": _mentions(person, people, shown, loose),
    }


def _is_own(row, person: Member) -> bool:
    return person.id in row.persons and person.id not in row.withheld_from


def _goal(goal, actions: list) -> OwnGoal:
    reached = goal.state == GoalState.REACHED
    return OwnGoal(
        goal.text, goal.indicator, goal.target_on, reached, [_action(action) for action in actions]
    )


def _action(action) -> OwnAction:
    return OwnAction(
        action.what,
        action.holder_organisation_name,
        action.holder_name or "",
        action.due_on,
        STATE_SHAPES[action.state],
        ActionState(action.state).label,
    )


def _mentions(person: Member, people: Family, goals: list[OwnGoal], loose: list[OwnAction]) -> list[str]:
    """Names of others that somebody typed in these texts: for the professional to judge before it is handed over."""
    words = [word for goal in goals for word in (goal.text, goal.indicator)]
    words += [action.what for goal in goals for action in goal.actions] + [action.what for action in loose]
    own = set(anonymity.found_in(" ".join(person.words), names=person.words, prefixes=()))
    others = [word for member in people.members if member.id != person.id for word in member.words]
    return [
        name for name in anonymity.found_in("\n".join(words), names=others, prefixes=()) if name not in own
    ]
