"""Reading plans, for this room and for others. Each function asks the database once, unless it says otherwise."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from wida.access.models import Mandate
from wida.access.queries import Opened
from wida.access.rules import Ground
from wida.accounts.models import Membership
from wida.dossiers.codes import TaskKind
from wida.dossiers.models import Dossier, Task
from wida.plans import access
from wida.plans import family as families
from wida.plans import gaps as gap_rules
from wida.plans.codes import OPEN_STATES, GapKind
from wida.plans.family import Family
from wida.plans.models import (
    Action,
    Bottleneck,
    Goal,
    LogEntry,
    PlanVersion,
    PolicySignal,
    SafetyPlanOpening,
    SafetyPlanReader,
    SetAside,
)
from wida.records.queries import read
from wida.risk.codes import LABELS, Score
from wida.risk.queries import latest_factors

ENTRIES_SHOWN = 20


class OpenAction(NamedTuple):
    """An action as the agenda of a case conference goes through it."""

    id: UUID
    version: int
    title: str
    goal_number: int | None
    organisation_id: UUID
    organisation: str
    holder_id: UUID | None
    holder: str
    due: date | None
    late: int
    state: str
    accepted: bool


class NamedGap(NamedTuple):
    """A gap in words for other rooms: what it is about, and which kind."""

    kind: GapKind
    subject: str
    title: str


def goals(dossier: Dossier) -> list:
    return read(
        Goal.objects.of(dossier).order_by("number"),
        *("number", "domain", "phase", "text", "indicator", "persons", "withheld_from", "factors"),
        *("target_on", "state", "state_why", "closed_on", "organisation__name"),
    )


def actions(dossier: Dossier) -> list:
    """Every action, the first to end first; without a date last."""
    rows = read(
        Action.objects.of(dossier),
        *(
            "goal_id",
            "goal__number",
            "what",
            "note",
            "outcome",
            "state",
            "persons",
            "withheld_from",
            "investigates",
        ),
        *("holder_organisation_id", "holder_organisation__name", "holder_id", "holder__name"),
        *("start_on", "due_on", "judicial_on", "ended_on"),
        *("agreed_at", "accepted_at", "accepted_by", "accepted_noted_by"),
    )
    return sorted(rows, key=lambda row: (row.due_on or date.max, row.id))


def set_asides(dossier: Dossier) -> list:
    return read(SetAside.objects.of(dossier), "kind", "subject", "score", "why")


def versions(dossier: Dossier) -> list:
    """The recorded versions without their content, newest first."""
    return read(
        PlanVersion.objects.of(dossier).order_by("-number"), "number", "recorded_on", "review_on", "note"
    )


def safety_plans(opened: Opened) -> list:
    """The titles of the safety plans this actor may know of, with how many more may read each."""
    readers = (
        SafetyPlanReader.objects.filter(plan_id=OuterRef("pk"))
        .order_by()
        .values("plan")
        .annotate(n=Count("id"))
        .values("n")
    )
    plans = access.safety_plans(opened).annotate(reader_count=Coalesce(Subquery(readers), 0))
    return read(
        plans.order_by("id"),
        "title",
        "checked_on",
        "checked_with",
        "organisation_id",
        "organisation__name",
        "reader_count",
    )


def safety_plan(opened: Opened, plan_id: UUID):
    """One safety plan with its words, or None for who may not know of it."""
    found = read(
        access.safety_plans(opened).filter(pk=plan_id),
        *("person_id", "title", "signals", "steps", "contacts", "children", "agreements"),
        *("checked_on", "checked_with", "reader_names", "organisation_id", "organisation__name"),
    )
    return found[0] if found else None


def openings(dossier: Dossier, plan_id: UUID) -> list:
    """Who opened a safety plan, when and why; newest first."""
    return read(
        SafetyPlanOpening.objects.of(dossier).filter(plan_id=plan_id).order_by("-created_at")[:50], "reason"
    )


def scores(dossier: Dossier) -> dict[str, str]:
    """How each risk factor stands, the heaviest where sources differ; empty when not one of them is known."""
    found = latest_factors(dossier)
    return found if set(found.values()) - {Score.UNKNOWN} else {}


def find_gaps(*, goals: list, actions: list, family: Family, scores: dict[str, str]) -> list:
    """Every gap of rows already read. Asks nothing."""
    return gap_rules.find(
        goals=goals,
        actions=actions,
        children=[child.id for child in family.children],
        scores=scores,
    )


def gaps(dossier: Dossier) -> list[NamedGap]:
    """What nobody works on and nobody left aside on purpose, in words. Five statements and the assessment's."""
    rows, people = actions(dossier), families.of(dossier)
    found = find_gaps(goals=goals(dossier), actions=rows, family=people, scores=scores(dossier))
    asks, _left = gap_rules.split(found, set_asides(dossier))
    titles = gap_titles(rows, people)
    return [NamedGap(gap.kind, gap.subject, titles.get(gap.subject, "")) for gap in asks]


