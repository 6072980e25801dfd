"""Goals: written by the coordinator and the team, numbered, closed with words, every version kept."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.pages import plain
from tests.plans import making
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.dossiers.models import Task
from wida.plans.models import Action, Goal
from wida.records.actions import add
from wida.records.queries import history


@pytest.fixture
def dossier(house):
    return making.family_in()


@pytest.mark.parametrize("login", ["coordinator.limburg", "casemanager.limburg"])
def test_goal_keeps_everything_that_was_filled_in(dossier, login):
    kelly, noa, youri = (making.person(dossier, name) for name in ("Kelly", "Noa", "Youri"))

    goal = making.new_goal(
        dossier,
        login,
        domain="huisvesting",
        phase="herstel",
        text="Kelly woont zelfstandig.",
        indicator="Ze heeft een huurcontract.",
        persons=[str(kelly), str(noa)],
        factors=["afhankelijkheid", "wapen"],
        target_on="14/11/2030",
        withheld_from=[str(youri)],
    )

    assert (goal.number, goal.domain, goal.phase, goal.state) == (1, "huisvesting", "herstel", "open")
    assert (goal.text, goal.indicator) == ("Kelly woont zelfstandig.", "Ze heeft een huurcontract.")
    assert (goal.persons, goal.withheld_from) == ([kelly, noa], [youri])
    assert goal.factors == ["afhankelijkheid", "wapen"]
    assert goal.target_on.isoformat() == "2030-11-14"
    assert goal.organisation_id == cast.actor(login).organisation_id
    page = making.text_of(cast.signed_in(login).get(making.url("plan", dossier)))
    assert "Kelly woont zelfstandig." in page
    assert "Niet delen met Youri" in page


def test_goals_are_numbered_and_keep_their_number(dossier):
    goals = [making.new_goal(dossier) for _ in range(3)]
    making.post(
        making.MANAGER,
        "close_goal",
        dossier,
        goals[1].pk,
        version=1,
        state="losgelaten",
        why="Niet nodig meer.",
    )

    assert [goal.number for goal in goals] == [1, 2, 3]
    assert making.new_goal(dossier).number == 4


def test_psychologist_of_the_team_writes_goals(dossier):
    from wida.access.actions import give_mandate
    from wida.access.rules import Ground

    give_mandate(
        dossier=dossier,
        holder=cast.member("psychologist.limburg"),
        ground=Ground.ASSIGNED,
        by=cast.actor("coordinator.limburg"),
    )

    assert making.new_goal(dossier, "psychologist.limburg").text == "Er is geen geweld meer."


@pytest.mark.parametrize("login", ["liaison.caw-limburg", "liaison.police-limburg", "prosecutor.limburg"])
@pytest.mark.parametrize("name", ["add_goal", "edit_goal", "close_goal"])
def test_partner_writes_no_goals(dossier, login, name):
    goal = making.new_goal(dossier)
    args = [] if name == "add_goal" else [goal.pk]
    client = cast.signed_in(login)

    answers = [
        client.get(making.url(name, dossier, *args)).status_code,
        client.post(
            making.url(name, dossier, *args), making.goal_form(dossier, version=1, state="bereikt", why="x")
        ).status_code,
    ]

    assert answers == [403, 403]
    assert Goal.objects.count() == 1
    assert Goal.objects.get().version == 1
    assert Event.objects.filter(action="refused", detail="planner").count() == 2


@pytest.mark.parametrize(
    ("login", "status"),
    [("administrative.limburg", 403), ("coordinator.antwerpen", 404), ("liaison.clb-limburg", 404)],
)
def test_others_write_no_goals(dossier, login, status):
    answer = cast.signed_in(login).post(making.url("add_goal", dossier), making.goal_form(dossier))

    assert answer.status_code == status
    assert Goal.objects.count() == 0


@pytest.mark.parametrize("missing", ["domain", "phase", "text", "indicator", "persons"])
def test_goal_needs(dossier, missing):
    form = making.goal_form(dossier, text="Een doel dat bewaard blijft.")
    form[missing] = ""

    answer = cast.signed_in(making.MANAGER).post(making.url("add_goal", dossier), form)

    assert answer.status_code == 422
    assert f"#id_{missing}" in making.text_of(answer)
    assert missing == "text" or "Een doel dat bewaard blijft." in making.text_of(answer)
    assert Goal.objects.count() == 0


def test_goal_is_for_members_of_this_family_only(dossier):
    stranger = making.person(cast.new_dossier(), "Kelly")

    answer = cast.signed_in(making.MANAGER).post(
        making.url("add_goal", dossier), making.goal_form(dossier, persons=[str(stranger)])
    )

    assert answer.status_code == 422


@pytest.mark.parametrize("column", ["persons", "withheld_from"])
def test_database_refuses_somebody_of_another_family(dossier, column):
    stranger = making.person(cast.new_dossier(), "Kelly")
    goal = Goal(
        dossier=dossier,
        number=1,
        domain="veiligheid",
        phase="herstel",
        text="x",
        indicator="y",
        **{column: [stranger]},
    )

    with pytest.raises(IntegrityError, match="no person of its dossier"), transaction.atomic():
        add(goal, by=cast.actor(making.MANAGER))


def test_same_goal_sent_twice_is_one_goal(dossier):
    form = making.goal_form(dossier)
    client = cast.signed_in(making.MANAGER)

    answers = [client.post(making.url("add_goal", dossier), form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Goal.objects.count() == 1


def test_gap_brings_the_risk_and_the_child_along(dossier):
    noa = making.person(dossier, "Noa")

    page = making.text_of(
        cast.signed_in(making.MANAGER).get(
            making.url("add_goal", dossier) + f"?factors=middelen&persons={noa}"
        )
    )

    assert 'value="middelen" checked' in " ".join(page.split())
    assert f'value="{noa}" checked' in " ".join(page.split())


def test_change_keeps_the_earlier_version(dossier):
    goal = making.new_goal(dossier, factors=["middelen"])

    answer = cast.signed_in("coordinator.limburg").post(
        making.url("edit_goal", dossier, goal.pk),
        making.goal_form(dossier, version=1, text="Scherper gezegd."),
    )

    assert answer.status_code == 303
    assert answer["Location"] == making.url("plan", dossier) + "#goal-1"
    changed = Goal.objects.get()
    assert (changed.text, changed.factors, changed.version) == ("Scherper gezegd.", [], 2)
    (earlier,) = history(changed)
    assert earlier.state["text"] == "Er is geen geweld meer."
    assert earlier.state["factors"] == ["middelen"]
    assert earlier.state["persons"] == [str(making.person(dossier, "Kelly"))]


def test_two_people_in_one_goal_lose_nothing(dossier):
    goal = making.new_goal(dossier)
    address = making.url("edit_goal", dossier, goal.pk)
    cast.signed_in("coordinator.limburg").post(
        address, making.goal_form(dossier, version=1, text="Tekst van de coördinator.")
    )

    answer = cast.signed_in(making.MANAGER).post(
        address, making.goal_form(dossier, version=1, text="Tekst van de regisseur.")
    )

    assert answer.status_code == 409
    assert "Tekst van de coördinator." in plain(answer)
    assert "Tekst van de regisseur." in plain(answer)
    assert Goal.objects.get().text == "Tekst van de coördinator."


def test_goal_of_another_dossier_does_not_exist_here(dossier):
    other = making.new_goal(making.family_in())

    answer = cast.signed_in(making.MANAGER).get(making.url("edit_goal", dossier, other.pk))

    assert answer.status_code == 404


@pytest.mark.parametrize("state", ["bereikt", "losgelaten"])
def test_goal_is_closed_with_words(dossier, state):
    goal = making.new_goal(dossier)

    empty = making.post(making.MANAGER, "close_goal", dossier, goal.pk, version=1, state=state, why=" ")
    answer = making.post(
        making.MANAGER, "close_goal", dossier, goal.pk, version=1, state=state, why="Zes maanden rust."
    )

    assert (empty.status_code, answer.status_code) == (422, 303)
    closed = Goal.objects.get()
    assert (closed.state, closed.state_why) == (state, "Zes maanden rust.")
    assert closed.closed_on is not None


def test_closed_goal_is_opened_again_and_remembers_why_it_was_closed(dossier):
    goal = making.new_goal(dossier)
    making.post(making.MANAGER, "close_goal", dossier, goal.pk, version=1, state="bereikt", why="Rust.")

    answer = making.post(
        making.MANAGER, "close_goal", dossier, goal.pk, version=2, state="open", why="Nieuwe melding."
    )

    assert answer.status_code == 303
    opened = Goal.objects.get()
    assert (opened.state, opened.state_why, opened.closed_on) == ("open", "", None)
    assert [(v.state["state_why"], v.reason) for v in history(opened)] == [
        ("Rust.", "Nieuwe melding."),
        ("", ""),
    ]


@pytest.mark.parametrize(("lapse", "state", "tasks"), [("on", "vervallen", 0), ("", "gepland", 1)])
def test_open_actions_of_a_closed_goal_lapse_only_when_asked(dossier, lapse, state, tasks):
    goal = making.new_goal(dossier)
    making.new_action(dossier, goal=str(goal.pk), due_on=making.day(5))

    making.post(
        making.MANAGER,
        "close_goal",
        dossier,
        goal.pk,
        version=1,
        state="losgelaten",
        why="Verhuisd.",
        lapse=lapse,
    )

    action = Action.objects.get()
    assert (action.state, action.outcome) == (state, "Verhuisd." if lapse else "")
    assert Task.objects.filter(source=action.pk, done_at=None).count() == tasks
    page = making.text_of(cast.signed_in(making.MANAGER).get(making.url("plan", dossier)))
    assert "Gesprek met de school" in page


def test_closed_dossier_gives_back_what_was_typed(house):
    dossier = making.family_in(Stage.CLOSED)

    answer = cast.signed_in("coordinator.limburg").post(
        making.url("add_goal", dossier), making.goal_form(dossier, text="Te laat getypt.")
    )

    assert answer.status_code == 409
    assert "Te laat getypt." in making.text_of(answer)
    assert Goal.objects.count() == 0


def test_unknown_goal_is_not_found(dossier):
    answer = cast.signed_in(making.MANAGER).get(making.url("close_goal", dossier, uuid.uuid4()))

    assert answer.status_code == 404
