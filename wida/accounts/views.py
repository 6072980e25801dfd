from django.contrib import auth
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wida.accounts import actions, stepup
from wida.accounts.forms import ConfirmForm, LoginForm
from wida.accounts.http import Request, next_address
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
            return HttpResponseRedirect(next_address(request, reverse("dossiers:list")), status=303)
        request.denials.append(lambda: actions.refuse_sign_in(reason="wrong_credentials"))
        form.add_error(None, _("User name and password do not match. Check both and try again."))
    status = 422 if form.errors else 200
    return render(
        request, "accounts/login.html", {"form": form, "after": next_address(request)}, status=status
    )


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
    return HttpResponseRedirect(next_address(request, "/"), status=303)


@without_organisation
def confirm(request: Request) -> HttpResponse:
    """Asks for the proof before something sensitive, then goes where `next` says."""
    after = next_address(request, reverse("dossiers:list"))
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and stepup.confirmed(request, form):
        return HttpResponseRedirect(after, status=303)
    page = {"form": form, "carried": [("next", after)], "files": False, "title": stepup.title()}
    return render(request, "accounts/confirm.html", page, status=422 if form.errors else 200)
