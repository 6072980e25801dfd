"""Destroying what was kept long enough: one proposes, another agrees, both having just signed in."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from wida.access.refusals import refuse
from wida.accounts.http import Request
from wida.accounts.stepup import needs_fresh_sign_in
from wida.audit.actions import record as audit
from wida.closure import destruction

SHOWN = 200


def destructions(request: Request) -> HttpResponse:
    """What may be destroyed, what waits for a second person, and the declarations. Recorded as `listed`."""
    if not destruction.may_destroy(request.actor):
        return refuse(request, detail="destructions")
    audit("listed", by=request.actor, detail="destructions")
    context = {
        "due": destruction.due(request.actor).values("id", "number", "retain_until")[:SHOWN],
        "waiting": destruction.waiting(request.actor)[:SHOWN],
        "declarations": destruction.declarations(request.actor)[:SHOWN],
        "me": request.actor.user_id,
    }
    return render(request, "closure/destructions.html", context)


@require_POST
@needs_fresh_sign_in
def propose_destruction(request: Request, dossier_id: UUID) -> HttpResponse:
    """Says that the time of a dossier is over. 404 for one that isn't due in this house."""
    if not destruction.may_destroy(request.actor):
        return refuse(request, detail="propose_destruction")
    dossier = destruction.due(request.actor).filter(pk=dossier_id).first()
    if dossier is None:
        return refuse(request, 404, detail="propose_destruction")
    destruction.propose(dossier=dossier, by=request.actor)
    return _home()


@require_POST
@needs_fresh_sign_in
def agree_to_destruction(request: Request, destruction_id: UUID) -> HttpResponse:
    """The second person; 403 for the one who proposed it."""
    if not destruction.may_destroy(request.actor):
        return refuse(request, detail="agree_to_destruction")
    found = destruction.waiting(request.actor).filter(pk=destruction_id).first()
    if found is None:
        return refuse(request, 404, detail="agree_to_destruction")
    try:
        destruction.agree(destruction_id=found.pk, by=request.actor)
    except destruction.SamePerson:
        return refuse(request, dossier=found.dossier, detail="agree_to_destruction")
    return _home()


def _home() -> HttpResponse:
    return HttpResponseRedirect(reverse("house_closure:destructions"), status=303)
