"""A dossier on one page: where it stands, what is missing, what is to be done, who is in it, who looked."""

from collections import Counter
from datetime import timedelta
from itertools import groupby
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wida.access.models import GROUND_LABELS, Mandate
from wida.access.queries import Opened
from wida.access.rules import Ground, Part, Right
from wida.accounts.codes import Role
from wida.accounts.models import Organisation
from wida.audit.models import Event
from wida.dossiers import queries, tasks
from wida.dossiers.codes import TaskKind
from wida.dossiers.frame import PART_LABELS, Section
from wida.dossiers.guards import missing
from wida.dossiers.life import STEPS, take
from wida.dossiers.models import Transition
from wida.records.sealing import unseal

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

CHECK_WITHIN = timedelta(days=2)
REFUSED_KEPT = timedelta(days=2 * 365)


class Look(NamedTuple):
    """A visit: what one person did in one go."""

    start: object
    end: object
    who: str
    where: str
    mine: bool
    refused: bool
    acts: list[tuple[str, list[str]]]


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
            STEPS[name].label,
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
        tasks.finish(dossier, kind=TaskKind.COMPLETE_REFERRAL, source=dossier.pk, by=by)
        due = timezone.localdate() + CHECK_WITHIN
        tasks.plan(
            dossier, kind=TaskKind.CHECK_REFERRAL, due=due, source=dossier.pk, by=by, role=Role.COORDINATOR
        )
    if name == "open":
        tasks.finish(dossier, kind=TaskKind.CHECK_REFERRAL, source=dossier.pk, by=by)


VISIT_GAP = timedelta(minutes=30)
LOOKS_SHOWN = 400


def looks_of(opened: Opened, *, organisation: str, page: int) -> dict:
    """The trail of a dossier by day and visit. Who was refused is named to the coordinator only.

    That a safety plan exists shows only to the organisation whose people wrote or opened it.
    """
    apart = Q(table__startswith="plans.safetyplan") | Q(action="safety_plan_opened")
    events = (
        Event.objects.filter(dossier=opened.dossier.pk)
        .exclude(apart & ~Q(organisation=opened.actor.organisation_id))
        .order_by("-at", "-id")
    )
    names = dict(
        Organisation.objects.filter(pk__in=events.order_by().values("organisation")).values_list("id", "name")
    )
    chosen = next((key for key in names if str(key) == organisation), None)
    if chosen:
        events = events.filter(organisation=chosen)
    shown = list(
        events.values_list("at", "action", "user", "signature", "organisation", "part", "detail", named=True)[
            (page - 1) * LOOKS_SHOWN : page * LOOKS_SHOWN + 1
        ]
    )
    named_to_me = opened.actor.role == Role.COORDINATOR
    visits = [_visit(list(group), opened, names, named_to_me) for group in _visits(shown[:LOOKS_SHOWN])]
    since = timezone.now() - timedelta(days=30)
    recent = Counter(
        names.get(look.organisation, "") for look in shown if look.at > since and look.action == "read"
    )
    return {
        "days": [
            (day, list(looks))
            for day, looks in groupby(visits, key=lambda look: timezone.localdate(look.start))
        ],
        "organisations": sorted(names.items(), key=lambda item: item[1]),
        "organisation": organisation if chosen else "",
        "recent": [pair for pair in recent.most_common() if pair[0]],
        "people": len({look.user for look in shown if look.at > since}),
        "odd": [look for look in visits if look.refused],
        "page": page,
        "more": len(shown) > LOOKS_SHOWN,
    }


ACTION_LABELS = {
    "read": _("Read"),
    "added": _("Added"),
    "changed": _("Changed"),
    "withdrawn": _("Withdrew"),
    "refused": _("Refused"),
    "started": _("Started the dossier"),
    "assigned": _("Assigned the case manager"),
    "downloaded": _("Downloaded"),
    "safety_plan_opened": _("Opened a safety plan"),
    "reminded": _("Sent a reminder"),
    "extract_made": _("Made an extract for somebody"),
    **{name: step.label for name, step in STEPS.items()},
}


def _visits(events: list):
    """Events of one person less than half an hour apart, refusals apart; newest visit first."""
    visit: list = []
    for event in events:
        if visit and (
            event.user != visit[-1].user
            or (event.action == "refused") != (visit[-1].action == "refused")
            or visit[-1].at - event.at > VISIT_GAP
            or timezone.localdate(event.at) != timezone.localdate(visit[-1].at)
        ):
            yield visit
            visit = []
        visit.append(event)
    if visit:
        yield visit


def _visit(events: list, opened: Opened, names: dict, named_to_me: bool) -> Look:
    refused = events[0].action == "refused"
    who, _comma, where = events[0].signature.partition(", ")
    acts: dict[str, list[str]] = {}
    for action, part in sorted(
        {(event.action, event.part) for event in events}, key=lambda act: act[0] == "read"
    ):
        acts.setdefault(str(ACTION_LABELS.get(action, action)), []).append(str(PART_LABELS.get(part, "")))
    return Look(
        start=events[-1].at,
        end=events[0].at,
        who="" if refused and not named_to_me else who,
        where=names.get(events[0].organisation, where),
        mine=events[0].user == opened.actor.user_id,
        refused=refused,
        acts=[(words, [part for part in parts if part]) for words, parts in acts.items()],
    )
