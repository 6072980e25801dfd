"""Code lists of the situation. Stored values are the Dutch terms of the field."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wida.accounts.codes import SHORT_LANE, OrganisationType


class ViolenceForm(TextChoices):
    """Decree art. 2 names the first four; the others are those of hotline 1712 and the Child Abuse Centres."""

    PHYSICAL = "fysiek", _("Physical violence")
    SEXUAL = "seksueel", _("Sexual violence")
    PSYCHOLOGICAL = "psychisch", _("Psychological violence")
    ECONOMIC = "economisch", _("Economic violence")
    NEGLECT = "verwaarlozing", _("Neglect")
    STALKING = "belaging", _("Stalking")
    DIGITAL = "digitaal", _("Digital violence")
    COERCIVE_CONTROL = "dwingende_controle", _("Coercive control")


class ViolenceRelation(TextChoices):
    """What the two are to each other in the violence."""

    PARTNER = "partnergeweld", _("Partner violence (also by an ex-partner)")
    CHILD_ABUSE = "kindermishandeling", _("Child abuse")
    STALKING = "belaging", _("Stalking")
    ELDER_ABUSE = "ouderenmisbehandeling", _("Abuse or neglect of an older person")
    PARENT_ABUSE = "oudermisbehandeling", _("Abuse of a parent by a child")
    SIBLING = "siblinggeweld", _("Violence between siblings")
    HONOUR = "eergerelateerd", _("Honour-related violence")
    OTHER_FAMILY = "andere_familie", _("In-laws or other family")
    OTHER = "andere", _("Other relation")


class Frequency(TextChoices):
    ONCE = "eenmalig", _("Once")
    SOMETIMES = "enkele_keren_per_jaar", _("A few times a year")
    MONTHLY = "maandelijks", _("About every month")
    WEEKLY = "wekelijks", _("About every week")
    DAILY = "dagelijks", _("Every day, or all the time")
    UNKNOWN = "onbekend", _("How often is not known")


class IncidentKind(TextChoices):
    """What a chronology holds: not only violence, and also what went well."""

    VIOLENCE = "geweldsincident", _("Violent incident")
    POLICE = "politie_interventie", _("Police intervention")
    REPORT = "melding", _("Report or complaint")
    MEASURE = "maatregel", _("Measure imposed, changed or broken")
    HELP_STARTS = "hulp_start", _("Help starts")
    HELP_STOPS = "hulp_stop", _("Help stops")
    FAMILY_CHANGE = "gezinswijziging", _("Change in the family")
    MOVE = "verhuis", _("Move to another home")
    BIRTH = "geboorte", _("Birth or pregnancy")
    SEPARATION = "scheiding", _("Separation or divorce")
    HEALTH = "gezondheid", _("Health")
    SCHOOL = "school", _("School or work")
    POSITIVE = "positief", _("Something that went well")
    MEETING = "overleg", _("Meeting about the family")


ICONS = {
    IncidentKind.VIOLENCE: "zap",
    IncidentKind.POLICE: "siren",
    IncidentKind.REPORT: "message-square-warning",
    IncidentKind.MEASURE: "gavel",
    IncidentKind.HELP_STARTS: "log-in",
    IncidentKind.HELP_STOPS: "log-out",
    IncidentKind.FAMILY_CHANGE: "users-round",
    IncidentKind.MOVE: "truck",
    IncidentKind.BIRTH: "baby",
    IncidentKind.SEPARATION: "unlink",
    IncidentKind.HEALTH: "heart-pulse",
    IncidentKind.SCHOOL: "school",
    IncidentKind.POSITIVE: "sprout",
    IncidentKind.MEETING: "messages-square",
}


class Precision(TextChoices):
    """How exactly it is known when something happened."""

    DAY = "dag", _("On one day")
    AROUND = "rond", _("Around a day")
    MONTH = "maand", _("In the course of a month")
    YEAR = "jaar", _("In the course of a year")
    PERIOD = "periode", _("From one day to another")


class Reliability(TextChoices):
    """Facts and opinions apart: what the source knows of what it tells."""

    ESTABLISHED = "vastgesteld", _("Established")
    STATED = "verklaard", _("Stated by somebody")
    SUSPECTED = "vermoeden", _("Suspected")
    DISPUTED = "betwist", _("Disputed")


RELIABILITY_HELP = {
    Reliability.ESTABLISHED: _("The source saw it, measured it or has it in writing."),
    Reliability.STATED: _("Somebody told it to the source."),
    Reliability.SUSPECTED: _("The source deduces it from signals."),
    Reliability.DISPUTED: _("Those involved contradict each other."),
}


class Link(StrEnum):
    """What somebody has to do with an incident or a measure. A part in one fact, never a trait of the person."""

    FROM = "van"
    TOWARD = "naar"
    WITNESS = "getuige"
    SUBJECT = "op_wie"
    PROTECTED = "beschermd"


class MeasureKind(TextChoices):
    """Measures of justice and police that count for the safety of the family."""

    BARRING_ORDER = "tijdelijk_huisverbod", _("Temporary restraining order from the home (THV)")
    CONTACT_BAN = "contactverbod", _("Contact ban")
    PLACE_BAN = "plaatsverbod", _("Ban from a street or place")
    CONDITIONS = "voorwaarden", _("Release under conditions")
    PROBATION = "probatie", _("Probation")
    MEDIATION = "bemiddeling_en_maatregelen", _("Mediation and measures (prosecutor)")
    DETENTION = "aanhouding", _("Remand in custody or prison sentence")
    ELECTRONIC_MONITORING = "elektronisch_toezicht", _("Electronic monitoring")
    ALARM = "stalkingalarm", _("Mobile stalking alarm")
    FAMILY_COURT = "familierechtbank", _("Decision of the family court")
    YOUTH_COURT = "jeugdrechtbank", _("Measure of the youth court")
    OTHER = "andere", _("Other measure")


class Profile(TextChoices):
    """Johnson's profiles of violence between two people: a working hypothesis of professionals, never a diagnosis."""

    INTIMATE_TERRORISM = "intiem_terrorisme", _("Intimate terrorism")
    VIOLENT_RESISTANCE = "gewelddadig_verzet", _("Violent resistance")
    SITUATIONAL = "situationeel", _("Situational couple violence")
    MUTUAL_CONTROL = "wederzijdse_controle", _("Mutual violent control")
    SEPARATION = "scheiding", _("Separation-related violence")
    UNKNOWN = "onbekend", _("Not known yet")


