"""The minutes of a point, what is said of each member of the family, and their approval."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.refusals import refuse
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.meetings import access, actions, forms, queries
from wida.meetings.models import AgendaItem, Note, PersonPoint
from wida.meetings.views import places
from wida.people.models import Person
from wida.people.queries import person_choices
from wida.web.handle import handle


@dossier_view(Part.MEETINGS, Right.WRITE)
@access.writing
def add_note(request: Request, opened: Opened, item: AgendaItem) -> HttpResponse:
    speakers = [*(row.name for row in queries.invitees(item)), opened.actor.signature]
    return handle(
        request,
        opened,
        forms.NoteForm(request.POST or None, speakers=speakers),
        save=lambda data: actions.add_note(item=item, by=opened.actor, **data),
        done=places.point(opened, item, "minutes"),
        title=_("Add a note"),
    )


@dossier_view(Part.MEETINGS, Right.WRITE)
@access.writing
def add_point(request: Request, opened: Opened, item: AgendaItem) -> HttpResponse:
    form = forms.PersonPointForm(request.POST or None, people=person_choices(opened.dossier))

    def save(data: dict) -> None:
        person = one(opened, Person.objects, data["person"])
        actions.add_point(item=item, by=opened.actor, person=person, text=data["text"])

    return handle(
        request,
        opened,
        form,
        save=save,
        done=places.point(opened, item, "points"),
        title=_("Add a point about somebody"),
    )


@dossier_view(Part.MEETINGS, Right.WRITE)
@access.writing
def withdraw_note(request: Request, opened: Opened, item: AgendaItem, note_id: UUID) -> HttpResponse:
    return _strike(request, opened, item, one(opened, Note.objects.filter(item=item), note_id), "minutes")


@dossier_view(Part.MEETINGS, Right.WRITE)
@access.writing
def withdraw_point(request: Request, opened: Opened, item: AgendaItem, point_id: UUID) -> HttpResponse:
    line = one(opened, PersonPoint.objects.filter(item=item), point_id)
    return _strike(request, opened, item, line, "points")


@dossier_view(Part.MEETINGS, Right.WRITE)
@access.writing
def approve(request: Request, opened: Opened, item: AgendaItem) -> HttpResponse:
    return handle(
        request,
        opened,
        forms.ApproveForm(request.POST or None),
        save=lambda data: actions.approve(item=item, by=opened.actor, **data),
        done=places.point(opened, item, "approval"),
        title=_("Approve the minutes"),
        lead=_("No line can go after this. What is added later is marked as such."),
    )


def _strike(
    request: Request, opened: Opened, item: AgendaItem, line: Note | PersonPoint, anchor: str
) -> HttpResponse:
    """Only the organisation that wrote a line takes it out."""
    if line.organisation_id != opened.actor.organisation_id:
        return refuse(
            request, dossier=opened.dossier.pk, part=Part.MEETINGS, row=line, detail="other_organisation"
        )
    line.dossier, line.item = opened.dossier, item
    return handle(
        request,
        opened,
        forms.ReasonForm(request.POST or None),
        save=lambda data: actions.strike(line=line, by=opened.actor, **data),
        done=places.point(opened, item, anchor),
        title=_("Strike this line"),
        lead=line.text,
        version=line.version,
        submit=_("Strike"),
    )
