"""A point as it is run at the table: rows put together for the page. Decides nothing."""

from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wida.access.queries import Opened
from wida.dossiers.codes import Stage
from wida.meetings import queries, sheet
from wida.meetings.codes import Attendance, MeetingType
from wida.meetings.models import AgendaItem
from wida.plans.codes import OPEN_STATES, STATE_SHAPES, ActionState, GapKind
from wida.plans.queries import days_late


class Earlier(NamedTuple):
    """An action of before this point, and what the table said of it. `due`: an outcome is expected now."""

    row: Any
    late: int
    due: bool
    state: str
    shape: str
    said: Any

    @property
    def waits(self) -> bool:
        return self.due and not self.said


class Agreed(NamedTuple):
    """An action agreed at this point, as it stands now."""

    row: Any
    state: str
    shape: str
    is_open: bool


class Left(NamedTuple):
    """Something that a point still lacks, in words, and where on its page it is done."""

    text: str
    anchor: str


class Page(NamedTuple):
    """`later` are earlier actions whose day is still to come: nobody has to say anything of them."""

    item: AgendaItem
    sheet: sheet.Sheet
    earlier: list[Earlier]
    later: list[Earlier]
    agreed: list[Agreed]
    invitees: list
    notes: list
    points: list
    decisions: list
    approval: Any
    names: dict[UUID, str]

    @property
    def present(self) -> list:
        return [row for row in self.invitees if row.attendance == Attendance.PRESENT]

    @property
    def unsworn(self) -> list:
        return [row for row in self.present if not row.sworn_at]

    @property
    def open_gaps(self) -> list[str]:
        """What nobody works on, once there should be a plan that does; what is unknown is told apart."""
        carried_out = self.item.dossier.stage in (Stage.EXECUTION, Stage.WATCH)
        return [gap.title for gap in self.sheet.gaps if carried_out and gap.kind != GapKind.UNKNOWN]

    @property
    def remaining(self) -> list[Left]:
        """What the point still lacks, in the order in which it is run; nothing once it is closed."""
        return [] if self.item.closed_at or self.item.meeting.cancelled_at else _remaining(self)


def of(opened: Opened, item: AgendaItem) -> Page:
    """Everything of a point. Eighteen statements with those of its sheet, whatever the number of rows."""
    found = sheet.of(opened, item)
    agreements = queries.agreements(item)
    said = {row.action_id: row for row in queries.reviews(item)}
    by_id = {row.id: row for row in found.actions}
    earlier = [
        _earlier(row, item, said.get(row.id))
        for row in found.actions
        if row.id not in agreements and (row.state in OPEN_STATES or row.id in said)
    ]
    return Page(
        item=item,
        sheet=found,
        earlier=[one for one in earlier if one.due or one.said],
        later=[one for one in earlier if not one.due and not one.said],
        agreed=[_agreed(by_id[key]) for key in agreements if key in by_id],
        invitees=queries.invitees(item),
        notes=queries.notes(item),
        points=queries.points(item),
        decisions=queries.decisions(item.dossier, item),
        approval=queries.approval(item),
        names={member.id: member.name for member in found.family.members},
    )


def _earlier(row, item: AgendaItem, said) -> Earlier:
    """An outcome is asked of what should be done by the day of the meeting, and of what has no day."""
    by_now = max(item.meeting.on, timezone.localdate())
    state = ActionState(said.outcome if said else row.state)
    due = row.due_on is None or row.due_on <= by_now
    return Earlier(row, days_late(row), due, str(state.label), STATE_SHAPES[state], said)


def _agreed(row) -> Agreed:
    state = ActionState(row.state)
    return Agreed(row, str(state.label), STATE_SHAPES[state], state in OPEN_STATES)


def _remaining(page: Page) -> list[Left]:
    lacking = [
        (_without_outcome(sum(one.waits for one in page.earlier)), "previous"),
        ("" if page.notes or page.points else _("no minutes"), "minutes"),
        (_("no decision") if _undecided(page) else "", "decision"),
        (_nobody_works_on(len(page.open_gaps)), "agreements"),
        (_unnoted(sum(row.attendance == Attendance.EXPECTED for row in page.invitees)), "present"),
        ("" if page.present else _("nobody noted as present"), "present"),
        (_unsworn(len(page.unsworn)), "present"),
    ]
    return [Left(text, anchor) for text, anchor in lacking if text]


def _undecided(page: Page) -> bool:
    return page.item.meeting.type == MeetingType.TRIAGE and not page.decisions


def _without_outcome(n: int) -> str:
    words = ngettext("%(n)d earlier action without an outcome", "%(n)d earlier actions without an outcome", n)
    return words % {"n": n} if n else ""


def _nobody_works_on(n: int) -> str:
    return ngettext("%(n)d thing nobody works on", "%(n)d things nobody works on", n) % {"n": n} if n else ""


def _unnoted(n: int) -> str:
    words = ngettext("attendance of %(n)d person not noted", "attendance of %(n)d persons not noted", n)
    return words % {"n": n} if n else ""


def _unsworn(n: int) -> str:
    words = ngettext(
        "%(n)d person did not confirm the secrecy", "%(n)d persons did not confirm the secrecy", n
    )
    return words % {"n": n} if n else ""
