"""Actions at the table: what came of earlier ones, what is agreed now, who said yes aloud."""

import re

import pytest
from django.db import DatabaseError, connection, transaction

from tests import cast
from tests.meetings.steps import (
    ADMINISTRATIVE,
    CAW,
    COORDINATOR,
    MANAGER,
    POLICE,
    day,
    forming,
    get,
    invite,
    point,
    post,
    read,
    typed,
    url,
)
from tests.plans.making import new_action, new_goal, nobody_at, who
from tests.referrals.pages import chosen, fault, text, value, wrong
from wida.access.actions import block
from wida.dossiers.codes import Stage
from wida.dossiers.models import Task
from wida.meetings.models import Agreement, Review
from wida.plans.models import Action


@pytest.fixture
def item(house):
    return point(forming(Stage.EXECUTION), CAW, type="opvolging")


def late_action(item, **more) -> Action:
    """An action of CAW that should have been done yesterday."""
    return new_action(
        item.dossier, due_on=typed(-1), **{"what": "Gesprek met de school", "holder": who(CAW), **more}
    )


def review(item, action, by: str = MANAGER, version: int = 1, **data):
    return post(by, "review_action", item.dossier, item.pk, action.pk, data={"version": version, **data})


def agreed(item, **changes) -> dict:
    return {
        "what": "Noa zien op school",
        "holder": key(CAW),
        "due_on": typed(3),
        "goal": "",
        **changes,
    }


def key(login: str, *, person: bool = True) -> str:
    member = cast.member(login)
    return f"{member.organisation_id}:{member.user_id if person else ''}"


def test_an_earlier_action_waits_for_one_of_three_answers(item):
    late_action(item)

    page = read(MANAGER, item)

    assert "Gesprek met de school" in page
    assert "1 vorige actie zonder uitkomst" in page
    form = page[page.index("previous__waits") : page.index('id="sheet"')]
    assert re.findall(r'name="outcome" value="(\w+)"', form) == ["uitgevoerd", "kon_niet", "niet_uitgevoerd"]
    assert 'name="version" value="1"' in form


@pytest.mark.parametrize(
    ("outcome", "why", "words", "stored"),
    [
        ("uitgevoerd", "", "Uitgevoerd", "Bevestigd in het casusoverleg."),
        ("uitgevoerd", "De leerkracht volgt mee.", "Uitgevoerd", "De leerkracht volgt mee."),
        ("kon_niet", "Hij daagde niet op.", "Kon niet", "Hij daagde niet op."),
        ("niet_uitgevoerd", "Geen tijd gehad.", "Niet uitgevoerd", "Geen tijd gehad."),
    ],
)
def test_an_outcome_is_recorded_in_place(item, outcome, why, words, stored):
    action = late_action(item)
    assert Task.objects.filter(kind="actie", done_at=None).count() == 1

    answer = review(item, action, outcome=outcome, why=why)

    assert (answer.status_code, answer["Location"]) == (303, url("item", item.dossier, item.pk) + "#previous")
    action.refresh_from_db()
    assert (action.state, action.outcome, action.version) == (outcome, stored, 2)
    assert not Task.objects.filter(kind="actie", done_at=None).exists()
    kept = Review.objects.get()
    assert (kept.outcome, kept.why, kept.action_id, kept.item_id) == (outcome, why, action.pk, item.pk)
    page = read(CAW, item)
    assert words in page
    assert why in page
    assert "vorige actie zonder uitkomst" not in page


@pytest.mark.parametrize("outcome", ["kon_niet", "niet_uitgevoerd"])
def test_what_was_not_done_needs_a_reason(item, outcome):
    action = late_action(item)

    page = review(item, action, outcome=outcome, why="  ")

    assert (page.status_code, wrong(page)) == (422, ["why"])
    assert fault(page, "why") == "Schrijf waarom deze actie niet is uitgevoerd"
    assert chosen(page, "outcome") == [outcome]
    assert "Gesprek met de school" in text(page)
    action.refresh_from_db()
    assert action.state == "gepland"


