from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.refusals import refuse
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.attachments import actions
from wida.attachments.codes import Category
from wida.attachments.forms import AttachmentForm, WithdrawForm
from wida.attachments.models import Attachment
from wida.dossiers.frame import Section, tab
from wida.records.queries import read
from wida.web.handle import handle


@dossier_view(Part.ATTACHMENTS)
def attachments(request: Request, opened: Opened) -> HttpResponse:
    files = read(
        Attachment.objects.of(opened.dossier).order_by("-created_at"),
        "name", "description", "category", "size", "organisation_id",
    )  # fmt: skip
    return tab(
        request, opened, Part.ATTACHMENTS, "attachments/attachments.html",
        sections=[Section("files", _("Attachments"), bool(files), len(files))],
        files=files, categories=dict(Category.choices), may_write=opened.may(Part.ATTACHMENTS, Right.WRITE),
    )  # fmt: skip


@dossier_view(Part.ATTACHMENTS, Right.WRITE)
def add_attachment(request: Request, opened: Opened) -> HttpResponse:
    return handle(
        request, opened, AttachmentForm(request.POST or None, request.FILES or None),
        save=lambda data: actions.attach(
            dossier=opened.dossier, by=opened.actor, name=data["file"].name, mime=data["file"].kind.mime,
            data=data["file"].data, category=data["category"], description=data["description"],
        ),
        done=_home(opened), title=_("Add an attachment"),
    )  # fmt: skip


@dossier_view(Part.ATTACHMENTS)
def download(request: Request, opened: Opened, attachment_id: UUID) -> HttpResponse:
    """The file itself, never shown in the browser."""
    attachment = one(opened, Attachment.objects, attachment_id)
    data = actions.hand_out(attachment=attachment, by=opened.actor)
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
        request, opened, WithdrawForm(request.POST or None),
        save=lambda data: actions.withdraw(attachment=attachment, by=opened.actor, **data),
        done=_home(opened), title=_("Withdraw %(name)s") % {"name": attachment.name}, tab_title=_("Attachments"),
        version=attachment.version,
    )  # fmt: skip


def _home(opened: Opened) -> str:
    return reverse("attachments:attachments", args=[opened.number])
