"""Safety plans. Whoever isn't named as a reader gets 404, as for something that does not exist."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.access.refusals import refuse
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.plans import access, queries, safety
from wida.plans import family as families
from wida.plans.execution_forms import SAFETY_WORDS, SafetyPlanForm
from wida.plans.forms import ReasonForm
from wida.plans.models import SafetyPlan
from wida.web import dates
from wida.web.handle import handle

# After the reason was given, how long this session may reload the words or correct them.
OPEN_FOR = timedelta(minutes=15)


@dossier_view(Part.PLAN, takes_post=True)
def safety_plan(request: Request, opened: Opened, plan_id: UUID) -> HttpResponse:
    """Asks why, keeps that, and then shows the words for a quarter of an hour."""
    plan = _known(opened, plan_id)
    if plan is None:
        return refuse(request, 404, dossier=opened.dossier.pk, part=Part.PLAN, detail="safety_plan")
    if request.method == "GET" and _is_open(request, plan_id):
        return _show(request, opened, plan_id)

    def save(data: dict) -> None:
        safety.open_safety_plan(plan=plan, by=opened.actor, **data)
        _open(request, plan_id)

    return handle(
        request,
        opened,
        ReasonForm(request.POST if request.method == "POST" else None),
        save=save,
        done=request.path,
        title=_("Why do you open this safety plan?"),
        submit=_("Open the safety plan"),
        template="plans/open_safety_plan.html",
        plan=plan,
        plan_url=_plan(opened),
    )


@dossier_view(Part.PLAN, Right.WRITE)
def add_safety_plan(request: Request, opened: Opened) -> HttpResponse:
    dossier = opened.dossier
    form = SafetyPlanForm(
        request.POST if request.method == "POST" else None,
        family=families.of(dossier),
        readers=safety.possible_readers(dossier, owner=opened.actor.organisation_id),
    )
    return handle(
        request,
        opened,
        form,
        save=lambda data: safety.add_safety_plan(dossier=dossier, by=opened.actor, **data),
        done=f"{_plan(opened)}#safety",
        title=_("Add a safety plan"),
        lead=_(
            "It stands apart from the plan of action: on no shared print, in no search and in no list of tasks."
        ),
    )


@dossier_view(Part.PLAN, Right.WRITE)
def edit_safety_plan(request: Request, opened: Opened, plan_id: UUID) -> HttpResponse:
    """For the organisation that made it, after it said why it opens the plan."""
    plan = _known(opened, plan_id)
    if plan is None:
        return refuse(request, 404, dossier=opened.dossier.pk, part=Part.PLAN, detail="safety_plan")
    if plan.organisation_id != opened.actor.organisation_id:
        return refuse(
            request, dossier=opened.dossier.pk, part=Part.PLAN, row=plan, detail="safety_plan_of_others"
        )
    if request.method == "GET" and not _is_open(request, plan_id):
        return HttpResponseRedirect(_address(opened, plan_id))
    names = ("title", *SAFETY_WORDS, "checked_on", "checked_with")
    form = SafetyPlanForm(
        request.POST if request.method == "POST" else None,
        readers=safety.possible_readers(opened.dossier, owner=plan.organisation_id, plan=plan),
        initial={name: getattr(plan, name) for name in names} | {"readers": safety.named_readers(plan)},
    )
    return handle(
        request,
        opened,
        form,
        save=lambda data: safety.change_safety_plan(plan=plan, by=opened.actor, **data),
        done=_address(opened, plan_id),
        title=_("Change the safety plan"),
        version=plan.version,
        # Who sends this form without ever having said why gets their own words back, and no others.
        shown=_facts if str(plan_id) in _opened(request) else None,
    )


def _show(request: Request, opened: Opened, plan_id: UUID) -> HttpResponse:
    plan = queries.safety_plan(opened, plan_id)
    person = families.of(opened.dossier).get(plan.person_id)
    own = plan.organisation_id == opened.actor.organisation_id
    page = {
        "opened": opened,
        "plan": plan,
        "person": person.name if person else "",
        "openings": queries.openings(opened.dossier, plan_id) if own else [],
        "own": own,
        "may_edit": own and opened.may(Part.PLAN, Right.WRITE),
        "back": f"{_plan(opened)}#safety",
    }
    return render(request, "plans/safety_plan.html", page)


def _known(opened: Opened, plan_id: UUID) -> SafetyPlan | None:
    return access.safety_plans(opened).filter(pk=plan_id).first()


def _opened(request: Request) -> dict[str, float]:
    """The safety plans this session gave a reason for, and until when each stays open."""
    return request.session.get("safety_plans", {})


def _is_open(request: Request, plan_id: UUID) -> bool:
    return _opened(request).get(str(plan_id), 0) > timezone.now().timestamp()


def _open(request: Request, plan_id: UUID) -> None:
    until = (timezone.now() + OPEN_FOR).timestamp()
    request.session["safety_plans"] = _opened(request) | {str(plan_id): until}


def _facts(plan: SafetyPlan) -> list[tuple[str, str]]:
    labels = [
        (name, SafetyPlanForm.base_fields[name].label) for name in ("title", *SAFETY_WORDS, "checked_with")
    ]
    return [(str(label), getattr(plan, name)) for name, label in labels] + [
        (_("Last gone through with the person on"), dates.day(plan.checked_on)),
        (_("Who may read this beside your own organisation?"), plan.reader_names),
    ]


def _plan(opened: Opened) -> str:
    return reverse("plans:plan", args=[opened.number])


def _address(opened: Opened, plan_id: UUID) -> str:
    return reverse("plans:safety_plan", args=[opened.number, plan_id])
