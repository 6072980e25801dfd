"""Meetings of a Safe Home, and for each dossier on the agenda: who is invited, what is said, what is decided."""

from django.db import models
from django.db.models import F, Q

from wida.access.rules import Part
from wida.dossiers.codes import Answer
from wida.meetings.codes import Attendance, Consulted, InviteGround, LegalBasis, MeetingType, TriageOutcome
from wida.plans.codes import REVIEW_OUTCOMES, ActionState
from wida.records.ids import new_id
from wida.records.models import Record
from wida.records.sealing import SealedText


class MeetingQuerySet(models.QuerySet):
    def standing(self):
        """Those that take place or took place: not the cancelled ones."""
        return self.filter(cancelled_at=None)


class Meeting(models.Model):
    """A date and a place; holds nothing about any family, so its words are not sealed.

    A cancelled meeting stays with its reason: points that stood on its agenda can move to another one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    safe_home = models.ForeignKey(
        "accounts.SafeHome", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    type = models.CharField(max_length=20, choices=MeetingType.choices)
    on = models.DateField()
    starts = models.TimeField()
    place = models.CharField(max_length=120, blank=True)
    legal_basis = models.CharField(max_length=24, choices=LegalBasis.choices)
    finality = models.CharField(max_length=300)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(finality=""), name="meetings_meeting_finality"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_why="")
                | Q(cancelled_at__isnull=False) & ~Q(cancelled_why=""),
                name="meetings_meeting_cancelled",
            ),
        ]
        indexes = [models.Index(fields=["safe_home", "-on"], name="meetings_meeting_house")]

    @property
    def signature(self) -> str:
        """Who changed it last, as the page of a conflict names them."""
        return self.changed_by or self.made_by


class AgendaItem(Record):
    """A dossier on the agenda of a meeting: a point.

    `closed_despite` is the reason why it was closed while something was still missing.
    """

    part = Part.MEETINGS
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    planned_at = models.TimeField(null=True)
    question = SealedText()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=200, blank=True)
    closed_despite = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "dossier"], condition=Q(withdrawn_at=None), name="meetings_item_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by="", closed_despite__isnull=True)
                | Q(closed_at__isnull=False) & ~Q(closed_by=""),
                name="meetings_item_closed",
            ),
        ]


class Invitee(Record):
    """Somebody invited for one dossier, on a ground, possibly as the fixed representative of colleagues (art. 12).

    `sworn_at` is when they confirmed that they know of the professional secrecy (art. 14); only who was there did.
    """

    part = Part.MEETINGS
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    invited_organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField(max_length=200)
    ground = models.CharField(max_length=12, choices=InviteGround.choices)
    attendance = models.CharField(max_length=16, choices=Attendance.choices, default=Attendance.EXPECTED)
    representative_of = SealedText()
    written_input = SealedText()
    sworn_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["item", "user"], condition=Q(withdrawn_at=None), name="meetings_invitee_once"
            ),
            models.CheckConstraint(
                condition=Q(sworn_at=None) | Q(attendance=Attendance.PRESENT), name="meetings_invitee_sworn"
            ),
        ]


class PersonPoint(Record):
    """What was said about one member of the family."""

    part = Part.MEETINGS
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    text = SealedText()


class Note(Record):
    """A line of the minutes."""

    part = Part.MEETINGS
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+", db_index=False)
    speaker = models.CharField(max_length=200, blank=True)
    text = SealedText()


class Review(Record):
    """What the table said of an earlier action: done, became impossible or not done. Never changed.

    Said again at the same point, the last word counts.
    """

    part = Part.MEETINGS
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+", db_index=False)
    action = models.ForeignKey("plans.Action", on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(
        max_length=20, choices=[(state.value, state.label) for state in REVIEW_OUTCOMES]
    )
    why = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=ActionState.DONE)
                | Q(outcome__in=[ActionState.IMPOSSIBLE, ActionState.NOT_DONE]) & Q(why__isnull=False),
                name="meetings_review_why",
            )
        ]


class Agreement(Record):
    """An action of the plan that was agreed at this point of a meeting."""

    part = Part.MEETINGS
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+", db_index=False)
    action = models.ForeignKey("plans.Action", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["item", "action"], name="meetings_agreement_once"),
        ]


class Approval(Record):
    """The minutes of an item as approved. Never changed; lines added later are marked as such."""

    part = Part.MEETINGS
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+", db_index=False)
    remark = SealedText()


class Decision(Record):
    """The triage decision: reasons per criterion, the alternatives weighed, and what was known then. Never changed.

    Decree art. 5: with minors OCJ or VK are always consulted. A revision is a new decision that replaces the old.
    """

    part = Part.MEETINGS
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=24, choices=TriageOutcome.choices)
    repeated = models.CharField(max_length=12, choices=Answer.choices)
    repeated_why = SealedText()
    sharing = models.CharField(max_length=12, choices=Answer.choices)
    sharing_why = SealedText()
    aligned = models.CharField(max_length=12, choices=Answer.choices)
    aligned_why = SealedText()
    alternatives = SealedText()
    minors = models.BooleanField()
    youth_consulted = models.CharField(max_length=12, choices=Consulted.choices, blank=True)
    youth_outcome = SealedText()
    motivation = SealedText()
    dissent = SealedText()
    advice = SealedText()
    snapshot = SealedText()
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(minors=False) | (~Q(youth_consulted="") & Q(youth_outcome__isnull=False)),
                name="meetings_decision_youth",
            ),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="meetings_decision_replaces"),
        ]
