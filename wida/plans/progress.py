"""The tab Uitvoering as one reader sees it: rows put together for the page."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from wida.access.queries import Opened
from wida.access.rules import Part, Right
from wida.accounts.codes import Role
from wida.dossiers.codes import TaskKind
from wida.dossiers.queries import TASK_PLACES
from wida.plans import access, board, queries
from wida.plans.codes import OPEN_STATES, ContactWay, EntryKind, SignalTheme
from wida.plans.family import Family


class Due(NamedTuple):
    """A task of this dossier as a thing to do. An action is called by what it is."""

    title: Any
    due: Any
    late: int
    who: Any
    place: str
    kind: str


class Tile(NamedTuple):
    """One answer of a filter, with how many entries it would show."""

    value: str
    label: Any
    count: int


def of(opened: Opened, asked: Mapping[str, str]) -> dict:
    """Everything on the tab. Six statements, whatever the number of rows."""
    dossier = opened.dossier
    actions = queries.actions(dossier)
    lines = board.lines(opened, actions, Family([]))
    tasks = [
        _due(task, {action.id: action.what for action in actions}) for task in queries.open_tasks(dossier)
    ]
    is_open = [line for line in lines if line.action.state in OPEN_STATES]
    return {
        "overdue": [task for task in tasks if task.late],
        "reassessments": [task for task in tasks if task.kind in queries.REASSESSMENT],
        "open_lines": sorted(is_open, key=lambda line: -line.late),
        "ended_lines": [line for line in lines if line.action.state not in OPEN_STATES],
        "tally": board.tally(lines),
        "assignments": queries.assignments(dossier),
        "roles": dict(Role.choices),
        "bottlenecks": queries.bottlenecks(dossier),
        "themes": dict(SignalTheme.choices),
        "may_write": opened.may(Part.EXECUTION, Right.WRITE),
        "may_assign": opened.may(Part.EXECUTION, Right.DECIDE),
        "may_plan": access.may_plan(opened),
        **_log(opened, asked),
    }


def _due(task, titles: dict[UUID, str]) -> Due:
    late = max(0, (timezone.localdate() - task.due).days)
    who = task.user__name or task.organisation__name or (Role(task.role).label if task.role else "")
    title = titles.get(task.source) or TaskKind(task.kind).label
    return Due(title, task.due, late, who, TASK_PLACES.get(task.kind, "plans:plan"), task.kind)


def _log(opened: Opened, asked: Mapping[str, str]) -> dict:
    """The asked page of the log with its filters. What isn't in the log can't be asked for."""
    counts = queries.entry_counts(opened.dossier)
    kind = asked.get("kind", "")
    kind = kind if kind in EntryKind.values else ""
    organisation = asked.get("organisation", "")
    organisation = organisation if organisation in {str(row.organisation_id) for row in counts} else ""
    of_kind = [row for row in counts if kind in ("", row.kind)]
    of_organisation = [row for row in counts if organisation in ("", str(row.organisation_id))]
    names = {str(row.organisation_id): row.organisation__name for row in counts}
    shown = sum(row.n for row in of_kind if row in of_organisation)
    pages = max(1, -(-shown // queries.ENTRIES_SHOWN))
    page = asked.get("page", "1")
    number = min(pages, max(1, int(page))) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return {
        "entries": queries.entries(
            opened.dossier, kind=kind, organisation=UUID(organisation) if organisation else None, page=number
        ),
        "entry_total": sum(row.n for row in counts),
        "shown_total": shown,
        "kind": kind,
        "organisation": organisation,
        "kind_tiles": [
            Tile(code.value, code.label, sum(row.n for row in of_organisation if row.kind == code))
            for code in EntryKind
        ],
        "organisation_tiles": [
            Tile(key, name, sum(row.n for row in of_kind if str(row.organisation_id) == key))
            for key, name in names.items()
        ],
        "kinds": dict(EntryKind.choices),
        "ways": dict(ContactWay.choices),
        "page_number": number,
        "page_count": pages,
        "own_organisation": opened.actor.organisation_id,
    }