def test_an_answer_is_one_of_the_three(item):
    action = late_action(item)

    assert wrong(review(item, action, outcome="")) == ["outcome"]
    assert wrong(review(item, action, outcome="vervallen", why="Zomaar.")) == ["outcome"]
    assert not Review.objects.exists()


def test_an_action_that_changed_meanwhile_is_not_overwritten(item):
    action = late_action(item)
    done = review(item, action, outcome="uitgevoerd")
    assert done.status_code == 303

    late = review(item, action, by=COORDINATOR, outcome="kon_niet", why="Niemand deed open.")

    assert late.status_code == 409
    assert value(late, "why") == "Niemand deed open."
    assert "Bevestigd in het casusoverleg." in text(late)
    action.refresh_from_db()
    assert action.state == "uitgevoerd"
    # Said again from what stands now, the last word counts.
    assert review(item, action, outcome="kon_niet", why="Niemand deed open.", version=2).status_code == 303
    page = read(MANAGER, item)
    assert "Niemand deed open." in page
    assert Review.objects.count() == 2


def test_what_is_not_due_yet_asks_nothing(item):
    new_action(item.dossier, what="Over een maand", due_on=typed(30))

    page = read(MANAGER, item)

    assert "1 actie waarvan de dag nog komt" in page
    assert "zonder uitkomst" not in page


def test_an_action_without_a_day_is_asked_about(item):
    new_action(item.dossier, what="Zonder dag")

    assert "1 vorige actie zonder uitkomst" in read(MANAGER, item)


@pytest.mark.parametrize(
    ("login", "status"),
    [(COORDINATOR, 303), (MANAGER, 303), (ADMINISTRATIVE, 403), (CAW, 403), ("coordinator.antwerpen", 404)],
)
def test_who_may_speak_of_the_plan(item, login, status):
    """The administrative staff minutes, but does not write in the plan."""
    action = late_action(item)

    assert review(item, action, by=login, outcome="uitgevoerd").status_code == status
    assert post(login, "add_action", item.dossier, item.pk, data=agreed(item)).status_code == status
    assert Action.objects.filter(state="uitgevoerd").count() == Agreement.objects.count() == (status == 303)


def test_after_closing_the_words_are_given_back(item):
    action = late_action(item)
    cast.at(item.dossier, Stage.CLOSED)

    answer = review(item, action, by=COORDINATOR, outcome="kon_niet", why="Dit typte ik net.")

    assert answer.status_code == 409
    assert value(answer, "why") == "Dit typte ik net."
    assert not Review.objects.exists()


def test_an_action_of_another_dossier_is_not_found_here(item):
    stranger = new_action(forming(Stage.EXECUTION, family_name="Coremans"), what="Elders")

    assert review(item, stranger, outcome="uitgevoerd").status_code == 404


@pytest.mark.parametrize(
    "change", ["update meetings_review set outcome = 'uitgevoerd'", "delete from meetings_review"]
)
def test_the_database_refuses_to_change_what_was_said(item, change):
    review(item, late_action(item), outcome="kon_niet", why="Ziek.")

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


# Agreed now ------------------------------------------------------------------------------------------------


def test_an_action_agreed_at_the_table_stands_in_the_plan(item):
    goal = new_goal(item.dossier)

    answer = post(MANAGER, "add_action", item.dossier, item.pk, data=agreed(item, goal=str(goal.pk)))

    assert (answer.status_code, answer["Location"]) == (
        303,
        url("item", item.dossier, item.pk) + "#agreements",
    )
    action = Action.objects.get()
    assert (action.what, action.goal_id, action.due_on, action.accepted_at) == (
        "Noa zien op school",
        goal.pk,
        day(3),
        None,
    )
    assert (action.holder_id, action.holder_organisation_id) == (
        cast.actor(CAW).user_id,
        cast.actor(CAW).organisation_id,
    )
    task = Task.objects.get(kind="actie", done_at=None)
    assert (task.user_id, task.due) == (cast.actor(CAW).user_id, day(3))
    page = read(CAW, item)
    assert "Noa zien op school" in page
    assert "Nog niet aanvaard" in page
    # It is agreed here, so it isn't asked about here.
    assert "zonder uitkomst" not in page


