"""The meetings of a Safe Home, across dossiers. What somebody may not know of leaves no trace on these pages."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from wida.accounts.codes import CONTENT_ROLES, HOUSE_ROLES
from wida.accounts.http import Request
from wida.audit.actions import record as audit
from wida.meetings import actions, queries
from wida.meetings.codes import LegalBasis, MeetingType
from wida.meetings.forms import MeetingForm
from wida.records.middleware import once


def meetings(request: Request) -> HttpResponse:
    if request.actor.role not in CONTENT_ROLES:
        return render(request, "web/403.html", status=403)
    audit("listed", by=request.actor, detail="meetings")
    context = {
        "meetings": queries.meetings_of(request.actor)[:100],
        "types": dict(MeetingType.choices),
        "may_call": request.actor.role in HOUSE_ROLES,
    }
    return render(request, "meetings/calendar.html", context)


def meeting(request: Request, meeting_id: UUID) -> HttpResponse:
    found = (
        queries.meetings_of(request.actor).filter(pk=meeting_id).first()
        if request.actor.role in CONTENT_ROLES
        else None
    )
    if found is None:
        raise Http404
    audit("read", by=request.actor, detail="meeting", row=found.pk)
    context = {
        "meeting": found,
        "agenda": queries.agenda(found, request.actor),
        "types": dict(MeetingType.choices),
        "bases": dict(LegalBasis.choices),
    }
    return render(request, "meetings/meeting.html", context)


def call_meeting(request: Request) -> HttpResponse:
    if request.actor.role not in HOUSE_ROLES:
        return render(request, "web/403.html", status=403)
    form = MeetingForm(request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            return once(request, lambda: _call(request, form))
        return render(request, "meetings/call.html", {"form": form}, status=422)
    return render(request, "meetings/call.html", {"form": form})


def _call(request: Request, form: MeetingForm) -> HttpResponse:
    made = actions.call_meeting(by=request.actor, **form.cleaned_data)
    return HttpResponseRedirect(reverse("house_meetings:meeting", args=[made.pk]), status=303)
