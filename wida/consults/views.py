"""Consults and groups of a Safe Home, for who gives advice or leads a group there."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.access.refusals import refuse
from wida.accounts.http import Request
from wida.audit.actions import record as audit
from wida.consults import actions, queries
from wida.consults.codes import Trace
from wida.consults.forms import ConsultForm, SessionForm
from wida.consults.models import Consult, GroupSession
from wida.web.handle import handle


def noters_only(view: Callable) -> Callable:
    """403, recorded, for whoever notes no consults."""

    @wraps(view)
    def checked(request: Request, *args, **kwargs) -> HttpResponse:
        if not queries.may_note(request.actor):
            return refuse(request, detail=view.__name__)
        return view(request, *args, **kwargs)

    return checked


@noters_only
def consults(request: Request) -> HttpResponse:
    """Recorded as `listed`."""
    return _list(request, "consults", Consult, queries.consults)


@noters_only
def sessions(request: Request) -> HttpResponse:
    """Recorded as `listed`."""
    return _list(request, "sessions", GroupSession, queries.sessions)


def _list(request: Request, name: str, kind: type, rows: Callable) -> HttpResponse:
    counted = queries.counted(request.actor, kind)
    pages = max(1, -(-counted.all // queries.PAGE))
    asked = request.GET.get("page", "")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    page = min(max(page, 1), pages)
    audit("listed", by=request.actor, detail=name)
    context = {"rows": rows(request.actor, page), "counted": counted, "page": page, "pages": pages}
    return render(request, f"consults/{name}.html", context)


@noters_only
def consult(request: Request, consult_id: UUID) -> HttpResponse:
    """Recorded as `read`."""
    found = queries.opened(request.actor, consult_id)
    audit("read", by=request.actor, table=Consult._meta.label_lower, row=found.pk)
    confirmed = [Trace(code).label for code in found.confirmed.split()]
    return render(request, "consults/consult.html", {"consult": found, "confirmed": confirmed})


@noters_only
def add_consult(request: Request) -> HttpResponse:
    return handle(
        request,
        None,
        ConsultForm(_sent(request), initial={"on": timezone.localdate()}),
        save=lambda data: actions.note_consult(by=request.actor, **data),
        done=reverse("consults:consults"),
        title=_("Note an anonymous consult"),
        template="consults/add_consult.html",
        submit=_("Save"),
    )


@noters_only
def add_session(request: Request) -> HttpResponse:
    return handle(
        request,
        None,
        SessionForm(_sent(request), initial={"on": timezone.localdate()}),
        save=lambda data: actions.note_session(by=request.actor, **data),
        done=reverse("consults:sessions"),
        title=_("Note a session of a group"),
        lead=_("How many people came, never who."),
        submit=_("Save"),
    )


@noters_only
def withdraw_consult(request: Request, consult_id: UUID) -> HttpResponse:
    found = queries.opened(request.actor, consult_id)
    return handle(
        request,
        None,
        django_forms.Form(_sent(request)),
        save=lambda _data: actions.take_back(noted=found, by=request.actor),
        done=reverse("consults:consults"),
        title=_("Take back this consult"),
        lead=_("It no longer counts, and nobody can read it again. This can’t be undone."),
        back=reverse("consults:consult", args=[found.pk]),
    )


@noters_only
def withdraw_session(request: Request, session_id: UUID) -> HttpResponse:
    found = queries.session(request.actor, session_id)
    return handle(
        request,
        None,
        django_forms.Form(_sent(request)),
        save=lambda _data: actions.take_back(noted=found, by=request.actor),
        done=reverse("consults:sessions"),
        title=_("Take back this session"),
        lead=_("It no longer counts. This can’t be undone."),
    )


def _sent(request: Request):
    return request.POST if request.method == "POST" else None
