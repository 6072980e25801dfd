"""Critical signals: which stand open, which were looked into and not found, which nobody looked into yet.

They follow from the scores of the standing assessments and from signals told in between. Pure functions.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils import timezone

from wida.risk.codes import FLAG_FROM, Flag, Score

WEIGHT = {Score.ABSENT: 0, Score.SUSPECTED: 1, Score.PRESENT: 2}


class Statement(NamedTuple):
    """One organisation's word about one signal; `said` orders its words, the last one counts."""

    flag: str
    state: str
    said: tuple[date, datetime]
    seen_on: date | None
    organisation_id: Any
    organisation: str
    not_for: frozenset = frozenset()
    factor: Any = None
    signal: Any = None


class Standing(NamedTuple):
    """A signal as it stands: the words that carry its state, newest first. No words: nobody looked into it yet."""

    flag: str
    state: str
    statements: tuple[Statement, ...]

    @property
    def seen_on(self) -> date | None:
        """The last day on which it was seen, as far as somebody named a day."""
        return max((word.seen_on for word in self.statements if word.seen_on), default=None)

    @property
    def on(self) -> date | None:
        """That day, else the day on which it was told."""
        return self.seen_on or max((word.said[0] for word in self.statements), default=None)

    @property
    def not_for(self) -> frozenset:
        """The persons who may not learn of it."""
        return frozenset().union(*(statement.not_for for statement in self.statements))

    @property
    def organisations(self) -> list[str]:
        return list(dict.fromkeys(statement.organisation for statement in self.statements))


def flags(assessments: Iterable, factors: Iterable, signals: Iterable) -> dict[str, Standing]:
    """Every critical signal as it stands. `assessments` are those that stand now, of any lane."""
    rows = {row.id: row for row in assessments}
    scores = [
        _from_score(rows[factor.assessment_id], factor) for factor in factors if factor.assessment_id in rows
    ]
    told = [_from_signal(signal) for signal in signals]
    found = {}
    for flag, codes in FLAG_FROM.items():
        own = [statement for statement in told if statement.flag == flag]
        for_codes = [[word for word in scores if word and word.flag == code] for code in codes]
        found[flag] = _stand(flag, own + (for_codes[0] if len(codes) == 1 else _both(flag, *for_codes)))
    return found


def open_ones(found: dict[str, Standing]) -> list[Standing]:
    """The signals that are there, most recent first."""
    there = [standing for standing in found.values() if standing.state == Score.PRESENT]
    return sorted(there, key=lambda standing: standing.on, reverse=True)


def _stand(flag: Flag, statements: list[Statement]) -> Standing:
    last: dict[Any, Statement] = {}
    for statement in sorted(statements, key=lambda statement: statement.said):
        last[statement.organisation_id] = statement
    if not last:
        return Standing(flag, Score.UNKNOWN, ())
    state = max((statement.state for statement in last.values()), key=WEIGHT.__getitem__)
    carrying = [statement for statement in last.values() if statement.state == state]
    return Standing(flag, state, tuple(sorted(carrying, key=lambda statement: statement.said, reverse=True)))


def _both(flag: Flag, first: list[Statement], second: list[Statement]) -> list[Statement]:
    """A signal that takes two scores together stands as strongly as the weaker of the two, whoever said either."""
    one, other = _stand(flag, first), _stand(flag, second)
    if Score.ABSENT in (one.state, other.state):
        state = Score.ABSENT
        words = [word for word in one.statements + other.statements if word.state == state]
    elif one.statements and other.statements:
        state = min(one.state, other.state, key=WEIGHT.__getitem__)
        words = one.statements + other.statements
    else:
        return []
    not_for = one.not_for | other.not_for
    return [word._replace(flag=flag, state=state, not_for=not_for) for word in words]


def _from_score(row, factor) -> Statement | None:
    """A score that isn't known says nothing about a signal."""
    if factor.present == Score.UNKNOWN:
        return None
    state = Score.ABSENT if factor.present == Score.NOT_APPLICABLE else factor.present
    return Statement(
        factor.code,
        state,
        (factor.reviewed_on, row.created_at),
        factor.seen_on,
        row.organisation_id,
        row.organisation_name,
        frozenset({factor.not_for_id} - {None}),
        factor=factor.id,
    )


def _from_signal(signal) -> Statement:
    return Statement(
        signal.flag,
        signal.state,
        (timezone.localdate(signal.created_at), signal.created_at),
        signal.seen_on,
        signal.organisation_id,
        signal.organisation_name,
        frozenset({signal.not_for_id} - {None}),
        signal=signal.id,
    )
