"""By which code the access management of Flanders names each organisation: without one nobody of it comes in."""

from functools import wraps

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access.refusals import refuse
from wida.accounts import keeping, queries
from wida.accounts.codes import Role
from wida.accounts.forms import CodeOfOrganisationForm
from wida.accounts.http import Request
from wida.accounts.stepup import needs_fresh_sign_in
from wida.audit.actions import record as audit
from wida.records.middleware import once


def central(view):
    """For a functional administrator of no Safe Home in particular: a code decides for whom everybody is taken."""

    @wraps(view)
    def guarded(request: Request, **more) -> HttpResponse:
        if request.actor.role != Role.FUNCTIONAL_ADMIN or request.actor.house_id:
            return refuse(request, detail="organisation_codes")
        return view(request, **more)

    return guarded


@central
def organisations(request: Request) -> HttpResponse:
    """Every organisation with its code. Recorded as `listed`."""
    audit("listed", by=request.actor, detail="organisation_codes")
    page = {"organisations": queries.organisations_of(request.actor)}
    return render(request, "accounts/organisations.html", page)


@central
@needs_fresh_sign_in
def organisation_code(request: Request, organisation_id) -> HttpResponse:
    return (
        once(request, lambda: _code(request, organisation_id))
        if request.method == "POST"
        else _code(request, organisation_id)
    )


def _code(request: Request, organisation_id) -> HttpResponse:
    found = get_object_or_404(queries.organisations_of(request.actor), pk=organisation_id)
    form = CodeOfOrganisationForm(request.POST or None, organisation=found, initial={"code": found.code})
    if request.method == "POST" and form.is_valid():
        keeping.name_organisation(organisation=found, code=form.cleaned_data["code"], by=request.actor)
        return HttpResponseRedirect(reverse("accounts:organisations"), status=303)
    page = {
        "form": form,
        "title": _("Code for signing in"),
        "kicker": found.name,
        "back": reverse("accounts:organisations"),
        "submit": _("Save"),
    }
    return render(request, "web/form.html", page, status=422 if form.errors else 200)
