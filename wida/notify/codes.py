"""Code lists of notices."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    SPREAD = "verdeeld", _("Passed on to each recipient")
    SENT = "verstuurd", _("Mail sent")
    NOT_NEEDED = "niet_meer_nodig", _("No longer needed")
    NO_ADDRESS = "geen_adres", _("No mail address")
