"""One's own account: second factors, password, and the sessions that are open."""

import json

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wida.accounts import factors, keeping, queries
from wida.accounts.forms import CodeForm, NewPasswordForm, PasskeyForm
from wida.accounts.http import Request
from wida.accounts.middleware import before_second_factor, public, without_organisation
from wida.accounts.stepup import needs_fresh_sign_in

SEED = "new_seed"


@before_second_factor
@without_organisation
def profile(request: Request) -> HttpResponse:
    page = {
        "local": not request.user.issuer,
        "factors": factors.factors_of(request.user),
        "codes_left": factors.codes_left(request.user),
        "sessions": queries.sessions_of(request.user.pk, current=request.session.session_key),
        "missing": keeping.lacks_factor(request),
    }
    return render(request, "accounts/profile.html", page)


@before_second_factor
@without_organisation
@needs_fresh_sign_in
def add_app(request: Request) -> HttpResponse:
    """Shows a seed to scan or type over, until the first code proves that the app has it."""
    form = CodeForm(request.POST or None)
    seed = request.session.get(SEED)
    if request.method == "POST" and seed and form.is_valid():
        if keeping.add_app(request, seed=seed, code=form.cleaned_data["code"]):
            del request.session[SEED]
            return HttpResponseRedirect(reverse("accounts:recovery_codes"), status=303)
        form.add_error("code", _("This code is not right. Wait for the next one and try again."))
    if not seed:
        seed = request.session[SEED] = factors.new_seed()
    page = {
        "form": form,
        "title": _("Use an app that gives codes"),
        "enrolment": factors.enrolment(request.user, seed),
        "back": reverse("accounts:profile"),
        "submit": _("Add this app"),
    }
    return render(request, "accounts/add_app.html", page, status=422 if form.errors else 200)


@before_second_factor
@without_organisation
@needs_fresh_sign_in
def add_passkey(request: Request) -> HttpResponse:
    """A device or a key that asks a finger, a face or a pin. Making one takes a script of the browser's maker."""
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if keeping.add_passkey(request, name=data["name"], credential=data["credential"]):
            return HttpResponseRedirect(reverse("accounts:recovery_codes"), status=303)
        form.add_error(None, _("The browser made no passkey. Try again, or use an app that gives codes."))
    page = {
        "form": form,
        "title": _("Use a passkey"),
        "options": json.dumps({"creation_options": factors.begin_passkey(request.user)}),
        "back": reverse("accounts:profile"),
    }
    return render(request, "accounts/add_passkey.html", page, status=422 if form.errors else 200)


@require_POST
@without_organisation
@needs_fresh_sign_in
def remove_factor(request: Request, factor_id: int) -> HttpResponse:
    keeping.remove_factor(request, factor_id=factor_id)
    return HttpResponseRedirect(reverse("accounts:profile"), status=303)


@without_organisation
@needs_fresh_sign_in
def recovery_codes(request: Request) -> HttpResponse:
    """Makes ten codes in place of the old ones; the answer to the form is the only page that shows them."""
    codes = keeping.new_recovery_codes(request) if request.method == "POST" else []
    page = {"codes": codes, "left": factors.codes_left(request.user)}
    return render(request, "accounts/recovery_codes.html", page)


@before_second_factor
@without_organisation
@needs_fresh_sign_in
def password(request: Request) -> HttpResponse:
    form = NewPasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        keeping.change_password(request, password=form.cleaned_data["password"])
        return HttpResponseRedirect(reverse("accounts:profile"), status=303)
    page = {"form": form, "title": _("Change your password"), "back": reverse("accounts:profile")}
    return render(request, "web/form.html", page, status=422 if form.errors else 200)


@require_POST
@before_second_factor
@without_organisation
def end_session(request: Request) -> HttpResponse:
    """Ends one of their other sessions, by the name the list gives it, or all of them."""
    keeping.end_sessions(
        user_id=request.user.pk,
        but=request.session.session_key,
        name=request.POST.get("session", ""),
        by=request.actor,
    )
    return HttpResponseRedirect(reverse("accounts:profile"), status=303)


@public
def invitation(request: Request, token: str) -> HttpResponse:
    """Lets who holds the link choose a password, once. It never passes by a second factor that there already is."""
    invited = queries.invitation_of(token)
    if invited is None:
        return render(request, "accounts/no_invitation.html", status=404)
    form = NewPasswordForm(request.POST or None, user=invited.user)
    if request.method == "POST" and form.is_valid():
        keeping.accept(invitation=invited, password=form.cleaned_data["password"])
        return HttpResponseRedirect(reverse("accounts:login"), status=303)
    page = {
        "form": form,
        "title": _("Choose your password"),
        "lead": _("Your user name is %(login)s. After this you sign in, and add a second factor.")
        % {"login": invited.user.login},
    }
    return render(request, "web/form.html", page, status=422 if form.errors else 200)
