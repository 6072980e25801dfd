"""What stands now, per factor and per lane, from all assessments; and what changed. Counting, never adding up.

Pure functions over rows: an assessment has id, organisation_id, organisation_name, together (names), lane,
assessed_on, created_at; a factor has assessment_id, code, present and past.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from wida.accounts.codes import OrganisationType
from wida.risk.codes import CODES, FACTORS, POLICE_LANE, Change, Lane, Score

# Unknown has no weight: it is not lighter than absent, it is a gap.
WEIGHT = {Score.PRESENT: 2, Score.SUSPECTED: 1, Score.ABSENT: 0, Score.NOT_APPLICABLE: 0}
SCORED = frozenset({Score.PRESENT, Score.SUSPECTED, Score.ABSENT})
SIDES = (Lane.POLICE, Lane.WELFARE)


class Entry(NamedTuple):
    """What one assessment says of one factor."""

    code: str
    present: str
    past: str
    assessment_id: Any
    organisation_id: Any
    organisation: str
    lane: str
    on: date


class Stand(NamedTuple):
    """One factor as it stands: the word of each lane, and who in the same lane says otherwise."""

    code: str
    police: Entry | None
    welfare: Entry | None
    others: tuple[Entry, ...] = ()

    @property
    def joint(self) -> bool:
        """Police and welfare said it in one assessment."""
        return bool(self.police and self.welfare) and self.police.assessment_id == self.welfare.assessment_id

    @property
    def known(self) -> bool:
        return any(is_known(entry.present) for entry in self.entries)

    @property
    def differ(self) -> bool:
        """Two lanes that score otherwise. Unknown against known is a gap, and not applicable no score."""
        return len({entry.present for entry in (self.police, self.welfare) if entry} & SCORED) == 2

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in (self.police, self.welfare, *self.others) if entry)

    @property
    def heaviest(self) -> str:
        """The heaviest of the known scores; unknown when nobody knows."""
        known = [entry.present for entry in self.entries if is_known(entry.present)]
        return max(known, key=lambda score: (WEIGHT[score], score == Score.ABSENT), default=Score.UNKNOWN)


class Changed(NamedTuple):
    """A factor whose score differs from before, in one lane or in both at once."""

    code: str
    lane: str
    before: str
    after: str
    change: Change
    entry: Entry | None


def is_known(score: str) -> bool:
    return score != Score.UNKNOWN


def lane_of(organisation_type: str, others: Iterable[str] = ()) -> Lane:
    """For whom an assessment speaks: its organisation and those who made it with them.

    A Safe Home brings partners together and speaks for whom it met; alone it stands with welfare.
    """
    types = {organisation_type, *others} - {OrganisationType.SAFE_HOME, OrganisationType.CENTRAL}
    if types & POLICE_LANE:
        return Lane.JOINT if types - POLICE_LANE else Lane.POLICE
    return Lane.WELFARE


def compare(before: str, after: str) -> Change | None:
    """How a score moved; None when it stayed."""
    if before == after:
        return None
    if not is_known(before):
        return Change.NEWLY_KNOWN
    if not is_known(after):
        return Change.NO_LONGER_KNOWN
    if WEIGHT[after] == WEIGHT[before]:
        return Change.DIFFERENT
    return Change.HEAVIER if WEIGHT[after] > WEIGHT[before] else Change.LIGHTER


def in_order(assessments: Iterable) -> list:
    """From old to new; on one day, as they were recorded."""
    return sorted(assessments, key=lambda row: (row.assessed_on, row.created_at))


def current(assessments: Iterable) -> dict[str, list]:
    """Per lane, the last assessment in which each organisation spoke for it, alone or with others; newest first."""
    lanes: dict[str, dict] = {side: {} for side in SIDES}
    for row in in_order(assessments):
        for side in SIDES:
            if row.lane in (side, Lane.JOINT):
                lanes[side] |= dict.fromkeys([row.organisation_name, *row.together], row)
    return {
        side: in_order({row.id: row for row in rows.values()}.values())[::-1] for side, rows in lanes.items()
    }


def standing(assessments: Iterable, factors: Iterable) -> dict[str, Stand]:
    """Every factor and indicator as it stands. In a lane the newest that knows speaks: a partner who doesn't know
    hides nothing of another who does.
    """
    said = {(factor.assessment_id, factor.code): factor for factor in factors}
    lanes = {
        side: {
            code: [_entry(row, said[row.id, code]) for row in rows if (row.id, code) in said]
            for code in CODES
        }
        for side, rows in current(assessments).items()
    }
    return {code: _stand(code, lanes[Lane.POLICE][code], lanes[Lane.WELFARE][code]) for code in CODES}


def changes(before: dict[str, Stand], after: dict[str, Stand]) -> list[Changed]:
    """What differs between two moments, in the fixed order of the factors; once when both lanes moved together."""
    found = []
    for code in CODES:
        moved = [
            Changed(code, side, was, now, change, entry)
            for side in SIDES
            for was, now, entry in [_move(before[code], after[code], side)]
            if (change := compare(was, now))
        ]
        if len(moved) == 2 and after[code].joint and moved[0].before == moved[1].before:
            moved = [moved[0]._replace(lane=Lane.JOINT)]
        found += moved
    return found


def known_count(stands: dict[str, Stand]) -> int:
    """How many of the thirteen factors somebody knows something about."""
    return sum(stands[code].known for code in FACTORS)


def _entry(row, factor) -> Entry:
    return Entry(
        factor.code,
        factor.present,
        factor.past,
        row.id,
        row.organisation_id,
        row.organisation_name,
        row.lane,
        row.assessed_on,
    )


def _stand(code: str, police: list[Entry], welfare: list[Entry]) -> Stand:
    chosen = [_speaks(police), _speaks(welfare)]
    heard = {entry.assessment_id for entry in chosen if entry}
    others = {
        entry.assessment_id: entry
        for entries, voice in zip((police, welfare), chosen, strict=True)
        for entry in _against(entries, voice)
        if entry.assessment_id not in heard
    }
    return Stand(code, *chosen, tuple(others.values()))


def _against(entries: list[Entry], voice: Entry | None) -> list[Entry]:
    """Who in the same lane scores otherwise. What was once said together gives way to a later word of the lane."""
    return [
        entry
        for entry in entries
        if is_known(entry.present) and entry.present != voice.present and entry.lane != Lane.JOINT
    ]


def _speaks(entries: list[Entry]) -> Entry | None:
    """Of entries from new to old: the first that knows, else the newest."""
    return next((entry for entry in entries if is_known(entry.present)), entries[0] if entries else None)


def _move(before: Stand, after: Stand, side: str) -> tuple[str, str, Entry | None]:
    was, now = (stand.police if side == Lane.POLICE else stand.welfare for stand in (before, after))
    return was.present if was else Score.UNKNOWN, now.present if now else Score.UNKNOWN, now
