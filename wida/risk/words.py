"""The word of each code, for templates: a snapshot holds codes only, and is read in the reader's language."""

from wida.accounts.codes import SHORT_LANE
from wida.dossiers.codes import Answer, LifeDomain
from wida.risk.codes import (
    LABELS,
    SHAPES,
    Change,
    DomainState,
    Flag,
    Imminence,
    Lane,
    Level,
    MeetingKind,
    Score,
)
from wida.risk.explained import WHAT_COUNTS

DOMAIN_ICONS = {
    DomainState.SUPPORT: "plus",
    DomainState.CONCERN: "minus",
    DomainState.MIXED: "arrow-up-down",
    DomainState.UNKNOWN: "circle-question-mark",
}


def _by_value(labels: dict) -> dict:
    return {str(code): label for code, label in labels.items()}


WORDS = {
    "factor": _by_value(LABELS),
    "what_counts": _by_value(WHAT_COUNTS),
    "score": dict(Score.choices),
    "shape": _by_value(SHAPES),
    "flag": dict(Flag.choices),
    "lane": dict(Lane.choices),
    "partner": _by_value(SHORT_LANE),
    "change": dict(Change.choices),
    "level": dict(Level.choices),
    "imminence": dict(Imminence.choices),
    "domain": dict(LifeDomain.choices),
    "state": dict(DomainState.choices),
    "state_icon": _by_value(DOMAIN_ICONS),
    "meeting": dict(MeetingKind.choices),
    "answer": dict(Answer.choices),
    # Scales that are drawn whole; what isn't known yet stands beside them.
    "levels": [Level.LOW.value, Level.MEDIUM.value, Level.HIGH.value],
    "imminences": [Imminence.LATER.value, Imminence.MONTHS.value, Imminence.DAYS.value],
}
