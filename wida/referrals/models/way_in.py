"""What goes with a referral: who refers and how to reach them, what came later, the letter, and a move."""

from django.db import models
from django.db.models import F, Q

from wida.access.rules import Part
from wida.records.models import Record
from wida.records.sealing import SealedText
from wida.referrals.codes import MoveState, RefusalGround
from wida.referrals.models.admission import Decision
from wida.referrals.models.inflow import Inflow


class Referral(Record):
    """Who refers a family: how the Safe Home reaches them, and what they expect of it. One for each dossier.

    `unfinished` is what somebody typed in a step of the guided form that can't stand in the dossier yet.
    """

    part = Part.REFERRAL
    function = SealedText()
    phone = SealedText()
    email = SealedText()
    best_moment = SealedText()
    colleague = SealedText()
    expects = SealedText()
    unfinished = SealedText()

    class Meta(Record.Meta):
        indexes = []
        constraints = [models.UniqueConstraint(fields=["dossier"], name="referrals_referral_once")]


class Addition(Record):
    """What the referrer adds once the referral was submitted. Never changed."""

    part = Part.REFERRAL
    text = SealedText()


class Letter(Record):
    """The letter with advice to who referred: written by the coordinator, approved, kept as a PDF, marked as sent.

    Approved, it has its decision and its file, and no longer changes but for the mark.
    """

    part = Part.REFERRAL
    ground = models.CharField(max_length=32, choices=RefusalGround.choices)
    opening = SealedText()
    repeated_risk_why = SealedText()
    sharing_needed_why = SealedText()
    alignment_needed_why = SealedText()
    advice = SealedText()
    contact = SealedText()
    decision = models.OneToOneField(Decision, null=True, on_delete=models.PROTECT, related_name="+")
    attachment = models.OneToOneField(
        "attachments.Attachment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=200, blank=True)
    sent_on = models.DateField(null=True)
    sent_by = models.CharField(max_length=200, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(approved_at=None), name="referrals_letter_draft"
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by="", decision=None, attachment=None, sent_on=None)
                | Q(approved_at__isnull=False, decision__isnull=False) & ~Q(approved_by=""),
                name="referrals_letter_approved",
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None, sent_by="") | Q(sent_on__isnull=False) & ~Q(sent_by=""),
                name="referrals_letter_sent",
            ),
        ]


class Move(Record):
    """A dossier offered to another Safe Home: it goes over only once that house accepts.

    Until then the other house reads no more than the offer, which lies in its queue; so its words are sealed under
    the key of that row, which both houses can open.
    """

    part = Part.ACCESS
    from_home = models.ForeignKey(
        "accounts.SafeHome", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    to_home = models.ForeignKey(
        "accounts.SafeHome", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = SealedText()
    state = models.CharField(max_length=12, choices=MoveState.choices, default=MoveState.OFFERED)
    inflow = models.OneToOneField(Inflow, on_delete=models.PROTECT, related_name="move")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answer = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(from_home=F("to_home")), name="referrals_move_two"),
            models.CheckConstraint(
                condition=Q(state=MoveState.OFFERED, answered_at=None, answered_by="")
                | ~Q(state=MoveState.OFFERED) & Q(answered_at__isnull=False) & ~Q(answered_by=""),
                name="referrals_move_answered",
            ),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(state=MoveState.OFFERED), name="referrals_move_standing"
            ),
        ]

    @property
    def sealed_under(self):
        return self.inflow_id
