"""Code lists of who may. Stored values are the Dutch terms of the field."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Declared(TextChoices):
    """What somebody answered to "do you know these people privately?"."""

    YES = "ja", _("Yes, privately")
    NO = "nee", _("No")


class EmergencyOutcome(TextChoices):
    """What a colleague thinks of an emergency access afterwards."""

    JUSTIFIED = "gegrond", _("Justified")
    AVOIDABLE = "vermijdbaar", _("Well meant, but it could have been asked")
    UNJUSTIFIED = "ongegrond", _("Not justified: reported")


class AlertKind(TextChoices):
    """What a coordinator is told at once."""

    EMERGENCY = "noodtoegang", _("Emergency access")
    EXTRA_PROTECTED = "extra_beschermd", _("Opened an extra protected dossier")
    MANY_FILES = "veel_dossiers", _("Opened very many dossiers in one hour")
