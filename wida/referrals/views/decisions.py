"""What the coordinator decides other than to open: return, do not take up, join."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.dossiers.life import STEPS
from wida.referrals import actions, forms, queries
from wida.referrals.codes import CRITERIA
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
def refuse(request: Request, opened: Opened) -> HttpResponse:
    """Not taken up. The coordinator's reasons per criterion are there to start from."""
    only_house(opened, *STEPS["refuse"].before)
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
        done=home(opened),
        title=_("Do not take up"),
        template="referrals/refuse.html",
        submit=_("Close with this advice"),
        checked=checked,
        youth_missing=standing.minors and not standing.consultations,
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
        lead=_("This dossier is closed and points to the other one. The referrer does not see that number."),
    )
