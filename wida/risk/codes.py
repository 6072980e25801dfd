"""Code lists of the risk assessment and the weighing. Stored values are the Dutch terms of the field."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wida.accounts.codes import OrganisationType
from wida.dossiers.codes import Stage


class Factor(TextChoices):
    """The thirteen risk factors, in their fixed order: never sorted by weight, never added up."""

    DEATH_THREATS = "doodsbedreiging_suicide", _("Death threats or suicide")
    FEAR = "angst_slachtoffer", _("Fear of the victim")
    SEVERE_VIOLENCE = "ernstig_geweld", _("Severe physical violence")
    STRANGULATION = "geweld_keel", _("Violence to the throat")
    ESCALATION = "escalatie", _("Pattern of escalation")
    CHILDREN = "kinderen", _("Children victim or witness")
    EARLIER_INSIDE = "eerder_geweld_binnen", _("Earlier violence in this family")
    EARLIER_OUTSIDE = "eerder_geweld_buiten", _("Earlier violence outside this family")
    CONTROL = "controle_isolatie", _("Control and isolation")
    DEPENDENCY = "afhankelijkheid", _("Dependency")
    PSYCHOLOGICAL = "psychisch", _("Concerns about psychological functioning")
    SUBSTANCES = "middelen", _("Substance abuse")
    AVOIDS_HELP = "zorgmijding", _("Not seeking or accepting help")


class Indicator(TextChoices):
    """What the thirteen do not ask apart, but the research on deadly violence does."""

    WEAPON = "wapen", _("Access to a weapon")
    SEPARATION = "scheiding", _("Recent or planned separation")
    STALKING = "belaging", _("Stalking")
    PREGNANCY = "zwangerschap", _("Violence during pregnancy")
    SEXUAL = "seksueel_geweld", _("Sexual violence")
    CHILDREN_THREATENED = "kinderen_bedreigd", _("Children threatened")


FACTORS = tuple(Factor)
INDICATORS = tuple(Indicator)
CODES = FACTORS + INDICATORS
LABELS = {code: code.label for code in CODES}


class Score(TextChoices):
    """Unknown is an answer of its own: it is never counted as absent."""

    PRESENT = "aanwezig", _("Present")
    SUSPECTED = "vermoeden", _("Suspected")
    ABSENT = "afwezig", _("Absent")
    UNKNOWN = "onbekend", pgettext_lazy("score", "Unknown")
    NOT_APPLICABLE = "nvt", _("Not applicable")


NEEDS_MOTIVATION = (Score.PRESENT, Score.SUSPECTED)
SHAPES = {
    Score.PRESENT: "full",
    Score.SUSPECTED: "half",
    Score.ABSENT: "empty",
    Score.UNKNOWN: "unknown",
    Score.NOT_APPLICABLE: "empty",
}


class Lane(TextChoices):
    """From where a score comes. Joint: police or prosecutor and welfare assessed together."""

    POLICE = "politie", _("Police")
    WELFARE = "welzijn", _("Welfare")
    JOINT = "samen", _("Police and welfare")


POLICE_LANE = frozenset({OrganisationType.POLICE, OrganisationType.PROSECUTION})


class Change(TextChoices):
    """How a score differs from the one before it."""

    HEAVIER = "zwaarder", _("Heavier")
    LIGHTER = "lichter", _("Lighter")
    NEWLY_KNOWN = "nieuw_gekend", _("Newly known")
    NO_LONGER_KNOWN = "niet_meer_gekend", _("No longer known")
    DIFFERENT = "anders", _("Different")


class Review(TextChoices):
    """What somebody says about a score that was copied from the last assessment."""

    CONFIRMED = "bevestigd", _("Looked at again, it stays so")
    NOT_REVIEWED = "niet_opnieuw_bekeken", _("Not looked at again")


class Level(TextChoices):
    LOW = "laag", _("Low")
    MEDIUM = "middel", _("Medium")
    HIGH = "hoog", _("High")
    UNKNOWN = "onbekend", _("Can't be judged yet")


class Imminence(TextChoices):
    LATER = "later", _("Later")
    MONTHS = "maanden", _("Within months")
    DAYS = "dagen_weken", _("Days to weeks")
    UNKNOWN = "onbekend", pgettext_lazy("when", "Unknown")


class DomainState(TextChoices):
    SUPPORT = "steun", _("Support")
    CONCERN = "zorg", _("Concern")
    MIXED = "wisselend", _("Mixed")
    UNKNOWN = "onbekend", pgettext_lazy("domain", "Unknown")


class Side(TextChoices):
    """In a factor: from whom it goes out, and towards whom."""

    WHO = "wie", _("By whom")
    TOWARDS = "tegenover", _("Towards whom")


class Flag(TextChoices):
    """Critical signals: always shown, never scored, and a reason to explain a milder weighing."""

    STRANGULATION = "geweld_keel", _("Violence to the throat")
    DEATH_THREATS = "doodsbedreiging", _("Death threat")
    WEAPON = "wapen", _("Weapon")
    FEAR = "angst", _("Fear of the victim")
    ESCALATION = "escalatie", _("Pattern of escalation")
    SEPARATION_CONTROL = "scheiding_controle", _("Separation with control")
    STALKING = "belaging", _("Stalking")
    SEXUAL = "seksueel_geweld", _("Sexual violence")
    PREGNANCY = "zwangerschap", _("Violence during pregnancy")
    CHILDREN_THREATENED = "kinderen_bedreigd", _("Children threatened")


# Which scores a signal follows from. With two, both must be present.
FLAG_FROM = {
    Flag.STRANGULATION: (Factor.STRANGULATION,),
    Flag.DEATH_THREATS: (Factor.DEATH_THREATS,),
    Flag.WEAPON: (Indicator.WEAPON,),
    Flag.FEAR: (Factor.FEAR,),
    Flag.ESCALATION: (Factor.ESCALATION,),
    Flag.SEPARATION_CONTROL: (Indicator.SEPARATION, Factor.CONTROL),
    Flag.STALKING: (Indicator.STALKING,),
    Flag.SEXUAL: (Indicator.SEXUAL,),
    Flag.PREGNANCY: (Indicator.PREGNANCY,),
    Flag.CHILDREN_THREATENED: (Indicator.CHILDREN_THREATENED,),
}
CRITICAL = frozenset(code for codes in FLAG_FROM.values() for code in codes)
SIGNAL_STATES = (Score.PRESENT, Score.SUSPECTED, Score.ABSENT)


class MeetingKind(TextChoices):
    """Where a weighing was made."""

    OPENER = "opbouw", _("First weighing while building the file")
    TRIAGE = "triage", _("Triage")
    CONFERENCE = "casusoverleg", _("Case conference")
    URGENT = "dringend", _("Urgent consultation")


def meeting_kinds(stage: str) -> list[MeetingKind]:
    """Whoever builds a file weighs alone; once it is submitted, members weigh together."""
    if stage == Stage.BUILDING:
        return [MeetingKind.OPENER, MeetingKind.URGENT]
    return [MeetingKind.TRIAGE, MeetingKind.CONFERENCE, MeetingKind.URGENT]


# Days until the risk is to be assessed again, after the heaviest judgement that stands.
REASSESS_AFTER = {Level.HIGH: 30}
REASSESS_USUALLY = 90

# The partner to whom a question about an unknown factor goes first.
ASK_FIRST = {
    Factor.DEATH_THREATS: OrganisationType.POLICE,
    Factor.FEAR: OrganisationType.WELFARE,
    Factor.SEVERE_VIOLENCE: OrganisationType.HOSPITAL,
    Factor.STRANGULATION: OrganisationType.HOSPITAL,
    Factor.ESCALATION: OrganisationType.POLICE,
    Factor.CHILDREN: OrganisationType.CHILD_ABUSE_CENTRE,
    Factor.EARLIER_INSIDE: OrganisationType.POLICE,
    Factor.EARLIER_OUTSIDE: OrganisationType.PROSECUTION,
    Factor.CONTROL: OrganisationType.WELFARE,
    Factor.DEPENDENCY: OrganisationType.LOCAL_WELFARE,
    Factor.PSYCHOLOGICAL: OrganisationType.MENTAL_HEALTH,
    Factor.SUBSTANCES: OrganisationType.MENTAL_HEALTH,
    Factor.AVOIDS_HELP: OrganisationType.JUSTICE_AGENCY,
    Indicator.WEAPON: OrganisationType.POLICE,
    Indicator.SEPARATION: OrganisationType.WELFARE,
    Indicator.STALKING: OrganisationType.POLICE,
    Indicator.PREGNANCY: OrganisationType.CHILD_AND_FAMILY,
    Indicator.SEXUAL: OrganisationType.WELFARE,
    Indicator.CHILDREN_THREATENED: OrganisationType.YOUTH_SUPPORT,
}
