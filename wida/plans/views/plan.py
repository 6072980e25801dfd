"""The tab Plan van aanpak, its recorded versions, and the extract for one person."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.audit.actions import record as audit
from wida.dossiers.codes import LifeDomain
from wida.dossiers.frame import tab
from wida.dossiers.guards import Missing
from wida.dossiers.life import NotNow
from wida.plans import actions, board, extracts, queries, snapshot
from wida.plans import family as families
from wida.plans.codes import STATE_SHAPES, ActionState, SafetyPhase
from wida.plans.forms import RecordForm
from wida.plans.models import Goal, PlanVersion
from wida.risk.codes import LABELS
from wida.web.handle import handle


@dossier_view(Part.PLAN)
def plan(request: Request, opened: Opened) -> HttpResponse:
    view = request.GET.get("view", "")
    page = board.plan(opened, view if view in board.VIEWS else "domain")
    return tab(request, opened, Part.PLAN, "plans/plan.html", sections=board.sections(page), **page)


@dossier_view(Part.PLAN, Right.DECIDE)
def record_plan(request: Request, opened: Opened) -> HttpResponse:
    """Records the plan as agreed; without a goal there is nothing to agree on."""

    def save(data: dict) -> None:
        if not Goal.objects.of(opened.dossier).open().exists():
            add = reverse("plans:add_goal", args=[opened.number])
            raise NotNow([Missing(_("Add a goal first: a plan without a goal can't be recorded."), add)])
        actions.record_plan(dossier=opened.dossier, by=opened.actor, **data)

    return handle(
        request,
        opened,
        RecordForm(request.POST if request.method == "POST" else None),
        save=save,
        done=reverse("plans:plan", args=[opened.number]),
        title=_("Record the plan"),
        lead=_("The goals and actions are kept as they stand now. Everybody can read this version later."),
    )


@dossier_view(Part.PLAN)
def version(request: Request, opened: Opened, version_number: int) -> HttpResponse:
    """The plan as it was recorded then."""
    kept = PlanVersion.objects.of(opened.dossier).filter(number=version_number).first()
    if kept is None:
        raise Http404
    return tab(
        request,
        opened,
        Part.PLAN,
        "plans/version.html",
        sections=[],
        kept=kept,
        content=snapshot.opened(kept.content),
        factors=LABELS,
        shapes=STATE_SHAPES,
        domains=dict(LifeDomain.choices),
        phases=dict(SafetyPhase.choices),
        states=dict(ActionState.choices),
    )


@dossier_view(Part.PLAN)
def extract(request: Request, opened: Opened, person_id: UUID) -> HttpResponse:
    """What one adult may hold in their hands: own goals and actions. Recorded as `extract_made`."""
    people = families.of(opened.dossier)
    person = next((adult for adult in people.adults if adult.id == person_id), None)
    if person is None:
        raise Http404
    page = extracts.of(
        person, people, goals=queries.goals(opened.dossier), actions=queries.actions(opened.dossier)
    )
    audit("extract_made", by=opened.actor, dossier=opened.dossier.pk, part=Part.PLAN, row=person.id)
    return render(request, "plans/extract.html", {"opened": opened, **page})
