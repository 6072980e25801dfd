"""The work list of a Safe Home, for its coordinator and administrative staff."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wida.access.refusals import refuse
from wida.accounts.codes import HOUSE_ROLES, Role
from wida.accounts.http import Request
from wida.audit.actions import record as audit
from wida.dossiers.search import is_id
from wida.records.middleware import once
from wida.referrals import inflow as actions
from wida.referrals import queue as queries
from wida.referrals.codes import InflowOutcome, InflowState, InflowStepKind, Route
from wida.referrals.forms import HandOverForm, ReasonForm, TogetherForm
from wida.referrals.models import Inflow

MOST = 50
GONE = gettext_lazy("A colleague was first: look at how it stands now.")


def house_only(view: Callable) -> Callable:
    """For the house's coordinator and administrative staff; 403, recorded, for everybody else. A POST counts once."""

    @wraps(view)
    def checked(request: Request, *args, **kwargs) -> HttpResponse:
        if request.actor.role not in HOUSE_ROLES:
            return refuse(request, detail=request.resolver_match.url_name)
        if request.method == "POST":
            return once(request, lambda: view(request, *args, **kwargs))
        return view(request, *args, **kwargs)

    return checked


@house_only
def queue(request: Request) -> HttpResponse:
    """New, waiting, decided. Recorded as `listed`."""
    state = request.GET.get("state", "")
    state = state if state in InflowState.values else InflowState.NEW
    mine = request.GET.get("mine") == "on"
    counts = queries.counts(request.actor, mine=mine)
    number = request.GET.get("page", "")
    page = int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 5 else 1
    page = min(max(page, 1), max(1, -(-counts[state] // queries.PAGE)))
    audit("listed", by=request.actor, detail="queue")
    context = {
        "state": state,
        "states": [(code, InflowState(code).label, counts[code]) for code in queries.VIEWS],
        "rows": queries.rows(request.actor, state, page, mine=mine),
        "mine": mine,
        "page": page,
        "pages": max(1, -(-counts[state] // queries.PAGE)),
        "names_hidden": bool(request.session.get("names_hidden")),
        "acts": TogetherForm.ACTS,
    }
    return render(request, "referrals/queue.html", context)


@house_only
def item(request: Request, inflow_id: UUID) -> HttpResponse:
    """How one thing came in and what was done with it. Opening it is remembered, and recorded as `read`."""
    row = queries.opened(request.actor, inflow_id)
    if row.dossier_id is None:
        actions.mark_seen(inflow=row, by=request.actor)
    audit("read", by=request.actor, dossier=row.dossier_id, part="referral", row=row.pk, detail="inflow")
    (line,) = queries.chosen(request.actor, [row.pk])
    context = {
        "row": row,
        "line": line,
        "steps": queries.steps(row),
        "kinds": dict(InflowStepKind.choices),
        "mine": row.taken_by_id == request.actor.user_id,
        "decided": row.state == InflowState.DECIDED,
        "answers_move": row.route == Route.MOVE and request.actor.role == Role.COORDINATOR,
    }
    return render(request, "referrals/item.html", context)


@house_only
def take(request: Request, inflow_id: UUID) -> HttpResponse:
    row = queries.opened(request.actor, inflow_id)
    form = django_forms.Form(_sent(request))
    return _handle(
        request, row, form, lambda _data: actions.take(inflow=row, by=request.actor), title=_("Take this on")
    )


@house_only
def hand_over(request: Request, inflow_id: UUID) -> HttpResponse:
    row = queries.opened(request.actor, inflow_id)
    form = HandOverForm(_sent(request), members=queries.colleagues(request.actor, row))
    return _handle(
        request,
        row,
        form,
        lambda data: actions.hand_over(inflow=row, by=request.actor, **data),
        title=_("Hand over to a colleague"),
    )


@house_only
def put_back(request: Request, inflow_id: UUID) -> HttpResponse:
    row = queries.opened(request.actor, inflow_id)
    form = ReasonForm(
        _sent(request),
        label=_("Why do you put it back?"),
        help=_("Your colleagues read this. Name nobody of the family."),
    )
    return _handle(
        request,
        row,
        form,
        lambda data: actions.put_back(inflow=row, by=request.actor, **data),
        title=_("Put back for the whole house"),
    )


@house_only
def set_aside(request: Request, inflow_id: UUID) -> HttpResponse:
    """Closes what lies in no dossier and needs none."""
    row = queries.opened(request.actor, inflow_id)
    (line,) = queries.chosen(request.actor, [row.pk])
    if not line.closable:
        return refuse(request, detail="not_closable")
    form = ReasonForm(_sent(request), label=_("Why is no follow-up needed?"))
    return _handle(
        request,
        row,
        form,
        lambda data: actions.decide(inflow=row, outcome=InflowOutcome.SET_ASIDE, by=request.actor, **data),
        title=_("Close without further follow-up"),
    )


@house_only
def together(request: Request) -> HttpResponse:
    """One act on several at once, in two steps: what will happen to which, and what won't and why. Then the reason.

    Recorded as `listed` while it only shows.
    """
    sent = request.POST if request.method == "POST" else request.GET
    ids = list(dict.fromkeys(value for value in sent.getlist("inflow") if is_id(value)))[:MOST]
    rows = queries.chosen(request.actor, ids)
    act = sent.get("act", "")
    act = act if act in TogetherForm.ACTS else "take"
    able = [row for row in rows if not _why_not(row, act, request.actor.user_id)]
    form = TogetherForm(_sent(request), act=act)
    page = {
        "form": form,
        "title": TogetherForm.ACTS[act],
        "back": reverse("house_referrals:queue"),
        "act": act,
        "able": able,
        "unable": [(row, why) for row in rows if (why := _why_not(row, act, request.actor.user_id))],
        "names_hidden": bool(request.session.get("names_hidden")),
    }
    if request.method != "POST":
        audit("listed", by=request.actor, detail="queue")
        return render(request, "referrals/together.html", page)
    if not able or not form.is_valid():
        return render(request, "referrals/together.html", page, status=422)
    done = sum(_act(request, act, row.id, form.cleaned_data.get("reason", "")) for row in able)
    messages.success(request, ngettext("%(num)s done.", "%(num)s done.", done) % {"num": done})
    if done < len(ids):
        messages.warning(request, _("Some stay as they were: look at them one by one."))
    return HttpResponseRedirect(reverse("house_referrals:queue"), status=303)


def _why_not(row: queries.Row, act: str, user_id: UUID) -> str:
    """The brakes: nothing unread is closed, and nothing of a colleague is taken."""
    if row.state == InflowState.DECIDED:
        return _("Already decided")
    if act == "take" and row.taken_by not in (None, user_id):
        return _("%(name)s is on it") % {"name": row.taken_name}
    if act == "put_back" and row.taken_by != user_id:
        return _("You did not take this")
    if act == "set_aside" and not row.closable:
        return _("Is decided in its dossier")
    if act == "set_aside" and not row.seen:
        return _("You have not opened it yet")
    if act == "set_aside" and row.taken_by not in (None, user_id):
        return _("%(name)s is on it") % {"name": row.taken_name}
    return ""


def _act(request: Request, act: str, inflow_id: UUID, reason: str) -> int:
    row, by = queries.opened(request.actor, inflow_id), request.actor
    try:
        if act == "take":
            actions.take(inflow=row, by=by)
        elif act == "put_back":
            actions.put_back(inflow=row, by=by, reason=reason)
        else:
            actions.decide(inflow=row, outcome=InflowOutcome.SET_ASIDE, by=by, reason=reason)
    except actions.Gone:
        return 0
    return 1


def _handle(
    request: Request, row: Inflow, form: django_forms.Form, save: Callable[[dict], object], **page
) -> HttpResponse:
    """As `wida.web.handle` does for a dossier: 422 with the faults, 409 when a colleague was first."""
    home = reverse("house_referrals:item", args=[row.pk])
    page |= {"form": form, "back": home, "kicker": row.receipt}
    if request.method != "POST":
        return render(request, "web/form.html", page)
    if not form.is_valid():
        return render(request, "web/form.html", page, status=422)
    try:
        save(form.cleaned_data)
    except actions.Gone:
        form.add_error(None, GONE)
        return render(request, "web/form.html", page, status=409)
    return HttpResponseRedirect(home, status=303)


def _sent(request: Request):
    return request.POST if request.method == "POST" else None
