"""The Aanmelding: criteria, proportionality, clearance by the prosecutor, OCJ/VK, and what the coordinator decided."""

from django.db import models
from django.db.models import Q

from wida.access.rules import Part
from wida.dossiers.codes import Answer
from wida.records.models import Record
from wida.records.sealing import SealedText
from wida.referrals.codes import DecisionKind, RefusalGround, RequestState, Side, YouthBody

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
