"""The meetings of a Safe Home, across dossiers. What somebody may not know of leaves no trace on these pages."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.access.refusals import refuse
from wida.accounts.codes import CONTENT_ROLES, HOUSE_ROLES
from wida.accounts.http import Request
from wida.audit.actions import record as audit
from wida.meetings import actions, house_actions, queries
from wida.meetings.forms import CancelForm, MeetingForm
from wida.meetings.models import Meeting
from wida.meetings.words import LABELS
from wida.web.dates import long_day
from wida.web.handle import handle

PAST_SHOWN = 25


def house_only(view: Callable) -> Callable:
    """For the coordinator and administrative staff; 403, recorded, for everybody else."""

    @wraps(view)
    def checked(request: Request, *args, **kwargs) -> HttpResponse:
        if request.actor.role not in HOUSE_ROLES:
            return refuse(request, detail=request.resolver_match.url_name)
        return view(request, *args, **kwargs)

    return checked


def meetings(request: Request) -> HttpResponse:
    """What comes, the soonest first, and what was, the latest first. Recorded as `listed`."""
    if request.actor.role not in CONTENT_ROLES:
        return refuse(request, detail=request.resolver_match.url_name)
    known, today = queries.meetings_of(request.actor), timezone.localdate()
    past = Paginator(known.filter(on__lt=today).order_by("-on", "-starts"), PAST_SHOWN)
    audit("listed", by=request.actor, detail="meetings")
    context = {
        "coming": known.filter(on__gte=today).order_by("on", "starts"),
        "past": past.get_page(request.GET.get("page")),
        "may_call": request.actor.role in HOUSE_ROLES,
        **LABELS,
    }
    return render(request, "meetings/calendar.html", context)


def meeting(request: Request, meeting_id: UUID) -> HttpResponse:
    found = _meeting(request, meeting_id)
    audit("read", by=request.actor, detail="meeting", row=found.pk)
    context = {
        "meeting": found,
        "agenda": queries.agenda(found, request.actor),
        "may_change": request.actor.role in HOUSE_ROLES and not found.cancelled_at,
        "names_hidden": bool(request.session.get("names_hidden")),
        **LABELS,
    }
    return render(request, "meetings/meeting.html", context)


@house_only
def call_meeting(request: Request) -> HttpResponse:
    return _handle(
        request,
        MeetingForm(request.POST or None),
        lambda data: actions.call_meeting(by=request.actor, **data),
        title=_("Plan a meeting"),
        back_text=_("Back to the meetings"),
    )


@house_only
def edit_meeting(request: Request, meeting_id: UUID) -> HttpResponse:
    """Whoever is invited sees the new day among their tasks."""
    found = _meeting(request, meeting_id)
    names = ("type", "on", "starts", "place", "legal_basis", "finality")
    form = MeetingForm(request.POST or None, initial={name: getattr(found, name) for name in names})

    def save(data: dict) -> Meeting:
        return house_actions.change_meeting(meeting=found, by=request.actor, **data)

    return _handle(request, form, save, title=_("Change the meeting"), meeting=found, submit=_("Save"))


@house_only
def cancel_meeting(request: Request, meeting_id: UUID) -> HttpResponse:
    found = _meeting(request, meeting_id)

    def save(data: dict) -> Meeting:
        return house_actions.cancel_meeting(meeting=found, by=request.actor, **data)

    return _handle(
        request,
        CancelForm(request.POST or None),
        save,
        title=_("Cancel the meeting of %(day)s") % {"day": long_day(found.on)},
        lead=_("Nobody waits for it any more. Put its points on the agenda of another meeting."),
        meeting=found,
        submit=_("Cancel the meeting"),
    )


def _handle(
    request: Request, form: forms.Form, save: Callable, *, meeting: Meeting | None = None, **page
) -> HttpResponse:
    if meeting:
        page |= {"version": meeting.version, "back_text": _("Back to the meeting"), "shown": _shown}
    return handle(
        request,
        None,
        form,
        save=lambda data: _url(save(data)),
        done=_url(meeting) if meeting else reverse("house_meetings:meetings"),
        template="meetings/house_form.html",
        **page,
    )


def _shown(now: Meeting) -> list[tuple[str, str]]:
    return [
        (_("Kind of meeting"), str(now.get_type_display())),
        (_("Date"), long_day(now.on)),
        (_("Place"), now.place),
        (_("Cancelled"), now.cancelled_why),
    ]


def _meeting(request: Request, meeting_id: UUID) -> Meeting:
    """A meeting the actor may know of, else 404."""
    found = None
    if request.actor.role in CONTENT_ROLES:
        found = queries.meetings_of(request.actor).filter(pk=meeting_id).first()
    if found is None:
        raise Http404
    return found


def _url(meeting: Meeting) -> str:
    return reverse("house_meetings:meeting", args=[meeting.pk])
