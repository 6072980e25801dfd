"""The tab Plan van aanpak: draft, recorded, adjusted; three ways to read it; what it costs."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import cast
from tests.plans import making
from tests.risk.assessing import assess
from wida.dossiers.codes import Stage, TaskKind
from wida.dossiers.models import Task
from wida.plans.models import Action, PlanVersion

OWN_STATEMENTS = 9


@pytest.fixture
def dossier(house):
    return making.family_in()


def read(dossier, login: str = making.MANAGER, ask: str = "") -> str:
    answer = cast.signed_in(login).get(making.url("plan", dossier) + ask)
    assert answer.status_code == 200
    return making.text_of(answer)


def record(dossier, login: str = making.COORDINATOR, **fields):
    form = making.sent(**{"recorded_on": making.day(), "review_on": making.day(60), "note": "", **fields})
    return cast.signed_in(login).post(making.url("record_plan", dossier), form)


def test_empty_plan_says_what_belongs_there(dossier):
    page = read(dossier)

    assert "Er zijn nog geen doelen." in page
    assert "Nog niet vastgelegd" in page
    assert making.url("add_goal", dossier) in page
    assert making.url("record_plan", dossier) not in page


def test_reader_without_right_to_write_sees_no_button(dossier):
    making.new_goal(dossier)
    making.new_action(dossier)

    page = read(dossier, "administrative.limburg")

    assert "Er is geen geweld meer." in page
    for name in ("add_goal", "add_action", "record_plan", "add_safety_plan"):
        assert making.url(name, dossier) not in page


@pytest.mark.parametrize("login", ["coordinator.antwerpen", "central.team", "admin.team"])
@pytest.mark.parametrize("name", ["plan", "execution"])
def test_stranger_finds_nothing(dossier, login, name):
    making.new_goal(dossier)

    assert cast.signed_in(login).get(making.url(name, dossier)).status_code == 404


# Versions -------------------------------------------------------------------------------------------------


def test_recording_keeps_the_plan_as_it_stands(dossier):
    goal = making.new_goal(dossier, text="Doel zoals afgesproken", factors=["middelen"])
    making.new_action(dossier, what="Actie zoals afgesproken", goal=str(goal.pk), due_on="14/03/2030")
    making.new_action(dossier, what="Losse actie")

    answer = record(dossier, note="Met alle diensten besproken.")
    making.post(
        making.MANAGER,
        "edit_goal",
        dossier,
        goal.pk,
        **making.goal_form(dossier, version=1, text="Later gewijzigd"),
    )

    assert answer.status_code == 303
    page = making.text_of(cast.signed_in(making.POLICE).get(making.url("version", dossier, 1)))
    for told in (
        "Doel zoals afgesproken",
        "Actie zoals afgesproken",
        "Losse actie",
        "Middelenmisbruik",
        "14/03/2030",
        "CAW Limburg",
        "Met alle diensten besproken.",
        cast.actor(making.COORDINATOR).signature,
    ):
        assert told in page
    assert "Later gewijzigd" not in page
    assert "Later gewijzigd" in read(dossier)


def test_banner_says_draft_recorded_adjusted(dossier):
    making.new_goal(dossier)
    draft = read(dossier)

    record(dossier)
    recorded = read(dossier)
    making.new_action(dossier)
    adjusted = read(dossier)
    record(dossier)
    again = read(dossier)

    assert "Nog niet vastgelegd" in draft
    assert "<strong>Versie 1</strong>" in recorded
    assert "bijgesteld op" not in recorded
    assert "bijgesteld op" in adjusted
    assert "<strong>Versie 2</strong>" in again
    assert "bijgesteld op" not in again


def test_progress_is_no_adjustment_of_the_plan(dossier):
    making.new_goal(dossier)
    action = making.new_action(dossier)
    record(dossier)

    making.progress(making.CAW, action, state="lopend", note="Begonnen")

    assert "bijgesteld op" not in read(dossier)


@pytest.mark.parametrize(
    ("login", "status"),
    [
        (making.COORDINATOR, 303),
        (making.MANAGER, 303),
        (making.CAW, 403),
        ("administrative.limburg", 403),
        ("coordinator.antwerpen", 404),
    ],
)
def test_who_records(dossier, login, status):
    making.new_goal(dossier)

    assert record(dossier, login).status_code == status
    assert PlanVersion.objects.count() == (status == 303)


@pytest.mark.parametrize(
    "wrong",
    [
        {"recorded_on": making.day(1)},
        {"recorded_on": ""},
        {"review_on": making.day(0)},
        {"review_on": making.day(-1)},
        {"review_on": ""},
    ],
)
def test_recording_is_refused(dossier, wrong):
    making.new_goal(dossier)

    assert record(dossier, **wrong).status_code == 422
    assert PlanVersion.objects.count() == 0


def test_plan_without_a_goal_is_not_recorded(dossier):
    answer = record(dossier, note="Getypte toelichting")

    assert answer.status_code == 422
    assert "Voeg eerst een doel toe" in making.text_of(answer)
    assert "Getypte toelichting" in making.text_of(answer)
    assert PlanVersion.objects.count() == 0


def test_recording_plans_its_review_for_the_case_manager(dossier):
    making.new_goal(dossier)

    record(dossier)
    record(dossier, review_on=making.day(30))

    tasks = Task.objects.filter(kind=TaskKind.REVIEW_PLAN).order_by("created_at", "due")
    today = timezone.localdate()
    waiting = [task for task in tasks if task.done_at is None]
    assert [(task.due, task.user_id) for task in waiting] == [
        (today + timedelta(days=30), cast.member(making.MANAGER).user_id)
    ]
    assert len(tasks) == 2


def test_without_a_case_manager_the_review_is_the_coordinators(house):
    dossier = making.family_in(Stage.FORMING)
    making.new_goal(dossier, making.COORDINATOR)

    record(dossier)

    task = Task.objects.get(kind=TaskKind.REVIEW_PLAN)
    assert (task.user_id, task.role) == (None, "coordinator")


def test_the_form_proposes_ninety_days(dossier):
    page = making.text_of(cast.signed_in(making.MANAGER).get(making.url("record_plan", dossier)))

    assert f'value="{making.day(90)}"' in page


def test_recorded_version_never_changes(dossier):
    making.new_goal(dossier)
    record(dossier)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PlanVersion.objects.update(number=9)


def test_unknown_version_is_not_found(dossier):
    assert cast.signed_in(making.MANAGER).get(making.url("version", dossier, 1)).status_code == 404


# Reading --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["domain", "organisation", "date", "nonsense", ""])
def test_every_action_stands_in_every_view(dossier, view):
    goal = making.new_goal(dossier)
    for number, login in enumerate([making.CAW, making.POLICE]):
        making.new_action(dossier, what=f"Actie nummer {number}", holder=making.who(login), goal=str(goal.pk))
    making.new_action(dossier, what="Actie zonder doel", holder=making.nobody_at(making.VK))

    page = read(dossier, ask=f"?view={view}")

    names = (
        "Actie nummer 0",
        "Actie nummer 1",
        "Actie zonder doel",
        "Politie Limburg",
        "CAW Limburg",
        "VK Limburg",
    )
    assert [name for name in names if name not in page] == []


def test_by_date_the_first_to_end_stands_first_and_what_ended_last(dossier):
    making.new_action(dossier, what="Derde", due_on=making.day(30))
    done = making.new_action(dossier, what="Vierde", due_on=making.day(1))
    making.new_action(dossier, what="Eerste", due_on=making.day(2))
    making.new_action(dossier, what="Tweede", due_on=making.day(20))
    making.progress(making.CAW, done, state="uitgevoerd", outcome="Klaar.")

    page = read(dossier, ask="?view=date")

    table = page[page.index('id="goals"') : page.index('id="coverage"')]
    assert sorted(["Eerste", "Tweede", "Derde", "Vierde"], key=table.index) == [
        "Eerste",
        "Tweede",
        "Derde",
        "Vierde",
    ]


def test_progress_counts_actions_per_phase(dossier):
    goal = making.new_goal(dossier, phase="herstel")
    actions = [making.new_action(dossier, goal=str(goal.pk)) for _ in range(4)]
    making.progress(making.CAW, actions[0], state="uitgevoerd", outcome="Klaar.")
    making.progress(making.CAW, actions[1], state="niet_uitgevoerd", outcome="Ziek.")
    making.progress(making.CAW, actions[2], state="vervallen", outcome="Niet nodig.")

    page = read(dossier)

    recovery = page[page.index("Herstel</p>") :][:700]
    assert "<strong>1 van 3</strong> uitgevoerd, 1 niet" in recovery
    assert recovery.count("segments__done") == 1
    assert recovery.count("segments__unknown") == 1


def test_reverse_table_names_who_works_on_each_risk(dossier):
    assess(making.POLICE, dossier, geweld_keel="aanwezig", escalatie="vermoeden", middelen="aanwezig")
    goal = making.new_goal(dossier, factors=["geweld_keel", "escalatie"])
    making.new_action(dossier, goal=str(goal.pk), holder=making.who(making.POLICE))
    ended = making.new_action(dossier, goal=str(goal.pk), holder=making.who(making.VK))
    making.progress(making.VK, ended, state="uitgevoerd", outcome="Klaar.")

    page = read(dossier)

    table = page[page.index('id="coverage"') :]
    assert table.count("Politie Limburg") == 2
    assert "VK Limburg" not in table[: table.index("</table>")]
    assert table[: table.index("</table>")].count("Nog niemand") == 1
    assert "<strong>2 van 3</strong> risicofactoren" in page


def statements(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len([q for q in asked.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])


@pytest.mark.parametrize("view", ["domain", "organisation", "date"])
def test_sixty_actions_cost_no_more_statements_than_one(dossier, view):
    making.new_goal(dossier)
    making.new_action(dossier, due_on=making.day(3))
    making.new_safety_plan(dossier, making.MANAGER)
    record(dossier)
    client = cast.signed_in(making.MANAGER)
    frame = statements(client, making.url("extract", dossier, making.person(dossier, "Kelly"))) - 4
    address = making.url("plan", dossier) + f"?view={view}"
    few = statements(client, address)
    goals = [making.new_goal(dossier) for _ in range(6)]
    for number in range(59):
        making.new_action(
            dossier, what=f"Actie {number}", goal=str(goals[number % 6].pk), due_on=making.day(number)
        )
    for _ in range(3):
        making.new_safety_plan(dossier, making.MANAGER)

    many = statements(client, address)

    assert Action.objects.count() == 60
    assert many == few
    assert few - frame <= OWN_STATEMENTS
