"""Code lists of the Infodeling. Stored values are the Dutch terms of the field."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class LaneState(TextChoices):
    """Where a lane stands. No answer is a state like any other, and says nothing about the risk."""

    ASKED = "gevraagd", _("No answer yet")
    KNOWN = "gekend", _("Known")
    FORMERLY = "vroeger_gekend", _("Formerly known")
    NOT_KNOWN = "niet_gekend", _("Not known")
    NOTHING = "niets_te_delen", _("Known, nothing to share")
    MAY_NOT = "mag_niet_delen", _("May not share")
    WITHDRAWN = "ingetrokken", _("Withdrawn")


WITH_TEXT = (LaneState.KNOWN, LaneState.FORMERLY)
ANSWERED = (LaneState.KNOWN, LaneState.FORMERLY, LaneState.NOT_KNOWN, LaneState.NOTHING, LaneState.MAY_NOT)

# What an organisation can answer, with what it means. Each is a full answer (decree art. 13 §2).
ANSWERS = (
    (
        LaneState.KNOWN,
        _("Known"),
        _("Somebody of this family is known to you now, and you share what is needed."),
    ),
    (LaneState.FORMERLY, _("Formerly known"), _("The contact ended, and you share what is still needed.")),
    (LaneState.NOT_KNOWN, _("Not known"), _("Nobody of this family is known to you.")),
    (
        LaneState.NOTHING,
        _("Known, nothing to share"),
        _("Known, but nothing is needed to stop the violence."),
    ),
    (LaneState.MAY_NOT, _("May not share"), _("A rule or a duty forbids it. You say which.")),
)


class AskGround(TextChoices):
    """Why an organisation is asked (decree art. 12)."""

    INVOLVED = "betrokkenheid_kennis", _("Involved with the family, or knows it")
    EXPERTISE = "expertise", _("Specific expertise")


class Source(TextChoices):
    """Whose information it is: what comes from police or judiciary is never told to the family (WVG art. 14)."""

    OWN = "eigen", _("Own observation or work")
    POLICE = "politie", _("Police")
    JUDICIAL = "gerechtelijk", _("Judicial authority")
    CLIENT = "client", _("Somebody of the family")
    THIRD = "derde", _("A third party")


SHIELDED_SOURCES = (Source.POLICE, Source.JUDICIAL)


class DataCategory(IntegerChoices):
    """The closed list of decree art. 15 §1."""

    IDENTIFICATION = 1, _("Identification, with the national register number")
    CONTACT = 2, _("Contact data")
    WORK = 3, _("Profession, education and training")
    CIVIL = 4, _("Age, sex, nationality, civil and residence status")
    DEBTS = 5, _("Debts and solvency")
    LIFESTYLE = 6, _("Lifestyle, leisure and social context")
    HOUSEHOLD = 7, _("Composition of the household")
    HOUSING = 8, _("Housing")
    JUDICIAL = 9, _("Police and judicial data")
    HEALTH = 10, _("Health")
    RISK = 11, _("Risk situations and risk behaviour")
    ORIGIN = 12, _("Origin")
    SEXUALITY = 13, _("Sexual behaviour or orientation")
    CONVICTIONS = 14, _("Political, religious or philosophical convictions")


# GDPR articles 9 and 10: only when it can't be done without.
SENSITIVE = (
    DataCategory.JUDICIAL,
    DataCategory.HEALTH,
    DataCategory.ORIGIN,
    DataCategory.SEXUALITY,
    DataCategory.CONVICTIONS,
)

# Terms of the house, not of the law.
ANSWER_DAYS = 10
REMINDER_DAYS = 5
