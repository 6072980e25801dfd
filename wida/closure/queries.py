"""What the tab of rounding off reads, and what stands beside its judgement."""

from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from wida.closure.models import Closing, RoundingOff, WatchContact
from wida.dossiers.models import Dossier, Transition
from wida.plans import queries as plans
from wida.plans.codes import GoalState
from wida.records.queries import read
from wida.records.sealing import unseal
from wida.risk import queries as risk
from wida.risk.models import Weighing
from wida.situation.queries import incident_marks

CONTACT = ("contact_with", "whom", "planned_on", "done_on", "new_violence", "outcome", "organisation_id")


class Resumption(NamedTuple):
    """Somebody took the case up again during a watch period, and why."""

    at: Any
    signature: str
    reason: str


class Standing(NamedTuple):
    """How the case stands when somebody judges whether it can be rounded off."""

    goals: list
    weighing: Any
    assessment: Any
    last_violence: date | None

    @property
    def reached(self) -> int:
        return sum(goal.state == GoalState.REACHED for goal in self.goals)

    @property
    def open(self) -> int:
        return sum(goal.state == GoalState.OPEN for goal in self.goals)


def judgements(dossier: Dossier) -> list:
    """Every start of a watch period, newest first."""
    return read(
        RoundingOff.objects.of(dossier).order_by("-created_at"),
        *("goals_reached", "violence_stopped", "motivation", "started_on", "watch_until"),
    )


def watch_began(dossier: Dossier) -> RoundingOff | None:
    """The judgement with which the newest watch period began."""
    return RoundingOff.objects.of(dossier).order_by("-created_at").first()


def watched_until(dossier: Dossier) -> date | None:
    """The last day of the watch period; a dossier may close before it ends."""
    closed = timezone.localdate(dossier.closed_at) if dossier.closed_at else None
    return min((day for day in (dossier.watch_until, closed) if day), default=None)


def contacts(dossier: Dossier) -> list:
    """Contacts of every watch period, the next one first."""
    return read(WatchContact.objects.of(dossier).order_by("planned_on", "id"), *CONTACT)


def contacts_of(dossier: Dossier, began: RoundingOff | None):
    """The contacts that were planned in a watch period that is still the newest."""
    found = WatchContact.objects.of(dossier)
    return found.filter(created_at__gte=began.created_at) if began else found.none()


def resumptions(dossier: Dossier) -> list[Resumption]:
    """Newest first. One statement."""
    found = Transition.objects.filter(dossier=dossier, name="resume").order_by("-at")
    return [
        Resumption(at, signature, unseal(reason, dossier.pk, f"dossiers_transition:{key}:reason"))
        for key, at, signature, reason in found.values_list("id", "at", "signature", "reason")
    ]


def goals(dossier: Dossier) -> list:
    """The course of the goals in their order. One statement."""
    return plans.goals(dossier)


def standing(dossier: Dossier) -> Standing:
    """Four statements."""
    newest = Weighing.objects.of(dossier).filter(corrected_by=None).order_by("-weighed_on", "-version")[:1]
    weighed = read(newest, "weighed_on", "colour", "motivation")
    marks = incident_marks(dossier)
    return Standing(
        goals=goals(dossier),
        weighing=weighed[0] if weighed else None,
        assessment=risk.latest_judgement(dossier),
        last_violence=marks[-1][0] if marks else None,
    )


def weighings(dossier: Dossier) -> list:
    """The course of the weighings, oldest first. One statement."""
    found = Weighing.objects.of(dossier).filter(corrected_by=None).order_by("weighed_on", "version")
    return read(found, "weighed_on", "colour")


def closing(dossier: Dossier):
    """How it closed, or None."""
    names = ("reason", "outcome", "evaluation", "retain_years", "retain_ground", "retain_agreed")
    found = read(Closing.objects.of(dossier), *names)
    return found[0] if found else None
