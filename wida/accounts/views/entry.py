"""The way in and out: signing in, choosing an organisation, confirming, signing out."""

import json

from django.conf import settings
from django.contrib import auth
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wida.accounts import actions, factors, provider, stepup
from wida.accounts.attempts import PENDING
from wida.accounts.forms import CodeForm, ConfirmForm, LoginForm
from wida.accounts.http import Request, next_address
from wida.accounts.means import offered
from wida.accounts.middleware import before_second_factor, public, without_organisation


@public
def login(request: Request) -> HttpResponse:
    local = settings.WIDA_LOCAL_ACCOUNTS
    form = LoginForm(request.POST or None) if local else None
    if local and request.method == "POST" and form.is_valid():
        # Locked or not, the same work is done and the same is said.
        user = auth.authenticate(
            request, username=form.cleaned_data["login"], password=form.cleaned_data["password"]
        )
        if user and request.attempt.allowed:
            request.attempt.forget()
            return _let_in(request, user)
        reason = "too_many_attempts" if request.attempt.first_refused else "wrong_credentials"
        request.denials.append(lambda: actions.refuse_sign_in(reason=reason))
        form.add_error(
            None,
            _("User name and password do not match, or there were too many attempts. "
              "Check both and try again, or wait a quarter of an hour."),
        )  # fmt: skip
    page = {
        "form": form,
        "after": next_address(request),
        "means": offered() if provider.configured() else [],
        "idle_minutes": settings.SESSION_COOKIE_AGE // 60,
    }
    return render(request, "accounts/login.html", page, status=422 if form and form.errors else 200)


def _let_in(request: Request, user) -> HttpResponse:
    """With a second factor the password is half the way; without one it is enough in the demo alone."""
    after = next_address(request, reverse("dossiers:list"))
    if factors.has_factor(user):
        actions.await_factor(request, user=user, after=after)
        return HttpResponseRedirect(reverse("accounts:second_factor"), status=303)
    actions.sign_in(request, user=user, strength="password")
    return HttpResponseRedirect(after, status=303)


@public
def second_factor(request: Request) -> HttpResponse:
    """A code from an app, a passkey or a recovery code, after the right password."""
    user = actions.awaited(request)
    if user is None:
        return HttpResponseRedirect(reverse("accounts:login"))
    form = CodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST":
        kind = _proved(request, user, form)
        if kind and request.attempt.allowed:
            request.attempt.forget()
            after = request.session[PENDING]["next"]
            actions.sign_in(request, user=user, strength="second", detail=kind)
            return HttpResponseRedirect(after, status=303)
        reason = "too_many_attempts" if request.attempt.first_refused else "wrong_factor"
        request.denials.append(lambda: actions.refuse_sign_in(reason=reason, user=user))
        form = form if form.is_bound else CodeForm({})
        form.is_valid()
        form.errors.clear()
        form.add_error(None, _("This code is not right, was used before, or there were too many attempts. "
                               "Wait for the next code, or a quarter of an hour."))  # fmt: skip
    page = {"form": form, "options": factors.ask_passkey(user) if factors.has_passkey(user) else None}
    return render(request, "accounts/second_factor.html", page, status=422 if form.errors else 200)


def _proved(request: Request, user, form: CodeForm) -> str:
    """Which factor the form proves, or ''."""
    if form.is_bound:
        return factors.check_code(user, form.cleaned_data["code"]) if form.is_valid() else ""
    return "webauthn" if factors.check_passkey(user, _json(request.POST.get("credential", ""))) else ""


def _json(text: str) -> dict:
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


@without_organisation
def organisation(request: Request) -> HttpResponse:
    memberships = actions.choices(request)
    if request.method == "POST":
        chosen = next((m for m in memberships if str(m.pk) == request.POST.get("membership")), None)
        if chosen:
            actions.work_for(request, membership=chosen)
            return HttpResponseRedirect(reverse("dossiers:list"), status=303)
    page = {"memberships": memberships, "elsewhere": bool(request.session.get("organisation"))}
    return render(request, "accounts/organisation.html", page)


@require_POST
@before_second_factor
@without_organisation
def logout(request: Request) -> HttpResponse:
    """Here first, then at the provider when that is where they came from. `switch` lets them come back as another."""
    there = bool(request.session.get("organisation")) and provider.configured()
    switch = request.POST.get("switch") == "1"
    actions.sign_out(request)
    login_page = reverse("accounts:login")
    address = login_page
    if there:
        try:
            address = provider.logout_address(back=request.build_absolute_uri(login_page), switch=switch)
        except provider.FAILURES:
            address = login_page
    response = HttpResponseRedirect(address, status=303)
    # On a shared computer nothing of this session stays behind, whatever the browser kept.
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@require_POST
@public
def language(request: Request) -> HttpResponse:
    actions.speak(request, language=request.POST.get("language", ""))
    return HttpResponseRedirect(next_address(request, "/"), status=303)


@before_second_factor
@without_organisation
def confirm(request: Request) -> HttpResponse:
    """Asks for the proof before something sensitive, then goes where `next` says."""
    after = next_address(request, reverse("dossiers:list"))
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and stepup.confirmed(request, form):
        return HttpResponseRedirect(after, status=303)
    return stepup.ask(
        request, form, carried=[("next", after)], after=after, status=422 if form.errors else 200
    )


@without_organisation
def confirmed(request: Request) -> HttpResponse:
    """Where a second window ends, after it proved for the first who sits there."""
    return render(request, "accounts/confirmed.html")
