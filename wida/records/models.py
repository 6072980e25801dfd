"""The columns that every part of a case file has, and the versions that came before."""

from django.db import models
from django.db.models import Q

from wida.records.ids import new_id
from wida.records.sealing import SealedText


class RecordQuerySet(models.QuerySet):
    def of(self, dossier):
        """The rows of one dossier that still stand."""
        return self.filter(dossier_id=dossier.pk, withdrawn_at=None)


class Record(models.Model):
    """Something an organisation wrote in a dossier. Its words stay that organisation's.

    `signature` is who wrote it as they were then: people change name, function and employer.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    signature = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True)

    objects = RecordQuerySet.as_manager()
    part: str

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["dossier"], name="%(app_label)s_%(class)s_file")]


class Revision(models.Model):
    """How a record read before it was changed or withdrawn. Never changed itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    table = models.CharField(max_length=60)
    row = models.UUIDField()
    version = models.PositiveIntegerField()
    signature = models.CharField(max_length=200)
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
    replaced_by = models.CharField(max_length=200)
    reason = SealedText()
    state = SealedText()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row", "version"], name="records_revision_once")]
        indexes = [models.Index(fields=["dossier", "table"], name="records_revision_file")]


class Submission(models.Model):
    """A form that was sent: the second time it is sent, the answer is the first one's."""

    key = models.UUIDField(primary_key=True)
    user = models.UUIDField()
    path = models.CharField(max_length=300)
    location = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(path=""), name="records_submission_path")]
