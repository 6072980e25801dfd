"""The screens of Persoonsgegevens. What every one of them needs stands here."""

from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.access.rules import Part
from wida.accounts.http import Request
from wida.audit.actions import record as audit
from wida.people.history import unsaid
from wida.people.queries import name_map
from wida.people.words import Reader
from wida.records.models import Record
from wida.web.handle import handle


def typed(request: Request):
    """What was sent, for a form; nothing while it is only shown."""
    return request.POST if request.method == "POST" else None


def found(request: Request, opened: Opened, model: type[Record], pk: UUID) -> Record:
    """A record of this dossier, else 404. One withdrawn while somebody typed is a conflict, not a lost text."""
    rows = model.objects.filter(dossier_id=opened.dossier.pk, pk=pk)
    record = (rows if request.method == "POST" else rows.filter(withdrawn_at=None)).first()
    if record is None:
        raise Http404
    return record


def tab_at(opened: Opened, anchor: object = "") -> str:
    """The tab, at a person or a section of it."""
    return reverse("people:people", args=[opened.number]) + (f"#{anchor}" if anchor else "")


def ask(
    request: Request, opened: Opened, form: forms.Form, *, record: Record | None = None, **more
) -> HttpResponse:
    """`handle` for this room: an edit starts from the version of `record`, and a conflict shows it as it stands."""
    if record is not None:
        more = {"version": record.version, "shown": lambda current: as_it_stands(opened, current)} | more
    # A browser keeps the titles of pages in its history, so that one bears no name.
    tab_title = f"{_('Personal details')} – {opened.number}"
    return handle(request, opened, form, submit=_("Save"), tab_title=tab_title, **more)


def as_it_stands(opened: Opened, record: Record) -> list[tuple[str, str]]:
    return Reader(name_map(opened.dossier)).pairs(record, but=unsaid(opened, record))


def refuse(request: Request, opened: Opened, record: Record) -> None:
    """403 for a record that this actor may not know, recorded after the rollback."""

    def denial():
        audit(
            "refused", by=opened.actor, dossier=opened.dossier.pk, part=Part.PEOPLE, table=record._meta.label_lower,
            row=record.pk, detail="shielded_address",
        )  # fmt: skip

    request.denials.append(denial)
    raise PermissionDenied


def facts(record: Record, form: type[forms.Form]) -> dict:
    """The fields of a record that a form asks for, as its initial values; references as the text of their id."""
    columns = {
        field.name: field.attname for field in record._meta.concrete_fields if field.name in form.base_fields
    }
    values = {name: getattr(record, column) for name, column in columns.items()}
    return {name: str(value) if isinstance(value, UUID) else value for name, value in values.items()}
