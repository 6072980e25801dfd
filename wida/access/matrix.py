"""The access matrix told: for the documentation, for the list that the law asks for, for a spreadsheet.

The law (WVG art. 9 and 10, decree art. 15) asks who, by category and with their function, has access to what.
"""

import csv
import io
import json
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from wida.access.models import GROUND_LABELS
from wida.access.rules import MATRIX, Ground, Part, Right
from wida.accounts.codes import CONTENT_ROLES, Role
from wida.accounts.models import Membership, valid_on
from wida.dossiers.codes import Stage

# What each category of persons does, and the place of the decree of 29 March 2024 it rests on.
FUNCTIONS = {
    Role.REFERRER: (_("Meets the family, builds the overview and refers"), "art. 15 §1, 2°"),
    Role.LIAISON: (
        "Brings what their organisation knows, and takes part in the conference",
        "art. 15 §1, 1° and 3°",
    ),
    Role.POLICE_LIAISON: (
        "Brings what the police know, and takes part in the conference",
        "art. 15 §1, 1° and 3°",
    ),
    Role.PROSECUTOR: (
        "Clears the opening of a dossier, and takes part in the conference",
        "art. 15 §1, 1° and 3°",
    ),
    Role.CASE_MANAGER: (_("Keeps the overview of a dossier and follows its plan"), "art. 15 §1, 3° and 5°"),
    Role.PSYCHOLOGIST: (_("Weighs the danger with the others"), "art. 15 §1, 3° and 5°"),
    Role.CHILD_PSYCHOLOGIST: (_("Weighs the danger for the children"), "art. 15 §1, 3° and 5°"),
    Role.COORDINATOR: (
        "Runs the dossiers of a Safe Home, and decides who takes part",
        "art. 15 §1, 5° and 7°",
    ),
    Role.ADMINISTRATIVE: (_("Keeps the dossiers of a Safe Home"), "art. 15 §1, 5°"),
    Role.CENTRAL_TEAM: (_("Policy: figures and code lists, no dossier"), "art. 15 §4"),
    Role.AUDITOR: (_("Oversees who looked, no dossier"), "GDPR art. 39"),
    Role.FUNCTIONAL_ADMIN: (_("Keeps houses, organisations and accounts, no dossier"), "-"),
    Role.CONNECTION: (
        _("Sends reports and answers questions from their organisation's own system"),
        "art. 15 §1, 1°",
    ),
}


class Holders(NamedTuple):
    """How many persons are in a category today; of the partners, those of the organisations that take part."""

    role: Role
    function: str
    law: str
    number: int


class Cell(NamedTuple):
    """One right: who, in which relation to a dossier, on which part, at which stages."""

    role: str
    ground: str
    part: str
    right: str
    stages: tuple[str, ...]


def holders(house_id: UUID | None) -> list[Holders]:
    """The list that the law asks for, with how many hold each function in one house, or in all: never who."""
    found = Membership.objects.current()
    if house_id:
        takes_part = valid_on(timezone.localdate(), "organisation__partnerships__") & Q(
            organisation__partnerships__safe_home_id=house_id
        )
        found = found.filter(Q(organisation__safe_home_id=house_id) | takes_part)
    counted = found.order_by().values_list("role").annotate(n=Count("user_id", distinct=True))
    numbers = dict(counted)
    return [Holders(role, what, law, numbers.get(role, 0)) for role, (what, law) in FUNCTIONS.items()]


def cells() -> list[Cell]:
    """Every right of the matrix once, with all stages at which it holds."""
    found: dict[tuple, set] = {}
    for rule in MATRIX:
        for role in rule.roles:
            for part in rule.parts:
                found.setdefault((role, rule.ground, part, rule.right), set()).update(rule.stages)
    order = {kind: list(kind).index for kind in (Role, Ground, Part, Right)}
    keys = sorted(
        found,
        key=lambda key: [
            order[kind](kind(value)) for kind, value in zip((Role, Ground, Part, Right), key, strict=True)
        ],
    )
    return [
        Cell(*map(str, key), tuple(stage.value for stage in Stage if stage in found[key])) for key in keys
    ]


def as_json() -> str:
    return json.dumps([cell._asdict() for cell in cells()], indent=1)


def as_csv() -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(Cell._fields)
    writer.writerows([*cell[:4], " ".join(cell.stages)] for cell in cells())
    return text.getvalue()


@translation.override("en")
def as_markdown() -> str:
    """The page of the documentation: one table per role and ground."""
    lines = [
        "# Who may",
        "",
        "Made by `wida access-matrix` from `wida/access/rules.py`, the one place where it is decided; a test compares",
        "the two. Rights only add up; a conflict block takes all of them away. R reads, W writes, D decides.",
        "",
        "## Categories of persons with access, and their function",
        "",
        "| category | code | function | ground in the decree |",
        "|---|---|---|---|",
    ]
    lines += [f"| {role.name.replace('_', ' ').capitalize()} | `{role.value}` | {what} | {where} |"
              for role, (what, where) in FUNCTIONS.items()]  # fmt: skip
    stages = list(Stage)
    for role in Role:
        if role not in CONTENT_ROLES:
            continue
        lines += ["", f"## {role.name.replace('_', ' ').capitalize()}"]
        for ground in Ground:
            mine = [cell for cell in cells() if (cell.role, cell.ground) == (role.value, ground.value)]
            if mine:
                lines += ["", f"**{_ground(ground)}** (`{ground.value}`)", ""]
                lines += [
                    f"| part | {' | '.join(stage.value for stage in stages)} |",
                    "|---|" + "---|" * len(stages),
                ]
                lines += [
                    _line(part, mine, stages) for part in Part if any(cell.part == part for cell in mine)
                ]
    return "\n".join(lines) + "\n"


def _line(part: Part, mine: list[Cell], stages: list[Stage]) -> str:
    marks = [
        "".join(cell.right[0].upper() for cell in mine if cell.part == part and stage.value in cell.stages)
        for stage in stages
    ]
    return f"| {part.value} | {' | '.join(marks)} |"


def _ground(ground: Ground) -> str:
    return str(GROUND_LABELS.get(ground, _("Staff of the Safe Home")))
