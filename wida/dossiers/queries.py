"""Lists of dossiers and tasks as named tuples; names are opened only for the rows that are shown."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from wida.access.queries import key_of, known_to, mandates_of, may_read, rights_in
from wida.access.rules import Part, Right
from wida.accounts.actor import Actor
from wida.accounts.codes import HOUSE_ROLES
from wida.accounts.models import User
from wida.audit.models import Event
from wida.dossiers import tasks
from wida.dossiers.codes import OPEN, Colour, Stage, TaskKind
from wida.dossiers.models import Dossier
from wida.notify.queries import UNTOLD
from wida.records.sealing import hang, unseal
from wida.records.statements import prepared

PAGE = 25

# Whoever reads the dossier itself reads its tasks; an author after referral does not.
TASKS = Part.PEOPLE

SORTS = {
    "due": (F("seen_due").asc(nulls_last=True), "id"),
    "number": ("safe_home_id", "id"),
    "changed": ("-changed_at", "-id"),
    "colour": ("-severity", F("seen_due").asc(nulls_last=True), "id"),
    "stage": ("progress", F("seen_due").asc(nulls_last=True), "id"),
}


class Filters(NamedTuple):
    """What a reader asked to see; codes only, so that an address can carry them."""

    view: str = "mine"
    stages: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    track: str = ""
    manager: str = ""
    overdue: bool = False
    sort: str = "due"


class Row(NamedTuple):
    id: UUID
    number: str
    name: str
    colour: str
    stage: str
    track: str
    manager_id: UUID | None
    manager: str | None
    next_due: date | None
    next_kind: str | None
    changed_at: object
    changed_by: str
    changed_part: str
    new: bool


class Due(NamedTuple):
    """A task as a thing to do."""

    id: UUID
    kind: str
    detail: str
    due: date
    number: str
    name: str


def _base(actor: Actor, filters: Filters) -> QuerySet:
    dossiers = known_to(actor)
    if filters.view == "mine" and actor.house_id:
        dossiers = dossiers.filter(Q(case_manager_id=actor.user_id) | Q(author_id=actor.user_id))
    dossiers = dossiers.filter(stage__in=[Stage.CLOSED] if filters.view == "closed" else OPEN)
    if filters.track:
        dossiers = dossiers.filter(track=filters.track)
    if filters.manager == "nobody":
        dossiers = dossiers.filter(case_manager=None)
    elif filters.manager:
        dossiers = dossiers.filter(case_manager_id=filters.manager)
    if filters.overdue:
        dossiers = dossiers.filter(may_read(actor, TASKS), next_due__lt=timezone.localdate())
    return dossiers


def _seen(actor: Actor, column: str, part: Part, otherwise=None):
    """A column of the dossier as far as the actor may read the part it tells of: a filter or an order tells as much."""
    if actor.role in HOUSE_ROLES:
        return F(column)
    field = Dossier._meta.get_field(column)
    return Case(
        When(may_read(actor, part), then=F(column)),
        default=Value(otherwise, output_field=field),
        output_field=field,
    )


def counts(actor: Actor, filters: Filters) -> tuple[dict[str, int], dict[str, int], int]:
    """How many dossiers each stage tile and each colour tile would show, and how many are shown now. One statement.

    The counts of a group ignore that group's own choice.
    """
    stages: dict[str, int] = {}
    colours: dict[str, int] = {}
    total = 0
    for stage, colour, number in _counted(actor, filters):
        stage_fits = not filters.stages or stage in filters.stages
        colour_fits = not filters.colours or (colour or "none") in filters.colours
        if colour_fits:
            stages[stage] = stages.get(stage, 0) + number
        if stage_fits:
            colours[colour or "none"] = colours.get(colour or "none", 0) + number
        total += number if stage_fits and colour_fits else 0
    return stages, colours, total


@prepared
def _counted(actor: Actor, filters: Filters) -> QuerySet:
    coloured = _base(actor, filters).annotate(seen_colour=_seen(actor, "colour", Part.WEIGHING, ""))
    return coloured.order_by().values_list("stage", "seen_colour").annotate(n=Count("id"))


def rows(actor: Actor, filters: Filters, page: int) -> list[Row]:
    """One page of dossiers. One statement, whatever the number of rows."""
    return _opened(actor, _page(actor, filters, page))


@prepared
def _page(actor: Actor, filters: Filters, page: int) -> QuerySet:
    dossiers = _ranked(actor, _base(actor, filters))
    if filters.stages:
        dossiers = dossiers.filter(stage__in=filters.stages)
    if filters.colours:
        dossiers = dossiers.filter(seen_colour__in=["" if c == "none" else c for c in filters.colours])
    # The page is chosen before names and keys are joined to it: behind the wall each key is a question of its own.
    chosen = dossiers.order_by(*SORTS[filters.sort]).values("pk")[page * PAGE - PAGE : page * PAGE]
    shown = _ranked(actor, Dossier.objects.filter(pk__in=chosen))
    return _columns(actor, shown.order_by(*SORTS[filters.sort]))


def _ranked(actor: Actor, dossiers: QuerySet) -> QuerySet:
    """With what a list may be sorted by."""
    return dossiers.annotate(
        seen_colour=_seen(actor, "colour", Part.WEIGHING, ""), seen_due=_seen(actor, "next_due", TASKS)
    ).annotate(
        severity=_rank("seen_colour", {Colour.GREEN: 1, Colour.ORANGE: 2, Colour.RED: 3}),
        progress=_rank("stage", {stage: place for place, stage in enumerate(Stage)}),
    )


def open_rows(actor: Actor, dossiers: QuerySet) -> list[Row]:
    """Dossiers the actor may know of as rows with their names. One statement.

    What tells of a part they may not read is left out: an author goes on knowing of a referral, not of its colour.
    """
    return _opened(actor, _columns(actor, dossiers))


def _columns(actor: Actor, dossiers: QuerySet) -> QuerySet:
    last_look = (
        Event.objects.filter(dossier=OuterRef("pk"), user=actor.user_id)
        .order_by()
        .values("dossier")
        .annotate(last=Max("at"))
        .values("last")
    )
    return dossiers.annotate(
        last_look=Subquery(last_look), mandate_grounds=ArraySubquery(mandates_of(actor).values("ground"))
    ).values_list(
        "id", "number", "family_name", "key__wrapped", "colour", "stage", "track",
        "case_manager_id", "case_manager__name",
        "next_due", "next_kind", "changed_at", "changed_by", "changed_part", "last_look",
        "safe_home_id", "mandate_grounds",
    )  # fmt: skip


def _opened(actor: Actor, found: Iterable[tuple]) -> list[Row]:
    return [
        _as_read(
            Row(
                key, number, _name(key, sealed, wrapped), *rest, new=_is_new(actor, rest[-2], rest[-3], last)
            ),
            rights_in(actor, home, grounds, rest[1]),
        )
        for key, number, sealed, wrapped, *rest, last, home, grounds in found
    ]


def _as_read(row: Row, may: frozenset) -> Row:
    if (Part.WEIGHING, Right.READ) not in may:
        row = row._replace(colour="")
    hidden = row.next_kind == TaskKind.CLEARANCE and (Part.CLEARANCE, Right.READ) not in may
    if hidden or (TASKS, Right.READ) not in may:
        row = row._replace(next_due=None, next_kind=None)
    if (Part(row.changed_part), Right.READ) not in may:
        row = row._replace(changed_part=Part.OVERVIEW, new=False)
    return row


def _rank(column: str, ranks: dict) -> Case:
    whens = [When(**{column: code}, then=Value(rank)) for code, rank in ranks.items()]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def _name(dossier_id: UUID, sealed: bytes | None, wrapped: bytes) -> str:
    hang(dossier_id, wrapped)
    return unseal(sealed, dossier_id, f"dossiers_dossier:{dossier_id}:family_name")


def _is_new(actor: Actor, changed_by: str, changed_at, last_look) -> bool:
    """Changed by somebody else since this reader last looked into the file."""
    return changed_by != actor.signature and (last_look is None or changed_at > last_look)


def managers(actor: Actor) -> list[tuple[UUID, str]]:
    """Who is case manager of a dossier this actor may know of."""
    return _managers(actor)


@prepared
def _managers(actor: Actor) -> QuerySet:
    theirs = known_to(actor).open().order_by().values("case_manager_id")
    return User.objects.filter(pk__in=theirs).order_by("name").values_list("id", "name")


def due(actor: Actor, *, within: timedelta | None = None, limit: int = 200) -> list[Due]:
    """The actor's open tasks with the name of their dossier, soonest first. One statement."""
    return [
        Due(key, kind, detail, day, number, _name(dossier_id, sealed, wrapped))
        for key, kind, detail, day, number, dossier_id, sealed, wrapped in _due(actor, within, limit)
    ]


