"""What whoever referred sees: their own referrals, where each stands, the decision and the letter. Never the file."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.access.refusals import refuse
from wida.access.rules import Part
from wida.access.views import dossier_view
from wida.accounts.codes import CONTENT_ROLES, HOUSE_ROLES
from wida.accounts.http import Request
from wida.attachments import actions as attachments
from wida.audit.actions import record as audit
from wida.dossiers.actions import start_dossier
from wida.dossiers.codes import Stage
from wida.dossiers.forms import StartForm
from wida.dossiers.search import homes
from wida.records.middleware import once
from wida.records.queries import read
from wida.referrals import forms, guided, intake, letters, own, queries
from wida.referrals.models import Addition
from wida.referrals.views import is_house
from wida.web.handle import handle


def referrals(request: Request) -> HttpResponse:
    """The actor's own referrals, newest first. Recorded as `listed`."""
    if request.actor.role not in CONTENT_ROLES:
        return refuse(request, detail="referrals")
    audit("listed", by=request.actor, detail="referrals")
    page = {"rows": own.rows(request.actor), "to_queue": request.actor.role in HOUSE_ROLES}
    return render(request, "referrals/referrals.html", page)


def new_referral(request: Request) -> HttpResponse:
    """Starts a guided referral: to which Safe Home, and how the dossier is called."""
    if request.actor.role not in CONTENT_ROLES:
        return refuse(request, detail="new_referral")
    form = StartForm(request.POST if request.method == "POST" else None, homes=homes(request.actor))
    if request.method == "POST" and form.is_valid():
        return once(request, lambda: _start(request, form))
    page = {"form": form, "title": _("Refer a family"), "back": reverse("house_referrals:referrals")}
    return render(request, "referrals/new_referral.html", page, status=422 if form.is_bound else 200)


def _start(request: Request, form: StartForm) -> HttpResponseBase:
    home, zone = form.where()
    name = form.cleaned_data["name"]
    dossier = start_dossier(safe_home=home, family_name=name, police_zone=zone, by=request.actor)
    return HttpResponseRedirect(reverse("referrals:step", args=[dossier.number, guided.URGENCY]), status=303)


@dossier_view(Part.OVERVIEW)
def own_referral(request: Request, opened: Opened) -> HttpResponse:
    """The receipt, and ever after where the referral stands; for who made it."""
    if not intake.is_own(opened):
        raise Http404
    if opened.dossier.stage == Stage.BUILDING:
        gap = guided.progress(opened.dossier).first_gap
        return HttpResponseRedirect(reverse("referrals:step", args=[opened.number, gap]))
    row = intake.latest(opened.dossier)
    if row:
        intake.read_receipt(row, opened.dossier)
    page = {
        "opened": opened,
        "row": row,
        "outcome": queries.outcome(opened.dossier),
        "letter": letters.approved_of(opened.dossier),
        "additions": read(
            Addition.objects.of(opened.dossier)
            .filter(organisation_id=opened.actor.organisation_id)
            .order_by("-created_at"),
            "text",
        ),
        "may_complete": not opened.dossier.closed,
        "reads_on": opened.may(Part.REFERRAL),
    }
    return render(request, "referrals/own_referral.html", page)


@dossier_view(Part.OVERVIEW, takes_post=True)
def complete(request: Request, opened: Opened) -> HttpResponse:
    """What comes to mind after submitting. It stays the referrer's; 403 for everybody else."""
    if not intake.is_own(opened):
        return refuse(request, dossier=opened.dossier.pk, part=Part.REFERRAL, detail="not_own")
    opened.frozen = opened.dossier.stage in (Stage.BUILDING, Stage.CLOSED)
    home = reverse("referrals:own_referral", args=[opened.number])

    def save(data: dict) -> None:
        intake.complete(dossier=opened.dossier, by=opened.actor, **data)
        messages.success(request, _("Added. The Safe Home sees it."))

    return handle(
        request,
        opened,
        forms.CompleteForm(request.POST if request.method == "POST" else None),
        save=save,
        done=home,
        title=_("Complete the referral"),
    )


@dossier_view(Part.OVERVIEW)
def letter_file(request: Request, opened: Opened) -> HttpResponse:
    """The letter as a PDF, for the house and for who referred; recorded as `downloaded`."""
    letter = letters.approved_of(opened.dossier)
    if letter is None or letter.attachment is None or not (intake.is_own(opened) or is_house(opened)):
        raise Http404
    data = attachments.hand_out(attachment=letter.attachment, by=opened.actor)
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, letter.attachment.name)
    answer["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return answer
