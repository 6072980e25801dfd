"""How far the ledger was written, as the database remembers it: an older backup remembers less."""

from django.db import models
from django.utils import timezone


class LedgerMark(models.Model):
    """One line of the ledger: its number, and the digest of what stands there."""

    number = models.PositiveIntegerField(primary_key=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
