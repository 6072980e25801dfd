"""The letter with advice: written by the coordinator, approved, kept as a PDF in the dossier, marked as sent."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wida.accounts.actor import Actor
from wida.attachments.actions import attach
from wida.attachments.codes import Category
from wida.audit.actions import record as audit
from wida.dossiers.guards import Missing
from wida.dossiers.life import NotNow
from wida.dossiers.models import Dossier
from wida.records import actions as records
from wida.referrals import actions, intake
from wida.referrals.codes import CRITERIA
from wida.referrals.leaks import leaks
from wida.referrals.models import Letter
from wida.web import dates
from wida.web.paper import NoPaper, pdf

REASONS = tuple(f"{point.code}_why" for point in CRITERIA)
WRITTEN = ("opening", *REASONS, "advice", "contact")


def draft_of(dossier: Dossier) -> Letter | None:
    return Letter.objects.of(dossier).filter(approved_at=None).first()


def approved_of(dossier: Dossier) -> Letter | None:
    return Letter.objects.of(dossier).exclude(approved_at=None).first()


def opening(dossier: Dossier) -> str:
    """How the letter begins, until the coordinator changes it; in Dutch, whoever writes it."""
    with translation.override("nl"):
        return _(
            "On %(day)s you referred a family to us. We checked your referral and do not take it up. "
            "Below you read why, and what we advise."
        ) % {"day": dates.long_day(timezone.localdate(dossier.submitted_at))}


def write_letter(*, dossier: Dossier, by: Actor, version: int, **written) -> Letter:
    """A draft, for the house alone; written again, the version before stays readable. Raises `Conflict`."""
    written["opening"] = written.get("opening") or opening(dossier)
    current = draft_of(dossier)
    if current is None:
        return records.add(Letter(dossier=dossier, **written), by=by)
    return records.change(current, by=by, version=version, **written)


@transaction.atomic
def approve(*, letter: Letter, by: Actor, version: int) -> Letter:
    """Closes the referral with this letter, as a PDF among the attachments; its referrer can read it from now on.

    Raises `NotNow` while it holds what may not leave the house, and `Conflict` when somebody changed it meanwhile.
    Without the libraries for a PDF it is approved all the same: the page can be printed.
    """
    dossier = letter.dossier
    address = reverse("referrals:refuse", args=[dossier.number])
    found = leaks(dossier, *(getattr(letter, name) for name in WRITTEN))
    if found:
        raise NotNow([Missing(leak.text, address) for leak in found])
    facts = {name: getattr(letter, name) for name in (*REASONS, "advice", "contact")}
    decision = actions.refuse(dossier=dossier, by=by, ground=letter.ground, **facts)
    return records.change(
        letter,
        by=by,
        version=version,
        decision=decision,
        attachment=_kept(letter, by),
        approved_at=timezone.now(),
        approved_by=by.signature,
    )


def mark_sent(*, letter: Letter, on: date, by: Actor, version: int) -> Letter:
    """The referrer has it. Recorded by who sent it; raises `Conflict`."""
    return records.change(letter, by=by, version=version, sent_on=on, sent_by=by.signature)


def context(letter: Letter) -> dict:
    """What stands in the letter, on screen and on paper alike: nothing else of the dossier."""
    dossier = letter.dossier
    row = intake.latest(dossier)
    return {
        "letter": letter,
        "house": dossier.safe_home,
        "addressee": dossier.signature,
        "receipt": row.receipt if row else "",
        "on": timezone.localdate(letter.approved_at) if letter.approved_at else timezone.localdate(),
        "signed": letter.approved_by or letter.signature,
        "points": [(point.label, getattr(letter, f"{point.code}_why")) for point in CRITERIA],
    }


def _kept(letter: Letter, by: Actor):
    with translation.override("nl"):
        try:
            data = pdf("referrals/letter_paper.html", context(letter) | {"signed": by.signature})
        except NoPaper:
            audit("no_paper", by=by, dossier=letter.dossier_id, part=letter.part, row=letter.pk)
            return None
        return attach(
            dossier=letter.dossier,
            by=by,
            name=_("letter-with-advice.pdf"),
            mime="application/pdf",
            data=data,
            category=Category.LETTER,
            description=_("Letter with advice to the referrer"),
            ours=True,
        )
