"""The plan as it was agreed on a day: codes as codes, people by the names they bore then."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.dateparse import parse_date

from wida.dossiers.models import Dossier
from wida.plans import family as families
from wida.plans import queries
from wida.plans.codes import GoalState
from wida.plans.family import Family


def taken(dossier: Dossier) -> str:
    """The open goals with all their actions, and the actions without a goal, as JSON. Three statements."""
    people, actions = families.of(dossier), queries.actions(dossier)
    goals = [_goal(goal, actions, people) for goal in queries.goals(dossier) if goal.state == GoalState.OPEN]
    loose = [_action(action, people) for action in actions if action.goal_id is None]
    return json.dumps({"goals": goals, "loose": loose}, cls=DjangoJSONEncoder)


def opened(content: str) -> dict[str, Any]:
    """What `taken` kept, its dates as dates again."""
    kept = json.loads(content)
    for goal in kept["goals"]:
        goal["target_on"] = _day(goal["target_on"])
    for action in [*kept["loose"], *(action for goal in kept["goals"] for action in goal["actions"])]:
        action["due_on"] = _day(action["due_on"])
    return kept


def _goal(goal, actions: list, people: Family) -> dict[str, Any]:
    return {
        "number": goal.number,
        "domain": goal.domain,
        "phase": goal.phase,
        "text": goal.text,
        "indicator": goal.indicator,
        "persons": people.called(goal.persons),
        "withheld_from": people.called(goal.withheld_from),
        "factors": goal.factors,
        "target_on": goal.target_on,
        "actions": [_action(action, people) for action in actions if action.goal_id == goal.id],
    }


def _action(action, people: Family) -> dict[str, Any]:
    return {
        "what": action.what,
        "organisation": action.holder_organisation_name,
        "holder": action.holder_name or "",
        "due_on": action.due_on,
        "state": action.state,
        "withheld_from": people.called(action.withheld_from),
    }


def _day(written: str | None):
    return parse_date(written) if written else None
