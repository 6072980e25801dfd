"""The tab Risico-inschatting, one assessment as it was recorded, and the form for a new one."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.accounts.models import Organisation
from wida.dossiers.codes import LifeDomain
from wida.dossiers.frame import Section, tab
from wida.people.queries import name_map, person_choices
from wida.risk import actions, queries, standing
from wida.risk.assessment_form import AssessmentForm, FactorFacts
from wida.risk.codes import CODES, CRITICAL, FACTORS, INDICATORS, DomainState, Score
from wida.risk.models import Assessment
from wida.risk.page import page
from wida.risk.picture import domains_of, judgement_of, protections_of
from wida.risk.views.posted import sent
from wida.risk.words import WORDS
from wida.web.handle import handle

JUDGED = ("level", "imminence", "motivation", "raises", "lowers", "dissent")


@dossier_view(Part.RISK)
def risk(request: Request, opened: Opened) -> HttpResponse:
    shown = page(opened)
    return tab(
        request, opened, Part.RISK, "risk/risk.html", sections=_sections(shown), page=shown, words=WORDS
    )


@dossier_view(Part.RISK)
def assessment(request: Request, opened: Opened, assessment_id: UUID) -> HttpResponse:
    """One assessment as it was recorded, and what changed since the one before of the same organisation."""
    row = one(opened, Assessment.objects, assessment_id)
    earlier = (
        Assessment.objects.of(opened.dossier)
        .by_organisation(row.organisation_id)
        .filter(version=row.version - 1)
        .first()
    )
    names = name_map(opened.dossier)
    ids = [row.pk] + ([earlier.pk] if earlier else [])
    texts = queries.texts(opened.dossier, ids)
    now = {text.code: text for text in texts if text.assessment_id == row.pk}
    before = {text.code: text for text in texts if text.assessment_id != row.pk}
    changed = {
        code: (before[code].present, change)
        for code in CODES
        if code in before
        and code in now
        and (change := standing.compare(before[code].present, now[code].present))
    }
    return tab(
        request,
        opened,
        Part.RISK,
        "risk/assessment.html",
        sections=[],
        row=row,
        earlier=earlier,
        factors=[now[code] for code in CODES if code in now],
        changed=changed,
        names=names,
        domains=domains_of(queries.domains(opened.dossier, [row.pk])),
        protections=protections_of(queries.protections(opened.dossier, [row.pk])),
        judgement=judgement_of(row, row.organisation.name),
        words=WORDS,
    )


@dossier_view(Part.RISK, Right.WRITE)
def add_assessment(request: Request, opened: Opened) -> HttpResponse:
    """A new assessment opens from the organisation's last one, so that only what changed is typed."""
    last = actions.last_of(opened.dossier, opened.actor)
    before, base = _copied(opened, last)
    partners = _partners(opened)
    form = AssessmentForm(
        sent(request),
        persons=person_choices(opened.dossier),
        organisations=[(str(partner.pk), partner.name) for partner in partners],
        before=before,
        base=base,
    )
    if not form.is_bound:
        form.initial = {"assessed_on": timezone.localdate(), **{name: base.get(name, "") for name in JUDGED}}

    def save(data: dict) -> None:
        answers = form.answers()
        chosen = answers.pop("together")
        actions.record_assessment(
            dossier=opened.dossier,
            by=opened.actor,
            version=data["version"],
            together=[partner for partner in partners if str(partner.pk) in chosen],
            **answers,
        )

    return handle(
        request,
        opened,
        form,
        save=save,
        done=reverse("risk:risk", args=[opened.number]),
        title=_("Add an assessment"),
        submit=_("Record the assessment"),
        template="risk/add_assessment.html",
        version=last.version if last else 0,
        shown=_said,
        beside=True,
        last=last,
        before=before,
        factors=FACTORS,
        indicators=INDICATORS,
        critical=CRITICAL,
        domains=list(LifeDomain),
        words=WORDS,
    )


def _copied(opened: Opened, last: Assessment | None) -> tuple[dict, dict]:
    """The last assessment as the form starts from it: the factors by code, and the rest."""
    if last is None:
        return {}, {}
    before = {
        row.code: FactorFacts(
            *(row.code, row.present, row.past, row.motivation, row.source),
            [str(person) for person in row.who],
            [str(person) for person in row.towards],
            row.seen_on,
            str(row.not_for_id or ""),
        )
        for row in queries.texts(opened.dossier, [last.pk])
    }
    base = {
        "assessed_on": last.assessed_on,
        "domains": {
            row.domain: (row.state, row.account) for row in queries.domains(opened.dossier, [last.pk])
        },
        "protections": [(row.title, row.account) for row in queries.protections(opened.dossier, [last.pk])],
        **{name: getattr(last, name) for name in JUDGED},
    }
    return before, base


def _partners(opened: Opened) -> list[Organisation]:
    """The other organisations that can read the dossier."""
    ids = {member.organisation_id for member in queries.members(opened.dossier)} - {
        opened.actor.organisation_id
    }
    return list(Organisation.objects.filter(pk__in=ids).order_by("name"))


def _said(current: Assessment) -> list[tuple[str, str]]:
    """What the colleague recorded meanwhile, factor by factor where it is known."""
    factors = [
        (
            str(WORDS["factor"][row.code]),
            " – ".join(filter(None, [str(WORDS["score"][row.present]), row.motivation])),
        )
        for row in current.factors.all()
        if row.present != Score.UNKNOWN
    ]
    return [(_("Judgement"), f"{current.get_level_display()}. {current.motivation}"), *factors]


def _sections(shown) -> list[Section]:
    drawn = shown.picture
    domains = sum(one.state != DomainState.UNKNOWN for one in drawn.domains)
    unknown = [
        Section(f"factor-{factor.code}", f"{number}. {WORDS['factor'][factor.code]}", False)
        for number, factor in enumerate(drawn.factors, start=1)
        if not factor.known
    ]
    compared = [
        Section("changes", _("What changed"), bool(shown.changes), len(shown.changes) or None),
        Section("course", _("Course"), len(shown.assessments) > 1),
    ]
    return [
        Section("short", _("In short"), bool(drawn.judgements)),
        *(compared if shown.assessments else []),
        Section("factors", _("Risk factors"), drawn.known > 0, drawn.known),
        Section("indicators", _("Further signs"), any(one.known for one in drawn.indicators)),
        Section("domains", _("Life domains"), domains > 0, domains),
        Section("protections", _("Protective factors"), bool(drawn.protections), len(drawn.protections)),
        Section("instruments", _("External instruments"), bool(shown.instruments), len(shown.instruments)),
        *([Section("judgement", _("Judgement"), True)] if drawn.judgements else []),
        *unknown,
    ]
