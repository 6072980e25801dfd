"""The tab, putting a dossier on an agenda, and the point itself: at the table and on the large screen."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.dossiers.frame import Section, frame, tab
from wida.drafts import queries as drafts
from wida.meetings import access, actions, forms, queries
from wida.meetings import page as pages
from wida.meetings.models import AgendaItem
from wida.meetings.views import places
from wida.meetings.words import LABELS
from wida.plans.codes import REVIEW_OUTCOMES, GoalState
from wida.plans.holders import Holder
from wida.web.dates import day
from wida.web.handle import handle


@dossier_view(Part.MEETINGS)
def meetings(request: Request, opened: Opened) -> HttpResponse:
    items, decisions = queries.items(opened), queries.decisions(opened.dossier)
    reads_all = queries.reads_all(opened.actor)
    sections = [
        Section("decision", _("Decision"), bool(decisions)),
        Section("items", _("Meetings"), bool(items), len(items)),
    ]
    return tab(
        request,
        opened,
        Part.MEETINGS,
        "meetings/meetings.html",
        sections=sections,
        items=items,
        decisions=decisions,
        readable={row.id for row in items if reads_all or row.mine},
        may_write=access.may_write(opened),
        **LABELS,
    )


@dossier_view(Part.MEETINGS, Right.WRITE)
def add_item(request: Request, opened: Opened) -> HttpResponse:
    access.only_while_shared(opened)
    form = forms.ItemForm(request.POST or None, meetings=queries.coming_for(opened))

    def save(data: dict) -> str:
        meeting = form.meetings[data.pop("meeting")]
        made = actions.put_on_agenda(dossier=opened.dossier, meeting=meeting, by=opened.actor, **data)
        return places.point(opened, made)

    return handle(
        request,
        opened,
        form,
        save=save,
        done=places.home(opened),
        title=_("Put the dossier on the agenda"),
        template="meetings/add_item.html",
    )


@dossier_view(Part.MEETINGS, Right.WRITE)
@access.writing
def edit_item(request: Request, opened: Opened, item: AgendaItem) -> HttpResponse:
    initial = {"question": item.question, "planned_at": item.planned_at}
    return handle(
        request,
        opened,
        forms.PointForm(request.POST or None, initial=initial),
        save=lambda data: actions.change_item(item=item, by=opened.actor, **data),
        done=places.point(opened, item),
        title=_("Change the point"),
        version=item.version,
        shown=lambda now: [(_("What is the question for the table?"), now.question)],
        submit=_("Save"),
    )


@dossier_view(Part.MEETINGS, Right.WRITE)
@access.writing
def withdraw_item(request: Request, opened: Opened, item: AgendaItem) -> HttpResponse:
    def save(data: dict) -> str:
        actions.take_off_agenda(item=item, by=opened.actor, **data)
        return places.home(opened)

    return handle(
        request,
        opened,
        forms.ReasonForm(request.POST or None),
        save=save,
        done=places.point(opened, item),
        title=_("Take the dossier off the agenda of %(day)s") % {"day": day(item.meeting.on)},
        lead=_("Nobody is invited for it any more. Who could read the dossier still can."),
        version=item.version,
        submit=_("Take off the agenda"),
    )


@dossier_view(Part.MEETINGS)
@access.reading
def item(request: Request, opened: Opened, item: AgendaItem) -> HttpResponse:
    """One dossier at the table: what came of earlier actions, the file on one page, minutes, decision, agreements."""
    page = pages.of(opened, item)
    writes = not item.meeting.cancelled_at and access.may_write(opened)
    plans = not item.meeting.cancelled_at and access.may_plan(opened)
    context = {
        "page": page,
        "item": item,
        "agenda": queries.agenda(item.meeting, opened.actor),
        "may_write": writes,
        "may_plan": plans,
        "may_decide": not item.meeting.cancelled_at and access.may_decide(opened),
        "waiting": drafts.below(opened.actor, request.path),
        "note_form": forms.NoteForm(speakers=_speakers(opened, page.invitees), auto_id="note_%s")
        if writes
        else None,
        "agreement_form": _agreement_form(page) if plans else None,
        "three_answers": [(state.value, state.label) for state in REVIEW_OUTCOMES],
        **LABELS,
    }
    return render(request, "meetings/item.html", {**frame(opened, Part.MEETINGS), **context})


@dossier_view(Part.MEETINGS)
@access.reading
def screen(request: Request, opened: Opened, item: AgendaItem) -> HttpResponse:
    """The same to read aloud from a wall: large, without who is there and without anything to fill in."""
    context = {"page": pages.of(opened, item), "item": item, **LABELS}
    return render(request, "meetings/screen.html", {**frame(opened, Part.MEETINGS), **context})


def _speakers(opened: Opened, invitees: list) -> list[str]:
    return [*(row.name for row in invitees), opened.actor.signature]


def _agreement_form(page: pages.Page) -> forms.AgreementForm:
    """At the table whoever is invited takes actions upon them; others are chosen on the form's own page."""
    at_table = [
        Holder(
            "", row.invited_organisation_id, row.invited_organisation_name, row.user_id, row.user_name, True
        )
        for row in page.invitees
    ]
    goals = [goal for goal in page.sheet.goals if goal.state == GoalState.OPEN]
    return forms.AgreementForm(holders=at_table, goals=goals, auto_id="agreement_%s")
