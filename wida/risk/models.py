"""Assessments of the risk, critical signals, results of instruments, weighings and the legend they are read with.

An assessment or a weighing that was recorded never changes: the database refuses. A correction is a new row.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wida.access.rules import Part
from wida.dossiers.codes import Answer, Colour, LifeDomain
from wida.records.ids import new_id
from wida.records.models import Record, RecordQuerySet
from wida.records.sealing import SealedText
from wida.risk.codes import (
    CODES,
    NEEDS_MOTIVATION,
    SIGNAL_STATES,
    DomainState,
    Flag,
    Imminence,
    Lane,
    Level,
    MeetingKind,
    Score,
    Side,
)

CODE_CHOICES = [(code.value, code.label) for code in CODES]


class AssessmentQuerySet(RecordQuerySet):
    def by_organisation(self, organisation_id):
        return self.filter(organisation_id=organisation_id)

    def latest(self):
        """The last one first."""
        return self.order_by("-assessed_on", "-created_at")


class Assessment(Record):
    """An organisation's estimate of the risk on a day. Its `version` counts that organisation's assessments.

    `lane` tells for whom it speaks: police and prosecutor, welfare, or both together; `together` names the other
    organisations that made it.
    """

    part = Part.RISK
    assessed_on = models.DateField()
    lane = models.CharField(max_length=8, choices=Lane.choices)
    together = ArrayField(models.CharField(max_length=120), default=list)
    level = models.CharField(max_length=8, choices=Level.choices)
    imminence = models.CharField(max_length=12, choices=Imminence.choices)
    motivation = SealedText()
    raises = SealedText()
    lowers = SealedText()
    dissent = SealedText()
    known_factors = models.PositiveSmallIntegerField()

    objects = AssessmentQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "organisation", "version"], name="risk_assessment_once"
            ),
            models.CheckConstraint(condition=Q(motivation__isnull=False), name="risk_assessment_motivated"),
        ]
        indexes = [models.Index(fields=["dossier", "-assessed_on"], name="risk_assessment_file")]


class FactorScore(Record):
    """One factor or indicator in an assessment, apart for the last twelve months and for before.

    `reviewed_on` is the last day somebody looked at it: an older day than the assessment's when it was copied.
    """

    part = Part.RISK
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="factors", db_index=False
    )
    code = models.CharField(max_length=32, choices=CODE_CHOICES)
    present = models.CharField(max_length=12, choices=Score.choices)
    past = models.CharField(max_length=12, choices=Score.choices)
    motivation = SealedText()
    source = SealedText()
    seen_on = models.DateField(null=True)
    reviewed_on = models.DateField()
    not_for = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="risk_factor_once"),
            models.CheckConstraint(
                condition=~Q(present__in=NEEDS_MOTIVATION) & ~Q(past__in=NEEDS_MOTIVATION)
                | Q(motivation__isnull=False),
                name="risk_factor_motivated",
            ),
        ]
        indexes = [models.Index(fields=["dossier", "code"], name="risk_factor_file")]


class FactorPerson(models.Model):
    """Who does it, or towards whom."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    factor = models.ForeignKey(FactorScore, on_delete=models.PROTECT, related_name="persons", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    side = models.CharField(max_length=12, choices=Side.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["factor", "side", "person"], name="risk_factorperson_once")
        ]
        indexes = [models.Index(fields=["dossier"], name="risk_factorperson_file")]


class DomainView(Record):
    """What an assessment says of one life domain."""

    part = Part.RISK
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="domains", db_index=False
    )
    domain = models.CharField(max_length=32, choices=LifeDomain.choices)
    state = models.CharField(max_length=12, choices=DomainState.choices)
    account = SealedText()

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["assessment", "domain"], name="risk_domain_once")]
        indexes = [models.Index(fields=["dossier"], name="risk_domain_file")]


class Protection(Record):
    """A protective factor in an assessment. It explains, it never cancels a risk."""

    part = Part.RISK
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="protections", db_index=False
    )
    place = models.PositiveSmallIntegerField()
    title = SealedText()
    account = SealedText()

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["assessment", "place"], name="risk_protection_once")]
        indexes = [models.Index(fields=["dossier"], name="risk_protection_file")]


