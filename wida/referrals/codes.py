"""Code lists of the referral. Stored values are the Dutch terms of the field; legal references carry their days."""

from datetime import date
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Side(TextChoices):
    """Who answered the criteria: whoever refers, then the coordinator who checks (decree art. 11)."""

    REFERRER = "aanmelder", _("Referrer")
    COORDINATOR = "coordinator", _("Coordinator")


class Point(NamedTuple):
    """One thing to answer or to weigh: its column, its words, and what counts for it."""

    code: str
    label: str
    hint: str


# Decree of 29 March 2024 on the Veilige Huizen, article 5: all three must be met.
CRITERIA = (
    Point(
        "repeated_risk",
        _("There is an increased risk that violence in the family happens again"),
        _(
            "Somebody's physical or psychological integrity is in danger. Think of earlier incidents, escalation, "
            "threats, or a separation to come."
        ),
    ),
    Point(
        "sharing_needed",
        _("Sharing information between sectors, and a case conference, are needed to break the cycle"),
        _("No organisation sees the whole picture alone. Name who knows something that the others need."),
    ),
    Point(
        "alignment_needed",
        _("An aligned approach of the core partners is needed to break the cycle"),
        _("Help alone, or the police and the prosecutor alone, did not stop the violence or can't."),
    ),
)

# The same article: what must have been weighed before a trajectory in the Safe Home.
ALTERNATIVES = (
    Point(
        "direct_help",
        _("Refer the family directly to help"),
        _("Would an ordinary referral to help be enough? Why, or why not?"),
    ),
    Point(
        "running_help",
        _("Attach to help that is already running"),
        _("Can the help that is there now take this up? Why, or why not?"),
    ),
    Point(
        "trajectory",
        _("A trajectory in the Safe Home"),
        _("What does working together add to the two above?"),
    ),
)


class LegalBasis(NamedTuple):
    """A ground in law. `doubtful_end`: whether it ended on that day was not certain, so it stays on offer."""

    code: str
    text: str
    since: date
    until: date | None = None
    doubtful_end: bool = False

    def held_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until or self.doubtful_end)


# Data, not words of the screens: what was chosen is kept with the answer as it read that day. The new Penal Code
# names 8 April 2026; whether that day was put off is not known to us.
LEGAL_BASES = (
    LegalBasis(
        "458ter",
        "art. 9 decreet Veilige Huizen juncto art. 458ter Sw.",
        date(2024, 4, 18),
        date(2026, 4, 7),
        doubtful_end=True,
    ),
    LegalBasis("353_2", "art. 353 §2 nieuw Strafwetboek", date(2026, 4, 8)),
    LegalBasis("toestemming_procureur", "gemotiveerde toestemming procureur", date(2017, 7, 6)),
)


class RequestState(TextChoices):
    ASKED = "gevraagd", _("Asked")
    ANSWERED = "beantwoord", _("Answered")
    DROPPED = "vervallen", _("No longer asked")


class YouthBody(TextChoices):
    """The mandated structures of the decree on integral youth help (12 July 2013, art. 2 §1, 17°)."""

    OCJ = "ocj", _("Support centre for youth care (OCJ)")
    VK = "vk", _("Child Abuse Confidential Centre (VK)")


class DecisionKind(TextChoices):
    SENT_BACK = "teruggestuurd", _("Returned for completion")
    REFUSED = "niet_opgenomen", _("Not taken up")
    JOINED = "aangesloten_bij_bestaand", _("Joined to an existing dossier")
    CONSULT = "anoniem_consult", _("Turned into an anonymous consult")


class RefusalGround(TextChoices):
    CRITERIA = "voldoet_niet_aan_criteria", _("The criteria are not met")
    NOT_SEVERE = "weegt_niet_zwaar_genoeg", _("It does not weigh heavily enough for a joint approach")


class Route(TextChoices):
    """Along which way something came in at a Safe Home."""

    CORE_PARTNER = "kernpartner", _("Core partner")
    PROFESSIONAL = "professional", _("Another professional")
    POLICE_REPORT = "politie", _("Police report")
    SAFE_HOME = "veilig_huis", _("Safe Home")
    MOVE = "overdracht", _("Handed over by another Safe Home")


class InflowState(TextChoices):
    """Where something that came in stands in the queue."""

    NEW = "nieuw", _("New")
    WAITING = "wacht", _("Waiting for something")
    DECIDED = "beslist", _("Decided")


class WaitsFor(TextChoices):
    """What a waiting referral or report waits for."""

    COMPLETION = "aanvulling", _("Completion by who sent it")
    CLEARANCE = "vrijgave", _("Clearance by the prosecutor")
    PLACING = "plaatsing", _("Somebody who says to which family it belongs")
    OTHER = "andere", _("Something else")


class InflowOutcome(TextChoices):
    """What became of something that came in."""

    OPENED = "geopend", _("Opened for information gathering")
    REFUSED = "niet_opgenomen", _("Not taken up")
    JOINED = "aangesloten_bij_bestaand", _("Joined to an existing dossier")
    CONSULT = "anoniem_consult", _("Turned into an anonymous consult")
    SET_ASIDE = "zonder_gevolg", _("No further follow-up")
    MOVED = "overgenomen", _("Taken over")
    DECLINED = "niet_overgenomen", _("Not taken over")


class InflowStepKind(TextChoices):
    """What somebody did with something in the queue."""

    RECEIVED = "ontvangen", _("Received")
    TAKEN = "genomen", _("Taken")
    HANDED_OVER = "doorgegeven", _("Handed over")
    PUT_BACK = "teruggelegd", _("Put back")
    WAITS = "wacht", _("Made to wait")
    RESUMED = "hervat", _("Can go on")
    ADDED = "aangevuld", _("Completed by who referred")
    PLACED = "geplaatst", _("Placed in a dossier")
    DECIDED = "beslist", _("Decided")


class MoveState(TextChoices):
    """How an offer to hand a dossier over to another Safe Home stands."""

    OFFERED = "aangeboden", _("Offered")
    ACCEPTED = "aanvaard", _("Accepted")
    DECLINED = "geweigerd", _("Declined")
    WITHDRAWN = "ingetrokken", _("Withdrawn")


# Terms that no law sets. What is not taken up is kept for as long as a new referral may lean on it.
KEPT_REFUSED_YEARS = 2
KEPT_JOINED_YEARS = 15
KEPT_CONSULT_DAYS = 30
CLEARANCE_WORKING_DAYS = 5
COMPLETE_WITHIN_DAYS = 14
