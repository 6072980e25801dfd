"""Code lists of the dossier. Stored values are the Dutch terms of the field."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Phase(TextChoices):
    """The four phases of the status bar, exactly these."""

    BUILDING = "dossieropbouw", _("File building")
    FORMING = "dossiervorming", _("Information gathering")
    EXECUTION = "uitvoering", _("Execution")
    CLOSED = "afgesloten", _("Closed")


class Stage(TextChoices):
    """Where a dossier stands; finer than its phase."""

    BUILDING = "opbouw", _("Being built")
    REFERRED = "aangemeld", _("Referred")
    FORMING = "dossiervorming", _("Information gathering")
    EXECUTION = "uitvoering", _("Execution")
    WATCH = "wachtperiode", _("Watch period")
    CLOSED = "afgesloten", _("Closed")


OPEN = [stage for stage in Stage if stage != Stage.CLOSED]

PHASE_OF = {
    Stage.BUILDING: Phase.BUILDING,
    Stage.REFERRED: Phase.BUILDING,
    Stage.FORMING: Phase.FORMING,
    Stage.EXECUTION: Phase.EXECUTION,
    Stage.WATCH: Phase.EXECUTION,
    Stage.CLOSED: Phase.CLOSED,
}


class Colour(TextChoices):
    """The colour of a weighing; what it means stands in the versioned legend."""

    GREEN = "groen", _("Green")
    ORANGE = "oranje", _("Orange")
    RED = "rood", _("Red")


class Track(TextChoices):
    CASE_SUPPORT = "spoor_2", _("Track 2")
    CASE_MANAGEMENT = "spoor_3", _("Track 3")


class Answer(TextChoices):
    """Yes, no, or the honest third."""

    YES = "ja", _("Yes")
    NO = "nee", _("No")
    UNKNOWN = "onbekend", _("I don't know")


class LifeDomain(TextChoices):
    SAFETY = "veiligheid", _("Safety")
    PSYCHOLOGICAL = "psychisch", _("Psychological functioning")
    PHYSICAL = "lichamelijk", _("Physical health")
    RELATIONAL = "relationeel", _("Relational functioning")
    PARENTING = "opvoeding_kinderen", _("Parenting and children")
    SOCIAL = "sociaal_netwerk", _("Social network")
    SUBSTANCES = "middelengebruik", _("Substance use")
    FINANCES = "financien", _("Finances")
    HOUSING = "huisvesting", _("Housing")
    DAYTIME = "werk_dagbesteding_opleiding", _("Work, daytime activity and education")
    JUSTICE = "justitie_administratief", _("Justice and administration")


class ClosureReason(TextChoices):
    GOALS_REACHED = "doelen_bereikt", _("Goals reached and violence stopped")
    OTHER_FOLLOW_UP = "geweld_gestopt_andere_opvolging", _("Violence stopped, followed up elsewhere")
    HANDED_OVER = "overgedragen", _("Handed over")
    NO_COOPERATION = "geen_medewerking", _("No cooperation, goals not reached")
    MOVED = "verhuisd_buiten_regio", _("Moved out of the region")
    DEATH = "overlijden", _("Death")
    NOT_TAKEN_UP = "niet_opgenomen", _("Not taken up")
    JOINED = "aangesloten_bij_bestaand", _("Joined to an existing dossier")
    OTHER = "andere", _("Other")


class TaskKind(TextChoices):
    CHECK_REFERRAL = "aanmelding_nakijken", _("Check the referral")
    COMPLETE_REFERRAL = "aanmelding_vervolledigen", _("Complete the referral")
    CLEARANCE = "vrijgave_parket", _("Answer whether the file may be opened")
    LANE_ANSWER = "antwoord_partner", _("Answer the request for information")
    INFORM = "informeren_heroverwegen", _("Reconsider informing somebody in the family")
    REASSESS = "herinschatting", _("Assess the risk again")
    MEETING = "overleg", _("Take part in the meeting")
    APPROVE_MINUTES = "verslag_goedkeuren", _("Approve the minutes")
    ACTION = "actie", _("Carry out an action of the plan")
    REVIEW_PLAN = "plan_bijsturen", _("Review the plan")
    WATCH_CONTACT = "contact_wachtperiode", _("Make contact in the watch period")
    WATCH_END = "einde_wachtperiode", _("End of the watch period: ask again, then close or resume")
    SEE_CHILD = "kind_zien", _("See the child")
    INSPECTION = "inzage_beantwoorden", _("Answer a request for access to the dossier")
    DESTROY = "vernietigen", _("Kept long enough: propose to destroy the dossier")
    GREW_UP = "achttien_geworden", _("Became eighteen: discuss the dossier with the young adult")
