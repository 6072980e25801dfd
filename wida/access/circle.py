"""The screens around conflicts of interest, emergencies and extra protected files, inside one dossier."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wida.access import actions, conflicts, emergency, protection
from wida.access.codes import Declared
from wida.access.forms import AcquaintedForm, ProposalForm, ReviewForm, WhyForm
from wida.access.models import Alert, BlockProposal, Mandate
from wida.access.queries import Opened
from wida.access.refusals import refuse
from wida.access.rules import Ground, Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.web.handle import handle


@dossier_view(Part.OVERVIEW, takes_post=True)
def acquainted(request: Request, opened: Opened) -> HttpResponse:
    """Asked once, of who bears the name of somebody in the file. Nobody else comes here."""
    if not opened.dossier.shared_tokens:
        raise Http404
    after = request.GET.get("next", "")
    inside = reverse("dossiers:overview", args=[opened.number])
    form = AcquaintedForm(request.POST or None)

    def save(data: dict) -> str:
        answer = Declared(data["answer"])
        conflicts.declare(opened=opened, answer=answer, words=data["words"])
        if answer == Declared.YES:
            return reverse("house_access:declared")
        return after if after.startswith(inside) else inside

    return handle(
        request,
        opened,
        form,
        save=save,
        done=reverse("dossiers:list"),
        title=_("Before you open this dossier"),
        lead=_("Somebody in this dossier bears a name like yours. That is often chance."),
        kicker=_("Dossier %(number)s") % {"number": opened.number},
        submit=_("Go on"),
    )


@dossier_view(Part.ACCESS, Right.DECIDE)
def decide_proposal(request: Request, opened: Opened, proposal_id: UUID) -> HttpResponse:
    proposal = BlockProposal.objects.filter(
        dossier_id=opened.dossier.pk, pk=proposal_id, accepted=None
    ).first()
    if proposal is None:
        raise Http404
    return handle(
        request,
        opened,
        ProposalForm(request.POST or None),
        save=lambda data: conflicts.decide(
            proposal=proposal,
            dossier=opened.dossier,
            accepted=data["accepted"] == "ja",
            why=data["why"],
            by=opened.actor,
        ),
        done=_home(opened),
        title=_("May %(name)s see this dossier?") % {"name": proposal.user_signature},
        tab_title=_("Who is kept out"),
        template="access/proposal.html",
        submit=_("Save"),
        proposal=proposal,
    )


@dossier_view(Part.ACCESS, Right.DECIDE)
def judge_emergency(request: Request, opened: Opened, mandate_id: UUID) -> HttpResponse:
    """Somebody else than who broke the glass says what they think of it; once."""
    mandate = Mandate.objects.filter(
        dossier_id=opened.dossier.pk, pk=mandate_id, ground=Ground.EMERGENCY, review=None
    ).first()
    if mandate is None:
        raise Http404
    if mandate.holder_id == opened.actor.user_id:
        return refuse(
            request, dossier=opened.dossier.pk, part=Part.ACCESS, row=mandate, detail="own_emergency"
        )
    return handle(
        request,
        opened,
        ReviewForm(request.POST or None),
        save=lambda data: emergency.judge(mandate=mandate, by=opened.actor, **data),
        done=_home(opened),
        title=_("Emergency access of %(name)s") % {"name": mandate.holder_signature},
        tab_title=_("Emergency access"),
        template="access/judge.html",
        submit=_("Save"),
        mandate=mandate,
    )


@dossier_view(Part.OVERVIEW, takes_post=True)
def end_emergency(request: Request, opened: Opened) -> HttpResponse:
    """Done sooner: the hour ends now."""
    if request.method != "POST" or Ground.EMERGENCY not in opened.grounds:
        raise Http404
    for mandate in Mandate.objects.of(opened.dossier).filter(
        holder_id=opened.actor.user_id, ground=Ground.EMERGENCY, ended_at=None
    ):
        actions.end_mandate(mandate=mandate, by=opened.actor, version=mandate.version, why="")
    standing = request.session.get("emergencies", [])
    request.session["emergencies"] = [row for row in standing if row["number"] != opened.number]
    return HttpResponseRedirect(reverse("dossiers:list"), status=303)


@dossier_view(Part.ACCESS, Right.DECIDE)
def protect(request: Request, opened: Opened) -> HttpResponse:
    return handle(
        request,
        opened,
        WhyForm(request.POST or None),
        save=lambda data: protection.protect(dossier=opened.dossier, why=data["why"], by=opened.actor),
        done=_home(opened),
        title=_("Protect this dossier extra"),
        lead=_(
            "Of the Safe Home, only you and whom you name then see it. Whoever else takes part keeps their access. "
            "You are told of every visit."
        ),
    )


@dossier_view(Part.ACCESS, Right.DECIDE)
def unprotect(request: Request, opened: Opened) -> HttpResponse:
    return handle(
        request,
        opened,
        WhyForm(request.POST or None),
        save=lambda data: protection.unprotect(dossier=opened.dossier, why=data["why"], by=opened.actor),
        done=_home(opened),
        title=_("End the extra protection"),
        lead=_("All coordinators and administrative staff of the Safe Home then see this dossier again."),
    )


@dossier_view(Part.ACCESS, Right.DECIDE)
@require_POST
def see_alert(request: Request, opened: Opened, alert_id: UUID) -> HttpResponse:
    alert = Alert.objects.filter(dossier_id=opened.dossier.pk, pk=alert_id).first()
    if alert is None:
        raise Http404
    protection.see(alert, by=opened.actor)
    return HttpResponseRedirect(reverse("house_access:review"), status=303)


def _home(opened: Opened) -> str:
    return reverse("access:access", args=[opened.number])
