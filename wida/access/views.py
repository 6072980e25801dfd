"""The one door to a dossier, for every page, form, file and fragment."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wida.access import conflicts, limits, protection
from wida.access.codes import AlertKind
from wida.access.queries import Opened, open_for
from wida.access.refusals import refuse
from wida.access.rules import Part, Right
from wida.accounts.http import Request
from wida.audit import origin
from wida.audit.actions import look
from wida.drafts import door as drafts
from wida.records.middleware import once


def dossier_view(part: Part, right: Right = Right.READ, *, takes_post: bool = False) -> Callable:
    """Opens the dossier named in the address for who asks, or answers for it.

    A stranger gets 404, an insider without the right 403; both are recorded after the rollback. A right that
    only the stage withholds lets the view run with `opened.frozen`, so that a form can give back what was
    typed; whatever it answers then is at least 409 and nothing is kept. A look is recorded as `read`.
    A form that is sent to be kept as a draft gets no further than this door.
    A form that was sent before answers as it did then, also when what it did ended the sender's own right.
    A page to read answers no POST, which would be a look that nobody counts, unless it says so.
    """
    methods = ["GET", "HEAD", "POST"] if takes_post or right != Right.READ else ["GET", "HEAD"]

    def decorate(view):
        @require_http_methods(methods)
        @wraps(view)
        def guarded(request: Request, number: str, *args, **kwargs) -> HttpResponse:
            if request.method == "POST" and not drafts.wanted(request):
                return once(request, lambda: enter(request, number, *args, **kwargs))
            return enter(request, number, *args, **kwargs)

        def enter(request: Request, number: str, *args, **kwargs) -> HttpResponse:
            opened = _open(request, number, part, right, view.__name__)
            if isinstance(opened, HttpResponse):
                return opened
            if drafts.wanted(request):
                return _keep(request, opened, part)
            response = view(request, opened, *args, **kwargs)
            if opened.frozen and response.status_code < 400:
                return moved_on(request, opened)
            _after(request, opened, part, view.__name__, response, row=origin.row_in(kwargs))
            return response

        guarded.part = part
        guarded.right = right
        return guarded

    return decorate


def _open(request: Request, number: str, part: Part, right: Right, name: str) -> Opened | HttpResponse:
    """A draft is no change, so it doesn't wait for who changes the dossier."""
    opened = open_for(request.actor, number, lock=request.method == "POST" and not drafts.wanted(request))
    if opened is None:
        return refuse(request, 404, dossier=id_of(number), part=part, detail="stranger")
    origin.opened(opened.dossier.pk, opened.grounds)
    if stop := _before(request, opened, part, name):
        return stop
    if not opened.may(part, right):
        if not opened.may_ever(part, right) or not opened.may(part, Right.READ):
            return refuse(request, dossier=opened.dossier.pk, part=part, detail=right)
        opened.frozen = True
    return opened


def _keep(request: Request, opened: Opened, part: Part) -> HttpResponse:
    if not drafts.may_keep(opened):
        return refuse(request, dossier=opened.dossier.pk, part=part, detail="draft")
    return drafts.keep(request, opened, part)


def _before(request: Request, opened: Opened, part: Part, name: str) -> HttpResponse | None:
    """What comes before the page: for who may be family the question, for who opens very many files a halt."""
    dossier, actor = opened.dossier, opened.actor
    if dossier.shared_tokens and conflicts.shares_number(opened):
        request.denials.append(lambda: conflicts.keep_out(dossier=dossier, by=actor))
        return refuse(request, 404, dossier=dossier.pk, part=part, detail="stranger")
    if request.method == "POST":
        return None  # what somebody wrote is never held up
    if limits.too_many(dossier.files_read):
        request.denials.append(lambda: protection.tell(AlertKind.MANY_FILES, dossier=dossier, by=actor))
        return refuse(request, 429, dossier=dossier.pk, part=part, detail="files_per_hour")
    if dossier.shared_tokens and name != "acquainted":
        conflicts.propose(dossier=dossier, by=actor, by_number=False)
        place = reverse("access:acquainted", args=[dossier.number], query={"next": request.path})
        return HttpResponseRedirect(place)
    return None


def _after(
    request: Request, opened: Opened, part: Part, name: str, response: HttpResponse, *, row: UUID | None
) -> None:
    """A look is recorded; one into an extra protected file is told to its coordinator."""
    if request.method == "POST" or response.status_code >= 400:
        return
    look(by=request.actor, dossier=opened.dossier.pk, part=part, row=row, detail=name)
    if opened.dossier.extra_protected:
        protection.tell(AlertKind.EXTRA_PROTECTED, dossier=opened.dossier, by=request.actor)


def moved_on(request: Request, opened) -> HttpResponse:
    """The plain page for what the dossier's phase no longer, or not yet, allows."""
    return render(request, "access/moved_on.html", {"opened": opened}, status=409)


def id_of(number: str) -> UUID | None:
    """Whom a stranger was looking for, for the trail alone."""
    with connection.cursor() as cursor:
        cursor.execute("select wida.sought(%s)", [number])
        return cursor.fetchone()[0]
