"""Tracks 0 and 1. Neither has a field for who somebody is, and nothing here points to a dossier or to a person.

What is taken back stays as a line without words, so that figures of the past can be explained.
"""

import uuid

from django.db import models
from django.db.models import Q

from wida.accounts.codes import OrganisationType
from wida.consults.codes import Audience, Theme
from wida.records.sealing import SealedText


class Noted(models.Model):
    """What staff of a Safe Home noted, for the figures of that house.

    Its id is by chance and it knows the day only, so that it can't be laid beside what else happened at that moment.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    safe_home = models.ForeignKey(
        "accounts.SafeHome", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    on = models.DateField()
    theme = models.CharField(max_length=28, choices=Theme.choices)
    minutes = models.PositiveSmallIntegerField()
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    signature = models.CharField(max_length=200)
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=1440), name="consults_%(class)s_duration"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_by="")
                | Q(withdrawn_on__isnull=False) & ~Q(withdrawn_by=""),
                name="consults_%(class)s_withdrawn",
            ),
        ]
        indexes = [models.Index(fields=["safe_home", "-on", "id"], name="consults_%(class)s_list")]


class Consult(Noted):
    """Advice to a professional about a family that nobody named (track 1).

    Its words stand under a key of their own, which is destroyed when the consult is taken back. `confirmed` keeps what
    kinds of traces the check found and the writer said to have looked at; never the traces.
    """

    asked_by = models.CharField(max_length=24, choices=OrganisationType.choices)
    question = SealedText()
    advice = SealedText()
    confirmed = models.CharField(max_length=120, blank=True)
    wrapped = models.BinaryField()

    class Meta(Noted.Meta):
        constraints = [
            *Noted.Meta.constraints,
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) & ~Q(wrapped=b"") | Q(withdrawn_on__isnull=False, wrapped=b""),
                name="consults_consult_key",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=OrganisationType.CENTRAL), name="consults_consult_asked_by"
            ),
        ]

    @property
    def sealed_under(self):
        return self.pk


class GroupSession(Noted):
    """One meeting of a group (track 0): how many came, never who."""

    audience = models.CharField(max_length=16, choices=Audience.choices)
    participants = models.PositiveSmallIntegerField()

    class Meta(Noted.Meta):
        constraints = [
            *Noted.Meta.constraints,
            models.CheckConstraint(
                condition=Q(participants__gte=1, participants__lte=500),
                name="consults_groupsession_participants",
            ),
        ]
