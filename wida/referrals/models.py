"""The Aanmelding: criteria, proportionality, clearance by the prosecutor, OCJ/VK, and what the coordinator decided."""

from django.db import models
from django.db.models import Q

from wida.access.rules import Part
from wida.dossiers.codes import Answer
from wida.records.ids import new_id
from wida.records.models import Record
from wida.records.sealing import SealedText
from wida.referrals.codes import (
    DecisionKind,
    InflowOutcome,
    InflowState,
    InflowStepKind,
    RefusalGround,
    RequestState,
    Route,
    Side,
    WaitsFor,
    YouthBody,
)

YES_OR_NO = [choice for choice in Answer.choices if choice[0] != Answer.UNKNOWN]


class Criteria(Record):
    """The three criteria of article 5, each with its reason, and the alternatives weighed; once by each side."""

    part = Part.REFERRAL
    side = models.CharField(max_length=12, choices=Side.choices)
    repeated_risk = models.CharField(max_length=8, choices=Answer.choices)
    repeated_risk_why = SealedText()
    sharing_needed = models.CharField(max_length=8, choices=Answer.choices)
    sharing_needed_why = SealedText()
    alignment_needed = models.CharField(max_length=8, choices=Answer.choices)
    alignment_needed_why = SealedText()
    direct_help = SealedText()
    running_help = SealedText()
    trajectory = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["dossier", "side"], name="referrals_criteria_side"),
            models.CheckConstraint(
                condition=Q(
                    repeated_risk_why__isnull=False,
                    sharing_needed_why__isnull=False,
                    alignment_needed_why__isnull=False,
                ),
                name="referrals_criteria_reasons",
            ),
        ]


class Proportionality(Record):
    """Whether it is proportionate to share information and to breach professional confidentiality, and why."""

    part = Part.REFERRAL
    answer = models.CharField(max_length=8, choices=YES_OR_NO)
    motivation = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["dossier"], name="referrals_proportionality_once"),
            models.CheckConstraint(
                condition=Q(motivation__isnull=False), name="referrals_proportionality_why"
            ),
        ]


class ClearanceRequest(Record):
    """The question to the prosecutor's office whether the dossier may be opened for sharing. One stands at a time."""

    part = Part.CLEARANCE
    asked_organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    asked_user = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    asked_signature = models.CharField(max_length=200)
    asked_on = models.DateField()
    due_on = models.DateField()
    question = SealedText()
    state = models.CharField(max_length=12, choices=RequestState.choices, default=RequestState.ASKED)

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["dossier"], name="referrals_request_file")]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(state=RequestState.ASKED),
                name="referrals_clearancerequest_standing",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("asked_on")), name="referrals_clearancerequest_due"
            ),
        ]


class Clearance(Record):
    """The answer of the prosecutor's office, with its legal basis as it read that day. Never changed."""

    part = Part.CLEARANCE
    request = models.OneToOneField(ClearanceRequest, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=YES_OR_NO)
    basis = models.CharField(max_length=32, blank=True)
    basis_text = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField()
    motivation = SealedText()
    function = models.CharField(max_length=80, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=Answer.NO) | ~Q(basis="") & ~Q(basis_text=""),
                name="referrals_clearance_basis",
            ),
        ]


class YouthConsultation(Record):
    """OCJ or VK was consulted about a family with minors (decree art. 5)."""

    part = Part.REFERRAL
    body = models.CharField(max_length=8, choices=YouthBody.choices)
    consulted_on = models.DateField()
    contact = SealedText()
    outcome = SealedText()

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["dossier"], name="referrals_youth_file")]


class Decision(Record):
    """What the coordinator decided other than to open: returned, not taken up, or joined. Never changed.

    What a referrer reads of a refusal are the three reasons, the advice and whom to ask; never `reason`.
    """

    part = Part.REFERRAL
    kind = models.CharField(max_length=32, choices=DecisionKind.choices)
    ground = models.CharField(max_length=32, choices=RefusalGround.choices, blank=True)
    reason = SealedText()
    repeated_risk_why = SealedText()
    sharing_needed_why = SealedText()
    alignment_needed_why = SealedText()
    advice = SealedText()
    contact = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=DecisionKind.REFUSED, advice__isnull=False, contact__isnull=False)
                & ~Q(ground="")
                | ~Q(kind=DecisionKind.REFUSED) & Q(ground="", advice__isnull=True),
                name="referrals_decision_advice",
            ),
        ]


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
                condition=Q(outcome__in=["", InflowOutcome.CONSULT, InflowOutcome.SET_ASIDE])
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
