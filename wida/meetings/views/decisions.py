"""The triage decision, and what was known when it was taken."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.dossiers.frame import Section, tab
from wida.meetings import access, actions, deciding, queries
from wida.meetings import snapshot as snapshots
from wida.meetings.models import AgendaItem, Decision
from wida.meetings.views import places
from wida.meetings.words import LABELS
from wida.people.queries import has_minors
from wida.plans.holders import case_managers
from wida.referrals.queries import without_blocked
from wida.web.handle import handle


@dossier_view(Part.MEETINGS, Right.DECIDE)
@access.writing
def decide(request: Request, opened: Opened, item: AgendaItem) -> HttpResponse:
    """With minors only after OCJ or VK were consulted. It can't be changed, only replaced."""
    minors = has_minors(opened.dossier)
    managers = without_blocked(case_managers(opened.dossier), opened.dossier)
    form = deciding.DecisionForm(request.POST or None, managers=list(managers), minors=minors)

    def save(data: dict) -> None:
        manager = form.managers.get(data.pop("case_manager"))
        actions.decide(item=item, by=opened.actor, case_manager=manager, minors=minors, **data)

    return handle(
        request,
        opened,
        form,
        save=save,
        done=places.point(opened, item, "decision"),
        title=_("Record the decision"),
        template="meetings/decide.html",
    )


@dossier_view(Part.MEETINGS)
def snapshot(request: Request, opened: Opened, decision_id: UUID) -> HttpResponse:
    """What was known when a decision was taken. For whoever may read the point at which it was."""
    decision = one(opened, Decision.objects, decision_id)
    if queries.item_for(opened, decision.item_id) is None:
        raise Http404
    known = snapshots.told(decision.snapshot)
    sections = [
        Section("factors", _("Risk factors"), bool(known.factors)),
        Section("lanes", _("What the partners had answered"), bool(known.lanes), len(known.lanes)),
        Section("readers", _("Who could read the dossier"), bool(known.readers), len(known.readers)),
    ]
    return tab(
        request,
        opened,
        Part.MEETINGS,
        "meetings/snapshot.html",
        sections=sections,
        decision=decision,
        known=known,
        **LABELS,
    )
