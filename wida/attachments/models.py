"""Files of a dossier. The row says what and whose; the bytes lie encrypted in the file storage."""

from django.db import models
from django.db.models import Q

from wida.access.rules import Part
from wida.attachments.codes import Category
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
