"""What the tab of rounding off shows."""

from datetime import date

from django.utils import timezone

from wida.closure.models import Closing, RoundingOff, WatchContact
from wida.dossiers.models import Dossier
from wida.records.queries import read


def judgements(dossier: Dossier) -> list:
    """Every start of a watch period, newest first."""
    return read(
        RoundingOff.objects.of(dossier).order_by("-created_at"),
        "goals_reached", "violence_stopped", "motivation", "started_on", "watch_until",
    )  # fmt: skip


def watched_until(dossier: Dossier) -> date | None:
    """The last day of the watch period; a dossier may close before it ends."""
    closed = timezone.localdate(dossier.closed_at) if dossier.closed_at else None
    return min((day for day in (dossier.watch_until, closed) if day), default=None)


def contacts(dossier: Dossier) -> list:
    """Contacts of the watch period, the next one first."""
    return read(
        WatchContact.objects.of(dossier).order_by("planned_on", "id"),
        "contact_with", "whom", "planned_on", "done_on", "new_violence", "outcome", "organisation_id",
    )  # fmt: skip


def closing(dossier: Dossier):
    """How it closed, or None."""
    found = read(
        Closing.objects.of(dossier),
        "reason",
        "outcome",
        "evaluation",
        "retain_years",
        "retain_ground",
        "retain_agreed",
    )
    return found[0] if found else None
