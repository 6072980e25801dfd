from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.rules import Ground, Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.dossiers.codes import Stage
from wida.dossiers.frame import Section, tab
from wida.dossiers.life import STEPS
from wida.records.queries import history
from wida.referrals import actions, forms, queries
from wida.referrals.codes import (
    ALTERNATIVES,
    CRITERIA,
    DecisionKind,
    RequestState,
    Side,
    YouthBody,
)
from wida.referrals.models import ClearanceRequest, Criteria, Proportionality, YouthConsultation
from wida.web.handle import handle

BEFORE_SHARING = (Stage.BUILDING, Stage.REFERRED)


@dossier_view(Part.REFERRAL)
def referral(request: Request, opened: Opened) -> HttpResponse:
    """The whole referral. Its author sees their own part; the check belongs to the house until sharing opens."""
    standing = queries.standing(opened.dossier)
    sees_check = opened.may(Part.CLEARANCE) or opened.dossier.stage not in BEFORE_SHARING
    conditions = queries.conditions(opened.dossier, standing) if sees_check else []
    return tab(
        request,
        opened,
        Part.REFERRAL,
        "referrals/referral.html",
        title=_("Referral"),
        sections=_sections(standing, sees_check),
        standing=standing,
        conditions=conditions,
        lacking=[condition for condition in conditions if not condition.met],
        sees_check=sees_check,
        sees_clearance=opened.may(Part.CLEARANCE),
        points=CRITERIA,
        alternatives=ALTERNATIVES,
        bodies=dict(YouthBody.choices),
        decision_kinds=dict(DecisionKind.choices),
        joined_to=_joined_to(opened),
        **_possible(opened, standing),
    )


def _joined_to(opened: Opened) -> str:
    """The number of the dossier this one was joined to, for the house alone."""
    return opened.dossier.joined_to.number if _is_house(opened) and opened.dossier.joined_to_id else ""


def _sections(standing: queries.Standing, sees_check: bool) -> list[Section]:
    sections = [Section("criteria", _("Criteria"), bool(standing.referrer or standing.coordinator))]
    if sees_check:
        sections += [
            Section("proportionality", _("Proportionality"), standing.proportionality is not None),
            Section("clearance", _("Clearance by the prosecutor"), standing.clearance is not None),
        ]
        if standing.minors or standing.consultations:
            sections.append(
                Section("youth", _("OCJ and VK"), bool(standing.consultations), len(standing.consultations))
            )
    if standing.decisions:
        sections.append(Section("decisions", _("Decisions"), True, len(standing.decisions)))
    return sections


def _possible(opened: Opened, standing: queries.Standing) -> dict:
    """What this reader can do on the page right now."""
    decides = _is_house(opened) and opened.may(Part.REFERRAL, Right.DECIDE)
    checks = decides and opened.dossier.stage == Stage.REFERRED
    asked = standing.asked
    return {
        "may_answer_criteria": opened.dossier.stage == Stage.BUILDING
        and opened.may(Part.REFERRAL, Right.WRITE),
        "may_check": checks,
        "may_join": decides and opened.dossier.stage in STEPS["join"].before,
        "answers_clearance": asked
        if asked
        and opened.may(Part.CLEARANCE, Right.WRITE)
        and asked.asked_organisation_id == opened.actor.organisation_id
        else None,
        "may_record_youth": _is_house(opened)
        and opened.may(Part.REFERRAL, Right.WRITE)
        and opened.dossier.stage == Stage.REFERRED,
    }


@dossier_view(Part.REFERRAL, Right.WRITE)
def criteria(request: Request, opened: Opened) -> HttpResponse:
    """The author's answers, while the dossier is being built."""
    _only_at(opened, Stage.BUILDING)
    return _criteria(request, opened, Side.REFERRER, title=_("Why is a joint approach needed?"))


@dossier_view(Part.REFERRAL, Right.DECIDE)
def check_criteria(request: Request, opened: Opened) -> HttpResponse:
    """The coordinator's own answers, beside those of the referrer (decree art. 11)."""
    _only_house(opened, Stage.REFERRED)
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
        done=_home(opened),
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


@dossier_view(Part.REFERRAL)
def criteria_versions(request: Request, opened: Opened, criteria_id: UUID) -> HttpResponse:
    """How one side answered before."""
    row = one(opened, Criteria.objects, criteria_id)
    if (
        row.side == Side.COORDINATOR
        and not opened.may(Part.CLEARANCE)
        and opened.dossier.stage in BEFORE_SHARING
    ):
        raise Http404
    return tab(
        request,
        opened,
        Part.REFERRAL,
        "referrals/criteria_versions.html",
        title=_("Earlier answers"),
        sections=[],
        row=row,
        earlier=history(row),
        points=CRITERIA,
        alternatives=ALTERNATIVES,
    )


