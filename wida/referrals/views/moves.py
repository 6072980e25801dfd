"""A dossier goes over to another Safe Home: offered by the one, accepted or declined by the other."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wida.access.queries import Opened
from wida.access.refusals import refuse
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.codes import Role
from wida.accounts.http import Request
from wida.accounts.models import SafeHome, valid_on
from wida.dossiers.frame import tab
from wida.dossiers.life import NotNow
from wida.referrals import forms, inflow, moves, queue
from wida.referrals.codes import MoveState
from wida.referrals.models import Move
from wida.referrals.views.queue import GONE, house_only
from wida.web.handle import handle

NOT_NOW = gettext_lazy("This dossier can't go over to you now. Call the coordinator who offers it.")


@dossier_view(Part.ACCESS)
def offers(request: Request, opened: Opened) -> HttpResponse:
    """To which houses this dossier was offered, and what they answered."""
    found = queue.offers(opened.dossier)
    standing = any(move.state == MoveState.OFFERED for move in found)
    return tab(
        request,
        opened,
        Part.ACCESS,
        "referrals/offers.html",
        sections=[],
        title=_("Hand over to another Safe Home"),
        moves=found,
        may_offer=opened.may(Part.ACCESS, Right.DECIDE) and not standing,
        may_withdraw=opened.may(Part.ACCESS, Right.DECIDE),
    )


@dossier_view(Part.ACCESS, Right.DECIDE)
def offer(request: Request, opened: Opened) -> HttpResponse:
    others = SafeHome.objects.filter(valid_on(timezone.localdate())).exclude(pk=opened.dossier.safe_home_id)
    form = forms.OfferForm(_sent(request), homes=list(others.order_by("name")))
    return handle(
        request,
        opened,
        form,
        save=lambda data: moves.offer(dossier=opened.dossier, by=opened.actor, **data),
        done=reverse("referrals:offers", args=[opened.number]),
        title=_("Hand over to another Safe Home"),
        lead=_(
            "You go on reading and writing until the other coordinator accepts. From then on the dossier is theirs "
            "and you no longer see it. Whoever you invited loses access; who is kept out stays kept out."
        ),
        submit=_("Offer the dossier"),
    )


@dossier_view(Part.ACCESS, Right.DECIDE)
def withdraw_offer(request: Request, opened: Opened, move_id: UUID) -> HttpResponse:
    move = next((move for move in queue.offers(opened.dossier) if move.pk == move_id), None)
    if move is None:
        raise Http404
    opened.frozen = opened.frozen or move.state != MoveState.OFFERED
    return handle(
        request,
        opened,
        forms.ReasonForm(_sent(request), label=_("Why do you take the offer back?")),
        save=lambda data: moves.withdraw(move=move, by=opened.actor, **data),
        done=reverse("referrals:offers", args=[opened.number]),
        title=_("Take the offer back"),
    )


@house_only
def accept_move(request: Request, inflow_id: UUID) -> HttpResponse:
    """From here on the dossier is this house's. Only a coordinator accepts."""
    page = {
        "title": _("Take the dossier over"),
        "lead": _("Call the coordinator who offers it first, and make sure you both mean the same family."),
        "submit": _("Take over"),
    }
    return _answer(request, inflow_id, forms.ConfirmForm(_sent(request)), _accept, page)


@house_only
def decline_move(request: Request, inflow_id: UUID) -> HttpResponse:
    form = forms.ReasonForm(_sent(request), label=_("Why do you not take it over?"))
    return _answer(request, inflow_id, form, _decline, {"title": _("Do not take over")})


def _accept(request: Request, move: Move, _data: dict) -> str:
    opened = moves.accept(move=move, by=request.actor)
    messages.success(request, _("Dossier %(number)s is now yours.") % {"number": opened.number})
    if opened.dossier.extra_protected:
        messages.warning(
            request,
            _("This dossier is extra protected: of your house you alone see it, until you name colleagues."),
        )
    return reverse("dossiers:overview", args=[opened.number])


def _decline(request: Request, move: Move, data: dict) -> str:
    moves.decline(move=move, by=request.actor, **data)
    return reverse("house_referrals:item", args=[move.inflow_id])


def _answer(request: Request, inflow_id: UUID, form, act, page: dict) -> HttpResponse:
    if request.actor.role != Role.COORDINATOR:
        return refuse(request, detail=request.resolver_match.url_name)
    row = queue.opened(request.actor, inflow_id)
    move = Move.objects.filter(inflow=row).select_related("inflow").first()
    if move is None:
        raise Http404
    page |= {"form": form, "back": reverse("house_referrals:item", args=[row.pk]), "kicker": row.receipt}
    if request.method != "POST":
        return render(request, "web/form.html", page)
    if not form.is_valid():
        return render(request, "web/form.html", page, status=422)
    try:
        with transaction.atomic():
            done = act(request, move, form.cleaned_data)
    except (inflow.Gone, NotNow) as refusal:
        form.add_error(None, GONE if isinstance(refusal, inflow.Gone) else NOT_NOW)
        return render(request, "web/form.html", page, status=409)
    return HttpResponseRedirect(done, status=303)


def _sent(request: Request):
    return request.POST if request.method == "POST" else None
