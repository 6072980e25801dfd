"""Code lists of what other systems send. Stored values are the Dutch terms of the field."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FactRole(TextChoices):
    """The part somebody had in one fact, as the police report says it: never a trait of the person."""

    SUSPECT = "verdachte", _("Suspect")
    VICTIM = "slachtoffer", _("Victim")
    WITNESS = "getuige", _("Witness")
    INVOLVED = "betrokkene", _("Involved")


class RiskOutcome(TextChoices):
    """What the police's own evaluation of the risk came to (COL 15/2020)."""

    NONE = "niet_gedaan", _("Not evaluated")
    LOW = "laag", _("Low")
    MEDIUM = "matig", _("Medium")
    HIGH = "hoog", _("High")
    ACUTE = "acuut", _("Acute danger")


class Unplaced(TextChoices):
    """Why a report waits outside the work list of any Safe Home."""

    UNKNOWN_ZONE = "onbekende_zone", _("No Safe Home has this police zone today")
    FAILED = "mislukt", _("Could not be made into a referral by itself")


class ReportState(TextChoices):
    """How a report stands, for the system that sent it."""

    TO_PLACE = "te_plaatsen", _("Kept, and waits to be placed at a Safe Home")
    NEW = "nieuw", _("New")
    WAITING = "wacht", _("Waiting for something")
    DECIDED = "beslist", _("Decided")
