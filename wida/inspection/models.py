"""A request for access by one person of the family (GDPR art. 15)."""

from django.db import models
from django.db.models import F, Q

from wida.access.rules import Part
from wida.records.models import Record
from wida.records.sealing import SealedText


def inspections_of(dossier):
    """The requests of a dossier, the newest first."""
    return Inspection.objects.of(dossier).order_by("-asked_on", "-id")


class Inspection(Record):
    """Somebody asked what the dossier holds about them. `passages` is what was gathered when it began, as JSON, with
    what was decided of each; every round of decisions is a version. `released_by` read it over, as a second person.
    """

    part = Part.ACCESS
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_on = models.DateField()
    identity = SealedText()
    passages = SealedText()
    decided_by = models.UUIDField(null=True)
    released_by = models.UUIDField(null=True)
    released_signature = models.CharField(max_length=200, blank=True)
    answered_on = models.DateField(null=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by=None)
                | Q(decided_by__isnull=False) & ~Q(released_by=F("decided_by")) & ~Q(released_signature=""),
                name="inspection_inspection_two",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(released_by__isnull=False),
                name="inspection_inspection_read_over",
            ),
        ]
