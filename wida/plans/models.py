"""The plan of a family: goals, who does what by when, what is left aside on purpose, and safety plans apart from it."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from wida.access.rules import Part
from wida.dossiers.codes import LifeDomain
from wida.plans.codes import (
    OPEN_STATES,
    ActionState,
    ContactWay,
    EntryKind,
    GapKind,
    GoalState,
    SafetyPhase,
    SignalTheme,
)
from wida.records.models import Record, RecordQuerySet
from wida.records.sealing import SealedText


def _persons() -> ArrayField:
    """Members of the family, kept on the row so that every version knows for whom it was.

    The database refuses an id that isn't a person of the same dossier (see the migration).
    """
    return ArrayField(models.UUIDField(), default=list, blank=True)


class GoalQuerySet(RecordQuerySet):
    def open(self):
        return self.filter(state=GoalState.OPEN)


class Goal(Record):
    """What must become true for whom, how that will show, and which risks it answers.

    `number` is how people speak of it in a meeting; it never changes.
    """

    part = Part.PLAN
    number = models.PositiveSmallIntegerField()
    domain = models.CharField(max_length=32, choices=LifeDomain.choices)
    phase = models.CharField(max_length=20, choices=SafetyPhase.choices)
    text = SealedText()
    indicator = SealedText()
    persons = _persons()
    withheld_from = _persons()
    factors = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    target_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=GoalState.choices, default=GoalState.OPEN)
    state_why = SealedText()
    closed_on = models.DateField(null=True)

    objects = GoalQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="plans_goal_number"),
            models.CheckConstraint(
                condition=Q(state=GoalState.OPEN, closed_on=None, state_why__isnull=True)
                | ~Q(state=GoalState.OPEN) & Q(closed_on__isnull=False, state_why__isnull=False),
                name="plans_goal_closed",
            ),
        ]


class ActionQuerySet(RecordQuerySet):
    def open(self):
        return self.filter(state__in=OPEN_STATES)


class Action(Record):
    """What one organisation does for the plan, by whom and by when.

    The organisation always stands; the person may still be nobody. `agreed_at` is when what, who or when was
    last agreed, so that progress doesn't read as a change of the plan. `accepted_noted_by` is set when the
    holder said yes aloud and somebody else wrote it down.
    """

    part = Part.PLAN
    goal = models.ForeignKey(Goal, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    what = SealedText()
    holder_organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    holder = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    start_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    judicial_on = models.DateField(null=True)
    investigates = models.CharField(max_length=40, blank=True)
    persons = _persons()
    withheld_from = _persons()
    state = models.CharField(max_length=20, choices=ActionState.choices, default=ActionState.PLANNED)
    note = SealedText()
    outcome = SealedText()
    ended_on = models.DateField(null=True)
    agreed_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=200, blank=True)
    accepted_noted_by = models.CharField(max_length=200, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(start_on=None) | Q(due_on=None) | Q(due_on__gte=F("start_on")),
                name="plans_action_period",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, ended_on=None, outcome__isnull=True)
                | ~Q(state__in=OPEN_STATES) & Q(ended_on__isnull=False, outcome__isnull=False),
                name="plans_action_ended",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by="", accepted_noted_by="")
                | Q(accepted_at__isnull=False) & ~Q(accepted_by=""),
                name="plans_action_accepted",
            ),
        ]


class SetAside(Record):
    """A gap that the team leaves open on purpose, with its reason.

    `score` is how the factor stood then: when it weighs heavier later, the gap is back.
    """

    part = Part.PLAN
    kind = models.CharField(max_length=16, choices=GapKind.choices)
    subject = models.CharField(max_length=40)
    score = models.CharField(max_length=12, blank=True)
    why = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "kind", "subject"],
                condition=Q(withdrawn_at=None),
                name="plans_setaside_once",
            )
        ]


class PlanVersion(Record):
    """The plan as it was agreed on a day. `content` holds its goals and actions as they stood; never changed."""

    part = Part.PLAN
    number = models.PositiveSmallIntegerField()
    recorded_on = models.DateField()
    review_on = models.DateField()
    note = SealedText()
    content = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="plans_planversion_number"),
            models.CheckConstraint(
                condition=Q(review_on__gt=F("recorded_on")), name="plans_planversion_review"
            ),
        ]


class SafetyPlan(Record):
    """What one person does when it becomes unsafe. Apart from the shared plan: named readers and its owner only.

    `reader_names` repeats in words who may read it, so that every version tells who could.
    """

    part = Part.PLAN
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    title = SealedText()
    signals = SealedText()
    steps = SealedText()
    contacts = SealedText()
    children = SealedText()
    agreements = SealedText()
    checked_on = models.DateField(null=True)
    checked_with = SealedText()
    reader_names = SealedText()


class SafetyPlanReader(models.Model):
    """Who may read a safety plan beside its owner: a user acting for an organisation, or everybody there."""

    dossier = models.ForeignKey(
        "dossiers.Dossier", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    plan = models.ForeignKey(SafetyPlan, on_delete=models.CASCADE, related_name="readers")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    user = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "organisation", "user"], nulls_distinct=False, name="plans_reader_once"
            )
        ]


class SafetyPlanOpening(Record):
    """Somebody read a safety plan, and why. Never changed."""

    part = Part.PLAN
    plan = models.ForeignKey(SafetyPlan, on_delete=models.PROTECT, related_name="+")
    reason = SealedText()


class LogEntry(Record):
    """What happened in the execution: a contact, a report, an adjustment."""

    part = Part.EXECUTION
    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    on = models.DateField()
    with_whom = SealedText()
    way = models.CharField(max_length=16, choices=ContactWay.choices, blank=True)
    text = SealedText()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=EntryKind.CONTACT) | ~Q(way=""), name="plans_logentry_way"
            )
        ]
        indexes = [models.Index(fields=["dossier", "-on", "-id"], name="plans_logentry_file")]


class Bottleneck(Record):
    """Something that stood in the way of this family and was passed on to policy, as it was passed on."""

    part = Part.EXECUTION
    theme = models.CharField(max_length=32, choices=SignalTheme.choices)
    text = SealedText()


class PolicySignal(models.Model):
    """A bottleneck as the central team reads it: no dossier, no author, no exact day, no personal data.

    The id is random and only the month is kept, since the moment alone would lead back to a dossier.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    safe_home = models.ForeignKey(
        "accounts.SafeHome", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    theme = models.CharField(max_length=32, choices=SignalTheme.choices)
    text = models.TextField()
    month = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="plans_policysignal_month"),
            models.CheckConstraint(condition=~Q(text=""), name="plans_policysignal_text"),
        ]
        indexes = [models.Index(fields=["safe_home", "month"], name="plans_policysignal_house")]
