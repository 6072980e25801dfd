"""The reports that the systems of the police sent, each with its receipt."""

from django.db import models
from django.db.models import Q

from wida.api.codes import Unplaced
from wida.records.ids import new_id
from wida.records.sealing import SealedText


class PoliceReport(models.Model):
    """A report as it was acknowledged. It is kept whole, under a key of its own, until it stands in a dossier: then
    that key and the text go, so that the dossier's key is the only one.

    A second one about the same PV number of the same organisation is known by `pv_token`, and whether it says the
    same by `content_token` (keyed, see records/tokens.py). What both are made of, the number and the digest of the
    text, stays sealed as `fingerprint`, under the dossier's key once there is one: with it they move to another key.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    receipt = models.CharField(max_length=20, unique=True)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    sender = models.ForeignKey(
        "accounts.Membership", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    signature = models.CharField(max_length=200)
    received_at = models.DateTimeField()
    zone = models.CharField(max_length=4)
    pv_token = models.BigIntegerField()
    content_token = models.BigIntegerField()
    content = SealedText()
    fingerprint = SealedText()
    wrapped = models.BinaryField()
    unplaced = models.CharField(max_length=16, choices=Unplaced.choices, blank=True)
    inflow = models.OneToOneField("referrals.Inflow", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "pv_token"], name="api_policereport_once"),
            models.CheckConstraint(
                condition=Q(inflow__isnull=False, unplaced="", content__isnull=True, wrapped=b"")
                | Q(inflow=None, content__isnull=False) & ~Q(unplaced="") & ~Q(wrapped=b""),
                name="api_policereport_nowhere_lost",
            ),
        ]
        indexes = [
            models.Index(fields=["received_at"], condition=Q(inflow=None), name="api_policereport_unplaced")
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def sealed_under(self):
        return self.inflow.dossier_id if self.inflow_id else self.pk
