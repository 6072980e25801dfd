"""The end of a trajectory: what was judged, who was asked again, how it closed."""

from django.db import models
from django.db.models import F, Q

from wida.access.rules import Part
from wida.closure.codes import RETENTION_YEARS, RETENTION_YEARS_AGREED, ContactWith, Reached
from wida.dossiers.codes import Answer, ClosureReason
from wida.records.ids import new_id
from wida.records.models import Record
from wida.records.sealing import SealedText


class RoundingOff(Record):
    """The judgement with which a watch period starts. New violence starts a new one later."""

    part = Part.CLOSURE
    goals_reached = models.CharField(max_length=12, choices=Reached.choices)
    violence_stopped = models.CharField(max_length=12, choices=Answer.choices)
    motivation = SealedText()
    started_on = models.DateField()
    watch_until = models.DateField()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(watch_until__gt=F("started_on")), name="closure_roundingoff_period"
            ),
        ]


class WatchContact(Record):
    """A contact planned for the watch period, and what it brought."""

    part = Part.CLOSURE
    contact_with = models.CharField(max_length=8, choices=ContactWith.choices)
    whom = SealedText()
    planned_on = models.DateField()
    done_on = models.DateField(null=True)
    new_violence = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    outcome = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None, new_violence="") | (Q(done_on__isnull=False) & ~Q(new_violence="")),
                name="closure_watchcontact_done",
            ),
        ]


class Closing(Record):
    """How a dossier closed, and how long it is kept (decree art. 15 §3). Never changed.

    At most 15 years from closing; at most 30 when the participants agree at this very moment, and on what ground.
    """

    part = Part.CLOSURE
    reason = models.CharField(max_length=32, choices=ClosureReason.choices)
    outcome = SealedText()
    evaluation = SealedText()
    retain_years = models.PositiveSmallIntegerField()
    retain_ground = SealedText()
    retain_agreed = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(retain_years__range=(1, RETENTION_YEARS))
                | Q(
                    retain_years__range=(1, RETENTION_YEARS_AGREED),
                    retain_ground__isnull=False,
                    retain_agreed__isnull=False,
                ),
                name="closure_closing_retention",
            ),
        ]


class Destruction(models.Model):
    """The declaration that a dossier was destroyed, by which two people (decree art. 15 §3). Outlives the dossier.

    Holds no foreign key to it and nothing of the family, so that it can be kept, and played again after a restore.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.UUIDField(unique=True)
    number = models.CharField(max_length=16)
    safe_home = models.ForeignKey(
        "accounts.SafeHome", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    retain_until = models.DateField()
    proposed_by = models.UUIDField()
    proposed_signature = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    approved_by = models.UUIDField(null=True)
    approved_signature = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
                name="closure_destruction_two",
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at=None) | Q(approved_by__isnull=False),
                name="closure_destruction_agreed",
            ),
        ]
        indexes = [models.Index(fields=["safe_home", "destroyed_at"], name="closure_destruction_house")]
