"""To the provider and back."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from wida.access.conflicts import keep_number
from wida.accounts import actions, claims, provider, stepup
from wida.accounts.http import Request, next_address
from wida.accounts.means import MEANS
from wida.accounts.middleware import public
from wida.accounts.refusals import page_of
from wida.audit.actions import record as audit


@public
def to_provider(request: Request) -> HttpResponse:
    """Sends the browser to the provider. `with` names the means of the tile, `fresh` asks the proof anew."""
    if not provider.configured():
        raise Http404
    try:
        address = provider.begin(
            request,
            back=request.build_absolute_uri(reverse("accounts:from_provider")),
            after=next_address(request),
            means=MEANS + request.GET.get("with", ""),
            fresh="fresh" in request.GET,
        )
    except provider.FAILURES as failure:
        return _refused(request, provider.code_of(failure))
    return HttpResponseRedirect(address)


@public
def from_provider(request: Request) -> HttpResponse:
    """Lets somebody in on the provider's word, or says in plain words why not and whom to ask."""
    if not provider.configured():
        raise Http404
    try:
        told, flow = provider.finish(request)
        arrival = claims.read(told)
        if flow["fresh"]:
            return _confirmed(request, arrival, flow)
        user, organisation = actions.arrive(arrival)
    except provider.Refused as refusal:
        if refusal.code == "no_role":
            request.denials.append(lambda: actions.withdraw(arrival))
        return _refused(request, refusal.code)
    actions.sign_in(request, user=user, strength="provider", organisation=organisation)
    if arrival.national_number:
        keep_number(user=user, national_number=arrival.national_number)
    return HttpResponseRedirect(flow["after"] or reverse("dossiers:list"), status=303)


def _confirmed(request: Request, arrival: claims.Arrival, flow: dict) -> HttpResponse:
    """A fresh proof counts for the person whose session this is, and for nobody else."""
    user = request.user
    if not user.is_authenticated or (user.issuer, user.subject) != (arrival.issuer, arrival.subject):
        raise provider.Refused("somebody_else")
    stepup.renew(request)
    return HttpResponseRedirect(flow["after"] or reverse("dossiers:list"), status=303)


def _refused(request: Request, code: str) -> HttpResponse:
    actor = request.actor
    request.denials.append(lambda: audit("sign_in_refused", by=actor, detail=code))
    page = page_of(code)
    return render(request, "accounts/refused.html", page, status=page["status"])
