"""Who takes part in a dossier, and who is kept out: the coordinator's page."""

from uuid import UUID

from django.db.models import F
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access import actions, united
from wida.access.forms import BlockForm, MandateForm, WhyForm
from wida.access.models import GROUND_LABELS, AddressReveal, BlockProposal, ConflictBlock, Mandate
from wida.access.queries import Opened, one
from wida.access.rules import Ground, Part, Right
from wida.access.views import dossier_view
from wida.accounts.codes import Role
from wida.accounts.http import Request
from wida.dossiers.actions import assign_case_manager
from wida.dossiers.frame import Section, tab
from wida.inspection.models import inspections_of
from wida.records.queries import read
from wida.web.handle import handle

REVEALS_SHOWN = 50


@dossier_view(Part.ACCESS)
def access(request: Request, opened: Opened) -> HttpResponse:
    mandates = read(
        Mandate.objects.of(opened.dossier)
        .annotate(reviewed=F("review__id"))
        .order_by("ended_at", "ground", "holder_signature"),
        "holder_signature", "ground", "since", "until", "expires_at", "ended_at", "why", "reviewed",
    )  # fmt: skip
    blocks = read(ConflictBlock.objects.of(opened.dossier).order_by("blocked_name"), "blocked_name", "why")
    sections = [
        Section("mandates", _("Who takes part"), bool(mandates), len(mandates)),
        Section("blocks", _("Who is kept out"), bool(blocks), len(blocks)),
    ]
    return tab(
        request,
        opened,
        Part.ACCESS,
        "access/access.html",
        sections=sections,
        mandates=mandates,
        blocks=blocks,
        reveals=read(AddressReveal.objects.of(opened.dossier).order_by("-id")[:REVEALS_SHOWN], "reason"),
        inspections=read(inspections_of(opened.dossier), "asked_on", "answered_on"),
        proposals=BlockProposal.objects.filter(dossier_id=opened.dossier.pk, accepted=None)
        .exclude(user_id=opened.actor.user_id)
        .values("id", "user_signature"),
        grounds=GROUND_LABELS,
    )


@dossier_view(Part.ACCESS, Right.WRITE)
def add_mandate(request: Request, opened: Opened) -> HttpResponse:
    form = MandateForm(
        request.POST or None,
        safe_home_id=opened.dossier.safe_home_id,
        extra_protected=opened.dossier.extra_protected,
    )

    def save(data: dict) -> None:
        if form.ground == Ground.ASSIGNED and data["holder"].role == Role.CASE_MANAGER:
            assign_case_manager(
                dossier=opened.dossier,
                member=data["holder"],
                by=opened.actor,
                why=data["why"],
                until=data["until"],
            )
        else:
            actions.give_mandate(
                dossier=opened.dossier,
                holder=data["holder"],
                ground=form.ground,
                by=opened.actor,
                why=data["why"],
                until=data["until"],
            )

    return handle(request, opened, form, save=save, done=_home(opened), title=_("Let somebody take part"))


@dossier_view(Part.ACCESS, Right.WRITE)
def end_mandate(request: Request, opened: Opened, mandate_id: UUID) -> HttpResponse:
    mandate = one(opened, Mandate.objects, mandate_id)
    return handle(
        request,
        opened,
        WhyForm(request.POST or None),
        save=lambda data: actions.end_mandate(mandate=mandate, by=opened.actor, **data),
        done=_home(opened),
        title=_("End the access of %(name)s") % {"name": mandate.holder_signature},
        tab_title=_("Who takes part"),
        version=mandate.version,
    )


@dossier_view(Part.ACCESS, Right.DECIDE)
def add_block(request: Request, opened: Opened) -> HttpResponse:
    form = BlockForm(request.POST or None, safe_home_id=opened.dossier.safe_home_id)
    return handle(
        request,
        opened,
        form,
        save=lambda data: united.keep_out(
            opened=opened,
            why=data["why"],
            user=form.users.get(data["whom"]),
            organisation=form.organisations.get(data["whom"]),
        ),
        done=_home(opened),
        title=_("Keep somebody out"),
    )


@dossier_view(Part.ACCESS, Right.DECIDE)
def lift_block(request: Request, opened: Opened, block_id: UUID) -> HttpResponse:
    block = one(opened, ConflictBlock.objects, block_id)
    return handle(
        request,
        opened,
        WhyForm(request.POST or None),
        save=lambda data: actions.lift_block(block=block, by=opened.actor, **data),
        done=_home(opened),
        title=_("Lift the block on %(name)s") % {"name": block.blocked_name},
        tab_title=_("Who is kept out"),
        version=block.version,
    )


def _home(opened: Opened) -> str:
    return reverse("access:access", args=[opened.number])
