"""Who is still to be told of a task."""

from django.db import models
from django.db.models import Q

from wida.notify.codes import Outcome
from wida.records.ids import new_id


class Notice(models.Model):
    """Somebody is to be told of a task. Without a `user` it is not known yet whom: a job finds that out."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    task = models.ForeignKey(
        "dossiers.Task", on_delete=models.PROTECT, related_name="notices", db_index=False
    )
    user = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    settled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "user"], nulls_distinct=False, name="notify_notice_once"),
            models.CheckConstraint(
                condition=Q(settled_at=None, outcome="") | Q(settled_at__isnull=False) & ~Q(outcome=""),
                name="notify_notice_settled",
            ),
        ]
        indexes = [
            models.Index(fields=["user"], condition=Q(settled_at=None), name="notify_notice_waiting"),
            models.Index(fields=["user", "-settled_at"], name="notify_notice_last"),
        ]
