"""The screens of the plan and its execution."""

from wida.plans.views.actions import accept_action, add_action, edit_action, update_action
from wida.plans.views.execution import add_entry, add_signal, assign_case_manager, edit_entry, execution
from wida.plans.views.goals import add_goal, close_goal, edit_goal, set_aside, take_up
from wida.plans.views.plan import extract, plan, record_plan, version
from wida.plans.views.safety import add_safety_plan, edit_safety_plan, safety_plan

__all__ = [
    "accept_action",
    "add_action",
    "add_entry",
    "add_goal",
    "add_safety_plan",
    "add_signal",
    "assign_case_manager",
    "close_goal",
    "edit_action",
    "edit_entry",
    "edit_goal",
    "edit_safety_plan",
    "execution",
    "extract",
    "plan",
    "record_plan",
    "safety_plan",
    "set_aside",
    "take_up",
    "update_action",
    "version",
]
