"""What somebody is typing, before it is saved."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from wida.accounts.actor import Actor
from wida.records.ids import new_id
from wida.records.models import Submission
from wida.records.sealing import SealedText


class DraftQuerySet(models.QuerySet):
    def of(self, actor: Actor):
        """What this person typed for the organisation they act for now."""
        return self.standing().filter(author_id=actor.user_id, organisation_id=actor.organisation_id)

    def standing(self):
        """Without those whose form was saved: a draft on its way to the server can arrive after its own form."""
        return self.exclude(Exists(Submission.objects.filter(key=OuterRef("pk")).exclude(location="")))


class Presence(models.Model):
    """Who typed last in which part of a dossier, and on which page: for the minute after. Never what."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    part = models.CharField(max_length=20)
    place = models.CharField(max_length=300)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    signature = models.CharField(max_length=200)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "part", "user"], name="drafts_presence_once")
        ]


class Draft(models.Model):
    """The words of one form as it stands on one screen. Its id is that form's key, so two tabs are two drafts.

    Of a dossier: sealed under the dossier's key, and gone with it. Outside one: under a key of its own, `wrapped`.
    """

    id = models.UUIDField(primary_key=True)
    dossier = models.ForeignKey(
        "dossiers.Dossier", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    part = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=300)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    signature = models.CharField(max_length=200)
    started_from = models.PositiveIntegerField(null=True)
    saved_at = models.DateTimeField()
    words = SealedText()
    wrapped = models.BinaryField(null=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(dossier=None, part="", wrapped__isnull=False)
                | Q(dossier__isnull=False, wrapped=None) & ~Q(part=""),
                name="drafts_draft_key",
            )
        ]
        indexes = [
            models.Index(fields=["place", "organisation"], name="drafts_draft_place"),
            models.Index(fields=["author", "-saved_at"], name="drafts_draft_author"),
            models.Index(fields=["saved_at"], name="drafts_draft_age"),
        ]
