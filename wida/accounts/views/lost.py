"""The second person who confirms that somebody lost their second factors."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from wida.access.refusals import refuse
from wida.accounts import lost
from wida.accounts.codes import Role
from wida.accounts.http import Request
from wida.accounts.stepup import needs_fresh_sign_in
from wida.audit.actions import record as audit
from wida.records.middleware import once

CONFIRM = (Role.FUNCTIONAL_ADMIN, Role.COORDINATOR)


def lost_factors(request: Request) -> HttpResponse:
    """What waits for a second person. Recorded as `listed`."""
    if request.actor.role not in CONFIRM:
        return refuse(request, detail="lost_factors")
    audit("listed", by=request.actor, detail="lost_factors")
    return render(request, "accounts/lost_factors.html", {"resets": lost.waiting_for(request.actor)})


@require_POST
@needs_fresh_sign_in
def confirm_reset(request: Request, reset_id) -> HttpResponse:
    if request.actor.role not in CONFIRM:
        return refuse(request, detail="lost_factors")

    def confirm() -> HttpResponse:
        reset = lost.waiting_for(request.actor).filter(pk=reset_id).first()
        if reset is None:
            raise Http404
        lost.confirm(reset=reset, by=request.actor)
        return HttpResponseRedirect(reverse("accounts:lost_factors"), status=303)

    return once(request, confirm)
