"""Goals, and gaps that are left open on purpose. For the coordinator and the team; a partner gets 403."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wida.access.queries import Opened, one
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.dossiers.codes import LifeDomain
from wida.plans import actions, queries
from wida.plans import family as families
from wida.plans.access import planners_only
from wida.plans.codes import GoalState, SafetyPhase
from wida.plans.forms import CloseGoalForm, GoalForm, ReasonForm
from wida.plans.models import Action, Goal, SetAside
from wida.risk.codes import LABELS
from wida.web import dates
from wida.web.handle import handle


@dossier_view(Part.PLAN, Right.WRITE)
@planners_only
def add_goal(request: Request, opened: Opened) -> HttpResponse:
    """A link from a gap brings the risk or the child along."""
    people, scores = families.of(opened.dossier), queries.scores(opened.dossier)
    brought = {name: request.GET.getlist(name) for name in ("factors", "persons") if name in request.GET}
    form = GoalForm(_posted(request), family=people, scores=scores, initial=brought)

    def save(data: dict) -> str:
        return _goal(opened, actions.add_goal(dossier=opened.dossier, by=opened.actor, **data))

    return handle(request, opened, form, save=save, done=_plan(opened), title=_("Add a goal"))


@dossier_view(Part.PLAN, Right.WRITE)
@planners_only
def edit_goal(request: Request, opened: Opened, goal_id: UUID) -> HttpResponse:
    goal = one(opened, Goal.objects, goal_id)
    people, scores = families.of(opened.dossier), queries.scores(opened.dossier)
    names = ("domain", "phase", "text", "indicator", "factors", "target_on")
    initial = {name: getattr(goal, name) for name in names}
    initial |= {"persons": goal.persons, "withheld_from": goal.withheld_from}
    form = GoalForm(_posted(request), family=people, scores=scores, initial=initial)
    return handle(
        request,
        opened,
        form,
        save=lambda data: actions.change_goal(goal=goal, by=opened.actor, **data),
        done=_goal(opened, goal),
        title=_("Change goal %(number)s") % {"number": goal.number},
        version=goal.version,
        shown=lambda current: _facts(current, people),
    )


@dossier_view(Part.PLAN, Right.WRITE)
@planners_only
def close_goal(request: Request, opened: Opened, goal_id: UUID) -> HttpResponse:
    """Reached or let go; or open again."""
    goal = one(opened, Goal.objects, goal_id)
    waiting = list(Action.objects.of(opened.dossier).open().filter(goal=goal))
    form = CloseGoalForm(_posted(request), now=goal.state, open_actions=len(waiting))
    return handle(
        request,
        opened,
        form,
        save=lambda data: actions.close_goal(goal=goal, by=opened.actor, **data),
        done=_goal(opened, goal),
        title=_("Round off goal %(number)s") % {"number": goal.number}
        if goal.state == GoalState.OPEN
        else _("Open goal %(number)s again") % {"number": goal.number},
        template="plans/close_goal.html",
        version=goal.version,
        shown=lambda current: _facts(current, families.of(opened.dossier)),
        goal=goal,
        waiting=waiting,
    )


@dossier_view(Part.PLAN, Right.WRITE)
@planners_only
def set_aside(request: Request, opened: Opened, kind: str, subject: str) -> HttpResponse:
    """Leaves a gap open on purpose; only what is a gap now can be left."""
    dossier = opened.dossier
    people, rows = families.of(dossier), queries.actions(dossier)
    found = queries.find_gaps(
        goals=queries.goals(dossier), actions=rows, family=people, scores=queries.scores(dossier)
    )
    gap = next((gap for gap in found if (gap.kind, gap.subject) == (kind, subject)), None)
    if gap is None:
        raise Http404
    return handle(
        request,
        opened,
        ReasonForm(_posted(request)),
        save=lambda data: actions.set_aside(dossier=dossier, by=opened.actor, gap=gap, **data),
        done=f"{_plan(opened)}#gaps",
        title=_("Leave open on purpose"),
        lead=f"{gap.kind.label}: {queries.gap_titles(rows, people)[subject]}",
    )


@dossier_view(Part.PLAN, Right.WRITE)
@planners_only
def take_up(request: Request, opened: Opened, aside_id: UUID) -> HttpResponse:
    """What was left open asks attention again."""
    aside = one(opened, SetAside.objects, aside_id)
    return handle(
        request,
        opened,
        ReasonForm(_posted(request)),
        save=lambda data: actions.take_up(aside=aside, by=opened.actor, **data),
        done=f"{_plan(opened)}#gaps",
        title=_("Take up again"),
        lead=aside.why,
        version=aside.version,
        shown=lambda current: [(_("Reason"), current.why)],
    )


def _posted(request: Request):
    return request.POST if request.method == "POST" else None


def _plan(opened: Opened) -> str:
    return reverse("plans:plan", args=[opened.number])


def _goal(opened: Opened, goal: Goal) -> str:
    return f"{_plan(opened)}#goal-{goal.number}"


def _facts(goal: Goal, people: families.Family) -> list[tuple[str, str]]:
    """A goal as it stands, for who ran into somebody else's change."""
    return [
        (_("Life domain"), str(LifeDomain(goal.domain).label)),
        (_("Safety phase"), str(SafetyPhase(goal.phase).label)),
        (_("What must become true?"), goal.text),
        (_("This succeeds when …"), goal.indicator),
        (_("For whom?"), people.called(goal.persons)),
        (_("Which risks does this answer?"), ", ".join(str(LABELS[code]) for code in goal.factors)),
        (_("Target date"), dates.day(goal.target_on)),
        (_("Don't share with"), people.called(goal.withheld_from)),
        (pgettext("action", "State"), str(GoalState(goal.state).label)),
        (_("Reason"), goal.state_why),
    ]
