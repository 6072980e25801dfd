"""What nobody works on: computed, never ticked off, left open only with a reason."""

from collections import namedtuple
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import cast
from tests.plans import making
from tests.risk.assessing import answers, assess
from wida.plans import gaps as rules
from wida.plans import queries
from wida.plans.codes import GapKind
from wida.plans.models import SetAside
from wida.risk.codes import FACTORS, Score

KNOWN = {str(code): "afwezig" for code in FACTORS}


@pytest.fixture
def dossier(house):
    return making.family_in()


def own_goals(dossier, *given: str) -> None:
    """A goal for each of these children alone."""
    for name in given:
        making.new_goal(dossier, persons=[str(making.person(dossier, name))], text=f"Doel van {name}")


def found(dossier) -> list[tuple[str, str]]:
    return [(gap.kind, gap.title) for gap in queries.gaps(dossier)]


def test_present_and_suspected_risks_ask_for_a_goal(dossier):
    own_goals(dossier, "Noa", "Liam", "Fien")
    assess(making.POLICE, dossier, **KNOWN | {"geweld_keel": "aanwezig", "escalatie": "vermoeden"})

    before = found(dossier)
    making.new_goal(dossier, factors=["geweld_keel"])

    assert before == [("risicofactor", "Geweld naar de keel"), ("risicofactor", "Patroon van escalatie")]
    assert found(dossier) == [("risicofactor", "Patroon van escalatie")]


def test_closed_goal_answers_nothing(dossier):
    own_goals(dossier, "Noa", "Liam", "Fien")
    assess(making.POLICE, dossier, **KNOWN | {"geweld_keel": "aanwezig"})
    goal = making.new_goal(dossier, factors=["geweld_keel"])
    assert found(dossier) == []

    making.post(making.MANAGER, "close_goal", dossier, goal.pk, version=1, state="losgelaten", why="x")

    assert found(dossier) == [("risicofactor", "Geweld naar de keel")]


def test_goal_of_the_whole_family_is_not_a_childs_own(dossier):
    everybody = [str(making.person(dossier, name)) for name in ("Kelly", "Noa", "Liam", "Fien")]
    making.new_goal(dossier, persons=everybody)
    both = [str(making.person(dossier, name)) for name in ("Noa", "Liam")]
    making.new_goal(dossier, persons=both)

    assert found(dossier) == [("kind", "Fien Aerdman")]


def test_open_action_without_a_person_asks_for_one(dossier):
    own_goals(dossier, "Noa", "Liam", "Fien")
    action = making.new_action(dossier, holder=making.nobody_at(making.CAW), what="Aanmelden bij hulp")
    before = found(dossier)

    making.progress(making.CAW, action, state="vervallen", outcome="Niet nodig.")

    assert before == [("actie", "Aanmelden bij hulp")]
    assert found(dossier) == []


@pytest.mark.parametrize("solve", ["goal", "action"])
def test_unknown_risk_asks_for_somebody_who_finds_out(dossier, solve):
    own_goals(dossier, "Noa", "Liam", "Fien")
    assess(making.POLICE, dossier, **KNOWN | {"psychisch": "onbekend"})
    before = found(dossier)

    if solve == "goal":
        making.new_goal(dossier, factors=["psychisch"])
    else:
        making.new_action(dossier, investigates="psychisch")

    assert before == [("onbekend", "Zorgen over psychisch functioneren")]
    assert found(dossier) == []


def test_nothing_known_at_all_is_told_in_one_line(dossier):
    own_goals(dossier, "Noa", "Liam", "Fien")

    page = making.text_of(cast.signed_in(making.MANAGER).get(making.url("plan", dossier)))

    assert found(dossier) == []
    assert "Er is nog geen enkele risicofactor gekend" in page


def test_every_gap_stands_on_the_page_with_its_button(dossier):
    assess(making.POLICE, dossier, **KNOWN | {"controle_isolatie": "aanwezig", "psychisch": "onbekend"})
    action = making.new_action(dossier, holder=making.nobody_at(making.CAW))
    own_goals(dossier, "Noa", "Liam")
    fien = making.person(dossier, "Fien")

    page = making.text_of(cast.signed_in(making.MANAGER).get(making.url("plan", dossier)))
    read_only = making.text_of(cast.signed_in(making.POLICE).get(making.url("plan", dossier)))

    buttons = [
        making.url("add_goal", dossier) + "?factors=controle_isolatie",
        making.url("add_goal", dossier) + f"?persons={fien}",
        making.url("edit_action", dossier, action.pk),
        making.url("add_action", dossier) + "?investigates=psychisch",
        making.url("set_aside", dossier, "risicofactor", "controle_isolatie"),
    ]
    assert [button for button in buttons if button not in page] == []
    assert [button for button in buttons if button in read_only] == []
    for title in (
        "Controle en isolatie",
        "Fien Aerdman",
        "Gesprek met de school",
        "Zorgen over psychisch functioneren",
    ):
        assert title in read_only


