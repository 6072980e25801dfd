"""What nobody works on, in words, each with the one thing to do about it."""

from typing import Any, NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from wida.accounts.codes import OrganisationType
from wida.plans.codes import GapKind
from wida.plans.family import Family
from wida.plans.gaps import Gap
from wida.risk.codes import ASK_FIRST, LABELS, Score
from wida.web import dates


class GapRow(NamedTuple):
    """A gap in words, with the one thing to do about it."""

    kind: Any
    title: str
    link: str
    text: str
    url: str
    action: Any
    aside_url: str


def row(number: str, gap: Gap, people: Family, actions: list) -> GapRow:
    """A gap of the dossier with this number, in words. Asks nothing."""
    aside = reverse("plans:set_aside", args=[number, gap.kind, gap.subject])
    add_goal = reverse("plans:add_goal", args=[number])
    if gap.kind == GapKind.FACTOR:
        told = _("%(score)s. No open goal is about this.") % {"score": Score(gap.score).label}
        link = reverse("risk:risk", args=[number])
        return GapRow(
            gap.kind.label,
            LABELS[gap.subject],
            link,
            told,
            f"{add_goal}?factors={gap.subject}",
            _("Add a goal"),
            aside,
        )
    if gap.kind == GapKind.CHILD:
        child = people.get(UUID(gap.subject))
        told = _("No open goal is for this child, or for the children, alone.")
        return GapRow(
            gap.kind.label, child.name, "", told, f"{add_goal}?persons={gap.subject}", _("Add a goal"), aside
        )
    if gap.kind == GapKind.ACTION:
        action = next(action for action in actions if str(action.id) == gap.subject)
        told = _("%(organisation)s has named nobody yet.") % {"organisation": action.holder_organisation_name}
        if action.due_on:
            told += " " + _("To be done by %(day)s.") % {"day": dates.long_day(action.due_on)}
        link = f"#goal-{action.goal_number}" if action.goal_number else "#goals"
        url = reverse("plans:edit_action", args=[number, action.id])
        return GapRow(gap.kind.label, action.what, link, told, url, _("Name a person"), aside)
    return _unknown(gap, number, aside)


def _unknown(gap: Gap, number: str, aside: str) -> GapRow:
    first = OrganisationType(ASK_FIRST[gap.subject]).label
    told = _("No goal or action finds this out. Ask first: %(organisation)s.") % {"organisation": first}
    add = reverse("plans:add_action", args=[number])
    link = reverse("risk:risk", args=[number])
    return GapRow(
        gap.kind.label,
        LABELS[gap.subject],
        link,
        told,
        f"{add}?investigates={gap.subject}",
        _("Add an action"),
        aside,
    )


def left(gap: Gap, aside, people: Family, actions: list) -> tuple:
    """A gap left open on purpose: what kind, about what, and the row that says why."""
    if gap.kind == GapKind.CHILD:
        title = people.get(UUID(gap.subject)).name
    elif gap.kind == GapKind.ACTION:
        title = next(action for action in actions if str(action.id) == gap.subject).what
    else:
        title = LABELS[gap.subject]
    return gap.kind.label, title, aside
