"""The meetings of one dossier: the tab, and a point as it is run at the table."""

from wida.meetings.views.agenda import add_item, edit_item, item, meetings, screen, withdraw_item
from wida.meetings.views.agreements import accept_action, add_action, close_item, review_action
from wida.meetings.views.attendance import attendance, invite, roll_call, withdraw_invitation
from wida.meetings.views.decisions import decide, snapshot
from wida.meetings.views.minutes import add_note, add_point, approve, withdraw_note, withdraw_point

__all__ = [
    "accept_action",
    "add_action",
    "add_item",
    "add_note",
    "add_point",
    "approve",
    "attendance",
    "close_item",
    "decide",
    "edit_item",
    "invite",
    "item",
    "meetings",
    "review_action",
    "roll_call",
    "screen",
    "snapshot",
    "withdraw_invitation",
    "withdraw_item",
    "withdraw_note",
    "withdraw_point",
]
