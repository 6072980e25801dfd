from functools import cache
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wida.access.queries import Opened, one
from wida.access.refusals import refuse
from wida.access.rules import SHARED, Part, Right
from wida.access.views import dossier_view
from wida.accounts.codes import LANES, OrganisationType
from wida.accounts.http import Request
from wida.dossiers.codes import Stage
from wida.dossiers.frame import Section, tab
from wida.drafts import door
from wida.people.queries import person_choices
from wida.referrals import queries as referrals
from wida.sharing import actions, forms, queries
from wida.sharing.codes import LaneState
from wida.sharing.models import Contribution, Lane
from wida.web.dates import day as written
from wida.web.handle import handle

LAW = (OrganisationType.PROSECUTION, OrganisationType.POLICE)


@dossier_view(Part.SHARING)
def sharing(request: Request, opened: Opened) -> HttpResponse:
    """All lanes. Before sharing opens: in words, what is still missing."""
    dossier = opened.dossier
    closed = dossier.stage in (Stage.BUILDING, Stage.REFERRED)
    entries = queries.board(dossier, opened.actor)
    return tab(
        request,
        opened,
        Part.SHARING,
        "sharing/sharing.html",
        sections=[Section(entry.anchor, _title(entry), entry.answered) for entry in entries],
        filled=[entry for entry in entries if entry.answered],
        own=[entry for entry in entries if entry.own and not entry.answered],
        core=[entry for entry in entries if entry.core and not entry.answered and not entry.own],
        others=[entry for entry in entries if not entry.core and not entry.answered and not entry.own],
        asked=sum(entry.lane is not None for entry in entries),
        closed=closed,
        conditions=referrals.conditions(dossier, referrals.standing(dossier)) if closed else [],
        basis=None if closed else referrals.basis(dossier),
        may_ask=dossier.stage in SHARED and opened.may(Part.SHARING, Right.DECIDE),
        may_write=opened.may(Part.SHARING, Right.WRITE),
        for_law=opened.actor.organisation_type in LAW,
    )


def _title(entry: queries.Entry) -> str:
    """The kind of partner, with its name where two of a kind were asked."""
    return (
        f"{entry.label}: {entry.lane.partner_name}" if entry.anchor != f"lane-{entry.code}" else entry.label
    )


@dossier_view(Part.SHARING, Right.DECIDE)
@require_safe
def ask(request: Request, opened: Opened) -> HttpResponse:
    """Which kind of partner is asked; or the core partners all at once."""
    _only_while_shared(opened)
    partners = queries.partners(opened.dossier)
    lanes = [
        (
            str(kind),
            OrganisationType(kind).label,
            [partner.name for partner in partners if partner.type == kind],
        )
        for kind in LANES
    ]
    return render(request, "sharing/ask.html", {"opened": opened, "lanes": lanes, "back": _home(opened)})


@dossier_view(Part.SHARING, Right.DECIDE)
def ask_lane(request: Request, opened: Opened, lane: str) -> HttpResponse:
    if lane not in LANES:
        raise Http404
    title = _("Ask information: %(kind)s") % {"kind": OrganisationType(lane).label}
    return _ask(request, opened, title=title, lane=lane)


@dossier_view(Part.SHARING, Right.DECIDE)
def ask_core(request: Request, opened: Opened) -> HttpResponse:
    """All partners of the house on one page; core partners that were not asked yet are ticked."""
    return _ask(request, opened, title=_("Ask the core partners"), lane=None)


def _ask(request: Request, opened: Opened, *, title: str, lane: str | None) -> HttpResponse:
    _only_while_shared(opened)
    members = queries.contacts(opened.dossier, lane)
    asked = {row.partner_id: row for row in Lane.objects.of(opened.dossier)}
    partners = [partner for partner in queries.partners(opened.dossier) if lane in (None, partner.type)]
    reachable = {member.organisation_id for member in members}
    form = forms.AskForm(
        request.POST or None,
        members=members,
        ticked=[partner.pk for partner in partners if partner.pk not in asked and (lane or partner.core)],
        notes={
            key: _("asked on %(day)s: %(state)s")
            % {"day": written(row.requested_on), "state": row.get_state_display()}
            for key, row in asked.items()
        },
    )

    def save(data: dict) -> None:
        chosen = data.pop("contacts")
        actions.ask(dossier=opened.dossier, members=chosen, by=opened.actor, **data)

    return handle(
        request,
        opened,
        form,
        save=save,
        done=_home(opened),
        title=title,
        template="sharing/ask_form.html",
        submit=_("Ask information"),
        members=members,
        unreachable=[partner.name for partner in partners if partner.pk not in reachable],
    )


