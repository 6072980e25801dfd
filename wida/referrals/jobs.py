"""Telling who referred a family that it was received, away from the request."""

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from wida.jobs import PATIENTLY, app, as_system
from wida.referrals.inflow import mark_acknowledged
from wida.referrals.models import Inflow


@app.task(retry=PATIENTLY)
def acknowledge(inflow: str) -> None:
    """One mail with the receipt and a link: a mailbox may be open to others. The mark goes once it was sent."""
    with as_system():
        row = (
            Inflow.objects.select_for_update(of=("self",), no_key=True)
            .select_related("dossier__author")
            .get(pk=inflow)
        )
        author = row.dossier.author if row.dossier_id else None
        if row.acknowledged_at or not author or not author.email:
            return
        with translation.override(settings.LANGUAGE_CODE):
            send_mail(
                subject=_("WIDA received what you sent"),
                message=_("WIDA received what you sent. Receipt %(receipt)s. Sign in to see it:")
                % {"receipt": row.receipt}
                + f"\n\n{settings.WIDA_URL}{reverse('house_referrals:referrals')}\n",
                from_email=None,
                recipient_list=[author.email],
            )
        mark_acknowledged(inflow_id=row.pk)
