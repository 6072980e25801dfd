"""What the coordinator decides without a letter: return, join, turn into a consult."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.consults.actions import note_consult
from wida.dossiers.life import STEPS
from wida.referrals import actions, forms, queries
from wida.referrals.views import home, only_house
from wida.web.handle import handle


@dossier_view(Part.REFERRAL, Right.DECIDE)
def send_back(request: Request, opened: Opened) -> HttpResponse:
    """The draft is its author's again, so the coordinator goes back to the list."""
    only_house(opened, *STEPS["send_back"].before)
    return handle(
        request,
        opened,
        forms.SendBackForm(request.POST or None),
        save=lambda data: actions.send_back(dossier=opened.dossier, by=opened.actor, **data),
        done=reverse("dossiers:list"),
        title=_("Return for completion"),
        lead=_("The referrer can write in the dossier again. You see it again when they submit it."),
        back=home(opened),
    )


@dossier_view(Part.REFERRAL, Right.DECIDE)
def join(request: Request, opened: Opened) -> HttpResponse:
    only_house(opened, *STEPS["join"].before)
    form = forms.JoinForm(
        request.POST or None,
        find=lambda number: queries.joinable(opened.actor, opened.dossier, number),
        initial={"number": request.GET.get("number", "")[:16]},
    )
    return handle(
        request,
        opened,
        form,
        save=lambda data: actions.join(
            dossier=opened.dossier, target=data["number"], by=opened.actor, reason=data["reason"]
        ),
        done=home(opened),
        title=_("Join to an existing dossier"),
        lead=_(
            "This dossier is closed and points to the other one. The referrer does not see that number. Whoever is "
            "kept out of one of the two is then kept out of both, and extra protection of one holds for both. Nobody "
            "gets to see more."
        ),
    )


@dossier_view(Part.REFERRAL, Right.DECIDE)
def to_consult(request: Request, opened: Opened) -> HttpResponse:
    """Advice without a dossier is enough: the consult is noted and the referral closed at once. Nothing of the family
    is filled in, and nothing leads from the one to the other.
    """
    only_house(opened, *STEPS["consult"].before)
    seed = actions.seed_of(opened.dossier)
    form = forms.ToConsultForm(
        request.POST if request.method == "POST" else None,
        initial={"on": seed.on, "asked_by": seed.kind_of_professional},
        names=queries.names_in(opened.dossier),
    )

    def save(data: dict) -> None:
        actions.to_consult(dossier=opened.dossier, by=opened.actor, reason=data.pop("reason"))
        note_consult(by=opened.actor, **data)

    return handle(
        request,
        opened,
        form,
        save=save,
        done=home(opened),
        title=_("Turn into an anonymous consult"),
        template="consults/add_consult.html",
        lead=_(
            "The dossier is closed and destroyed soon. A consult keeps the theme and the advice, and nothing "
            "about the family."
        ),
    )
