"""What happened in a family, as each organisation tells it. Accounts are sealed; structured facts serve the figures.

Decree art. 15 §1. Who did what to whom is said per fact: nobody is a perpetrator or a victim as a person.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from wida.access.rules import Part
from wida.dossiers.codes import Answer
from wida.records.models import Record
from wida.records.sealing import SealedText
from wida.situation.codes import (
    SOURCES,
    Frequency,
    IncidentKind,
    InformedState,
    MeasureKind,
    Precision,
    Profile,
    Reliability,
    RemarkKind,
    ViolenceForm,
    ViolenceRelation,
    WhyNot,
)


def violence_forms() -> ArrayField:
    return ArrayField(models.CharField(max_length=20, choices=ViolenceForm.choices), default=list)


def somebody() -> models.ForeignKey:
    return models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)


def in_order(first: str, last: str, name: str) -> models.CheckConstraint:
    """A last day needs a first one to follow, unless either is unknown."""
    either_unknown = Q(**{first: None}) | Q(**{last: None})
    return models.CheckConstraint(condition=either_unknown | Q(**{f"{last}__gte": F(first)}), name=name)


class Narrative(Record):
    """The situation in an organisation's own words: one text per organisation."""

    part = Part.SITUATION
    text = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "organisation"],
                condition=Q(withdrawn_at=None),
                name="situation_narrative_once",
            )
        ]


class Danger(Record):
    """Whether there was acute danger on a day, what it was, and what was done. Promises no monitoring."""

    part = Part.SITUATION
    on = models.DateField()
    acute = models.CharField(max_length=8, choices=Answer.choices)
    what = SealedText()
    done = SealedText()


class Pattern(Record):
    """Violence that goes from one person to another: in which forms, since when, how often."""

    part = Part.SITUATION
    forms = violence_forms()
    relation = models.CharField(max_length=24, choices=ViolenceRelation.choices)
    giver = somebody()
    receiver = somebody()
    since = models.DateField(null=True)
    since_precision = models.CharField(max_length=8, choices=Precision.choices, blank=True)
    ongoing = models.CharField(max_length=8, choices=Answer.choices)
    until = models.DateField(null=True)
    until_precision = models.CharField(max_length=8, choices=Precision.choices, blank=True)
    frequency = models.CharField(max_length=24, choices=Frequency.choices)
    note = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="situation_pattern_two"),
            models.CheckConstraint(condition=~Q(forms=[]), name="situation_pattern_forms"),
            models.CheckConstraint(
                condition=Q(since=None, since_precision="") | Q(since__isnull=False) & ~Q(since_precision=""),
                name="situation_pattern_since",
            ),
            models.CheckConstraint(
                condition=Q(until=None, until_precision="")
                | Q(until__isnull=False, ongoing=Answer.NO) & ~Q(until_precision=""),
                name="situation_pattern_until",
            ),
            in_order("since", "until", "situation_pattern_period"),
        ]


class Incident(Record):
    """One fact of the chronology, from one source. `edition` says which rows of `Involved` belong to this version.

    Of the number of a police report the parts that figures need stand in clear; together with service and serial
    it would point at one report, so those and the number as it was typed are sealed.
    """

    part = Part.SITUATION
    kind = models.CharField(max_length=24, choices=IncidentKind.choices)
    precision = models.CharField(max_length=8, choices=Precision.choices)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)
    at = models.TimeField(null=True)
    forms = violence_forms()
    children_present = models.CharField(max_length=8, choices=Answer.choices)
    account = SealedText()
    impact = SealedText()
    response = SealedText()
    source = models.CharField(max_length=24, choices=SOURCES)
    source_note = SealedText()
    reliability = models.CharField(max_length=12, choices=Reliability.choices)
    report_number = SealedText()
    report_district = models.CharField(max_length=2, blank=True)
    report_prevention_code = models.CharField(max_length=3, blank=True)
    report_service = SealedText()
    report_serial = SealedText()
    report_year = models.PositiveSmallIntegerField(null=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(precision=Precision.PERIOD, ends_on__isnull=False)
                | ~Q(precision=Precision.PERIOD) & Q(ends_on=None),
                name="situation_incident_ends",
            ),
            in_order("begins_on", "ends_on", "situation_incident_period"),
            models.CheckConstraint(
                condition=Q(at=None) | Q(precision=Precision.DAY), name="situation_incident_at"
            ),
        ]
        indexes = [models.Index(fields=["dossier", "begins_on"], name="situation_incident_order")]