class Signal(Record):
    """A critical signal told between two assessments: seen, suspected, or looked into and not found."""

    part = Part.RISK
    flag = models.CharField(max_length=24, choices=Flag.choices)
    state = models.CharField(max_length=12, choices=[(state.value, state.label) for state in SIGNAL_STATES])
    seen_on = models.DateField()
    account = SealedText()
    source = SealedText()
    not_for = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(source__isnull=False), name="risk_signal_source"),
            models.CheckConstraint(
                condition=Q(state=Score.ABSENT) | Q(account__isnull=False), name="risk_signal_account"
            ),
        ]
        indexes = [models.Index(fields=["dossier", "flag"], name="risk_signal_file")]


class Instrument(Record):
    """The result of an instrument that was filled in elsewhere. None of its items is copied."""

    part = Part.RISK
    name = models.CharField(max_length=120)
    edition = models.CharField(max_length=60, blank=True)
    used_on = models.DateField()
    assessor = SealedText()
    trained = models.CharField(max_length=8, choices=Answer.choices)
    about = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    towards = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    outcome = SealedText()
    missing = SealedText()
    limits = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(outcome__isnull=False), name="risk_instrument_outcome")
        ]
        indexes = [models.Index(fields=["dossier"], name="risk_instrument_file")]


class Legend(models.Model):
    """What the colours mean from a day on, for all houses. An older weighing keeps the legend it was made with."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    valid_from = models.DateField(unique=True)
    green_name = models.CharField(max_length=60)
    green = models.CharField(max_length=500)
    orange_name = models.CharField(max_length=60)
    orange = models.CharField(max_length=500)
    red_name = models.CharField(max_length=60)
    red = models.CharField(max_length=500)
    reason = models.CharField(max_length=500)
    user = models.UUIDField()
    signature = models.CharField(max_length=200)
    created_at = models.DateTimeField()


class Weighing(Record):
    """A collegial judgement of how serious it is, on a day; `version` counts the weighings of the dossier.

    `snapshot` freezes what the members could see. A correction is a weighing of its own that names the one it corrects.
    """

    part = Part.WEIGHING
    weighed_on = models.DateField()
    colour = models.CharField(max_length=8, choices=Colour.choices)
    meeting = models.CharField(max_length=16, choices=MeetingKind.choices)
    motivation = SealedText()
    milder = models.BooleanField()
    why_milder = SealedText()
    dissent = SealedText()
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    why_corrected = SealedText()
    legend = models.ForeignKey(Legend, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    known_factors = models.PositiveSmallIntegerField()
    lanes_answered = models.PositiveSmallIntegerField(null=True)
    lanes_asked = models.PositiveSmallIntegerField(null=True)
    snapshot = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["dossier", "version"], name="risk_weighing_once"),
            models.CheckConstraint(
                condition=Q(motivation__isnull=False, snapshot__isnull=False), name="risk_weighing_motivated"
            ),
            models.CheckConstraint(
                condition=Q(milder=False, why_milder__isnull=True) | Q(milder=True, why_milder__isnull=False),
                name="risk_weighing_milder",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, why_corrected__isnull=True)
                | Q(corrects__isnull=False, why_corrected__isnull=False),
                name="risk_weighing_correction",
            ),
            models.CheckConstraint(
                condition=Q(lanes_answered=None, lanes_asked=None)
                | Q(lanes_answered__isnull=False, lanes_asked__isnull=False),
                name="risk_weighing_lanes",
            ),
        ]
        indexes = [models.Index(fields=["dossier", "weighed_on"], name="risk_weighing_file")]


class Participant(Record):
    """Somebody who weighed, or an organisation that was excused."""

    part = Part.WEIGHING
    weighing = models.ForeignKey(
        Weighing, on_delete=models.PROTECT, related_name="participants", db_index=False
    )
    name = models.CharField(max_length=200)
    user = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    organisation_name = models.CharField(max_length=120)
    excused = models.BooleanField(default=False)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(excused=False, user__isnull=False) | Q(excused=True, user=None),
                name="risk_participant_who",
            )
        ]
        indexes = [models.Index(fields=["dossier"], name="risk_participant_file")]
