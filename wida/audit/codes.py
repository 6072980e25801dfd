"""Code lists of the trail. Stored values are the Dutch terms."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    """What a coordinator found about something remarkable."""

    IN_ORDER = "in_orde", _("In order")
    NOT_IN_ORDER = "niet_in_orde", _("Not in order")
