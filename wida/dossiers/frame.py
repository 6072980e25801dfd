"""What stands around every tab of a dossier: its head, the tabs, the phases and "on this page"."""

from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wida.access.queries import Opened
from wida.access.rules import Part
from wida.accounts.http import Request
from wida.dossiers.codes import Phase, Stage
from wida.dossiers.life import STEPS

TABS = (
    (Part.PEOPLE, _("Personal details"), "people:people"),
    (Part.SITUATION, _("Situation"), "situation:situation"),
    (Part.RISK, _("Risk assessment"), "risk:risk"),
    (Part.WEIGHING, _("Weighing"), "risk:weighing"),
    (Part.SHARING, _("Information sharing"), "sharing:sharing"),
    (Part.MEETINGS, _("Case conference"), "meetings:meetings"),
    (Part.PLAN, _("Plan of action"), "plans:plan"),
    (Part.EXECUTION, _("Execution"), "plans:execution"),
    (Part.CLOSURE, _("Rounding off"), "closure:closure"),
    (Part.ATTACHMENTS, _("Attachments"), "attachments:attachments"),
)

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
    """A page of the dossier in its frame. Costs no statement of its own."""
    return render(request, template, {**frame(opened, part), "sections": sections, **context})


def frame(opened: Opened, part: Part) -> dict:
    """What `dossiers/frame.html` needs, for the tabs this actor may read."""
    number = opened.dossier.number
    tabs = [Tab(p, label, reverse(url, args=[number]), p == part) for p, label, url in TABS if opened.may(p)]
    title = next((t.label for t in tabs if t.current), "")
    return {
        "opened": opened,
        "part": part,
        "tabs": tabs,
        "title": title,
        "steps": _steps(opened),
        "next_step": _next(opened),
        "looks_url": reverse("audit:looks", args=[number]) if opened.may(Part.LOG) else "",
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
    return (STEPS[step_name].label, reverse(url, args=args))
