"""What the views of the situation share: making a form, and saving it through `handle`."""

from collections.abc import Callable

from django import forms as django_forms
from django.http import HttpResponse
from django.urls import reverse

from wida.access.queries import Opened
from wida.accounts.http import Request
from wida.records.models import Record
from wida.situation import actions, queries
from wida.situation.facts import facts, kind_of
from wida.situation.forms.initial import initial, persons_in
from wida.web.handle import handle


def tab_url(opened: Opened, anchor: str) -> str:
    return reverse("situation:situation", args=[opened.number]) + f"#{anchor}"


def made(request: Request, form: type[django_forms.Form], **options) -> django_forms.Form:
    return form(request.POST if request.method == "POST" else None, **options)


def add(
    request: Request, opened: Opened, form: django_forms.Form, action: Callable, *, anchor: str, **context
) -> HttpResponse:
    """A form for a new row; back to its part of the tab."""
    return handle(
        request,
        opened,
        form,
        save=lambda data: action(dossier=opened.dossier, by=opened.actor, **data),
        done=tab_url(opened, anchor),
        **context,
    )


def edit(
    request: Request,
    opened: Opened,
    form: type[django_forms.Form],
    record: Record,
    *,
    save: Callable | None = None,
    of_people: bool = True,
    **context,
) -> HttpResponse:
    """A form for a new version of an own row, with what stands in it; `save` gets version, reason and values."""
    people = {}
    if of_people:
        people["persons"] = _choices(queries.family(opened.dossier), record)
    return handle(
        request,
        opened,
        made(request, form, initial=initial(record), changing=True, **people),
        save=save or (lambda data: actions.change(record, by=opened.actor, **data)),
        done=tab_url(opened, kind_of(record).anchor),
        version=record.version,
        shown=lambda current: facts(current, queries.family(opened.dossier).names),
        **context,
    )


def _choices(family: queries.Family, record: Record) -> list[tuple[str, str]]:
    """Who stands, and whoever the row already names: taking somebody out of the dossier must not lose a fact."""
    standing = {person.id for person in family.standing}
    gone = [(str(person), family.names[person]) for person in persons_in(record) if person not in standing]
    return family.choices + gone
