"""A dossier on one page: where it stands, what is missing, what is to be done, who is in it."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wida.access.models import GROUND_LABELS, Mandate
from wida.access.queries import Opened
from wida.access.rules import Ground, Part, Right
from wida.accounts.codes import Role
from wida.dossiers import queries
from wida.dossiers.codes import TaskKind
from wida.dossiers.frame import Section
from wida.dossiers.guards import missing
from wida.dossiers.life import EVERY_STEP, STEPS, take
from wida.dossiers.models import Transition
from wida.records.sealing import unseal
from wida.referrals import intake
from wida.referrals.codes import InflowOutcome

# Steps that ask for no more than a confirmation or a reason; the others have forms in their rooms.
PLAIN_STEPS = {
    "submit": _(
        "The Safe Home then checks the criteria. You keep responsibility for acute danger until somebody takes over. "
        "You can no longer change the dossier after this."
    ),
    "open": _(
        "The partners can then be asked what they know. From here on several organisations read this dossier."
    ),
    "execute": _("The case manager then follows the plan with the partners."),
    "decline": _("The dossier is closed. The referrer reads the decision and the advice."),
}

REFUSED_KEPT = timedelta(days=2 * 365)


def of(opened: Opened) -> dict:
    """What the overview shows this reader, within what they may read."""
    dossier = opened.dossier
    steps = _possible_steps(opened)
    context = {
        "sections": [],
        "possible": steps,
        "history": _history(opened),
        "head_may_change": opened.may(Part.OVERVIEW, Right.WRITE),
    }
    if not opened.may(Part.PEOPLE):
        from wida.referrals.queries import outcome

        return context | {"outcome": outcome(dossier)}
    members = list(
        Mandate.objects.active()
        .filter(dossier=dossier)
        .order_by("ground", "holder_signature")
        .values_list("holder_signature", "ground", "since", named=True)
    )
    open_tasks = queries.of_dossier(dossier)
    if not opened.may(Part.CLEARANCE):
        members = [row for row in members if row.ground != Ground.CLEARANCE]
        open_tasks = [task for task in open_tasks if task.kind != TaskKind.CLEARANCE]
    return context | {
        "tasks": open_tasks,
        "task_labels": dict(TaskKind.choices),
        "task_places": queries.TASK_PLACES,
        "task_icons": queries.TASK_ICONS,
        "roles": dict(Role.choices),
        "members": _by_person(members),
        "sections": [
            Section("next", _("What comes next"), bool(steps)),
            Section("tasks", _("Tasks"), bool(open_tasks), len(open_tasks)),
            Section("members", _("Who takes part"), bool(members), len(members)),
            Section("course", _("Course"), bool(context["history"])),
        ],
    }


def _by_person(mandates: list) -> list[tuple]:
    """Each person once: on which grounds, and since when."""
    people: dict[str, tuple[list[str], object]] = {}
    for mandate in mandates:
        grounds, since = people.get(mandate.holder_signature, ([], mandate.since))
        grounds.append(str(GROUND_LABELS[mandate.ground]))
        people[mandate.holder_signature] = grounds, min(since, mandate.since)
    return [(who, ", ".join(grounds), since) for who, (grounds, since) in people.items()]


def _possible_steps(opened: Opened) -> list[tuple[str, object, list]]:
    """The plain steps this actor can take now, each with what is still missing."""
    found = []
    for name in PLAIN_STEPS:
        step = STEPS[name]
        if opened.dossier.stage in step.before and opened.may(step.part, step.right):
            found.append((name, step.label, missing(opened.dossier, step)))
    return found


def _history(opened: Opened) -> list[tuple]:
    """Every step so far: name, when, by whom, why."""
    transitions = Transition.objects.filter(dossier=opened.dossier).order_by("-at")
    reads_all = opened.may(Part.PEOPLE)
    return [
        (
            EVERY_STEP[name].label,
            at,
            signature,
            unseal(reason, opened.dossier.pk, f"dossiers_transition:{key}:reason") if reads_all else "",
        )
        for key, name, at, signature, reason in transitions.values_list(
            "id", "name", "at", "signature", "reason"
        )
    ]


def take_step(name: str, *, opened: Opened, reason: str) -> None:
    """Takes a plain step with what follows from it: dates on the dossier, tasks for whoever is next."""
    dossier, by, now = opened.dossier, opened.actor, timezone.now()
    facts = {
        "submit": {"submitted_at": now},
        "open": {"opened_at": now},
        "decline": {
            "closed_at": now,
            "closure_reason": "niet_opgenomen",
            "retain_until": timezone.localdate() + REFUSED_KEPT,
        },
    }.get(name, {})
    take(name, dossier=dossier, by=by, reason=reason, **facts)
    if name == "submit":
        intake.submitted(dossier=dossier, by=by)
    if name == "open":
        intake.decided(dossier=dossier, outcome=InflowOutcome.OPENED, by=by)
