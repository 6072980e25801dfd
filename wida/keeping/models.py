"""How far the ledger was written, as the database remembers it: an older backup remembers less."""

from django.db import models
from django.utils import timezone


class KeySeen(models.Model):
    """Since when a key is in use, by its fingerprint: the key itself stands nowhere in the database."""

    kind = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=16)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "fingerprint"], name="keeping_keyseen_once")]


class LedgerMark(models.Model):
    """One line of the ledger: its number, and the digest of what stands there."""

    number = models.PositiveIntegerField(primary_key=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