PROFILE_HELP = {
    Profile.INTIMATE_TERRORISM: _("The first uses violence and controls the other; the other doesn't."),
    Profile.VIOLENT_RESISTANCE: _("The first uses violence against somebody who is violent and controlling."),
    Profile.SITUATIONAL: _("Conflicts run out of hand; neither controls the other."),
    Profile.MUTUAL_CONTROL: _("Both use violence and both control."),
    Profile.SEPARATION: _("The violence began with the separation."),
    Profile.UNKNOWN: _("There is not enough to go on."),
}


class InformedState(TextChoices):
    """Whether somebody of the family knows of the referral and of the sharing."""

    INFORMED = "geinformeerd", _("Informed")
    NOT_YET = "nog_niet", _("Not yet, for a reason")
    TO_DO = "te_doen", _("Still to do")


class WhyNot(TextChoices):
    UNSAFE = "niet_veilig", _("Not safe for the victim or the children")
    NOT_REACHED = "niet_bereikt", _("Not reached")
    TOO_YOUNG = "te_jong", _("Too young, or later together with a parent")
    OTHER = "andere", _("Another reason")


class RemarkKind(TextChoices):
    """What an organisation adds to the words of another."""

    DISPUTED = "betwist", _("We dispute this")
    ADDITION = "aanvulling", _("We add something")


FAMILY = "gezin"
SURROUNDINGS = "omgeving"
SOURCES = [
    *((lane.value, SHORT_LANE[lane]) for lane in OrganisationType if lane != OrganisationType.CENTRAL),
    (FAMILY, _("Somebody of the family")),
    (SURROUNDINGS, _("Somebody around the family")),
]
SOURCE_LABELS = dict(SOURCES)


def labels(codes: list[str], choices: type[TextChoices]) -> list[str]:
    """The words for stored codes, in the order of the code list."""
    return [str(choice.label) for choice in choices if choice.value in codes]
