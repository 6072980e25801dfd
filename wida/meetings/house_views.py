"""The meetings of a Safe Home, across dossiers. What somebody may not know of leaves no trace on these pages."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.access.refusals import refuse
from wida.accounts.codes import CONTENT_ROLES, HOUSE_ROLES
from wida.accounts.http import Request
from wida.audit.actions import record as audit
from wida.meetings import actions, house_actions, queries
from wida.meetings.forms import CancelForm, MeetingForm, whole
from wida.meetings.models import Meeting
from wida.meetings.words import LABELS
from wida.records.actions import Conflict
from wida.records.middleware import once
from wida.web.dates import long_day

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
    def save(form: MeetingForm) -> Meeting:
        return actions.call_meeting(by=request.actor, **form.cleaned_data)

    return _handle(
        request,
        MeetingForm(request.POST or None),
        save,
        title=_("Plan a meeting"),
        back=reverse("house_meetings:meetings"),
        back_text=_("Back to the meetings"),
    )


@house_only
def edit_meeting(request: Request, meeting_id: UUID) -> HttpResponse:
    """Whoever is invited sees the new day among their tasks."""
    found = _meeting(request, meeting_id)
    names = ("type", "on", "starts", "place", "legal_basis", "finality")
    form = MeetingForm(request.POST or None, initial={name: getattr(found, name) for name in names})

    def save(form: MeetingForm) -> Meeting:
        return house_actions.change_meeting(
            meeting=found, by=request.actor, version=_started_from(request), **form.cleaned_data
        )

    return _handle(request, form, save, title=_("Change the meeting"), meeting=found, submit=_("Save"))


@house_only
def cancel_meeting(request: Request, meeting_id: UUID) -> HttpResponse:
    found = _meeting(request, meeting_id)

    def save(form: CancelForm) -> Meeting:
        return house_actions.cancel_meeting(
            meeting=found, by=request.actor, version=_started_from(request), **form.cleaned_data
        )

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
    """As `wida.web.handle` does for a dossier: 422 with the faults, 409 when somebody changed the meeting meanwhile."""
    page |= {"form": form, "version": meeting.version if meeting else None, "conflict": None}
    if meeting:
        page |= {"back": _url(meeting), "back_text": _("Back to the meeting")}
    if request.method != "POST":
        return render(request, "meetings/house_form.html", page)
    return once(request, lambda: _save(request, form, save, page))


def _save(request: Request, form: forms.Form, save: Callable, page: dict) -> HttpResponse:
    if not form.is_valid():
        # Still the version it started from: a change of somebody else must not be written over after a fault.
        page |= {"version": page["version"] and _started_from(request)}
        return render(request, "meetings/house_form.html", page, status=422)
    try:
        with transaction.atomic():
            made = save(form)
    except Conflict as conflict:
        page |= {"version": conflict.current.version, "conflict": _conflict(conflict.current)}
        return render(request, "meetings/house_form.html", page, status=409)
    return HttpResponseRedirect(_url(made), status=303)


def _conflict(now: Meeting) -> dict:
    rows = [
        (_("Kind of meeting"), str(now.get_type_display())),
        (_("Date"), long_day(now.on)),
        (_("Place"), now.place),
        (_("Cancelled"), now.cancelled_why),
    ]
    return {"current": now, "rows": rows}


def _meeting(request: Request, meeting_id: UUID) -> Meeting:
    """A meeting the actor may know of, else 404."""
    found = None
    if request.actor.role in CONTENT_ROLES:
        found = queries.meetings_of(request.actor).filter(pk=meeting_id).first()
    if found is None:
        raise Http404
    return found


def _started_from(request: Request) -> int:
    return whole(request.POST.get("version", ""))


def _url(meeting: Meeting) -> str:
    return reverse("house_meetings:meeting", args=[meeting.pk])
