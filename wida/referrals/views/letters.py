"""Not taken up: the letter is written, read as it will be sent, approved, and marked as sent."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.access.refusals import refuse as refused
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.dossiers.life import STEPS
from wida.referrals import forms, letters, queries
from wida.referrals.codes import CRITERIA
from wida.referrals.intake import is_own
from wida.referrals.leaks import leaks
from wida.referrals.views import home, is_house, only_house
from wida.web.handle import handle


@dossier_view(Part.REFERRAL, Right.DECIDE)
def refuse(request: Request, opened: Opened) -> HttpResponse:
    """The letter in boxes. The coordinator's own reasons per criterion are there to start from."""
    only_house(opened, *STEPS["refuse"].before)
    standing = queries.standing(opened.dossier)
    checked, draft = standing.coordinator, letters.draft_of(opened.dossier)
    form = forms.RefuseForm(_sent(request), initial=_initial(opened, checked, draft))
    return handle(
        request,
        opened,
        form,
        save=lambda data: letters.write_letter(dossier=opened.dossier, by=opened.actor, **data),
        done=reverse("referrals:letter", args=[opened.number]),
        title=_("Do not take up"),
        template="referrals/refuse.html",
        submit=_("Read the letter over"),
        back=home(opened),
        version=draft.version if draft else 0,
        shown=_shown,
        checked=checked,
        youth_missing=standing.minors and not standing.consultations,
    )


@dossier_view(Part.REFERRAL, Right.DECIDE)
def letter(request: Request, opened: Opened) -> HttpResponse:
    """The letter as the referrer will read it. Approving it closes the referral."""
    only_house(opened, *STEPS["refuse"].before)
    draft = letters.draft_of(opened.dossier)
    if draft is None:
        raise Http404

    def approve(data: dict) -> None:
        approved = letters.approve(letter=draft, by=opened.actor, version=data["version"])
        if approved.attachment is None:
            messages.warning(
                request, _("The PDF could not be made on this server: print the letter from its page.")
            )

    return handle(
        request,
        opened,
        forms.ApproveForm(_sent(request)),
        save=approve,
        done=home(opened),
        title=_("Read the letter over"),
        template="referrals/letter.html",
        submit=_("Approve and close"),
        back=reverse("referrals:refuse", args=[opened.number]),
        version=draft.version,
        shown=_shown,
        leaks=leaks(opened.dossier, *(getattr(draft, name) for name in letters.WRITTEN)),
        **letters.context(draft),
    )


@dossier_view(Part.OVERVIEW, takes_post=True)
def approved_letter(request: Request, opened: Opened) -> HttpResponse:
    """The approved letter as a page, for the house and for who referred; the house says here when it was sent."""
    approved = letters.approved_of(opened.dossier)
    if approved is None or not (is_own(opened) or is_house(opened)):
        raise Http404
    sends = is_house(opened) and opened.may_ever(Part.REFERRAL, Right.DECIDE)
    if request.method == "POST" and not sends:
        return refused(
            request, dossier=opened.dossier.pk, part=Part.REFERRAL, row=approved, detail="mark_sent"
        )
    back = home(opened) if is_house(opened) else reverse("referrals:own_referral", args=[opened.number])
    return handle(
        request,
        opened,
        forms.SentForm(_sent(request), initial={"on": timezone.localdate()}),
        save=lambda data: letters.mark_sent(letter=approved, by=opened.actor, **data),
        done=reverse("referrals:approved_letter", args=[opened.number]),
        title=_("Letter with advice"),
        template="referrals/approved_letter.html",
        submit=_("Mark as sent"),
        back=back,
        version=approved.version,
        shown=_shown,
        sends=sends,
        **letters.context(approved),
    )


def _initial(opened: Opened, checked, draft) -> dict:
    if draft:
        return {name: getattr(draft, name) for name in ("ground", *letters.WRITTEN)}
    reasons = (
        {f"{point.code}_why": getattr(checked, f"{point.code}_why") for point in CRITERIA} if checked else {}
    )
    return {"opening": letters.opening(opened.dossier), **reasons}


def _shown(row) -> list[tuple[str, str]]:
    return [
        (_("How the letter begins"), row.opening),
        *((point.label, getattr(row, f"{point.code}_why")) for point in CRITERIA),
        (_("Advice to the referrer"), row.advice),
        (_("Whom can the referrer ask?"), row.contact),
    ]


def _sent(request: Request):
    return request.POST if request.method == "POST" else None
