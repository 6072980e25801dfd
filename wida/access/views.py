"""The one door to a dossier, for every page, form, file and fragment."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import render

from wida.access.queries import open_for
from wida.access.rules import Part, Right
from wida.accounts.http import Request
from wida.audit.actions import record as audit
from wida.dossiers.models import Dossier
from wida.records.middleware import once


def dossier_view(part: Part, right: Right = Right.READ) -> Callable:
    """Opens the dossier named in the address for who asks, or answers for it.

    A stranger gets 404, an insider without the right 403; both are recorded after the rollback. A right that
    only the stage withholds lets the view run with `opened.frozen`, so that a form can give back what was
    typed; whatever it answers then is at least 409 and nothing is kept. A look is recorded as `read`.
    """

    def decorate(view):
        @wraps(view)
        def guarded(request: Request, number: str, *args, **kwargs) -> HttpResponse:
            opened = open_for(request.actor, number, lock=request.method == "POST")
            if opened is None:
                return _refuse(request, 404, number, part, detail="stranger")
            if not opened.may(part, right):
                if not opened.may_ever(part, right) or not opened.may(part, Right.READ):
                    return _refuse(request, 403, number, part, detail=right)
                opened.frozen = True
            if request.method == "POST":
                response = once(request, lambda: view(request, opened, *args, **kwargs))
            else:
                response = view(request, opened, *args, **kwargs)
                if response.status_code < 400:
                    audit(
                        "read", by=request.actor, dossier=opened.dossier.pk, part=part, detail=view.__name__
                    )
            if opened.frozen and response.status_code < 400:
                return moved_on(request, opened)
            return response

        guarded.part = part
        guarded.right = right
        return guarded

    return decorate


def moved_on(request: Request, opened) -> HttpResponse:
    """The plain page for what the dossier's phase no longer, or not yet, allows."""
    return render(request, "access/moved_on.html", {"opened": opened}, status=409)


def _refuse(request: Request, status: int, number: str, part: Part, *, detail: str) -> HttpResponse:
    def denial():
        dossier_id = Dossier.objects.filter(number=number).values_list("pk", flat=True).first()
        audit("refused", by=request.actor, dossier=dossier_id, part=part, detail=detail)

    request.denials.append(denial)
    return render(request, f"web/{status}.html", {}, status=status)
