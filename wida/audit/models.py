"""The trail, its seals, and what people of a dossier ask about it.

Events and batches have no foreign keys: they can neither block nor be destroyed by the data they speak of.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wida.access.rules import Part
from wida.audit.codes import Verdict
from wida.records.ids import new_id
from wida.records.models import Record
from wida.records.sealing import SealedText

# Codes, identifiers and days: what somebody typed has capitals, accents or signs sooner or later.
CODE = r"^[a-z0-9_.: -]*$"


class Event(models.Model):
    """One look, change, search, print, refusal or sign-in. Holds codes and identifiers, never content.

    `why` is on which grounds somebody acts in the dossier, or the code of a purpose; `source` a network, never one
    computer; `session` a keyed hash.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    action = models.CharField(max_length=40)
    user = models.UUIDField(null=True)
    signature = models.CharField(max_length=200, blank=True)
    organisation = models.UUIDField(null=True)
    role = models.CharField(max_length=40, blank=True)
    dossier = models.UUIDField(null=True)
    part = models.CharField(max_length=20, blank=True)
    table = models.CharField(max_length=60, blank=True)
    row = models.UUIDField(null=True)
    detail = models.CharField(max_length=80, blank=True)
    why = models.CharField(max_length=80, blank=True, default="")
    source = models.CharField(max_length=45, blank=True, default="")
    session = models.CharField(max_length=16, blank=True, default="")
    request = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(action__regex=CODE) & Q(detail__regex=CODE) & Q(why__regex=CODE),
                name="audit_event_codes",
            )
        ]
        indexes = [
            models.Index(fields=["dossier", "-at"], name="audit_event_dossier"),
            models.Index(
                fields=["dossier", "user", "-at"], name="audit_event_look"
            ),  # when somebody looked last
            models.Index(fields=["user", "-at"], name="audit_event_user"),
            models.Index(fields=["-at"], name="audit_event_at"),
        ]


class Batch(models.Model):
    """Events that were sealed together, in their order, with the hash of each: `events` and `leaves` say which.

    `complete_until`: every event that was made before is in this batch or an earlier one. `horizon` is the first
    transaction that could still start when it was made; empty when more events waited than one batch holds.
    `previous` is the digest of the batch before, so that none can be changed or left out.
    """

    number = models.PositiveIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    complete_until = models.DateTimeField(null=True)
    horizon = models.BigIntegerField(null=True)
    events = ArrayField(models.UUIDField())
    leaves = models.BinaryField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    key = models.CharField(max_length=16)
    signature = models.CharField(max_length=128)

    class Meta:
        indexes = [models.Index(fields=["-sealed_at"], name="audit_batch_sealed_at")]

    @property
    def header(self) -> dict:
        """What is signed and published."""
        return {
            "number": self.number,
            "sealed_at": self.sealed_at,
            "complete_until": self.complete_until,
            "horizon": self.horizon,
            "size": len(self.events),
            "root": self.root,
            "previous": self.previous,
            "key": self.key,
        }


class Check(models.Model):
    """The outcome of verifying the whole trail; an empty `fault` means that it was whole."""

    at = models.DateTimeField()
    complete_until = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, blank=True)


class Question(Record):
    """Somebody in a dossier asks what a look was for. `asked` is empty when the coordinator finds it out:
    who may not read the dossier doesn't learn from a question that it exists.
    """

    part = Part.LOG
    event = models.UUIDField()
    asked = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    words = SealedText()


class Answer(Record):
    """The answer, kept with the question and with the look."""

    part = Part.LOG
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    words = SealedText()


class Judgement(Record):
    """What the coordinator found about a refusal or another remarkable look."""

    part = Part.LOG
    event = models.UUIDField()
    verdict = models.CharField(max_length=16, choices=Verdict.choices)
    words = SealedText()

    class Meta(Record.Meta):
        indexes = [*Record.Meta.indexes, models.Index(fields=["event"], name="audit_judgement_event")]