@prepared
def _due(actor: Actor, within: timedelta | None, limit: int) -> QuerySet:
    only = {} if within is None else {"due__lte": timezone.localdate() + within}
    found = tasks.first_of(actor, limit, **only).annotate(wrapped=key_of("dossier_id"))
    return found.values_list(
        "id", "kind", "detail", "due", "dossier__number", "dossier_id", "dossier__family_name", "wrapped"
    )


def attention(actor: Actor) -> dict[str, list[Due]]:
    """What asks for attention: late, today, and in the week to come."""
    today = timezone.localdate()
    columns: dict[str, list[Due]] = {"late": [], "today": [], "week": []}
    for task in due(actor, within=timedelta(days=7), limit=60):
        columns["late" if task.due < today else "today" if task.due == today else "week"].append(task)
    return columns


TASK_PLACES = {
    TaskKind.CHECK_REFERRAL: "referrals:referral",
    TaskKind.COMPLETE_REFERRAL: "dossiers:overview",
    TaskKind.CLEARANCE: "referrals:referral",
    TaskKind.LANE_ANSWER: "sharing:sharing",
    TaskKind.INFORM: "situation:situation",
    TaskKind.REASSESS: "risk:risk",
    TaskKind.MEETING: "meetings:meetings",
    TaskKind.APPROVE_MINUTES: "meetings:meetings",
    TaskKind.ACTION: "plans:plan",
    TaskKind.REVIEW_PLAN: "plans:plan",
    TaskKind.WATCH_CONTACT: "closure:closure",
    TaskKind.WATCH_END: "closure:closure",
    TaskKind.SEE_CHILD: "people:people",
    TaskKind.GREW_UP: "people:people",
    TaskKind.INSPECTION: "access:access",
    TaskKind.DESTROY: "closure:closure",
}

TASK_ICONS = {
    TaskKind.LANE_ANSWER: "mail-question-mark",
    TaskKind.REASSESS: "refresh-cw",
    TaskKind.MEETING: "users-round",
    TaskKind.WATCH_END: "hourglass",
    TaskKind.WATCH_CONTACT: "phone",
}


def of_dossier(dossier: Dossier) -> list[tuple]:
    """The open tasks of one dossier: kind, detail, due, for whom, and whether somebody is still to be mailed."""
    found = dossier.tasks.filter(done_at=None).annotate(untold=UNTOLD).order_by("due", "id")
    return list(
        found.values_list(
            *("kind", "detail", "due", "user__name", "organisation__name", "role", "untold"), named=True
        )
    )
