"""Who is invited to a point, who was there, and who confirmed the secrecy."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.meetings import access, actions, forms, queries
from wida.meetings.models import AgendaItem, Invitee
from wida.meetings.views import places
from wida.web.handle import handle


@dossier_view(Part.MEETINGS, Right.WRITE)
@access.writing
def invite(request: Request, opened: Opened, item: AgendaItem) -> HttpResponse:
    form = forms.InviteForm(request.POST or None, members=queries.invitable(item))

    def save(data: dict) -> None:
        for member in data["members"]:
            actions.invite(item=item, member=member, ground=data["ground"], by=opened.actor)

    return handle(
        request,
        opened,
        form,
        save=save,
        done=places.point(opened, item, "present"),
        title=_("Invite for this dossier"),
        lead=_("Whoever you invite can read the dossier from now on, and the minutes of this point."),
    )


@dossier_view(Part.MEETINGS, Right.WRITE)
@access.writing
def attendance(request: Request, opened: Opened, item: AgendaItem, invitee_id: UUID) -> HttpResponse:
    invitee = _invitee(opened, item, invitee_id)
    names = ("attendance", "representative_of", "written_input")
    initial = {name: getattr(invitee, name) for name in names} | {"sworn": invitee.sworn_at is not None}
    return handle(
        request,
        opened,
        forms.AttendanceForm(request.POST or None, initial=initial),
        save=lambda data: actions.note_attendance(invitee=invitee, by=opened.actor, **data),
        done=places.point(opened, item, "present"),
        title=_("Attendance of %(name)s") % {"name": invitee.name},
        tab_title=places.tab_title(opened),
        version=invitee.version,
        shown=lambda now: [
            (_("Was this person there?"), str(now.get_attendance_display())),
            (_("Speaks for these colleagues"), now.representative_of),
            (_("Written input"), now.written_input),
        ],
        template="meetings/attendance.html",
        item=item,
        invitee=invitee,
    )


@dossier_view(Part.MEETINGS, Right.WRITE)
@access.writing
def roll_call(request: Request, opened: Opened, item: AgendaItem) -> HttpResponse:
    """Everybody's attendance on one page, as it is asked at the beginning of a point."""
    form = forms.RollCallForm(request.POST or None, invitees=queries.invitees(item))

    def save(data: dict) -> None:
        standing = {row.pk: row for row in Invitee.objects.of(opened.dossier).filter(item=item)}
        for row, attendance, sworn, version in form.answers():
            invitee = _of(opened, item, standing[row.id])
            if (attendance, sworn) != (invitee.attendance, invitee.sworn_at is not None):
                actions.note_attendance(
                    invitee=invitee, by=opened.actor, version=version, attendance=attendance, sworn=sworn
                )

    return handle(
        request,
        opened,
        form,
        save=save,
        done=places.point(opened, item, "present"),
        title=_("Who is there?"),
        template="meetings/roll_call.html",
        shown=lambda now: [(now.name, str(now.get_attendance_display()))],
        beside=True,
        submit=_("Save"),
    )


@dossier_view(Part.MEETINGS, Right.WRITE)
@access.writing
def withdraw_invitation(request: Request, opened: Opened, item: AgendaItem, invitee_id: UUID) -> HttpResponse:
    invitee = _invitee(opened, item, invitee_id)
    return handle(
        request,
        opened,
        forms.ReasonForm(request.POST or None),
        save=lambda data: actions.take_back_invitation(invitee=invitee, by=opened.actor, **data),
        done=places.point(opened, item, "present"),
        title=_("Take back the invitation of %(name)s") % {"name": invitee.name},
        tab_title=places.tab_title(opened),
        lead=_(
            "They no longer read what is said at this point. Whether they read the dossier stands under “Access”."
        ),
        version=invitee.version,
        submit=_("Take back"),
    )


def _invitee(opened: Opened, item: AgendaItem, invitee_id: UUID) -> Invitee:
    return _of(opened, item, one(opened, Invitee.objects.filter(item=item), invitee_id))


def _of(opened: Opened, item: AgendaItem, invitee: Invitee) -> Invitee:
    invitee.dossier, invitee.item = opened.dossier, item
    return invitee
