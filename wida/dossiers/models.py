"""The dossier of one family, the key it is sealed under, its steps through life, and what is to be done."""

from django.db import models
from django.db.models import Q

from wida.dossiers.codes import OPEN, PHASE_OF, ClosureReason, Colour, Phase, Stage, TaskKind, Track
from wida.records.ids import new_id
from wida.records.sealing import SealedText


class DossierQuerySet(models.QuerySet):
    def open(self):
        return self.filter(stage__in=OPEN)


class Dossier(models.Model):
    """One case file per family (decree art. 15: the common file environment).

    The number is a label, not a secret: it says the house, never the family.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=16, unique=True)
    safe_home = models.ForeignKey(
        "accounts.SafeHome", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    family_name = SealedText()
    stage = models.CharField(max_length=16, choices=Stage.choices, default=Stage.BUILDING)
    colour = models.CharField(max_length=8, choices=Colour.choices, blank=True)
    track = models.CharField(max_length=8, choices=Track.choices, blank=True)
    police_zone = models.ForeignKey(
        "accounts.PoliceZone", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    case_manager = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    signature = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)
    changed_part = models.CharField(max_length=20)
    submitted_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    watch_until = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closure_reason = models.CharField(max_length=32, choices=ClosureReason.choices, blank=True)
    retain_until = models.DateField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    joined_to = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    next_due = models.DateField(null=True)
    next_kind = models.CharField(max_length=32, choices=TaskKind.choices, null=True)  # noqa: DJ001 - as next_due

    objects = DossierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stage=Stage.CLOSED, closed_at__isnull=False, retain_until__isnull=False)
                & ~Q(closure_reason="")
                | ~Q(stage=Stage.CLOSED) & Q(closed_at=None, closure_reason=""),
                name="dossiers_dossier_closed",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.BUILDING, Stage.REFERRED, Stage.CLOSED])
                | Q(opened_at__isnull=False),
                name="dossiers_dossier_opened",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.WATCH) | Q(watch_until__isnull=False),
                name="dossiers_dossier_watched",
            ),
        ]
        indexes = [
            models.Index(fields=["safe_home", "-changed_at", "-id"], name="dossiers_house_changed"),
            models.Index(fields=["safe_home", "next_due", "id"], name="dossiers_house_due"),
            models.Index(fields=["safe_home", "stage"], name="dossiers_house_stage"),
            models.Index(fields=["case_manager"], name="dossiers_case_manager"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def phase(self) -> Phase:
        return PHASE_OF[Stage(self.stage)]

    @property
    def closed(self) -> bool:
        return self.stage == Stage.CLOSED


class DossierKey(models.Model):
    """The dossier's data key, wrapped. Without this row nothing of the dossier can be read, in any backup of it."""

    dossier = models.OneToOneField(Dossier, primary_key=True, on_delete=models.PROTECT, related_name="key")
    wrapped = models.BinaryField()


class Transition(models.Model):
    """A step from one stage to another: who, when and why. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="transitions", db_index=False)
    name = models.CharField(max_length=24)
    before = models.CharField(max_length=16, choices=Stage.choices)
    after = models.CharField(max_length=16, choices=Stage.choices)
    at = models.DateTimeField()
    signature = models.CharField(max_length=200)
    user = models.UUIDField()
    organisation = models.UUIDField()
    reason = SealedText()

    class Meta:
        indexes = [models.Index(fields=["dossier", "at"], name="dossiers_transition_file")]


class Task(models.Model):
    """Something to be done by a date, that followed from the dossier's life. One open task per kind and source."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="tasks", db_index=False)
    kind = models.CharField(max_length=32, choices=TaskKind.choices)
    detail = models.CharField(max_length=60, blank=True)
    due = models.DateField()
    source = models.UUIDField()
    user = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    role = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source"], condition=Q(done_at=None), name="dossiers_task_once"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by="") | Q(done_at__isnull=False) & ~Q(done_by=""),
                name="dossiers_task_done",
            ),
        ]
        indexes = [
            models.Index(fields=["dossier", "due"], condition=Q(done_at=None), name="dossiers_task_file"),
            models.Index(fields=["user", "due"], condition=Q(done_at=None), name="dossiers_task_user"),
            models.Index(
                fields=["organisation", "due"], condition=Q(done_at=None), name="dossiers_task_organisation"
            ),
            models.Index(fields=["role", "due"], condition=Q(done_at=None), name="dossiers_task_role"),
        ]