def gap_titles(actions: list, family: Family) -> dict[str, str]:
    """How a gap's subject is called on a screen."""
    return (
        {code.value: str(label) for code, label in LABELS.items()}
        | {str(member.id): member.name for member in family.members}
        | {str(action.id): action.what for action in actions}
    )


def open_actions(dossier: Dossier) -> list[OpenAction]:
    """The actions that are still to be done, the latest first, for the meeting that goes through them."""
    return [
        OpenAction(
            row.id,
            row.version,
            row.what,
            row.goal_number,
            row.holder_organisation_id,
            row.holder_organisation_name,
            row.holder_id,
            row.holder_name or "",
            row.due_on,
            days_late(row),
            row.state,
            row.accepted_at is not None,
        )
        for row in actions(dossier)
        if row.state in OPEN_STATES
    ]


def days_late(action) -> int:
    """Days since an action that is still to be done should have ended; 0 when it isn't late."""
    if action.ended_on or action.due_on is None:
        return 0
    return max(0, (timezone.localdate() - action.due_on).days)


def assignments(dossier: Dossier) -> list:
    """Everybody who was or is assigned to the dossier, newest first, with role, reason and period."""
    role = Membership.objects.filter(
        user_id=OuterRef("holder_id"), organisation_id=OuterRef("holder_organisation_id")
    ).order_by("-valid_from")
    mandates = (
        Mandate.objects.of(dossier)
        .filter(ground=Ground.ASSIGNED)
        .annotate(role=Subquery(role.values("role")[:1]))
    )
    return read(
        mandates.order_by("-created_at"), "holder_signature", "role", "why", "since", "until", "ended_at"
    )


def open_tasks(dossier: Dossier) -> list:
    """What is to be done in the dossier by a date, whoever must, soonest first."""
    found = Task.objects.filter(dossier_id=dossier.pk, done_at=None).order_by("due", "id")
    return list(
        found.values_list(
            "id", "kind", "due", "source", "user__name", "organisation__name", "role", named=True
        )
    )


REASSESSMENT = (TaskKind.REASSESS, TaskKind.REVIEW_PLAN)


def entry_counts(dossier: Dossier) -> list:
    """How many entries (`n`) each kind and organisation has."""
    names = ("kind", "organisation_id", "organisation__name")
    found = LogEntry.objects.of(dossier).values(*names).annotate(n=Count("id"))
    return list(found.order_by("organisation__name", "kind").values_list(*names, "n", named=True))


def entries(dossier: Dossier, *, kind: str = "", organisation: UUID | None = None, page: int = 1) -> list:
    """One page of the log, newest first."""
    found = LogEntry.objects.of(dossier)
    if kind:
        found = found.filter(kind=kind)
    if organisation:
        found = found.filter(organisation_id=organisation)
    start = (page - 1) * ENTRIES_SHOWN
    return read(
        found.order_by("-on", "-id")[start : start + ENTRIES_SHOWN],
        *("kind", "on", "with_whom", "way", "text", "organisation_id", "organisation__name"),
    )


def bottlenecks(dossier: Dossier) -> list:
    return read(Bottleneck.objects.of(dossier).order_by("-created_at"), "theme", "text", "organisation__name")


def next_number(model: type, dossier: Dossier) -> int:
    return (model.objects.filter(dossier_id=dossier.pk).aggregate(most=Max("number"))["most"] or 0) + 1


def policy_signals(*, house_id: UUID | None, theme: str) -> list:
    """The newest two hundred bottlenecks, of one house or of all; their order within a month says nothing."""
    found = PolicySignal.objects.order_by("-month", "id")
    if house_id:
        found = found.filter(safe_home_id=house_id)
    if theme:
        found = found.filter(theme=theme)
    return list(found.values_list("theme", "text", "month", "safe_home__name", named=True)[:200])
