"""What stands around every tab of a dossier: its head, the tabs, the phases and "on this page"."""

from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from wida.access.queries import Opened
from wida.access.rules import Part
from wida.accounts.http import Request
from wida.dossiers.codes import Phase, Stage
from wida.dossiers.life import STEPS
from wida.drafts import queries as drafts
from wida.drafts.door import who_is_here
from wida.web.addresses import address

PART_LABELS = {
    Part.OVERVIEW: _("Overview"),
    Part.REFERRAL: _("Referral"),
    Part.CLEARANCE: _("Clearance"),
    Part.PEOPLE: _("Personal details"),
    Part.SITUATION: _("Situation"),
    Part.RISK: _("Risk assessment"),
    Part.WEIGHING: _("Weighing"),
    Part.SHARING: _("Information sharing"),
    Part.MEETINGS: _("Case conference"),
    Part.PLAN: _("Plan of action"),
    Part.EXECUTION: _("Execution"),
    Part.CLOSURE: _("Rounding off"),
    Part.ATTACHMENTS: _("Attachments"),
    Part.ACCESS: _("Access"),
    Part.LOG: _("Who looked?"),
}

TABS = tuple(
    (part, PART_LABELS[part], url)
    for part, url in (
        (Part.PEOPLE, "people:people"),
        (Part.SITUATION, "situation:situation"),
        (Part.RISK, "risk:risk"),
        (Part.WEIGHING, "risk:weighing"),
        (Part.SHARING, "sharing:sharing"),
        (Part.MEETINGS, "meetings:meetings"),
        (Part.PLAN, "plans:plan"),
        (Part.EXECUTION, "plans:execution"),
        (Part.CLOSURE, "closure:closure"),
        (Part.ATTACHMENTS, "attachments:attachments"),
    )
)

PARTS = {part for part, _label, _name in TABS}

# The one step that a stage usually leads to, and where it is taken.
NEXT = {
    Stage.BUILDING: ("submit", "dossiers:step"),
    Stage.REFERRED: ("open", "dossiers:step"),
    Stage.FORMING: ("execute", "dossiers:step"),
    Stage.EXECUTION: ("watch", "closure:closure"),
    Stage.WATCH: ("close", "closure:closure"),
}


class Section(NamedTuple):
    """A part of a page for "on this page": its anchor, its title, whether anything stands in it."""

    id: str
    label: str
    filled: bool
    count: int | None = None


class Tab(NamedTuple):
    part: Part
    label: str
    url: str
    current: bool


def tab(
    request: Request, opened: Opened, part: Part, template: str, *, sections: list[Section], **context
) -> HttpResponse:
    """A page of the dossier in its frame. Costs one statement: who else is in this part."""
    present = who_is_here(drafts.present(opened, part)) if part in PARTS else ""
    return render(
        request, template, {**frame(opened, part), "sections": sections, "present": present, **context}
    )


def frame(opened: Opened, part: Part) -> dict:
    """What `dossiers/frame.html` needs, for the tabs this actor may read."""
    number = opened.dossier.number
    tabs = [Tab(p, label, address(url, number), p == part) for p, label, url in TABS if opened.may(p)]
    return {
        "opened": opened,
        "part": part,
        "tabs": tabs,
        "title": PART_LABELS[part],
        "steps": _steps(opened),
        "next_step": _next(opened),
        "looks_url": address("audit:looks", number) if opened.may(Part.LOG) else "",
    }


def _steps(opened: Opened) -> list[tuple[str, str]]:
    phases = list(Phase)
    now = phases.index(opened.dossier.phase)
    return [
        (phase.label, "done" if place < now or opened.dossier.closed else "now" if place == now else "todo")
        for place, phase in enumerate(phases)
    ]


def _next(opened: Opened) -> tuple[str, str] | None:
    step_name, url = NEXT.get(Stage(opened.dossier.stage), (None, None))
    if step_name is None or not opened.may(STEPS[step_name].part, STEPS[step_name].right):
        return None
    args = [opened.number, step_name] if url == "dossiers:step" else [opened.number]
    return (STEPS[step_name].label, address(url, *args))
