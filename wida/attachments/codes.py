"""Code lists of attachments. Stored values are the Dutch terms of the field."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Category(TextChoices):
    REFERRAL = "aanmelding", _("Referral")
    POLICE_REPORT = "pv", _("Police report")
    JUDICIAL = "gerechtelijk", _("Judgment or order")
    ASSESSMENT = "inschatting", _("External assessment")
    MEDICAL = "medisch", _("Medical certificate")
    REPORT = "verslag", _("Report")
    LETTER = "brief", _("Letter")
    PLAN = "plan", _("Plan")
    OTHER = "andere", _("Other")


class State(TextChoices):
    """What is known of a file. Only the first three are handed out, and the third only where nothing scans."""

    OURS = "eigen", _("made by WIDA")
    CLEAN = "schoon", _("scanned, nothing found")
    UNSCANNED = "niet_gescand", _("not scanned for viruses")
    WAITING = "wacht", _("being examined")
    INFECTED = "besmet", _("infected")
    HELD = "tegengehouden", _("held back")


class Reason(TextChoices):
    """Why a file is held back."""

    LOCKED = "locked", _("It is protected with a password. Take the password off and attach it again.")
    PIXELS = "pixels", _("The picture is too large. Make it smaller and attach it again.")
    BOMB = "bomb", _("It unpacks to far more than a document needs.")
    NESTED = "nested", _("It holds a document in a document in a document.")
    ACTIVE = "active", _("It holds macros or other parts that run. Save it without them and attach it again.")
    UNREADABLE = "unreadable", _("It is damaged, or not what it says it is. Save it again and attach that.")
