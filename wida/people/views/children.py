"""What a child lives through, says and shows; and the services around a family."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.people import actions
from wida.people.addresses import hidden_from
from wida.people.forms.children import GrownUpForm, NoteForm, PanelForm, ServiceForm
from wida.people.history import unsaid
from wida.people.models import ChildNote, ChildPanel, ComingOfAge, Person, Service
from wida.people.queries import grew_up, label
from wida.people.views import ask, facts, found, refuse, tab_at, typed
from wida.records import actions as records


@dossier_view(Part.PEOPLE, Right.WRITE)
def edit_panel(request: Request, opened: Opened, person_id: UUID) -> HttpResponse:
    """One panel a child, so adding and changing are one screen. Two first panels at once are a conflict."""
    child = found(request, opened, Person, person_id)
    panel = ChildPanel.objects.filter(child=child, withdrawn_at=None).first()
    masked = panel is not None and child.pk in hidden_from(opened).people
    form = PanelForm(typed(request), initial=facts(panel, PanelForm) if panel else None, masked=masked)

    def save(data: dict):
        if panel is None:
            return actions.add_panel(child=child, by=opened.actor, **data)
        return records.change(panel, by=opened.actor, **data)

    return ask(
        request,
        opened,
        form,
        record=panel,
        save=save,
        done=tab_at(opened, f"info-{child.pk}"),
        title=_("How is %(name)s?") % {"name": label(child)},
    )


@dossier_view(Part.PEOPLE, Right.WRITE)
def add_note(request: Request, opened: Opened, person_id: UUID) -> HttpResponse:
    child = found(request, opened, Person, person_id)
    return ask(
        request,
        opened,
        NoteForm(typed(request), initial={"kind": request.GET.get("kind", "")}),
        save=lambda data: actions.add_note(child=child, by=opened.actor, **data),
        done=tab_at(opened, f"info-{child.pk}"),
        title=_("Add something about %(name)s") % {"name": label(child)},
    )


@dossier_view(Part.PEOPLE, Right.WRITE)
def edit_note(request: Request, opened: Opened, note_id: UUID) -> HttpResponse:
    note = found(request, opened, ChildNote, note_id)
    return ask(
        request,
        opened,
        NoteForm(typed(request), initial=facts(note, NoteForm)),
        record=note,
        save=lambda data: records.change(note, by=opened.actor, **data),
        done=tab_at(opened, f"info-{note.child_id}"),
        title=_("Change something about %(name)s") % {"name": label(note.child)},
    )


@dossier_view(Part.PEOPLE, Right.DECIDE)
def grown_up(request: Request, opened: Opened, person_id: UUID) -> HttpResponse:
    """What was discussed with who became eighteen, and decided: the coordinator's. Nothing of it goes by itself."""
    person = found(request, opened, Person, person_id)
    standing = ComingOfAge.objects.of(opened.dossier).filter(person=person).first()
    if standing is None and not grew_up(person, timezone.localdate(opened.dossier.created_at)):
        raise Http404
    initial = {"group": person.group} | (facts(standing, GrownUpForm) if standing else {})
    return ask(
        request,
        opened,
        GrownUpForm(typed(request), initial=initial),
        record=standing,
        save=lambda data: actions.decide_grown_up(person=person, standing=standing, by=opened.actor, **data),
        done=tab_at(opened, f"person-{person.pk}"),
        title=_("%(name)s became eighteen") % {"name": label(person)},
        lead=_(
            "Discuss with the young adult what stands here, who knows it, and what they want. "
            "Nothing changes by itself."
        ),
    )


@dossier_view(Part.PEOPLE, Right.WRITE)
def add_service(request: Request, opened: Opened) -> HttpResponse:
    return ask(
        request,
        opened,
        ServiceForm(typed(request)),
        save=lambda data: actions.add_service(dossier=opened.dossier, by=opened.actor, **data),
        done=tab_at(opened, "services"),
        title=_("Add a service"),
    )


@dossier_view(Part.PEOPLE, Right.WRITE)
def edit_service(request: Request, opened: Opened, service_id: UUID) -> HttpResponse:
    """403 for who may not know where somebody hides: the name of a refuge tells."""
    service = found(request, opened, Service, service_id)
    if unsaid(opened, service):
        refuse(request, opened, service)
    return ask(
        request,
        opened,
        ServiceForm(typed(request), initial=facts(service, ServiceForm)),
        record=service,
        save=lambda data: records.change(service, by=opened.actor, **data),
        done=tab_at(opened, "services"),
        title=_("Change a service"),
    )
