"""On which dossier somebody may act, and who never may."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wida.access.rules import Ground, Part
from wida.records.models import Record, RecordQuerySet
from wida.records.sealing import SealedText

GROUND_LABELS = {
    Ground.HOUSE: _("Staff of the Safe Home"),
    Ground.AUTHOR: _("Made this dossier"),
    Ground.ASSIGNED: _("Assigned"),
    Ground.INVITED: _("Invited"),
    Ground.CLEARANCE: _("Asked for clearance"),
}


class MandateQuerySet(RecordQuerySet):
    def active(self):
        today = timezone.localdate()
        return self.filter(
            Q(until=None) | Q(until__gte=today), ended_at=None, withdrawn_at=None, since__lte=today
        )


class Mandate(Record):
    """A named user of a named organisation may act on a dossier, on a ground, from until."""

    part = Part.ACCESS
    holder = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    holder_organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    holder_signature = models.CharField(max_length=200)
    ground = models.CharField(
        max_length=16, choices=[(g.value, GROUND_LABELS[g]) for g in Ground if g != Ground.HOUSE]
    )
    why = SealedText()
    since = models.DateField()
    until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = MandateQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="access_mandate_period"
            ),
            models.UniqueConstraint(
                fields=["dossier", "holder", "holder_organisation", "ground"],
                condition=Q(ended_at=None, withdrawn_at=None),
                name="access_mandate_once",
            ),
        ]
        indexes = [
            *Record.Meta.indexes,
            models.Index(
                fields=["holder", "dossier"],
                include=["holder_organisation", "until", "ended_at"],
                name="access_mandate_holder",
            ),
        ]


class ConflictBlock(Record):
    """This user, or everybody at this organisation, is kept out of a dossier: for them it does not exist."""

    part = Part.ACCESS
    user = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    blocked_organisation = models.ForeignKey(
        "accounts.Organisation", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    blocked_name = models.CharField(max_length=200)
    why = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, blocked_organisation=None)
                | Q(user=None, blocked_organisation__isnull=False),
                name="access_conflictblock_whom",
            )
        ]
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["user", "dossier"], name="access_block_user"),
            models.Index(fields=["blocked_organisation", "dossier"], name="access_block_organisation"),
        ]