def test_the_page_offers_whoever_is_at_the_table(item):
    page = read(MANAGER, item)

    offered = re.search(r'<select class="input" name="holder".*?</select>', page, re.DOTALL)[0]
    assert re.findall(r'value="([^"]+)"', offered) == [key(CAW)]
    # and its own page everybody who can carry an action
    full = text(get(MANAGER, "add_action", item.dossier, item.pk))
    assert key(POLICE) in full
    assert key(POLICE, person=False) in full


@pytest.mark.parametrize(
    ("field", "typed_in"),
    [
        ("what", ""),
        ("holder", ""),
        ("due_on", ""),
        ("due_on", "01/01/2020"),
        ("goal", "geen-doel"),
        ("holder", "x:y"),
    ],
)
def test_an_agreement_has_somebody_and_a_day(item, field, typed_in):
    page = post(MANAGER, "add_action", item.dossier, item.pk, data=agreed(item, **{field: typed_in}))

    assert (page.status_code, wrong(page)) == (422, [field])
    assert not Action.objects.exists()


def test_somebody_kept_out_carries_nothing(item):
    block(dossier=item.dossier, by=cast.actor(COORDINATOR), why="Neef.", user=cast.member(CAW).user)

    page = post(MANAGER, "add_action", item.dossier, item.pk, data=agreed(item))

    assert (page.status_code, wrong(page)) == (422, ["holder"])
    assert value(page, "what") == "Noa zien op school"


def test_accepted_aloud_is_marked_so(item):
    answer = post(MANAGER, "add_action", item.dossier, item.pk, data=agreed(item, aloud="on"))

    assert answer.status_code == 303
    action = Action.objects.get()
    assert (action.accepted_by, action.accepted_noted_by) == (
        cast.actor(CAW).signature,
        cast.actor(MANAGER).signature,
    )
    page = read(CAW, item)
    assert "Aanvaard" in page
    assert "hardop" in page


def test_only_a_person_says_yes_aloud(item):
    page = post(
        MANAGER,
        "add_action",
        item.dossier,
        item.pk,
        data=agreed(item, holder=key(CAW, person=False), aloud="on"),
    )

    assert (page.status_code, wrong(page)) == (422, ["aloud"])
    assert not Action.objects.exists()


def test_whoever_takes_it_upon_themselves_has_accepted(item):
    invite(item, MANAGER)

    post(MANAGER, "add_action", item.dossier, item.pk, data=agreed(item, holder=key(MANAGER), aloud="on"))

    action = Action.objects.get()
    assert (action.accepted_by, action.accepted_noted_by) == (cast.actor(MANAGER).signature, "")


def test_yes_can_be_said_later_at_the_same_point(item):
    post(MANAGER, "add_action", item.dossier, item.pk, data=agreed(item))
    action = Action.objects.get()

    answer = post(MANAGER, "accept_action", item.dossier, item.pk, action.pk, data={"version": "1"})

    assert answer.status_code == 303
    action.refresh_from_db()
    assert action.accepted_by == cast.actor(CAW).signature
    late = post(MANAGER, "accept_action", item.dossier, item.pk, action.pk, data={"version": "1"})
    assert late.status_code == 409


def test_yes_is_said_only_to_what_was_agreed_here_by_somebody_named(item):
    elsewhere = late_action(item)
    unnamed = new_action(item.dossier, what="Niemand nog", holder=nobody_at(CAW))

    for action in (elsewhere, unnamed):
        answer = post(MANAGER, "accept_action", item.dossier, item.pk, action.pk, data={"version": "1"})
        assert answer.status_code == 404


def test_agreed_by_one_click_it_is_agreed_once(item):
    client = cast.signed_in(MANAGER)
    data = {"form_key": "5b0c9a0e-62c5-4b77-9f0c-0d7cfe0a1111", **agreed(item)}

    for _ in range(2):
        assert client.post(url("add_action", item.dossier, item.pk), data).status_code == 303

    assert Action.objects.count() == Agreement.objects.count() == 1