@dossier_view(Part.REFERRAL, Right.DECIDE)
def proportionality(request: Request, opened: Opened) -> HttpResponse:
    """Asked by the coordinator before sharing opens (decree art. 13)."""
    _only_house(opened, Stage.REFERRED)
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
        done=_home(opened),
        title=_("Proportionality"),
        version=current.version if current else 0,
        shown=lambda row: [(_("Proportionate"), row.get_answer_display()), (_("Motivation"), row.motivation)],
        submit=_("Save"),
    )


@dossier_view(Part.REFERRAL, Right.DECIDE)
def ask_clearance(request: Request, opened: Opened) -> HttpResponse:
    _only_house(opened, Stage.REFERRED)
    members = queries.prosecutors(opened.dossier)
    form = forms.AskClearanceForm(request.POST or None, members=members)
    return handle(
        request,
        opened,
        form,
        save=lambda data: actions.ask_clearance(dossier=opened.dossier, by=opened.actor, **data),
        done=_home(opened),
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
        back=_home(opened),
        submit=_("Give the answer"),
        asked=asked,
    )


@dossier_view(Part.REFERRAL, Right.WRITE)
def consult_youth(request: Request, opened: Opened) -> HttpResponse:
    _only_house(opened, Stage.REFERRED)
    return handle(
        request,
        opened,
        forms.YouthConsultationForm(request.POST or None),
        save=lambda data: actions.consult_youth(dossier=opened.dossier, by=opened.actor, **data),
        done=f"{_home(opened)}#youth",
        title=_("Record that OCJ or VK was consulted"),
        submit=_("Save"),
    )


@dossier_view(Part.REFERRAL, Right.WRITE)
def edit_consultation(request: Request, opened: Opened, consultation_id: UUID) -> HttpResponse:
    _only_house(opened, Stage.REFERRED)
    current = one(opened, YouthConsultation.objects, consultation_id)
    names = ("body", "consulted_on", "contact", "outcome")
    return handle(
        request,
        opened,
        forms.YouthConsultationForm(
            request.POST or None, initial={name: getattr(current, name) for name in names}
        ),
        save=lambda data: actions.change_consultation(consultation=current, by=opened.actor, **data),
        done=f"{_home(opened)}#youth",
        title=_("Change a consultation"),
        version=current.version,
        shown=lambda row: [
            (_("Who was consulted?"), row.get_body_display()),
            (_("With whom"), row.contact),
            (_("Outcome"), row.outcome),
        ],
        submit=_("Save"),
    )


@dossier_view(Part.REFERRAL, Right.DECIDE)
def send_back(request: Request, opened: Opened) -> HttpResponse:
    """The draft is its author's again, so the coordinator goes back to the list."""
    _only_house(opened, *STEPS["send_back"].before)
    return handle(
        request,
        opened,
        forms.SendBackForm(request.POST or None),
        save=lambda data: actions.send_back(dossier=opened.dossier, by=opened.actor, **data),
        done=reverse("dossiers:list"),
        title=_("Return for completion"),
        lead=_("The referrer can write in the dossier again. You see it again when they submit it."),
        back=_home(opened),
    )


@dossier_view(Part.REFERRAL, Right.DECIDE)
def refuse(request: Request, opened: Opened) -> HttpResponse:
    """Not taken up. The coordinator's reasons per criterion are there to start from."""
    _only_house(opened, *STEPS["refuse"].before)
    standing = queries.standing(opened.dossier)
    checked = standing.coordinator
    names = [f"{point.code}_why" for point in CRITERIA]
    form = forms.RefuseForm(
        request.POST or None, initial={name: getattr(checked, name) for name in names} if checked else None
    )
    return handle(
        request,
        opened,
        form,
        save=lambda data: actions.refuse(dossier=opened.dossier, by=opened.actor, **data),
        done=_home(opened),
        title=_("Do not take up"),
        template="referrals/refuse.html",
        submit=_("Close with this advice"),
        checked=checked,
        youth_missing=standing.minors and not standing.consultations,
    )


@dossier_view(Part.REFERRAL, Right.DECIDE)
def join(request: Request, opened: Opened) -> HttpResponse:
    _only_house(opened, *STEPS["join"].before)
    form = forms.JoinForm(
        request.POST or None, find=lambda number: queries.joinable(opened.actor, opened.dossier, number)
    )
    return handle(
        request,
        opened,
        form,
        save=lambda data: actions.join(
            dossier=opened.dossier, target=data["number"], by=opened.actor, reason=data["reason"]
        ),
        done=_home(opened),
        title=_("Join to an existing dossier"),
        lead=_("This dossier is closed and points to the other one. The referrer does not see that number."),
    )


def _is_house(opened: Opened) -> bool:
    return Ground.HOUSE in opened.grounds


def _only_at(opened: Opened, *stages: Stage) -> None:
    """Outside these stages a form gives back what was typed and saves nothing."""
    if opened.dossier.stage not in stages:
        opened.frozen = True


def _only_house(opened: Opened, *stages: Stage) -> None:
    """An author holds the same right on their own draft; what the house decides is not theirs to write."""
    if not _is_house(opened):
        opened.frozen = True
    _only_at(opened, *stages)


def _home(opened: Opened) -> str:
    return reverse("referrals:referral", args=[opened.number])
