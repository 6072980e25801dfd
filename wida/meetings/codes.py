"""Code lists of meetings. Stored values are the Dutch terms of the field."""

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingType(TextChoices):
    CASE_REVIEW = "dossierbespreking", _("Case review")
    TRIAGE = "triage", _("Triage")
    CONFERENCE = "casusoverleg", _("Case conference")
    FOLLOW_UP = "opvolging", _("Follow-up")
    URGENT = "dringend", _("Urgent meeting")
    CARE = "zorgoverleg", _("Care meeting")
    EVALUATION = "evaluatie", _("Evaluation")


class InviteGround(TextChoices):
    """Decree art. 12: on what ground somebody is invited."""

    INVOLVED = "betrokken", _("Involved with the family or knows it")
    EXPERT = "deskundig", _("Specific expertise")


class Attendance(TextChoices):
    EXPECTED = "verwacht", _("Expected")
    PRESENT = "aanwezig", _("Present")
    EXCUSED = "verontschuldigd", _("Excused")
    ABSENT = "afwezig", _("Absent")


class TriageOutcome(TextChoices):
    NO_OFFER = "geen_aanbod", _("No active offer, advice to the referrer")
    TRACK_2 = "spoor_2", _("Track 2, case support")
    TRACK_3 = "spoor_3", _("Track 3, intensive case management")
    MORE_INFORMATION = "bijkomende_info", _("More information needed")
    JOIN = "heraanmelding_bestaand", _("Join to an existing dossier")


class Consulted(TextChoices):
    OCJ = "ocj", "OCJ"
    VK = "vk", "VK"
    BOTH = "ocj_en_vk", _("OCJ and VK")


class LegalBasis(TextChoices):
    """On which ground professionals may speak.

    The new penal code (law of 29 February 2024) says it in article 353 §2, from 8 April 2026.
    """

    DECREE_458TER = (
        "decreet_458ter",
        _("Art. 9 of the decree on the Safe Homes with art. 458ter of the Penal Code"),
    )
    DECREE_353 = (
        "decreet_353",
        _("Art. 9 of the decree on the Safe Homes with art. 353 §2 of the new Penal Code"),
    )
    PROSECUTOR = "toestemming_parket", _("Reasoned permission of the public prosecutor")


LEGAL_BASIS_SINCE = {LegalBasis.DECREE_458TER: date(2024, 4, 18), LegalBasis.DECREE_353: date(2026, 4, 8)}


def usual_basis(day: date) -> LegalBasis:
    """The basis that usually holds on a day; another can be chosen, since the start of the new code was debated."""
    return (
        LegalBasis.DECREE_353 if day >= LEGAL_BASIS_SINCE[LegalBasis.DECREE_353] else LegalBasis.DECREE_458TER
    )
