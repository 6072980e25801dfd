"""Meetings of a Safe Home, and for each dossier on the agenda: who is invited, what is said, what is decided."""

from django.db import models
from django.db.models import F, Q

from wida.access.rules import Part
from wida.dossiers.codes import Answer
from wida.meetings.codes import Attendance, Consulted, InviteGround, LegalBasis, MeetingType, TriageOutcome
from wida.records.ids import new_id
from wida.records.models import Record
from wida.records.sealing import SealedText


class Meeting(models.Model):
    """A date and a place; holds nothing about any family."""

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
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(finality=""), name="meetings_meeting_finality")]
        indexes = [models.Index(fields=["safe_home", "-on"], name="meetings_meeting_house")]


class AgendaItem(Record):
    """A dossier on the agenda of a meeting."""

    part = Part.MEETINGS
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    planned_at = models.TimeField(null=True)
    question = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "dossier"], condition=Q(withdrawn_at=None), name="meetings_item_once"
            )
        ]


class Invitee(Record):
    """Somebody invited for one dossier, on a ground, possibly as the fixed representative of colleagues (art. 12)."""

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

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["item", "user"], condition=Q(withdrawn_at=None), name="meetings_invitee_once"
            )
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