@dossier_view(Part.SHARING, Right.DECIDE)
@require_POST
def remind(request: Request, opened: Opened, lane_id: UUID) -> HttpResponse:
    _only_while_shared(opened)
    lane = one(opened, Lane.objects, lane_id, "partner")
    if lane.open:
        actions.remind(lane=lane, by=opened.actor)
        told = _("%(organisation)s was reminded. New date: %(day)s.") % {
            "organisation": lane.partner.name,
            "day": written(lane.due_on),
        }
    else:
        told = _("%(organisation)s answered meanwhile.") % {"organisation": lane.partner.name}
    messages.success(request, told, fail_silently=True)
    return HttpResponseRedirect(_home(opened), status=303)


@dossier_view(Part.SHARING, Right.WRITE)
def contribute(request: Request, opened: Opened, lane_id: UUID) -> HttpResponse:
    """A partner's own lane: the first answer, or a correction of it. Nobody writes in another's."""
    lane = _lane(opened, lane_id)
    if lane.partner_id != opened.actor.organisation_id:
        return _not_theirs(request, opened)
    lane.shown(door.started_from(request))
    newest = lane.newest
    readers = queries.readers(opened.dossier, but=opened.actor)
    form = forms.ContributionForm(
        request.POST or None,
        persons=cache(lambda: person_choices(opened.dossier)),
        correction=newest is not None,
        readers=queries.fingerprint(readers),
        initial=_typed_before(newest),
    )
    return handle(
        request,
        opened,
        form,
        save=lambda data: actions.share(lane=lane, by=opened.actor, recipients=readers, **data),
        done=f"{_home(opened)}#lane-{lane.lane}",
        title=_("What do you share?") if newest is None else _("Correct what you shared"),
        template="sharing/contribute.html",
        version=newest.version if newest else 0,
        shown=_shown,
        submit=_("Share with the members of this dossier"),
        lane=lane,
        readers=readers,
        seen_by=queries.fingerprint(readers),
        for_law=opened.actor.organisation_type in LAW,
    )


@dossier_view(Part.SHARING, Right.WRITE)
def withdraw(request: Request, opened: Opened, lane_id: UUID) -> HttpResponse:
    lane = _lane(opened, lane_id)
    if lane.partner_id != opened.actor.organisation_id:
        return _not_theirs(request, opened)
    newest = lane.newest
    if newest is None or newest.state == LaneState.WITHDRAWN:
        raise Http404
    return handle(
        request,
        opened,
        forms.WithdrawForm(request.POST or None),
        save=lambda data: actions.take_back(lane=lane, by=opened.actor, **data),
        done=_home(opened),
        title=_("Withdraw what you shared"),
        lead=_(
            "The tab then says that you withdrew it. The members still find it among the earlier versions."
        ),
        version=newest.version,
        shown=_shown,
        submit=_("Withdraw"),
    )


@dossier_view(Part.SHARING)
def versions(request: Request, opened: Opened, lane_id: UUID) -> HttpResponse:
    """Every version of one lane, newest first, each with its ground and its readers of then."""
    lane = _lane(opened, lane_id)
    return tab(
        request,
        opened,
        Part.SHARING,
        "sharing/versions.html",
        sections=[],
        lane=lane,
        versions=queries.versions(opened.dossier, lane),
    )


def _lane(opened: Opened, lane_id: UUID) -> Lane:
    return one(opened, Lane.objects, lane_id, "partner")


def _typed_before(newest: Contribution | None) -> dict | None:
    if newest is None or newest.state == LaneState.WITHDRAWN:
        return None
    names = ("state", "text", "why_not", "source", "source_on", "categories", "necessity")
    values = {name: getattr(newest, name) for name in names}
    return {**values, "persons": [str(key) for key in newest.persons]}


def _shown(row: Contribution) -> list[tuple[str, str]]:
    return [
        (_("Answer"), row.get_state_display()),
        (_("Relevant information"), row.text),
        (_("Why is it needed to share this?"), row.necessity),
        (_("On which ground may you not share?"), row.why_not),
    ]


def _not_theirs(request: Request, opened: Opened) -> HttpResponse:
    """A lane belongs to the organisation that was asked, whoever else may read it."""
    return refuse(request, dossier=opened.dossier.pk, part=Part.SHARING, detail="other_organisation")


def _only_while_shared(opened: Opened) -> None:
    if opened.dossier.stage not in SHARED:
        opened.frozen = True


def _home(opened: Opened) -> str:
    return reverse("sharing:sharing", args=[opened.number])
