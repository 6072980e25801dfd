"""Somebody who stands in one dossier twice: brought together, and taken apart again."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.people import merging
from wida.people.choices import apart
from wida.people.forms.same import MergeForm, UndoForm
from wida.people.models import Merge, Person
from wida.people.queries import label
from wida.people.views import as_it_stands, ask, tab_at, typed


@dossier_view(Part.PEOPLE, Right.WRITE)
def merge_person(request: Request, opened: Opened, person_id: UUID) -> HttpResponse:
    """Asks who else in this dossier is the same. Who stands in the address stays."""
    person = one(opened, Person.objects, person_id)

    def save(data: dict) -> str:
        other = one(opened, Person.objects, UUID(data["other"]))
        merging.merge(person=person, other=other, by=opened.actor, reason=data["reason"])
        return tab_at(opened, f"person-{person.pk}")

    return ask(
        request,
        opened,
        MergeForm(typed(request), others=apart(opened.dossier, but=person.pk)),
        save=save,
        done=tab_at(opened, f"person-{person.pk}"),
        title=_("Does %(name)s stand here twice?") % {"name": label(person)},
        template="people/merge.html",
        says=as_it_stands(opened, person),
    )


@dossier_view(Part.PEOPLE, Right.WRITE)
def undo_merge(request: Request, opened: Opened, merge_id: UUID) -> HttpResponse:
    merge = one(opened, Merge.objects.filter(into__withdrawn_at=None), merge_id)
    return ask(
        request,
        opened,
        UndoForm(typed(request)),
        save=lambda data: merging.take_apart(merge=merge, by=opened.actor, **data),
        done=tab_at(opened, f"person-{merge.into_id}"),
        title=_("Take two records apart"),
        template="people/undo_merge.html",
        version=merge.version,
        shown=lambda row: [(_("Person"), label(row.into))],
        says=as_it_stands(opened, merge.person),
        signed=merge,
    )
