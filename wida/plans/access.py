"""Who may do what in a plan, beyond the matrix: a partner writes in it, but only about its own actions."""

from collections.abc import Callable
from functools import wraps

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse

from wida.access.queries import Opened
from wida.access.refusals import refuse
from wida.access.rules import Part, Right
from wida.accounts.codes import TEAM_ROLES, Role
from wida.accounts.http import Request
from wida.plans.models import SafetyPlan, SafetyPlanReader

PLANNERS = TEAM_ROLES | {Role.COORDINATOR}


def may_plan(opened: Opened) -> bool:
    """Whether they may write goals and divide actions now."""
    return opened.may(Part.PLAN, Right.WRITE) and opened.actor.role in PLANNERS


def may_progress(opened: Opened, action) -> bool:
    """Whether they may say how an action goes: its organisation, and who keeps the plan. For rows and records."""
    return opened.actor.role in PLANNERS or is_holder(opened, action)


def is_holder(opened: Opened, action) -> bool:
    return action.holder_organisation_id == opened.actor.organisation_id


def safety_plans(opened: Opened):
    """The safety plans this actor may know of: their organisation's own, and those that name them as a reader."""
    actor = opened.actor
    named = SafetyPlanReader.objects.filter(
        Q(user=None) | Q(user_id=actor.user_id), plan_id=OuterRef("pk"), organisation_id=actor.organisation_id
    )
    return SafetyPlan.objects.of(opened.dossier).filter(
        Q(organisation_id=actor.organisation_id) | Exists(named)
    )


def planners_only(view: Callable) -> Callable:
    """Refuses, and records the refusal, when a partner tries what only the coordinator and the team may."""

    @wraps(view)
    def checked(request: Request, opened: Opened, *args, **kwargs) -> HttpResponse:
        if opened.actor.role not in PLANNERS:
            return refuse(request, dossier=opened.dossier.pk, part=Part.PLAN, detail="planner")
        return view(request, opened, *args, **kwargs)

    return checked
