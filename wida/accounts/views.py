from django.contrib import auth
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wida.accounts import actions
from wida.accounts.forms import LoginForm
from wida.accounts.http import Request
from wida.accounts.middleware import public, without_organisation
from wida.accounts.models import Membership


@public
def login(request: Request) -> HttpResponse:
    form = LoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = auth.authenticate(
            request, username=form.cleaned_data["login"], password=form.cleaned_data["password"]
        )
        if user:
            actions.sign_in(request, user=user)
            return HttpResponseRedirect(_after(request), status=303)
        request.denials.append(lambda: actions.refuse_sign_in(reason="wrong_credentials"))
        form.add_error(None, _("User name and password do not match. Check both and try again."))
    status = 422 if form.errors else 200
    return render(request, "accounts/login.html", {"form": form, "after": _after(request, "")}, status=status)


@without_organisation
def organisation(request: Request) -> HttpResponse:
    memberships = (
        Membership.objects.current()
        .filter(user=request.user)
        .select_related("user", "organisation__safe_home")
        .order_by("organisation__name")
    )
    if request.method == "POST":
        chosen = next((m for m in memberships if str(m.pk) == request.POST.get("membership")), None)
        if chosen:
            actions.work_for(request, membership=chosen)
            return HttpResponseRedirect(reverse("dossiers:list"), status=303)
    return render(request, "accounts/organisation.html", {"memberships": memberships})


@require_POST
@without_organisation
def logout(request: Request) -> HttpResponse:
    actions.sign_out(request)
    return HttpResponseRedirect(reverse("accounts:login"), status=303)


@require_POST
@public
def language(request: Request) -> HttpResponse:
    actions.speak(request, language=request.POST.get("language", ""))
    return HttpResponseRedirect(_after(request, "/"), status=303)


def _after(request: Request, otherwise: str | None = None) -> str:
    """Where to go next: only ever an address of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return wanted
    return reverse("dossiers:list") if otherwise is None else otherwise
