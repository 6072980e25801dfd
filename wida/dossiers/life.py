"""The life of a dossier as one state machine: which step leads where, who may take it, what must be there first."""

from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wida.access.rules import Part, Right
from wida.accounts.actor import Actor
from wida.audit.actions import record as audit
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier, Transition


class Step(NamedTuple):
    """A transition. `guards` name what must be there (see guards.py); `asks_reason` when it can't go without words."""

    before: frozenset[Stage]
    after: Stage
    part: Part
    right: Right
    label: str
    guards: tuple[str, ...] = ()
    asks_reason: bool = False


def _from(*stages: Stage) -> frozenset[Stage]:
    return frozenset(stages)


STEPS: dict[str, Step] = {
    "submit": Step(
        _from(Stage.BUILDING),
        Stage.REFERRED,
        Part.REFERRAL,
        Right.DECIDE,
        _("Submit to the Safe Home"),
        ("involved", "situation", "informed", "assessment", "weighing", "criteria"),
    ),
    "send_back": Step(
        _from(Stage.REFERRED),
        Stage.BUILDING,
        Part.REFERRAL,
        Right.DECIDE,
        _("Return for completion"),
        asks_reason=True,
    ),
    "refuse": Step(
        _from(Stage.REFERRED),
        Stage.CLOSED,
        Part.REFERRAL,
        Right.DECIDE,
        _("Do not take up"),
        asks_reason=True,
    ),
    "join": Step(
        _from(Stage.REFERRED, Stage.FORMING),
        Stage.CLOSED,
        Part.REFERRAL,
        Right.DECIDE,
        _("Join to an existing dossier"),
        asks_reason=True,
    ),
    "consult": Step(
        _from(Stage.REFERRED),
        Stage.CLOSED,
        Part.REFERRAL,
        Right.DECIDE,
        _("Turn into an anonymous consult"),
        asks_reason=True,
    ),
    "open": Step(
        _from(Stage.REFERRED),
        Stage.FORMING,
        Part.REFERRAL,
        Right.DECIDE,
        _("To information gathering"),
        ("criteria_met", "proportionality", "clearance", "youth_consulted"),
    ),
    "execute": Step(
        _from(Stage.FORMING),
        Stage.EXECUTION,
        Part.MEETINGS,
        Right.DECIDE,
        _("To execution"),
        ("triage_taken_up", "weighing_since_open", "case_manager"),
    ),
    "decline": Step(
        _from(Stage.FORMING),
        Stage.CLOSED,
        Part.MEETINGS,
        Right.DECIDE,
        _("Close without an offer"),
        ("triage_declined",),
        asks_reason=True,
    ),
    "watch": Step(
        _from(Stage.EXECUTION),
        Stage.WATCH,
        Part.CLOSURE,
        Right.DECIDE,
        _("Start the watch period"),
        ("rounding_off",),
    ),
    "resume": Step(
        _from(Stage.WATCH), Stage.EXECUTION, Part.CLOSURE, Right.DECIDE, _("Resume"), asks_reason=True
    ),
    "close": Step(
        _from(Stage.EXECUTION, Stage.WATCH),
        Stage.CLOSED,
        Part.CLOSURE,
        Right.DECIDE,
        _("Close the dossier"),
        ("closing",),
    ),
}

# Nobody is offered this one: it is taken for a report that the police sent, which answers no guard of a referral.
RECEIVE = Step(
    _from(Stage.BUILDING), Stage.REFERRED, Part.REFERRAL, Right.DECIDE, _("Received from the police")
)
EVERY_STEP = STEPS | {"receive": RECEIVE}


class NotNow(Exception):
    """The step isn't possible from this stage, or something is still missing. Carries the missing points in words."""

    def __init__(self, missing: list):
        super().__init__("step not possible")
        self.missing = missing


@transaction.atomic
def take(step_name: str, *, dossier: Dossier, by: Actor, reason: str = "", **facts) -> Transition:
    """Moves a dossier one step on; `facts` are columns of the dossier set with it (closed_at, retain_until …).

    The dossier must have been locked by `dossier_view` or by the caller. Raises `NotNow`. Keeps who, when and
    why; recorded as the step's name. Closing ends mandates and tasks.
    """
    from wida.dossiers.guards import missing

    step = EVERY_STEP[step_name]
    if dossier.stage not in step.before or (step.asks_reason and not reason.strip()):
        raise NotNow([])
    lacking = missing(dossier, step)
    if lacking:
        raise NotNow(lacking)
    now = timezone.now()
    transition = Transition(
        dossier_id=dossier.pk,
        name=step_name,
        before=dossier.stage,
        after=step.after,
        at=now,
        signature=by.signature,
        user=by.user_id,
        organisation=by.organisation_id,
        reason=reason,
    )
    transition.save(force_insert=True)
    columns = {
        "stage": step.after,
        "changed_at": now,
        "changed_by": by.signature,
        "changed_part": step.part,
        **facts,
    }
    for name, value in columns.items():
        setattr(dossier, name, value)
    dossier.save(update_fields=list(columns))
    audit(step_name, by=by, dossier=dossier.pk, part=step.part, detail=step.after)
    if step.after == Stage.CLOSED:
        _end_everything(dossier, by)
    return transition


def _end_everything(dossier: Dossier, by: Actor) -> None:
    from wida.access.actions import end_all
    from wida.dossiers import tasks

    end_all(dossier=dossier, by=by)
    tasks.finish_all(dossier, by=by)
