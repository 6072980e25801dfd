"""Code lists of rounding off. Stored values are the Dutch terms of the field."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reached(TextChoices):
    YES = "ja", _("Yes")
    PARTLY = "gedeeltelijk", _("Partly")
    NO = "nee", _("No")


class ContactWith(TextChoices):
    FAMILY = "gezin", _("The family")
    SERVICE = "dienst", _("A service")


WATCH_MONTHS = 6
RETENTION_YEARS = 15
RETENTION_YEARS_AGREED = 30
