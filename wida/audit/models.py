"""The trail. No foreign keys: it can neither block nor be destroyed by the data it speaks of."""

from django.db import models

from wida.records.ids import new_id


class Event(models.Model):
    """One look, change, search, print, refusal or sign-in. Holds codes and identifiers, never content."""

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

    class Meta:
        indexes = [
            models.Index(fields=["dossier", "-at"], name="audit_event_dossier"),
            models.Index(fields=["user", "-at"], name="audit_event_user"),
        ]
