"""The one door to a dossier, for every page, form, file and fragment."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render

from wida.access.queries import open_for
from wida.access.refusals import refuse
from wida.access.rules import Part, Right
from wida.accounts.http import Request
from wida.audit import origin
from wida.audit.actions import look
from wida.records.middleware import once


def dossier_view(part: Part, right: Right = Right.READ) -> Callable:
    """Opens the dossier named in the address for who asks, or answers for it.

    A stranger gets 404, an insider without the right 403; both are recorded after the rollback. A right that
    only the stage withholds lets the view run with `opened.frozen`, so that a form can give back what was
    typed; whatever it answers then is at least 409 and nothing is kept. A look is recorded as `read`.
    A form that was sent before answers as it did then, also when what it did ended the sender's own right.
    """

    def decorate(view):
        @wraps(view)
        def guarded(request: Request, number: str, *args, **kwargs) -> HttpResponse:
            if request.method == "POST":
                return once(request, lambda: enter(request, number, *args, **kwargs))
            return enter(request, number, *args, **kwargs)

        def enter(request: Request, number: str, *args, **kwargs) -> HttpResponse:
            opened = open_for(request.actor, number, lock=request.method == "POST")
            if opened is None:
                return refuse(request, 404, dossier=_id_of(number), part=part, detail="stranger")
            origin.opened(opened.dossier.pk, opened.grounds)
            if not opened.may(part, right):
                if not opened.may_ever(part, right) or not opened.may(part, Right.READ):
                    return refuse(request, dossier=opened.dossier.pk, part=part, detail=right)
                opened.frozen = True
            response = view(request, opened, *args, **kwargs)
            if opened.frozen and response.status_code < 400:
                return moved_on(request, opened)
            if request.method != "POST" and response.status_code < 400:
                row = origin.row_in(kwargs)
                look(by=request.actor, dossier=opened.dossier.pk, part=part, row=row, detail=view.__name__)
            return response

        guarded.part = part
        guarded.right = right
        return guarded

    return decorate


def moved_on(request: Request, opened) -> HttpResponse:
    """The plain page for what the dossier's phase no longer, or not yet, allows."""
    return render(request, "access/moved_on.html", {"opened": opened}, status=409)


def _id_of(number: str) -> UUID | None:
    """Whom a stranger was looking for, for the trail alone."""
    with connection.cursor() as cursor:
        cursor.execute("select wida.sought(%s)", [number])
        return cursor.fetchone()[0]
