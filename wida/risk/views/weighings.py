"""The tab Weging, the form for a weighing or a correction, and what was known at the time."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.refusals import refuse
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.dossiers.frame import Section, tab
from wida.people.queries import name_map
from wida.risk import actions, legends, picture, queries
from wida.risk.board import board
from wida.risk.codes import MeetingKind, meeting_kinds
from wida.risk.forms import WeighingForm
from wida.risk.models import Weighing
from wida.risk.views.posted import sent
from wida.risk.words import WORDS
from wida.web.dates import long_day
from wida.web.handle import handle


@dossier_view(Part.WEIGHING)
def weighing(request: Request, opened: Opened) -> HttpResponse:
    shown = board(opened)
    sections = [Section("course", _("Course"), bool(shown.weighings))]
    sections += [
        Section(f"weighing-{one.row.version}", long_day(one.row.weighed_on), True) for one in shown.weighings
    ]
    return tab(
        request, opened, Part.WEIGHING, "risk/weighing.html", sections=sections, board=shown, words=WORDS
    )


@dossier_view(Part.WEIGHING, Right.WRITE)
def add_weighing(request: Request, opened: Opened) -> HttpResponse:
    return _form(request, opened, title=_("Add a weighing"), submit=_("Record the weighing"))


@dossier_view(Part.WEIGHING, Right.WRITE)
def correct_weighing(request: Request, opened: Opened, weighing_id: UUID) -> HttpResponse:
    """A correction is a new weighing that names the one it corrects; both stay readable."""
    wrong = one(opened, Weighing.objects, weighing_id)
    return _form(
        request,
        opened,
        wrong=wrong,
        title=_("Correct the weighing of %(day)s") % {"day": long_day(wrong.weighed_on)},
        submit=_("Record the correction"),
    )


@dossier_view(Part.WEIGHING)
def snapshot(request: Request, opened: Opened, weighing_id: UUID) -> HttpResponse:
    """What the members could see when they weighed, for who may read the risk assessment today."""
    row = one(opened, Weighing.objects, weighing_id)
    if not opened.may(Part.RISK):
        return refuse(
            request,
            dossier=opened.dossier.pk,
            part=Part.RISK,
            row=row,
            detail="snapshot",
        )
    return tab(
        request,
        opened,
        Part.WEIGHING,
        "risk/snapshot.html",
        sections=[],
        row=row,
        picture=picture.thaw(row.snapshot),
        words=WORDS,
    )


def _form(request: Request, opened: Opened, *, wrong: Weighing | None = None, **texts: str) -> HttpResponse:
    dossier = opened.dossier
    facts = queries.facts(dossier, words=True)
    known = picture.picture(dossier, facts, name_map(dossier))
    earlier = queries.weighings(dossier)
    members = [member for member in queries.members(dossier) if member.user_id != opened.actor.user_id]
    form = _made(request, opened, members, flags=len(known.flags), wrong=wrong)

    def save(data: dict) -> str:
        milder = form.is_milder
        chosen, excused = data.pop("participants"), data.pop("excused")
        actions.record_weighing(
            dossier=dossier,
            by=opened.actor,
            participants=[member for member in members if str(member.user_id) in chosen],
            excused=[(key, form.organisations[key]) for key in excused],
            corrects=wrong,
            milder=milder,
            why_milder=data.pop("why_milder") if milder else _dropped(data),
            **data,
        )
        return done

    done = reverse("risk:weighing", args=[opened.number])
    return handle(
        request,
        opened,
        form,
        save=save,
        done=done,
        template="risk/add_weighing.html",
        version=max((row.version for row in earlier), default=0),
        shown=_shown,
        beside=True,
        known=known,
        earlier=earlier,
        wrong=wrong,
        lanes=queries.answered(dossier),
        words=WORDS,
        **texts,
    )


def _made(
    request: Request, opened: Opened, members: list, *, flags: int, wrong: Weighing | None
) -> WeighingForm:
    organisations = {
        str(member.organisation_id): member.organisation
        for member in members
        if member.organisation_id != opened.actor.organisation_id
    }
    initial = {"weighed_on": timezone.localdate()}
    if wrong:
        initial = {name: getattr(wrong, name) for name in ("weighed_on", "meeting", "motivation", "dissent")}
        people = wrong.participants.all()
        initial["participants"] = [str(person.user_id) for person in people if not person.excused]
        gone = {person.organisation_name for person in people if person.excused}
        initial["excused"] = [key for key, name in organisations.items() if name in gone]
    kinds = meeting_kinds(opened.dossier.stage)
    if wrong and wrong.meeting not in kinds:
        kinds.append(MeetingKind(wrong.meeting))
    return WeighingForm(
        sent(request),
        legend=legends.sentences(queries.legend_on(timezone.localdate())),
        kinds=kinds,
        members=[(str(member.user_id), member.name, member.organisation) for member in members],
        organisations=sorted(organisations.items(), key=lambda item: item[1]),
        flags=flags,
        corrects=wrong is not None,
        initial=initial,
    )


def _dropped(data: dict) -> str:
    """A reason typed for a colour that is not milder after all belongs nowhere."""
    data.pop("why_milder")
    return ""


def _shown(current: Weighing) -> list[tuple[str, str]]:
    return [
        (_("Day of the meeting"), long_day(current.weighed_on)),
        (_("Weighing"), str(current.get_colour_display())),
        (_("Motivation"), current.motivation),
    ]