def set_aside(
    dossier, kind: str, subject, login: str = making.MANAGER, reason: str = "Daar wacht het team mee."
):
    return cast.signed_in(login).post(
        making.url("set_aside", dossier, kind, subject), making.sent(reason=reason)
    )


def test_gap_is_left_open_with_a_reason_and_taken_up_again(dossier):
    own_goals(dossier, "Noa", "Liam")
    fien = making.person(dossier, "Fien")

    answer = set_aside(dossier, "kind", fien)

    assert answer.status_code == 303
    assert found(dossier) == []
    page = making.text_of(cast.signed_in(making.POLICE).get(making.url("plan", dossier)))
    assert "Bewust niet (1)" in page
    assert "Daar wacht het team mee." in page
    aside = SetAside.objects.get()
    assert aside.signature == cast.actor(making.MANAGER).signature

    again = cast.signed_in(making.MANAGER).post(
        making.url("take_up", dossier, aside.pk), making.sent(version=1, reason="Toch wel.")
    )

    assert again.status_code == 303
    assert found(dossier) == [("kind", "Fien Aerdman")]


@pytest.mark.parametrize(
    ("login", "reason", "status"),
    [
        (making.MANAGER, " ", 422),
        (making.POLICE, "x", 403),
        ("administrative.limburg", "x", 403),
        ("coordinator.antwerpen", "x", 404),
    ],
)
def test_gap_is_not_left_open(dossier, login, reason, status):
    answer = set_aside(dossier, "kind", making.person(dossier, "Fien"), login, reason)

    assert answer.status_code == status
    assert SetAside.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "subject"), [("risicofactor", "geweld_keel"), ("kind", "niemand"), ("x", "y")]
)
def test_what_is_no_gap_can_not_be_left_open(dossier, kind, subject):
    assert set_aside(dossier, kind, subject).status_code == 404


def test_gap_that_weighs_heavier_than_it_did_is_back(dossier):
    own_goals(dossier, "Noa", "Liam", "Fien")
    assess(making.POLICE, dossier, **KNOWN | {"middelen": "vermoeden"})
    set_aside(dossier, "risicofactor", "middelen")
    assert found(dossier) == []

    again = assess(
        making.POLICE, dossier, answers(version=1, review="bevestigd", **KNOWN | {"middelen": "aanwezig"})
    )

    assert again.status_code == 303
    assert found(dossier) == [("risicofactor", "Middelenmisbruik")]
    assert set_aside(dossier, "risicofactor", "middelen", reason="Ook nu nog.").status_code == 303
    assert found(dossier) == []
    assert SetAside.objects.get().why == "Ook nu nog."


# The rule itself ------------------------------------------------------------------------------------------

GoalRow = namedtuple("GoalRow", "state persons factors")
ActionRow = namedtuple("ActionRow", "id state holder_id investigates")
CHILDREN = [UUID(int=number) for number in range(1, 4)]
ADULT = UUID(int=9)

goal_rows = st.lists(
    st.builds(
        GoalRow,
        state=st.sampled_from(["open", "bereikt", "losgelaten"]),
        persons=st.lists(st.sampled_from([*CHILDREN, ADULT]), unique=True),
        factors=st.lists(st.sampled_from([str(code) for code in FACTORS]), unique=True),
    )
)
action_rows = st.lists(
    st.builds(
        ActionRow,
        id=st.uuids(),
        state=st.sampled_from(["gepland", "lopend", "uitgevoerd", "kon_niet", "vervallen"]),
        holder_id=st.one_of(st.none(), st.uuids()),
        investigates=st.sampled_from(["", *(str(code) for code in FACTORS)]),
    ),
    unique_by=lambda row: row.id,
)
all_scores = st.dictionaries(st.sampled_from([str(code) for code in FACTORS]), st.sampled_from(Score.values))


@given(goals=goal_rows, actions=action_rows, scores=all_scores)
def test_gap_exists_exactly_when_nobody_works_on_it(goals, actions, scores):
    gaps = {
        (gap.kind, gap.subject)
        for gap in rules.find(goals=goals, actions=actions, children=CHILDREN, scores=scores)
    }
    standing = [goal for goal in goals if goal.state == "open"]
    running = [action for action in actions if action.state in ("gepland", "lopend")]

    for code in map(str, FACTORS):
        answered = any(code in goal.factors for goal in standing)
        sought = any(action.investigates == code for action in running)
        assert ((GapKind.FACTOR, code) in gaps) == (
            scores.get(code) in ("aanwezig", "vermoeden") and not answered
        )
        unknown = bool(scores) and scores.get(code, "onbekend") == "onbekend"
        assert ((GapKind.UNKNOWN, code) in gaps) == (unknown and not answered and not sought)
    for child in CHILDREN:
        own = any(child in goal.persons and ADULT not in goal.persons for goal in standing)
        assert ((GapKind.CHILD, str(child)) in gaps) != own
    for action in actions:
        assert ((GapKind.ACTION, str(action.id)) in gaps) == (action in running and action.holder_id is None)
    assert {subject for kind, subject in gaps if kind == GapKind.ACTION} <= {
        str(action.id) for action in actions
    }
