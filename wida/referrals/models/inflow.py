"""The queue of a Safe Home: what came in, and what was done with it."""

from django.db import models
from django.db.models import Q

from wida.records.ids import new_id
from wida.records.sealing import SealedText
from wida.referrals.codes import InflowOutcome, InflowState, InflowStepKind, Route, WaitsFor


class Inflow(models.Model):
    """Something that came in at a Safe Home and asks a decision: a submitted referral, or a report of the police.

    It says how and when it came, never about whom: that stands in its dossier, which it has as soon as it is placed.
    Until then, and for what people note while they handle it, it has a data key of its own.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    safe_home = models.ForeignKey(
        "accounts.SafeHome", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    route = models.CharField(max_length=16, choices=Route.choices)
    receipt = models.CharField(max_length=20, unique=True)
    sender = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    signature = models.CharField(max_length=200)
    received_at = models.DateTimeField()
    due = models.DateField()
    acknowledged_at = models.DateTimeField(null=True)
    dossier = models.ForeignKey(
        "dossiers.Dossier", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(max_length=8, choices=InflowState.choices, default=InflowState.NEW)
    waits_for = models.CharField(max_length=12, choices=WaitsFor.choices, blank=True)
    reason = SealedText()
    taken_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    taken_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=32, choices=InflowOutcome.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    wrapped = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=InflowState.WAITING) & ~Q(waits_for="")
                | ~Q(state=InflowState.WAITING) & Q(waits_for=""),
                name="referrals_inflow_waits",
            ),
            models.CheckConstraint(
                condition=Q(state=InflowState.DECIDED, decided_at__isnull=False) & ~Q(outcome="")
                | ~Q(state=InflowState.DECIDED) & Q(decided_at=None, outcome=""),
                name="referrals_inflow_decided",
            ),
            models.CheckConstraint(
                condition=Q(taken_by=None, taken_at=None) | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="referrals_inflow_taken",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", InflowOutcome.SET_ASIDE, InflowOutcome.DECLINED])
                | Q(dossier__isnull=False),
                name="referrals_inflow_placed",
            ),
            models.UniqueConstraint(
                fields=["dossier"], condition=~Q(state=InflowState.DECIDED), name="referrals_inflow_once"
            ),
        ]
        indexes = [
            models.Index(fields=["safe_home", "state", "due", "id"], name="referrals_inflow_queue"),
            models.Index(fields=["dossier"], name="referrals_inflow_file"),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def sealed_under(self):
        """Its own key, also once it has a dossier."""
        return self.pk


class InflowStep(models.Model):
    """What somebody did with something in the queue, when and why. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inflow = models.ForeignKey(Inflow, on_delete=models.PROTECT, related_name="steps", db_index=False)
    kind = models.CharField(max_length=16, choices=InflowStepKind.choices)
    at = models.DateTimeField()
    user = models.UUIDField(null=True)
    signature = models.CharField(max_length=200)
    to = models.CharField(max_length=200, blank=True)
    detail = models.CharField(max_length=32, blank=True)
    reason = SealedText()

    class Meta:
        indexes = [models.Index(fields=["inflow", "at"], name="referrals_inflowstep_order")]

    @property
    def sealed_under(self):
        return self.inflow_id


class InflowSeen(models.Model):
    """Somebody opened what came in: only then may they close it together with others."""

    id = models.BigAutoField(primary_key=True)
    inflow = models.ForeignKey(Inflow, on_delete=models.PROTECT, related_name="seen", db_index=False)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inflow", "user"], name="referrals_inflowseen_once")]
