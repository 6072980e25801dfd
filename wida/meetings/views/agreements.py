"""Actions at the table: what came of earlier ones, what is agreed now; and the end of a point."""

from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.meetings import access, forms, queries, table
from wida.meetings import page as pages
from wida.meetings.models import AgendaItem, Agreement
from wida.meetings.views import places
from wida.plans import actions as plans
from wida.plans import holders
from wida.plans.codes import GoalState
from wida.plans.models import Action
from wida.plans.queries import goals
from wida.web.handle import handle


@dossier_view(Part.MEETINGS, Right.WRITE)
@access.planning
def review_action(request: Request, opened: Opened, item: AgendaItem, action_id: UUID) -> HttpResponse:
    """Done, became impossible or not done. The form on the page of the point posts here; a fault is told here too."""
    action = _action(opened, action_id)
    return handle(
        request,
        opened,
        forms.ReviewForm(request.POST or None),
        save=lambda data: table.review(item=item, action=action, by=opened.actor, **data),
        done=places.point(opened, item, "previous"),
        title=_("What came of “%(action)s”?") % {"action": action.what},
        tab_title=places.tab_title(opened),
        version=action.version,
        shown=_shown,
        submit=_("Record"),
    )


@dossier_view(Part.MEETINGS, Right.WRITE)
@access.planning
def add_action(request: Request, opened: Opened, item: AgendaItem) -> HttpResponse:
    open_goals = [goal for goal in goals(opened.dossier) if goal.state == GoalState.OPEN]
    form = forms.AgreementForm(
        request.POST or None, holders=holders.possible(opened.dossier), goals=open_goals
    )
    return handle(
        request,
        opened,
        form,
        save=lambda data: table.agree(item=item, by=opened.actor, **form.agreed(data)),
        done=places.point(opened, item, "agreements"),
        title=_("Agree an action"),
        submit=_("Add"),
    )


@dossier_view(Part.MEETINGS, Right.WRITE)
@access.planning
def accept_action(request: Request, opened: Opened, item: AgendaItem, action_id: UUID) -> HttpResponse:
    """Whoever takes the action upon them says yes at the table; who writes it down is kept with it."""
    agreed = Agreement.objects.of(opened.dossier).filter(item=item, action_id=action_id)
    action = _action(opened, action_id)
    if action.holder_id is None or not agreed.exists():
        raise Http404
    who = f"{action.holder.name}, {action.holder_organisation.name}"

    def save(data: dict) -> None:
        plans.accept_action(action=action, by=opened.actor, version=data["version"], aloud=who)

    return handle(
        request,
        opened,
        django_forms.Form(request.POST or None),
        save=save,
        done=places.point(opened, item, "agreements"),
        title=_("%(who)s accepts “%(action)s”") % {"who": who, "action": action.what},
        tab_title=places.tab_title(opened),
        version=action.version,
        shown=_shown,
        submit=_("Accepted aloud at the table"),
    )


@dossier_view(Part.MEETINGS, Right.WRITE)
@access.writing
def close_item(request: Request, opened: Opened, item: AgendaItem) -> HttpResponse:
    """Leads on to the next point of the meeting. What is still missing takes a reason."""
    page = pages.of(opened, item)
    left = page.remaining

    def save(data: dict) -> str:
        table.close(item=item, by=opened.actor, open_gaps=len(page.open_gaps), **data)
        return _after(opened, item)

    return handle(
        request,
        opened,
        forms.CloseForm(request.POST or None, remaining=bool(left)),
        save=save,
        done=places.point(opened, item),
        title=_("Close this point"),
        version=item.version,
        template="meetings/close_item.html",
        left=left,
        point_url=places.point(opened, item),
        submit=_("Close the point and go on"),
    )


def _after(opened: Opened, item: AgendaItem) -> str:
    """The first point after this one that is still open, else the meeting."""
    points = queries.agenda(item.meeting, opened.actor)
    place = next((n for n, point in enumerate(points) if point.id == item.pk), -1)
    for point in points[place + 1 :]:
        if point.closed_at is None:
            return reverse("meetings:item", args=[point.number, point.id])
    return reverse("house_meetings:meeting", args=[item.meeting_id])


def _action(opened: Opened, action_id: UUID) -> Action:
    objects = Action.objects.select_related("dossier", "holder", "holder_organisation")
    return one(opened, objects, action_id)


def _shown(now: Action) -> list[tuple[str, str]]:
    return [
        (_("Action"), now.what),
        (_("State"), str(now.get_state_display())),
        (_("What was the result, or why did it not happen?"), now.outcome),
    ]
