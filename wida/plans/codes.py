"""Code lists of the plan and its execution. Stored values are the Dutch terms of the field."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SafetyPhase(TextChoices):
    """The order in which safety is built. A name, not a gate: recovery may start while danger is still worked on."""

    DIRECT = "directe_veiligheid", _("Direct safety")
    CAUSES = "stabiele_veiligheid", _("Help with the causes")
    RECOVERY = "herstel", _("Recovery")


PHASE_NUMBER = {phase: number for number, phase in enumerate(SafetyPhase, start=1)}


class GoalState(TextChoices):
    OPEN = "open", pgettext_lazy("goal", "Open")
    REACHED = "bereikt", _("Reached")
    DROPPED = "losgelaten", _("Let go")


class ActionState(TextChoices):
    PLANNED = "gepland", _("Planned")
    RUNNING = "lopend", _("Under way")
    DONE = "uitgevoerd", _("Carried out")
    IMPOSSIBLE = "kon_niet", _("Became impossible")
    NOT_DONE = "niet_uitgevoerd", _("Not carried out")
    LAPSED = "vervallen", _("Lapsed")


OPEN_STATES = (ActionState.PLANNED, ActionState.RUNNING)
ENDED_STATES = tuple(state for state in ActionState if state not in OPEN_STATES)
# What a case conference says of an action when it goes through the list.
REVIEW_OUTCOMES = (ActionState.DONE, ActionState.IMPOSSIBLE, ActionState.NOT_DONE)

STATE_SHAPES = {
    ActionState.PLANNED: "empty",
    ActionState.RUNNING: "half",
    ActionState.DONE: "done",
    ActionState.IMPOSSIBLE: "failed",
    ActionState.NOT_DONE: "failed",
    ActionState.LAPSED: "failed",
}


class GapKind(TextChoices):
    """What nobody works on."""

    FACTOR = "risicofactor", _("Risk factor without a goal")
    CHILD = "kind", _("Child without a goal")
    ACTION = "actie", _("Action without a person")
    UNKNOWN = "onbekend", _("Unknown, nobody finds out")


class EntryKind(TextChoices):
    CONTACT = "contact", pgettext_lazy("log entry", "Contact")
    REPORT = "verslag", pgettext_lazy("log entry", "Report")
    ADJUSTMENT = "bijsturing", _("Adjustment")
    OTHER = "andere", pgettext_lazy("log entry", "Other")


class ContactWay(TextChoices):
    VISIT = "huisbezoek", _("Home visit")
    OFFICE = "gesprek", _("Conversation at the service")
    PHONE = "telefoon", _("Telephone")
    ONLINE = "online", _("Video call")
    WRITTEN = "schriftelijk", _("In writing")
    MEETING = "overleg", _("Meeting of services")


class SignalTheme(TextChoices):
    """What stands in the way beyond this one family."""

    WAITING = "wachttijd", _("Waiting lists")
    NO_OFFER = "aanbod_ontbreekt", _("No suitable help exists")
    COOPERATION = "samenwerking", _("Cooperation between services")
    SHARING = "informatiedeling", _("Sharing of information")
    JUSTICE = "justitiele_opvolging", _("Judicial follow-up")
    HOUSING = "huisvesting", _("Housing and shelter")
    CHILDREN = "kinderen", _("Help for children")
    ACCESS = "toegankelijkheid", _("Language and accessibility")
    RULES = "regelgeving", _("Rules and laws")
    STAFF = "personeel_middelen", _("Staff and means")
    OTHER = "andere", pgettext_lazy("theme", "Other")
