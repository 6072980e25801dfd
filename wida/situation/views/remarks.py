"""What an organisation says about the words of another, and taking back its own."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.refusals import refuse
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.records.models import Record
from wida.situation import actions, forms, queries
from wida.situation.access import own
from wida.situation.facts import KINDS, facts
from wida.situation.forms.initial import initial
from wida.situation.models import Incident, Remark
from wida.situation.views.parts import made, tab_url
from wida.web.handle import handle


@dossier_view(Part.SITUATION, Right.WRITE)
def add_remark(request: Request, opened: Opened, kind: str, pk: UUID) -> HttpResponse:
    """Disputes a row, or adds to it; the row stays as it is."""
    if kind not in KINDS or kind == "remarks":
        raise Http404
    subject = one(opened, KINDS[kind].model.objects, pk)
    return handle(
        request,
        opened,
        made(request, forms.RemarkForm),
        save=lambda data: actions.add_remark(subject=subject, about=kind, by=opened.actor, **data),
        done=page_of(opened, kind, pk),
        title=_("Add a remark"),
        template="situation/add_remark.html",
        subject=subject,
        subject_facts=facts(subject, queries.family(opened.dossier).names),
    )


@dossier_view(Part.SITUATION, Right.WRITE)
@own(Remark)
def edit_remark(request: Request, opened: Opened, remark: Remark) -> HttpResponse:
    return handle(
        request,
        opened,
        made(request, forms.RemarkForm, initial=initial(remark)),
        save=lambda data: actions.change(remark, by=opened.actor, **data),
        done=page_of(opened, remark.about, remark.subject),
        title=_("Change the remark"),
        version=remark.version,
        shown=lambda current: facts(current, {}),
    )


@dossier_view(Part.SITUATION, Right.WRITE)
def withdraw(request: Request, opened: Opened, kind: str, pk: UUID) -> HttpResponse:
    """Takes an own row back, with a reason; 403 for another organisation's."""
    if kind not in KINDS:
        raise Http404
    record = one(opened, KINDS[kind].model.objects, pk)
    if record.organisation_id != opened.actor.organisation_id:
        return refuse(
            request, dossier=opened.dossier.pk, part=Part.SITUATION, row=record, detail="other_organisation"
        )
    names = queries.family(opened.dossier).names
    return handle(
        request,
        opened,
        made(request, forms.WithdrawForm),
        save=lambda data: actions.withdraw(record, by=opened.actor, **data),
        done=_after(opened, record, kind),
        title=_("Withdraw: %(what)s") % {"what": KINDS[kind].label},
        submit=_("Withdraw"),
        template="situation/withdraw.html",
        version=record.version,
        subject_facts=facts(record, names),
        shown=lambda current: facts(current, names),
    )


def page_of(opened: Opened, kind: str, pk: UUID) -> str:
    """The page of one row: an incident has its own."""
    if KINDS[kind].model is Incident:
        return reverse("situation:incident", args=[opened.number, pk])
    return reverse("situation:entry", args=[opened.number, kind, pk])


def _after(opened: Opened, record: Record, kind: str) -> str:
    if isinstance(record, Remark):
        return page_of(opened, record.about, record.subject)
    return tab_url(opened, KINDS[kind].anchor)