class Measure(Record):
    """What justice, police or a court imposed, from when until when, and whom it protects."""

    part = Part.SITUATION
    kind = models.CharField(max_length=32, choices=MeasureKind.choices)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)
    extended_until = models.DateField(null=True)
    issued_by = SealedText()
    reference = SealedText()
    conditions = SealedText()
    edition = models.PositiveIntegerField(default=1)

    class Meta(Record.Meta):
        constraints = [
            in_order("begins_on", "ends_on", "situation_measure_period"),
            models.CheckConstraint(
                condition=Q(extended_until=None) | Q(ends_on__isnull=False, extended_until__gt=F("ends_on")),
                name="situation_measure_extended",
            ),
        ]

    @property
    def last_day(self):
        return self.extended_until or self.ends_on


class Involved(models.Model):
    """Somebody in an incident or under a measure; `role` is a `Link`. Rows are only added, a set for each edition."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    incident = models.ForeignKey(
        Incident, null=True, on_delete=models.PROTECT, related_name="involved", db_index=False
    )
    measure = models.ForeignKey(
        Measure, null=True, on_delete=models.PROTECT, related_name="involved", db_index=False
    )
    edition = models.PositiveIntegerField()
    person = somebody()
    role = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(incident=None, measure__isnull=False) | Q(incident__isnull=False, measure=None),
                name="situation_involved_in_one",
            ),
            models.UniqueConstraint(
                fields=["incident", "edition", "person", "role"], name="situation_involved_incident"
            ),
            models.UniqueConstraint(
                fields=["measure", "edition", "person", "role"], name="situation_involved_measure"
            ),
        ]
        indexes = [models.Index(fields=["dossier", "person"], name="situation_involved_person")]


class Dynamic(Record):
    """How professionals understood, on a day, the violence between two people: a hypothesis, never a diagnosis."""

    part = Part.SITUATION
    profile = models.CharField(max_length=24, choices=Profile.choices)
    first = somebody()
    second = somebody()
    on = models.DateField()
    grounds = SealedText()
    doubts = SealedText()

    class Meta(Record.Meta):
        constraints = [models.CheckConstraint(condition=~Q(first=F("second")), name="situation_dynamic_two")]


class Informed(Record):
    """What one organisation knows of whether somebody was told, and what that person wishes and needs.

    Whoever was told by one organisation was told: no later "not yet" of another undoes it.
    """

    part = Part.SITUATION
    person = somebody()
    state = models.CharField(max_length=12, choices=InformedState.choices)
    on = models.DateField(null=True)
    by_whom = SealedText()
    why_not = models.CharField(max_length=12, choices=WhyNot.choices, blank=True)
    why_not_note = SealedText()
    reconsider_on = models.DateField(null=True)
    wishes = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(withdrawn_at=None),
                name="situation_informed_once",
            ),
            models.CheckConstraint(
                condition=Q(state=InformedState.INFORMED, on__isnull=False)
                | ~Q(state=InformedState.INFORMED) & Q(on=None),
                name="situation_informed_on",
            ),
            models.CheckConstraint(
                condition=Q(state=InformedState.NOT_YET, reconsider_on__isnull=False) & ~Q(why_not="")
                | ~Q(state=InformedState.NOT_YET) & Q(why_not=""),
                name="situation_informed_not_yet",
            ),
        ]


class Remark(Record):
    """What an organisation says about the words of another, which stay as they are. `subject` is their row."""

    part = Part.SITUATION
    subject = models.UUIDField()
    about = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, choices=RemarkKind.choices)
    text = SealedText()

    class Meta(Record.Meta):
        indexes = [*Record.Meta.indexes, models.Index(fields=["subject"], name="situation_remark_subject")]
