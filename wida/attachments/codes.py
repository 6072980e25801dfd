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
