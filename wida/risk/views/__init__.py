"""The tabs Risico-inschatting and Weging, and the forms behind them."""

from wida.risk.views.assessments import add_assessment, assessment, risk
from wida.risk.views.legend import add_legend, legend
from wida.risk.views.signals import (
    add_instrument,
    add_signal,
    edit_instrument,
    withdraw_instrument,
    withdraw_signal,
)
from wida.risk.views.weighings import add_weighing, correct_weighing, snapshot, weighing

__all__ = [
    "add_assessment",
    "add_instrument",
    "add_legend",
    "add_signal",
    "add_weighing",
    "assessment",
    "correct_weighing",
    "edit_instrument",
    "legend",
    "risk",
    "snapshot",
    "weighing",
    "withdraw_instrument",
    "withdraw_signal",
]
