"""Actions: divided by the coordinator and the team, carried out and accepted by the organisation that holds them."""

from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wida.access.queries import Opened, one
from wida.access.refusals import refuse
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.plans import actions, holders, queries
from wida.plans import family as families
from wida.plans.access import is_holder, may_plan, may_progress, planners_only
from wida.plans.codes import OPEN_STATES, ActionState, GoalState
from wida.plans.forms import ActionForm, ProgressForm
from wida.plans.models import Action
from wida.web import dates
from wida.web.handle import handle


@dossier_view(Part.PLAN, Right.WRITE)
@planners_only
def add_action(request: Request, opened: Opened) -> HttpResponse:
    """A link from a goal or a gap brings the goal or the risk along."""
    form = _form(
        request,
        opened,
        initial={name: request.GET.get(name) for name in ("goal", "investigates")},
        state=True,
    )

    def save(data: dict) -> None:
        actions.add_action(dossier=opened.dossier, by=opened.actor, **form.facts(data))

    return handle(
        request,
        opened,
        form,
        save=save,
        done=_goals(opened),
        title=_("Add an action"),
        template="plans/action_form.html",
    )


@dossier_view(Part.PLAN, Right.WRITE)
@planners_only
def edit_action(request: Request, opened: Opened, action_id: UUID) -> HttpResponse:
    """What was agreed: what, who, when. How it goes is said elsewhere."""
    action = one(opened, Action.objects, action_id)
    names = ("what", "start_on", "due_on", "judicial_on", "investigates", "persons", "withheld_from")
    initial = {name: getattr(action, name) for name in names} | {"goal": action.goal_id}
    form = _form(request, opened, initial=initial, state=False, held=action)
    return handle(
        request,
        opened,
        form,
        save=lambda data: actions.change_action(action=action, by=opened.actor, **form.facts(data)),
        done=_goals(opened),
        title=_("Change the action"),
        template="plans/action_form.html",
        version=action.version,
        shown=lambda current: _facts(opened, current),
    )


@dossier_view(Part.PLAN, Right.WRITE)
def update_action(request: Request, opened: Opened, action_id: UUID) -> HttpResponse:
    """How an action goes: for its own organisation, and for who keeps the plan."""
    action = one(opened, Action.objects, action_id)
    if not may_progress(opened, action):
        return refuse(
            request, dossier=opened.dossier.pk, part=Part.PLAN, row=action, detail="action_of_others"
        )
    initial = {"state": action.state, "note": action.note, "outcome": action.outcome}
    posted = request.POST if request.method == "POST" else None
    return handle(
        request,
        opened,
        ProgressForm(posted, initial=initial),
        save=lambda data: actions.progress_action(action=action, by=opened.actor, **data),
        done=_goals(opened),
        title=_("How does this action go?"),
        submit=_("Save"),
        template="plans/update_action.html",
        version=action.version,
        shown=lambda current: _facts(opened, current),
        action_row=action,
        agreement=_facts(opened, action)[:5],
        may_plan=may_plan(opened),
        may_accept=is_holder(opened, action) and not action.accepted_at and action.state in OPEN_STATES,
    )


@dossier_view(Part.PLAN, Right.WRITE)
def accept_action(request: Request, opened: Opened, action_id: UUID) -> HttpResponse:
    """The organisation that holds an action says yes to it. What was accepted, or has ended, is left as it is."""
    action = one(opened, Action.objects, action_id)
    if not is_holder(opened, action):
        return refuse(
            request, dossier=opened.dossier.pk, part=Part.PLAN, row=action, detail="action_of_others"
        )
    if action.accepted_at or action.state not in OPEN_STATES:
        return HttpResponseRedirect(_goals(opened))
    return handle(
        request,
        opened,
        forms.Form(request.POST if request.method == "POST" else None),
        save=lambda data: actions.accept_action(action=action, by=opened.actor, **data),
        done=_goals(opened),
        title=_("Accept this action"),
        template="plans/accept_action.html",
        version=action.version,
        shown=lambda current: _facts(opened, current),
        agreement=_facts(opened, action)[:5],
        nobody_yet=action.holder_id is None,
    )


def _form(
    request: Request, opened: Opened, *, initial: dict, state: bool, held: Action | None = None
) -> ActionForm:
    """`held` keeps its goal and holder among the choices, also when the goal is closed or the holder left."""
    dossier = opened.dossier
    goals = [
        g for g in queries.goals(dossier) if g.state == GoalState.OPEN or (held and g.id == held.goal_id)
    ]
    choices = holders.possible(dossier)
    if held:
        now = (held.holder_organisation_id, held.holder_id)
        own = next((one for one in choices if (one.organisation_id, one.user_id) == now), None)
        if own is None:
            own = holders.of(held)
            choices.append(own)
        initial["holder"] = own.key
    return ActionForm(
        request.POST if request.method == "POST" else None,
        family=families.of(dossier),
        goals=goals,
        holders=choices,
        state=state,
        initial=initial,
    )


def _facts(opened: Opened, action: Action) -> list[tuple[str, str]]:
    """An action as it stands; the first five are what was agreed."""
    people = families.of(opened.dossier)
    holder = action.holder.name if action.holder_id else _("Nobody yet")
    accepted = (
        f"{action.accepted_by}, {dates.moment(action.accepted_at)}" if action.accepted_at else _("Not yet")
    )
    return [
        (_("What will be done?"), action.what),
        (_("Who does it?"), f"{holder}, {action.holder_organisation.name}"),
        (pgettext("deadline", "By"), dates.long_day(action.due_on)),
        (_("For which members of the family?"), people.called(action.persons)),
        (_("Accepted"), accepted),
        (pgettext("action", "State"), str(ActionState(action.state).label)),
        (_("How far is it?"), action.note),
        (_("What was the result, or why did it not happen?"), action.outcome),
    ]


def _goals(opened: Opened) -> str:
    return f"{reverse('plans:plan', args=[opened.number])}#goals"
