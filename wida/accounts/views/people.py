"""Managing accounts: who may sign in, for which organisation, until when. Never a dossier, never a password."""

from functools import wraps

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wida.access.refusals import refuse
from wida.accounts import keeping, lost, queries
from wida.accounts.codes import Role
from wida.accounts.forms import AccountForm, MembershipForm
from wida.accounts.http import Request
from wida.accounts.stepup import needs_fresh_sign_in
from wida.records.middleware import once

PER_PAGE = 50


def manages(view):
    """Opens a view to a functional administrator, for the people of their own Safe Home and its partners alone.

    Nobody manages their own account: who gives rights can't give them to themselves.
    """

    @wraps(view)
    def guarded(request: Request, user_id=None, **more) -> HttpResponse:
        if request.actor.role != Role.FUNCTIONAL_ADMIN:
            return refuse(request, detail="manage_accounts")
        if user_id is None:
            return view(request, **more)
        user = queries.managed_by(request.actor).filter(pk=user_id).first()
        if user is None:
            return refuse(request, 404, detail="manage_accounts")
        return view(request, user, **more)

    return guarded


@manages
def people(request: Request) -> HttpResponse:
    found = queries.managed_by(request.actor).prefetch_related("memberships__organisation")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"page": page, "central": not request.actor.house_id})


@manages
def person(request: Request, user) -> HttpResponse:
    page = {
        "user": user,
        "memberships": user.memberships.select_related("organisation").order_by("organisation__name", "role"),
        "sessions": queries.sessions_of(user.pk),
        "factors": 0 if user.issuer else len(keeping.factors.factors_of(user)),
        "reset": lost.standing().filter(user=user).first(),
    }
    return render(request, "accounts/person.html", page)


@manages
@needs_fresh_sign_in
def add_person(request: Request) -> HttpResponse:
    """Makes a local account; what it may do is asked next, and its link after that."""
    return once(request, lambda: _add_person(request)) if request.method == "POST" else _add_person(request)


def _add_person(request: Request) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = keeping.add_account(**form.cleaned_data, by=request.actor)
        return HttpResponseRedirect(reverse("accounts:add_membership", args=[made.pk]), status=303)
    page = {"form": form, "title": _("Add an account"), "back": reverse("accounts:people")}
    return render(request, "web/form.html", page, status=422 if form.errors else 200)


@manages
@needs_fresh_sign_in
def add_membership(request: Request, user) -> HttpResponse:
    if request.method == "POST":
        return once(request, lambda: _add_membership(request, user))
    return _add_membership(request, user)


def _add_membership(request: Request, user) -> HttpResponse:
    form = MembershipForm(request.POST or None, organisations=queries.organisations_of(request.actor))
    if request.method == "POST" and form.is_valid():
        keeping.give_membership(user=user, **form.cleaned_data, by=request.actor)
        return HttpResponseRedirect(reverse("accounts:person", args=[user.pk]), status=303)
    page = {
        "form": form,
        "title": _("Give a role"),
        "kicker": user.name,
        "back": reverse("accounts:person", args=[user.pk]),
    }
    return render(request, "web/form.html", page, status=422 if form.errors else 200)


@require_POST
@needs_fresh_sign_in
@manages
def change_person(request: Request, user) -> HttpResponse:
    """One of the buttons of the page of an account."""
    what, by = request.POST.get("what", ""), request.actor
    if what == "invite" and not user.issuer:
        link = reverse("accounts:invitation", args=[keeping.invite(user=user, by=by)])
        page = {"user": user, "link": request.build_absolute_uri(link)}
        return render(request, "accounts/invited.html", page)
    doings = {
        "disable": lambda: keeping.disable(user=user, by=by),
        "enable": lambda: keeping.enable(user=user, by=by),
        "end_sessions": lambda: keeping.end_sessions(user_id=user.pk, by=by),
        "ask_reset": lambda: lost.ask(user=user, by=by),
    }
    doings.get(what, lambda: None)()
    return HttpResponseRedirect(reverse("accounts:person", args=[user.pk]), status=303)


@require_POST
@needs_fresh_sign_in
@manages
def end_membership(request: Request, user, membership_id) -> HttpResponse:
    membership = user.memberships.filter(pk=membership_id, ended_at=None).first()
    if membership:
        keeping.end_membership(membership=membership, by=request.actor)
    return HttpResponseRedirect(reverse("accounts:person", args=[user.pk]), status=303)
