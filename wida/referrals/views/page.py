"""The whole referral on one page, and how one side answered before."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from wida.access.queries import Opened, known_to, one
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.dossiers.codes import Stage
from wida.dossiers.frame import Section, tab
from wida.dossiers.life import STEPS
from wida.records.queries import history, read
from wida.referrals import inflow, intake, letters, queries
from wida.referrals.codes import ALTERNATIVES, CRITERIA, DecisionKind, Side, YouthBody
from wida.referrals.models import Addition, Criteria, Referral
from wida.referrals.views import is_house

BEFORE_SHARING = (Stage.BUILDING, Stage.REFERRED)


@dossier_view(Part.REFERRAL)
def referral(request: Request, opened: Opened) -> HttpResponse:
    """The whole referral. Its author sees their own part; the check belongs to the house until sharing opens."""
    standing = queries.standing(opened.dossier)
    sees_check = opened.may(Part.CLEARANCE) or opened.dossier.stage not in BEFORE_SHARING
    conditions = queries.conditions(opened.dossier, standing) if sees_check else []
    row = intake.latest(opened.dossier) if is_house(opened) else None
    if row and request.method == "GET":
        inflow.mark_seen(inflow=row, by=opened.actor)
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
        inflow=row,
        **_beside(opened),
        **_possible(opened, standing),
    )


def _beside(opened: Opened) -> dict:
    """What came with the referral, and what went out."""
    contacts = read(
        Referral.objects.of(opened.dossier),
        *("function", "phone", "email", "best_moment", "colleague", "expects"),
    )
    return {
        "contact": contacts[0] if contacts else None,
        "additions": read(Addition.objects.of(opened.dossier).order_by("created_at"), "text"),
        "letter": letters.approved_of(opened.dossier),
    }


def _joined_to(opened: Opened) -> str:
    """The number of the dossier this one was joined to, for the house alone and for who may know of that one."""
    if not is_house(opened) or not opened.dossier.joined_to_id:
        return ""
    other = known_to(opened.actor).filter(pk=opened.dossier.joined_to_id)
    return other.values_list("number", flat=True).first() or ""


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
    decides = is_house(opened) and opened.may(Part.REFERRAL, Right.DECIDE)
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
        "may_record_youth": is_house(opened)
        and opened.may(Part.REFERRAL, Right.WRITE)
        and opened.dossier.stage == Stage.REFERRED,
    }


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
