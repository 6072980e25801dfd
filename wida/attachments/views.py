"""The files of a dossier: listed, added, handed out as they are, withdrawn by who brought them."""

import logging
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.refusals import refuse
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.attachments import actions
from wida.attachments import page as pages
from wida.attachments.forms import AttachmentForm, WithdrawForm
from wida.attachments.models import Attachment
from wida.dossiers.frame import Section, tab
from wida.web.handle import handle

logger = logging.getLogger(__name__)


@dossier_view(Part.ATTACHMENTS)
def attachments(request: Request, opened: Opened) -> HttpResponse:
    page = pages.of(opened, request.GET)
    return tab(
        request,
        opened,
        Part.ATTACHMENTS,
        "attachments/attachments.html",
        sections=[Section("files", _("Attachments"), bool(page.total), page.total)],
        page=page,
        may_write=opened.may(Part.ATTACHMENTS, Right.WRITE),
    )


@dossier_view(Part.ATTACHMENTS, Right.WRITE)
def add_attachment(request: Request, opened: Opened) -> HttpResponse:
    form = AttachmentForm(request.POST or None, request.FILES or None, cut_off=_cut_off(request))

    def save(data: dict) -> None:
        file = data["file"]
        actions.attach(
            dossier=opened.dossier,
            by=opened.actor,
            name=file.name,
            mime=file.kind.mime,
            data=file.data,
            category=data["category"],
            description=data["description"],
        )

    return handle(
        request,
        opened,
        form,
        save=save,
        done=_home(opened),
        title=_("Add an attachment"),
        template="attachments/add_attachment.html",
    )


@dossier_view(Part.ATTACHMENTS)
def download(request: Request, opened: Opened, attachment_id: UUID) -> HttpResponse:
    """The file itself, never shown in the browser."""
    attachment = one(opened, Attachment.objects, attachment_id)
    try:
        data = actions.hand_out(attachment=attachment, by=opened.actor)
    except actions.Lost:
        logger.error("the file of attachment %s is lost or damaged", attachment.pk)
        return _lost(request, opened)
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, attachment.name)
    answer["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return answer


@dossier_view(Part.ATTACHMENTS, Right.WRITE)
def withdraw_attachment(request: Request, opened: Opened, attachment_id: UUID) -> HttpResponse:
    """Only the organisation that brought a file takes it back."""
    attachment = one(opened, Attachment.objects, attachment_id)
    if attachment.organisation_id != opened.actor.organisation_id:
        return refuse(
            request,
            dossier=opened.dossier.pk,
            part=Part.ATTACHMENTS,
            row=attachment,
            detail="other_organisation",
        )
    return handle(
        request,
        opened,
        WithdrawForm(request.POST or None),
        save=lambda data: actions.withdraw(attachment=attachment, by=opened.actor, **data),
        done=_home(opened),
        title=_("Withdraw %(name)s") % {"name": attachment.name},
        tab_title=f"{_('Attachments')} – {opened.number}",
        version=attachment.version,
        submit=_("Withdraw"),
    )


def _lost(request: Request, opened: Opened) -> HttpResponse:
    page = {
        "title": _("This file can't be opened"),
        "text": _(
            "It is missing from the storage, or it was damaged there. Nothing was handed out. "
            "Tell the administrator, and ask who brought it to attach it again."
        ),
        "links": [(_home(opened), _("Back to the attachments"))],
    }
    return render(request, "web/message.html", page, status=404)


def _cut_off(request: Request) -> bool:
    """An upload over the limit of what is held in memory comes without its file; the rest of the form is there."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE if length.isdigit() else False


def _home(opened: Opened) -> str:
    return reverse("attachments:attachments", args=[opened.number])
