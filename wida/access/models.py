"""On which dossier somebody may act, and who never may."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wida.access.codes import AlertKind, Declared, EmergencyOutcome
from wida.access.rules import Ground, Part
from wida.records.ids import new_id
from wida.records.models import Record, RecordQuerySet
from wida.records.sealing import SealedText

GROUND_LABELS = {
    Ground.HOUSE: _("Staff of the Safe Home"),
    Ground.AUTHOR: _("Made this dossier"),
    Ground.ASSIGNED: _("Assigned"),
    Ground.INVITED: _("Invited"),
    Ground.CLEARANCE: _("Asked for clearance"),
    Ground.EMERGENCY: _("Emergency access"),
    Ground.CIRCLE: _("In the smaller circle of the Safe Home"),
}


class MandateQuerySet(RecordQuerySet):
    def active(self):
        now, today = timezone.now(), timezone.localdate()
        return self.filter(
            Q(until=None) | Q(until__gte=today),
            Q(expires_at=None) | Q(expires_at__gt=now),
            ended_at=None,
            withdrawn_at=None,
            since__lte=today,
        )


class Mandate(Record):
    """A named user of a named organisation may act on a dossier, on a ground, from until.

    Emergency access is one that `expires_at` a moment; its `why` is the reason that was given.
    """

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
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = MandateQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="access_mandate_period"
            ),
            models.CheckConstraint(
                condition=Q(ground=Ground.EMERGENCY, expires_at__isnull=False)
                | ~Q(ground=Ground.EMERGENCY) & Q(expires_at=None),
                name="access_mandate_emergency",
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


class EmergencyReview(Record):
    """What somebody else than who broke the glass thinks of it afterwards. Never changed."""

    part = Part.ACCESS
    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, related_name="review")
    holder = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=16, choices=EmergencyOutcome.choices)
    note = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(author=F("holder")), name="access_emergencyreview_other")
        ]


class BlockProposal(models.Model):
    """Somebody bears the name or number of a person in the file: should they be kept out?

    Made by the system when they open it. They are asked once whether they know the family; the coordinator decides.
    Known to the coordinator alone, so it is no `Record`: it leaves no "last changed" on the dossier.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    user_signature = models.CharField(max_length=200)
    by_number = models.BooleanField()
    made_at = models.DateTimeField()
    declared = models.CharField(max_length=8, choices=Declared.choices, blank=True)
    words = SealedText()
    block = models.ForeignKey(ConflictBlock, null=True, on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)
    why = SealedText()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "user"], name="access_blockproposal_once"),
            models.CheckConstraint(
                condition=Q(accepted=None, decided_at=None, decided_by="")
                | Q(accepted__isnull=False, decided_at__isnull=False) & ~Q(decided_by=""),
                name="access_blockproposal_decided",
            ),
        ]


class UserToken(models.Model):
    """The keyed token of an account's own national number, when its identity provider told it. Holds no number."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    token = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "token"], name="access_usertoken_once")]


class ExtraProtection(Record):
    """A file for a smaller circle: of the house, only who holds a mandate of their own; each opening is told."""

    part = Part.ACCESS
    why = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(withdrawn_at=None), name="access_extraprotection_once"
            )
        ]


class Alert(models.Model):
    """Something a coordinator has to know at once of somebody's looking into a file, until they have seen it.

    `source` is the mandate of an emergency, which is seen by being judged.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=24, choices=AlertKind.choices)
    user = models.UUIDField()
    signature = models.CharField(max_length=200)
    at = models.DateTimeField()
    source = models.UUIDField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["dossier", "-at"], name="access_alert_file")]


class AddressReveal(Record):
    """That somebody who may know a shielded address had it shown, and why. Never changed."""

    part = Part.PEOPLE
    address = models.ForeignKey("people.Address", on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = SealedText()
