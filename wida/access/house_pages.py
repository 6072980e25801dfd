"""Who may, seen from the house."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.access import emergency as glass
from wida.access import matrix as matrices
from wida.access import review as reviews
from wida.access.codes import AlertKind, Declared
from wida.access.forms import EmergencyForm
from wida.access.refusals import refuse
from wida.access.views import id_of
from wida.accounts.codes import Role
from wida.accounts.http import Request
from wida.accounts.stepup import needs_fresh_sign_in
from wida.audit.actions import record as audit
from wida.records.middleware import once

OVERSEERS = (Role.COORDINATOR, Role.AUDITOR, Role.CENTRAL_TEAM)
FORMS = {
    "csv": ("text/csv; charset=utf-8", matrices.as_csv),
    "json": ("application/json", matrices.as_json),
}


def emergency(request: Request) -> HttpResponse:
    """Asks a number and a reason. A number that can't be reached, for whatever cause, gets one and the same answer."""
    if request.actor.role != Role.COORDINATOR:
        return refuse(request, detail="emergency")
    return _emergency(request)


@needs_fresh_sign_in
def _emergency(request: Request) -> HttpResponse:
    return (
        once(request, lambda: _break(request)) if request.method == "POST" else _ask(request, EmergencyForm())
    )


def _break(request: Request) -> HttpResponse:
    form = EmergencyForm(request.POST)
    if not form.is_valid():
        return _ask(request, form)
    number = form.cleaned_data["number"]
    mandate = glass.break_glass(number=number, reason=form.cleaned_data["reason"], by=request.actor)
    if mandate is None:
        dossier = id_of(number)
        request.denials.append(
            lambda: audit("refused", by=request.actor, dossier=dossier, detail="emergency_nothing_there")
        )
        form.add_error(
            "number", _("There is no dossier with this number that you can open. Check the number.")
        )
        return _ask(request, form)
    until = timezone.localtime(mandate.expires_at)
    standing = [row for row in request.session.get("emergencies", []) if row["number"] != number]
    request.session["emergencies"] = [
        *standing, {"number": number, "until": until.timestamp(), "clock": until.strftime("%H:%M")}
    ]  # fmt: skip
    return HttpResponseRedirect(reverse("dossiers:overview", args=[number]), status=303)


def _ask(request: Request, form: EmergencyForm) -> HttpResponse:
    context = {
        "form": form,
        "title": _("Emergency access"),
        "lead": _(
            "For when somebody's safety cannot wait for the coordinator of the dossier. You read it for one hour. "
            "The coordinator is told at once, and somebody else judges it afterwards."
        ),
        "back": reverse("dossiers:list"),
        "submit": _("Open the dossier for one hour"),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


def review(request: Request) -> HttpResponse:
    """What waits for the coordinator of a house. Recorded as `listed`."""
    if request.actor.role != Role.COORDINATOR:
        return refuse(request, detail="review")
    audit("listed", by=request.actor, detail="access_review")
    context = {
        "waiting": reviews.waiting(request.actor),
        "mandates": reviews.mandates(request.actor),
        "alerts": dict(AlertKind.choices),
        "answers": {
            "": _("Not answered yet"),
            Declared.YES: _("Says to know them"),
            Declared.NO: _("Says no"),
        },
    }
    return render(request, "access/review.html", context)


def categories(request: Request) -> HttpResponse:
    """Who has access by category and function, and how many: the list of WVG art. 9 and 10. Recorded as `listed`."""
    if request.actor.role not in OVERSEERS:
        return refuse(request, detail="categories")
    audit("listed", by=request.actor, detail="categories")
    house = request.actor.house_id
    return render(
        request, "access/categories.html", {"rows": matrices.holders(house), "house": request.actor.house}
    )


def matrix(request: Request, form: str) -> HttpResponse:
    """The access matrix for a machine. Holds nothing of any family. Recorded as `exported`."""
    if request.actor.role not in OVERSEERS:
        return refuse(request, detail="matrix")
    if form not in FORMS:
        raise Http404
    mime, told = FORMS[form]
    audit("exported", by=request.actor, detail="access_matrix")
    named = {"Content-Disposition": f'attachment; filename="access-matrix.{form}"'}
    return HttpResponse(told(), content_type=mime, headers=named)


def declared(request: Request) -> HttpResponse:
    """For who said to know a family: says nothing of any file, so that anybody may read it."""
    return render(request, "access/declared.html")
