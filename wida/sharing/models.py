"""A lane per partner organisation, and what it contributed: version after version, never overwritten."""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.utils.functional import cached_property

from wida.access.rules import Part
from wida.accounts.codes import LANES
from wida.records.models import Record
from wida.records.sealing import SealedText
from wida.records.statements import prepared
from wida.sharing.codes import WITH_TEXT, AskGround, LaneState, Source


class Lane(Record):
    """A partner organisation that was asked what it knows. `state` and `answered_on` follow its newest contribution.

    `open`: the question waits for an answer; also when it was put again after an earlier one.
    """

    part = Part.SHARING
    lane = models.CharField(max_length=24, choices=[(kind.value, kind.label) for kind in LANES])
    partner = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    requested_on = models.DateField()
    due_on = models.DateField()
    reminded_on = models.DateField(null=True)
    open = models.BooleanField(default=True)
    state = models.CharField(max_length=16, choices=LaneState.choices, default=LaneState.ASKED)
    answered_on = models.DateField(null=True)
    ground = models.CharField(max_length=24, choices=AskGround.choices)
    why = SealedText()
    contacts = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["dossier", "lane", "partner"], name="sharing_lane_once"),
            models.CheckConstraint(condition=Q(due_on__gte=F("requested_on")), name="sharing_lane_due"),
            models.CheckConstraint(
                condition=Q(state=LaneState.ASKED, answered_on=None, open=True)
                | ~Q(state=LaneState.ASKED) & Q(answered_on__isnull=False),
                name="sharing_lane_answered",
            ),
            models.CheckConstraint(
                condition=~Q(lane="andere") | Q(why__isnull=False), name="sharing_lane_category_23"
            ),
        ]

    @cached_property
    def newest(self) -> "Contribution | None":
        """What stands in it. Read once: whoever writes on what it says holds the dossier's turn."""
        return next(iter(_newest(self.dossier_id, self.pk)), None)

    def shown(self, version: int) -> None:
        """Which version somebody started from: the newest is that one or a later one, so those before aren't read."""
        if version and (since := _since(self.dossier_id, self.pk, (version,))):
            self.newest = since[0]


class Contribution(Record):
    """One version of what a partner shares, with the record the law implies (decree art. 13 and 15). Never changed.

    A correction or a withdrawal is the next version, with its reason. `recipients` holds who could read along.
    """

    part = Part.SHARING
    lane = models.ForeignKey(Lane, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=16, choices=LaneState.choices)
    text = SealedText()
    why_not = SealedText()
    source = models.CharField(max_length=16, choices=Source.choices, blank=True)
    source_on = models.DateField(null=True)
    categories = ArrayField(models.PositiveSmallIntegerField(), default=list)
    persons = ArrayField(models.UUIDField(), default=list)
    necessity = SealedText()
    basis = models.CharField(max_length=200)
    basis_on = models.DateField(null=True)
    recipients = SealedText()
    reason = SealedText()
    role = models.CharField(max_length=32)
    function = models.CharField(max_length=80, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["lane", "version"], name="sharing_contribution_version"),
            models.CheckConstraint(
                condition=Q(state__in=WITH_TEXT, text__isnull=False, necessity__isnull=False)
                & ~Q(source="")
                & ~Q(categories=[])
                | ~Q(state__in=WITH_TEXT) & Q(text__isnull=True),
                name="sharing_contribution_text",
            ),
            models.CheckConstraint(
                condition=~Q(state=LaneState.MAY_NOT) | Q(why_not__isnull=False),
                name="sharing_contribution_ground",
            ),
            models.CheckConstraint(
                condition=Q(version=1) & ~Q(state=LaneState.WITHDRAWN)
                | Q(version__gt=1, reason__isnull=False),
                name="sharing_contribution_reason",
            ),
            models.CheckConstraint(condition=~Q(state=LaneState.ASKED), name="sharing_contribution_answers"),
        ]


@prepared
def _newest(dossier_id: UUID, lane_id: UUID) -> models.QuerySet:
    said = Contribution.objects.filter(dossier_id=dossier_id, lane_id=lane_id, withdrawn_at=None)
    return said.order_by("-version")[:1]


@prepared
def _since(dossier_id: UUID, lane_id: UUID, version: tuple[int]) -> models.QuerySet:
    """A plain number would be looked at before it is asked: Django finds nothing for one that the column can't hold,
    such as what stands in for it.
    """
    first = Value(version[0], models.BigIntegerField())
    said = Contribution.objects.filter(dossier_id=dossier_id, lane_id=lane_id, withdrawn_at=None)
    return said.filter(version__gte=first).order_by("-version")[:1]
