"""What is counted. Stored values are the Dutch terms of the field."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Measure(TextChoices):
    REFERRALS = "aanmeldingen", _("Referrals")
    MONTH = "maand", _("Referrals by month")
    ADMITTED = "opname", _("Admitted")
    REFERRER = "aanmelder", _("Who referred")
    STAGE = "fase", _("Where they stand")
    TRACK = "spoor", _("Track")
    COLOUR = "kleur", _("Colour of the last weighing")
    MINORS = "minderjarigen", _("Families with children")
    FACTOR = "risicofactor", _("Risk factors that are present")
    CLOSURE = "afronding", _("How it closed")
    DURATION = "doorlooptijd", _("How long it takes")


class Admission(TextChoices):
    """What became of a referral, as it stands at the moment of counting."""

    WAITING = "in_behandeling", _("Waits for a decision")
    ADMITTED = "opgenomen", _("Opened")
    REFUSED = "niet_opgenomen", _("Not opened")


class Step(TextChoices):
    """Between which two moments calendar days are counted."""

    TO_OPENING = "tot_opening", _("From referral to opening")
    TO_CLOSING = "tot_afronding", _("From opening to closing")
