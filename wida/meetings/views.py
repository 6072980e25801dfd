"""The meetings of one dossier: the tab, and an item as it is run at the table."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.dossiers.codes import Answer
from wida.dossiers.frame import Section, tab
from wida.meetings import actions, forms, queries
from wida.meetings.codes import Attendance, Consulted, InviteGround, LegalBasis, MeetingType, TriageOutcome
from wida.meetings.models import AgendaItem, Invitee
from wida.people.models import Person
from wida.people.queries import has_minors, name_map, person_choices
from wida.web.handle import handle

LABELS = {
    "types": dict(MeetingType.choices),
    "outcomes": dict(TriageOutcome.choices),
    "answers": dict(Answer.choices),
    "consulted": dict(Consulted.choices),
    "attendances": dict(Attendance.choices),
    "grounds": dict(InviteGround.choices),
    "bases": dict(LegalBasis.choices),
    "criteria": forms.CRITERIA,
}


@dossier_view(Part.MEETINGS)
def meetings(request: Request, opened: Opened) -> HttpResponse:
    items, decisions = queries.items(opened), queries.decisions(opened.dossier)
    sections = [
        Section("decision", _("Decision"), bool(decisions)),
        Section("items", _("Meetings"), bool(items), len(items)),
    ]
    return tab(
        request, opened, Part.MEETINGS, "meetings/meetings.html", sections=sections, items=items, decisions=decisions,
        reads_all=queries.reads_all(opened.actor), may_write=opened.may(Part.MEETINGS, Right.WRITE), **LABELS,
    )  # fmt: skip


@dossier_view(Part.MEETINGS, Right.WRITE)
def add_item(request: Request, opened: Opened) -> HttpResponse:
    form = forms.ItemForm(request.POST or None, meetings=queries.coming_for(opened))
    return handle(
        request, opened, form,
        save=lambda data: _item_url(opened, actions.put_on_agenda(
            dossier=opened.dossier, meeting=form.meetings[data["meeting"]], by=opened.actor,
            question=data["question"], planned_at=data["planned_at"],
        )),
        done=_home(opened), title=_("Put the dossier on the agenda"),
    )  # fmt: skip


@dossier_view(Part.MEETINGS)
def item(request: Request, opened: Opened, item_id: UUID) -> HttpResponse:
    """One dossier at the table: who is there, what was agreed before, the file on one page, minutes, decision."""
    found = _item(opened, item_id)
    from wida.plans.queries import open_actions

    invitees, notes, points = queries.invitees(found), queries.notes(found), queries.points(found)
    decisions = [d for d in queries.decisions(opened.dossier) if d.item_id == found.pk]
    approval = queries.approval(found)
    sections = [
        Section(
            "present",
            _("Who is there"),
            any(i.attendance == Attendance.PRESENT for i in invitees),
            len(invitees),
        ),
        Section("actions", _("Earlier actions"), True),
        Section("minutes", _("Minutes"), bool(notes), len(notes)),
        Section("points", _("Points per person"), bool(points), len(points)),
        Section("decision", _("Decision"), bool(decisions)),
        Section("approval", _("Approval"), approval is not None),
    ]
    context = {
        "item": found, "invitees": invitees, "notes": notes, "points": points, "decisions": decisions, "approval": approval,
        "names": name_map(opened.dossier), "earlier": open_actions(opened.dossier),
        "may_write": opened.may(Part.MEETINGS, Right.WRITE), "may_decide": opened.may(Part.MEETINGS, Right.DECIDE), **LABELS,
    }  # fmt: skip
    return tab(request, opened, Part.MEETINGS, "meetings/item.html", sections=sections, **context)


@dossier_view(Part.MEETINGS, Right.WRITE)
def invite(request: Request, opened: Opened, item_id: UUID) -> HttpResponse:
    found = _item(opened, item_id)
    form = forms.InviteForm(request.POST or None, safe_home_id=opened.dossier.safe_home_id)

    def save(data: dict) -> None:
        for key in data["members"]:
            actions.invite(item=found, member=form.members[key], ground=data["ground"], by=opened.actor)

    return _form(request, opened, found, form, save, _("Invite for this dossier"))


@dossier_view(Part.MEETINGS, Right.WRITE)
def attendance(request: Request, opened: Opened, item_id: UUID, invitee_id: UUID) -> HttpResponse:
    found = _item(opened, item_id)
    invitee = one(opened, Invitee.objects.filter(item=found), invitee_id)
    invitee.dossier = opened.dossier
    names = ("attendance", "representative_of", "written_input")
    form = forms.AttendanceForm(
        request.POST or None, initial={name: getattr(invitee, name) for name in names}
    )
    return _form(
        request, opened, found, form, lambda data: actions.note_attendance(invitee=invitee, by=opened.actor, **data),
        _("Attendance of %(name)s") % {"name": invitee.name}, version=invitee.version,
    )  # fmt: skip


@dossier_view(Part.MEETINGS, Right.WRITE)
def add_note(request: Request, opened: Opened, item_id: UUID) -> HttpResponse:
    found = _item(opened, item_id)
    speakers = [invitee.name for invitee in queries.invitees(found)]
    form = forms.NoteForm(request.POST or None, speakers=speakers)
    return _form(
        request,
        opened,
        found,
        form,
        lambda data: actions.add_note(item=found, by=opened.actor, **data),
        _("Add a note"),
    )


@dossier_view(Part.MEETINGS, Right.WRITE)
def add_point(request: Request, opened: Opened, item_id: UUID) -> HttpResponse:
    found = _item(opened, item_id)
    form = forms.PointForm(request.POST or None, people=person_choices(opened.dossier))

    def save(data: dict) -> None:
        person = one(opened, Person.objects, data["person"])
        actions.add_point(item=found, by=opened.actor, person=person, text=data["text"])

    return _form(request, opened, found, form, save, _("Add a point about somebody"))


@dossier_view(Part.MEETINGS, Right.WRITE)
def approve(request: Request, opened: Opened, item_id: UUID) -> HttpResponse:
    found = _item(opened, item_id)
    form = forms.ApproveForm(request.POST or None)
    return _form(
        request,
        opened,
        found,
        form,
        lambda data: actions.approve(item=found, by=opened.actor, **data),
        _("Approve the minutes"),
    )


@dossier_view(Part.MEETINGS, Right.DECIDE)
def decide(request: Request, opened: Opened, item_id: UUID) -> HttpResponse:
    """The triage decision, with minors only after OCJ or VK were consulted. It can't be changed, only replaced."""
    found = _item(opened, item_id)
    minors = has_minors(opened.dossier)
    form = forms.DecisionForm(request.POST or None, safe_home_id=opened.dossier.safe_home_id, minors=minors)

    def save(data: dict) -> None:
        manager = form.managers.get(data.pop("case_manager"))
        actions.decide(item=found, by=opened.actor, case_manager=manager, minors=minors, **data)

    return _form(
        request, opened, found, form, save, _("Record the decision"), template="meetings/decide.html"
    )


def _item(opened: Opened, item_id: UUID) -> AgendaItem:
    found = queries.item_for(opened, item_id)
    if found is None:
        raise Http404
    return found


def _form(
    request: Request, opened: Opened, item: AgendaItem, form, save: Callable, title: str, **more
) -> HttpResponse:
    return handle(request, opened, form, save=save, done=_item_url(opened, item), title=title, **more)


def _home(opened: Opened) -> str:
    return reverse("meetings:meetings", args=[opened.number])


def _item_url(opened: Opened, item: AgendaItem) -> str:
    return reverse("meetings:item", args=[opened.number, item.pk])
