"""Adding a person, and correcting what stands about one."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wida.access.queries import Opened
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.people import actions
from wida.people.choices import known_persons
from wida.people.codes import Group
from wida.people.forms.persons import PersonForm
from wida.people.history import unsaid
from wida.people.models import Person
from wida.people.queries import label
from wida.people.views import ask, facts, found, tab_at, typed

TITLES = {Group.CHILD: gettext_lazy("Add a child"), Group.OTHER: gettext_lazy("Add somebody else involved")}


@dossier_view(Part.PEOPLE, Right.WRITE)
def add_person(request: Request, opened: Opened) -> HttpResponse:
    group = request.GET.get("group", "")
    form = PersonForm(typed(request), initial={"group": group}, others=known_persons(opened.dossier))
    return ask(
        request,
        opened,
        form,
        save=lambda data: tab_at(
            opened, f"person-{actions.add_person(dossier=opened.dossier, by=opened.actor, **data).pk}"
        ),
        done=tab_at(opened),
        title=TITLES.get(group, _("Add a person")),
        template="people/person.html",
    )


@dossier_view(Part.PEOPLE, Right.WRITE)
def edit_person(request: Request, opened: Opened, person_id: UUID) -> HttpResponse:
    person = found(request, opened, Person, person_id)
    born = date.fromisoformat(person.birth_date) if person.birth_date else None
    form = PersonForm(
        typed(request),
        initial=facts(person, PersonForm) | {"birth_date": born},
        others=known_persons(opened.dossier, but=person.pk),
        masked={name for name in unsaid(opened, person) if getattr(person, name)},
    )
    return ask(
        request,
        opened,
        form,
        record=person,
        save=lambda data: actions.change_person(person=person, by=opened.actor, **data),
        done=tab_at(opened, f"person-{person.pk}"),
        title=_("Change %(name)s") % {"name": label(person)},
        template="people/person.html",
    )
