"""The files of a dossier: listed, added, handed out as they are, withdrawn by who brought them."""

import logging
from collections.abc import Callable
from uuid import UUID

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
from wida.attachments import actions, storage, words
from wida.attachments import page as pages
from wida.attachments.access import may_have_original
from wida.attachments.codes import State
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
    form = AttachmentForm(
        request.POST or None, request.FILES or None, cut_off=getattr(request, "cut_off", False)
    )

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

    page = {
        "save": save,
        "done": _home(opened),
        "title": _("Add an attachment"),
        "template": "attachments/add_attachment.html",
    }
    try:
        return handle(request, opened, form, **page)
    except actions.Full as full:
        form.add_error("file", words.FULL[str(full)])
        return handle(request, opened, form, **page)
    except storage.Unreachable:
        logger.exception("the storage of attachments can't be reached")
        form.add_error(None, _("The file could not be stored, and nothing was saved. Try again in a moment."))
        answer = handle(request, opened, form, **page)
        answer.status_code = 503
        return answer


@dossier_view(Part.ATTACHMENTS)
def download(request: Request, opened: Opened, attachment_id: UUID) -> HttpResponse:
    """The copy that members share, never shown in the browser."""
    attachment = one(opened, Attachment.objects, attachment_id)
    return _hand_out(request, opened, attachment, actions.hand_out)


@dossier_view(Part.ATTACHMENTS)
def original(request: Request, opened: Opened, attachment_id: UUID) -> HttpResponse:
    """The file as it was brought: evidence, with everything that the shared copy leaves out."""
    attachment = one(opened, Attachment.objects, attachment_id)
    if not may_have_original(opened, attachment.organisation_id):
        return refuse(
            request, dossier=opened.dossier.pk, part=Part.ATTACHMENTS, row=attachment, detail="original"
        )
    return _hand_out(request, opened, attachment, actions.hand_out_original)


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


def _hand_out(
    request: Request, opened: Opened, attachment: Attachment, bytes_of: Callable[..., bytes]
) -> HttpResponse:
    try:
        data = bytes_of(attachment=attachment, by=opened.actor)
    except actions.Withheld:
        return _withheld(request, opened, attachment)
    except actions.Lost:
        logger.error("the file of attachment %s is lost or damaged", attachment.pk)
        return _message(request, opened, 404, _("This file can't be opened"), words.LOST)
    except storage.Unreachable:
        logger.exception("the storage of attachments can't be reached")
        return _message(request, opened, 503, _("This file can't be opened now"), words.AWAY)
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, attachment.name)
    answer["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return answer


def _withheld(request: Request, opened: Opened, attachment: Attachment) -> HttpResponse:
    """Recorded as a refusal, and told as what it is: not the reader's right is missing, but the file's."""
    state = attachment.examination.state
    refuse(request, dossier=opened.dossier.pk, part=Part.ATTACHMENTS, row=attachment, detail=state)
    waits = state in (State.WAITING, State.UNSCANNED)
    title = _("This file is still being examined") if waits else _("This file is not handed out")
    return _message(request, opened, 403, title, words.WAITS if waits else words.WITHHELD)


def _message(request: Request, opened: Opened, status: int, title: str, text) -> HttpResponse:
    page = {"title": title, "text": text, "links": [(_home(opened), _("Back to the attachments"))]}
    return render(request, "web/message.html", page, status=status)


def _home(opened: Opened) -> str:
    return reverse("attachments:attachments", args=[opened.number])
