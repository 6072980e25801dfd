"""What somebody typed and did not save yet: found again, read and thrown away by its author alone."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from wida.accounts.http import Request
from wida.audit.actions import record as audit
from wida.drafts import actions, queries
from wida.drafts.models import Draft
from wida.records.middleware import once


def mine(request: Request) -> HttpResponse:
    """Recorded as `listed`."""
    drafts = [
        (draft, queries.words_of(draft), actions.last_day(draft.saved_at))
        for draft in queries.mine(request.actor)
    ]
    audit("listed", by=request.actor, detail="drafts")
    return render(request, "drafts/mine.html", {"drafts": drafts})


def draft(request: Request, draft_id: UUID) -> HttpResponse:
    """The words, to read and to copy: also when the form they belong to can't be saved any more."""
    found = _own(request, draft_id)
    audit("read", by=request.actor, dossier=found.dossier_id, part=found.part, detail="draft", row=found.pk)
    context = {"draft": found, "words": queries.words_of(found), "last_day": actions.last_day(found.saved_at)}
    return render(request, "drafts/draft.html", context)


@require_POST
def discard(request: Request, draft_id: UUID) -> HttpResponse:
    """Back to the form it was offered on, else to the list."""

    def thrown_away() -> HttpResponse:
        actions.discard(draft=_own(request, draft_id), by=request.actor)
        return HttpResponseRedirect(_after(request), status=303)

    return once(request, thrown_away)


@require_safe
def ready(request: Request) -> HttpResponse:
    """For a form that stayed open while somebody signed in again: who acts now, and the token its sending needs."""
    return JsonResponse({"member": str(request.actor.membership_id), "token": get_token(request)})


def _own(request: Request, draft_id: UUID) -> Draft:
    """An own draft in a dossier the actor still knows of, else 404."""
    found = next((draft for draft in queries.mine(request.actor) if draft.pk == draft_id), None)
    if found is None:
        raise Http404
    return found


def _after(request: Request) -> str:
    wanted = request.POST.get("next", "")
    local = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if local else reverse("drafts:mine")
