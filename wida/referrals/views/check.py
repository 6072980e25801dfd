"""What is answered before sharing may open: the criteria, proportionality, clearance, OCJ and VK."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.dossiers.codes import Stage
from wida.referrals import actions, forms, queries
from wida.referrals.codes import ALTERNATIVES, CRITERIA, RequestState, Side
from wida.referrals.models import ClearanceRequest, Criteria, Proportionality, YouthConsultation
from wida.referrals.views import home, only_at, only_house
from wida.web.handle import handle


@dossier_view(Part.REFERRAL, Right.WRITE)
def criteria(request: Request, opened: Opened) -> HttpResponse:
    """The author's answers, while the dossier is being built."""
    only_at(opened, Stage.BUILDING)
    return _criteria(request, opened, Side.REFERRER, title=_("Why is a joint approach needed?"))


@dossier_view(Part.REFERRAL, Right.DECIDE)
def check_criteria(request: Request, opened: Opened) -> HttpResponse:
    """The coordinator's own answers, beside those of the referrer (decree art. 11)."""
    only_house(opened, Stage.REFERRED)
    referrer = queries.standing(opened.dossier).referrer
    return _criteria(request, opened, Side.COORDINATOR, title=_("Check the criteria"), referrer=referrer)


def _criteria(
    request: Request, opened: Opened, side: Side, *, title: str, referrer: tuple | None = None
) -> HttpResponse:
    current = Criteria.objects.of(opened.dossier).filter(side=side).first()
    names = (*queries.CRITERIA_FIELDS, *queries.ALTERNATIVE_FIELDS)
    form = forms.CriteriaForm(
        request.POST or None,
        weighs=side == Side.COORDINATOR,
        initial={name: getattr(current, name) for name in names} if current else None,
    )
    return handle(
        request,
        opened,
        form,
        save=lambda data: actions.write_criteria(dossier=opened.dossier, side=side, by=opened.actor, **data),
        done=home(opened),
        title=title,
        template="referrals/criteria.html",
        version=current.version if current else 0,
        shown=_criteria_shown,
        submit=_("Save"),
        referrer=referrer,
        points=CRITERIA,
    )


def _criteria_shown(row) -> list[tuple[str, str]]:
    answers = [
        (point.label, f"{getattr(row, f'get_{point.code}_display')()}\n\n{getattr(row, f'{point.code}_why')}")
        for point in CRITERIA
    ]
    return answers + [(point.label, getattr(row, point.code)) for point in ALTERNATIVES]


@dossier_view(Part.REFERRAL, Right.DECIDE)
def proportionality(request: Request, opened: Opened) -> HttpResponse:
    """Asked by the coordinator before sharing opens (decree art. 13)."""
    only_house(opened, Stage.REFERRED)
    current = Proportionality.objects.of(opened.dossier).first()
    form = forms.ProportionalityForm(
        request.POST or None,
        initial={"answer": current.answer, "motivation": current.motivation} if current else None,
    )
    return handle(
        request,
        opened,
        form,
        save=lambda data: actions.judge_proportionality(dossier=opened.dossier, by=opened.actor, **data),
        done=home(opened),
        title=_("Proportionality"),
        version=current.version if current else 0,
        shown=lambda row: [(_("Proportionate"), row.get_answer_display()), (_("Motivation"), row.motivation)],
        submit=_("Save"),
    )


@dossier_view(Part.REFERRAL, Right.DECIDE)
def ask_clearance(request: Request, opened: Opened) -> HttpResponse:
    only_house(opened, Stage.REFERRED)
    members = queries.prosecutors(opened.dossier)
    form = forms.AskClearanceForm(request.POST or None, members=members)
    return handle(
        request,
        opened,
        form,
        save=lambda data: actions.ask_clearance(dossier=opened.dossier, by=opened.actor, **data),
        done=home(opened),
        title=_("Ask the prosecutor for clearance"),
        template="referrals/ask_clearance.html",
        submit=_("Ask for clearance"),
        members=members,
        asked=ClearanceRequest.objects.of(opened.dossier).filter(state=RequestState.ASKED).first(),
    )


@dossier_view(Part.CLEARANCE, Right.WRITE)
def answer_clearance(request: Request, opened: Opened, request_id: UUID) -> HttpResponse:
    """Answered by the prosecutor's office that was asked; afterwards they may no longer read the dossier."""
    asked = one(
        opened,
        ClearanceRequest.objects.filter(asked_organisation_id=opened.actor.organisation_id),
        request_id,
    )
    if asked.state != RequestState.ASKED:
        opened.frozen = True
    return handle(
        request,
        opened,
        forms.AnswerClearanceForm(request.POST or None),
        save=lambda data: actions.answer_clearance(request=asked, by=opened.actor, **data),
        done=reverse("dossiers:list"),
        title=_("May this dossier be opened?"),
        template="referrals/answer_clearance.html",
        back=home(opened),
        submit=_("Give the answer"),
        asked=asked,
    )


@dossier_view(Part.REFERRAL, Right.WRITE)
def consult_youth(request: Request, opened: Opened) -> HttpResponse:
    only_house(opened, Stage.REFERRED)
    return handle(
        request,
        opened,
        forms.YouthConsultationForm(request.POST or None),
        save=lambda data: actions.consult_youth(dossier=opened.dossier, by=opened.actor, **data),
        done=f"{home(opened)}#youth",
        title=_("Record that OCJ or VK was consulted"),
        submit=_("Save"),
    )


@dossier_view(Part.REFERRAL, Right.WRITE)
def edit_consultation(request: Request, opened: Opened, consultation_id: UUID) -> HttpResponse:
    only_house(opened, Stage.REFERRED)
    current = one(opened, YouthConsultation.objects, consultation_id)
    names = ("body", "consulted_on", "contact", "outcome")
    return handle(
        request,
        opened,
        forms.YouthConsultationForm(
            request.POST or None, initial={name: getattr(current, name) for name in names}
        ),
        save=lambda data: actions.change_consultation(consultation=current, by=opened.actor, **data),
        done=f"{home(opened)}#youth",
        title=_("Change a consultation"),
        version=current.version,
        shown=lambda row: [
            (_("Who was consulted?"), row.get_body_display()),
            (_("With whom"), row.contact),
            (_("Outcome"), row.outcome),
        ],
        submit=_("Save"),
    )
