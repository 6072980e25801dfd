"""The rules of comparing and completeness, for any set of assessments."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as some

from wida.accounts.codes import OrganisationType
from wida.risk import standing
from wida.risk.codes import CODES, FACTORS, Change, Lane, Score

START = date(2026, 1, 1)


class Made(NamedTuple):
    id: int
    organisation_id: str
    organisation_name: str
    together: list
    lane: str
    assessed_on: date
    created_at: datetime


class Scored(NamedTuple):
    assessment_id: int
    code: str
    present: str
    past: str


scores = some.sampled_from(list(Score))
organisations = some.sampled_from(
    [
        ("Politie", Lane.POLICE),
        ("Parket", Lane.POLICE),
        ("CAW", Lane.WELFARE),
        ("VK", Lane.WELFARE),
        ("Huis", Lane.JOINT),
    ]
)


@some.composite
def histories(draw) -> tuple[list[Made], list[Scored]]:
    """Up to six assessments of five organisations, each with a score for every factor."""
    made, scored = [], []
    for number in range(draw(some.integers(0, 6))):
        name, lane = draw(organisations)
        day = START + timedelta(days=draw(some.integers(0, 40)))
        made.append(
            Made(
                number, name, name, [], lane, day, datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=number)
            )
        )
        scored += [Scored(number, code, draw(scores), Score.UNKNOWN) for code in CODES]
    return made, scored


@given(scores, scores)
def test_what_got_heavier_one_way_is_lighter_the_other_way(before, after):
    opposite = {
        Change.HEAVIER: Change.LIGHTER,
        Change.LIGHTER: Change.HEAVIER,
        Change.NEWLY_KNOWN: Change.NO_LONGER_KNOWN,
        Change.NO_LONGER_KNOWN: Change.NEWLY_KNOWN,
        Change.DIFFERENT: Change.DIFFERENT,
        None: None,
    }

    assert standing.compare(after, before) == opposite[standing.compare(before, after)]


@given(scores, scores)
def test_a_change_is_named_exactly_when_the_score_differs(before, after):
    assert (standing.compare(before, after) is None) == (before == after)


@given(scores)
def test_unknown_is_never_lighter_or_heavier_than_anything(score):
    assert standing.compare(Score.UNKNOWN, score) in (None, Change.NEWLY_KNOWN)
    assert standing.compare(score, Score.UNKNOWN) in (None, Change.NO_LONGER_KNOWN)


@given(histories(), some.randoms())
def test_the_order_in_which_rows_come_means_nothing(history, random):
    made, scored = history
    mixed, mixed_scores = list(made), list(scored)
    random.shuffle(mixed)
    random.shuffle(mixed_scores)

    assert standing.standing(mixed, mixed_scores) == standing.standing(made, scored)


@given(histories())
def test_completeness_counts_the_factors_somebody_knows_and_nothing_else(history):
    made, scored = history
    stands = standing.standing(made, scored)
    lanes = standing.current(made).values()
    speaking = {row.id for rows in lanes for row in rows}
    known = {row.code for row in scored if row.assessment_id in speaking and row.present != Score.UNKNOWN}

    assert standing.known_count(stands) == len(known & set(FACTORS))


@given(histories())
def test_the_heaviest_is_a_score_that_somebody_gave(history):
    made, scored = history

    for code, stand in standing.standing(made, scored).items():
        given_scores = {row.present for row in scored if row.code == code}
        assert stand.heaviest in given_scores | {Score.UNKNOWN}


@given(histories(), organisations, some.integers(0, 40))
def test_a_partner_that_knows_nothing_hides_nothing(history, organisation, later):
    """An assessment full of unknowns by an organisation that never assessed changes no other's word."""
    made, scored = history
    _name, lane = organisation
    blank = Made(
        99, "Nieuw", "Nieuw", [], lane, START + timedelta(days=later), datetime(2027, 1, 1, tzinfo=UTC)
    )
    unknown = [Scored(99, code, Score.UNKNOWN, Score.UNKNOWN) for code in CODES]
    before, after = standing.standing(made, scored), standing.standing([*made, blank], [*scored, *unknown])

    assert standing.changes(before, after) == []
    assert standing.known_count(after) == standing.known_count(before)


@given(histories())
def test_lanes_differ_only_over_two_scores_that_are_known(history):
    for stand in standing.standing(*history).values():
        said = {entry.present for entry in (stand.police, stand.welfare) if entry}
        known = said - {Score.UNKNOWN, Score.NOT_APPLICABLE}
        assert stand.differ == (len(known) == 2)


@given(histories(), histories())
def test_changes_name_exactly_the_lanes_that_moved(one, other):
    before, after = standing.standing(*one), standing.standing(*other)
    moved = set()
    for code in CODES:
        for lane in ("police", "welfare"):
            was, now = (getattr(stand[code], lane) for stand in (before, after))
            if (was.present if was else Score.UNKNOWN) != (now.present if now else Score.UNKNOWN):
                moved.add(code)

    assert {change.code for change in standing.changes(before, after)} == moved


def test_what_was_said_together_replaces_what_each_said_before():
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    alone = Made(1, "CAW", "CAW", [], Lane.WELFARE, START, moment)
    together = Made(2, "Huis", "Huis", ["Politie", "CAW"], Lane.JOINT, START + timedelta(days=9), moment)
    scored = [
        Scored(1, "middelen", Score.PRESENT, Score.UNKNOWN),
        Scored(2, "middelen", Score.ABSENT, Score.UNKNOWN),
    ]

    stand = standing.standing([alone, together], scored)["middelen"]

    assert stand.joint
    assert stand.police.present == Score.ABSENT
    assert stand.others == ()


def test_a_lane_speaks_for_whom_it_met():
    house, police, prosecutor, caw = (
        OrganisationType.SAFE_HOME,
        OrganisationType.POLICE,
        OrganisationType.PROSECUTION,
        OrganisationType.WELFARE,
    )

    assert standing.lane_of(police) == Lane.POLICE
    assert standing.lane_of(prosecutor, [police]) == Lane.POLICE
    assert standing.lane_of(caw) == Lane.WELFARE
    assert standing.lane_of(caw, [police]) == Lane.JOINT
    assert standing.lane_of(house) == Lane.WELFARE
    assert standing.lane_of(house, [police]) == Lane.POLICE
    assert standing.lane_of(house, [police, caw]) == Lane.JOINT
