"""Files of a dossier. The row says what and whose; the bytes lie encrypted in the file storage."""

from django.db import models
from django.db.models import Q

from wida.access.rules import Part
from wida.attachments.codes import Category, Reason, State
from wida.records.models import Record
from wida.records.sealing import SealedText


class Attachment(Record):
    """One file. `stored` is a name without meaning; the real one is sealed."""

    part = Part.ATTACHMENTS
    name = SealedText()
    description = SealedText()
    category = models.CharField(max_length=16, choices=Category.choices)
    mime = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    stored = models.CharField(max_length=120)

    class Meta(Record.Meta):
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="attachments_attachment_size")]


class Examination(models.Model):
    """What is known of a file, apart from its row: the house finds it out, and nobody's version changes by it.

    `copy` is what may be shared; the file itself is evidence. Without one, the file is shared as it is.
    """

    attachment = models.OneToOneField(
        Attachment, primary_key=True, on_delete=models.PROTECT, related_name="examination"
    )
    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=16, choices=Reason.choices, blank=True)
    copy = models.CharField(max_length=120, blank=True)
    size = models.PositiveIntegerField(null=True)
    examined_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.WAITING, examined_at=None)
                | ~Q(state=State.WAITING) & Q(examined_at__isnull=False),
                name="attachments_examination_done",
            ),
            models.CheckConstraint(
                condition=Q(state=State.HELD) & ~Q(reason="") | ~Q(state=State.HELD) & Q(reason=""),
                name="attachments_examination_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["dossier"], name="attachments_examination_file"),
            models.Index(
                fields=["state"],
                condition=Q(state__in=[State.WAITING, State.UNSCANNED]),
                name="attachments_examination_open",
            ),
        ]


class Intake(models.Model):
    """How much a user attached on a day, in all dossiers together."""

    user = models.UUIDField()
    day = models.DateField()
    size = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="attachments_intake_once")]
