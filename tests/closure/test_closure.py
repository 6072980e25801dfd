"""The tab and the summary on paper: the course of the goals, the watch period, how it closed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.closure.steps import (
    ADMINISTRATIVE,
    CAW,
    CLOSED,
    COORDINATOR,
    JUDGED,
    MANAGER,
    asked_again,
    close,
    contact,
    executing,
    get,
    post,
    start,
    url,
    watching,
)
from tests.plans.making import new_goal
from tests.plans.making import post as post_plan
from tests.referrals.pages import text
from wida.audit.models import Event
from wida.closure.models import WatchContact
from wida.dossiers.codes import Stage


@pytest.mark.parametrize("name", ["closure", "summary"])
@pytest.mark.parametrize(
    ("login", "status"),
    [
        (COORDINATOR, 200),
        (ADMINISTRATIVE, 200),
        (MANAGER, 200),
        ("liaison.police-limburg", 200),
        ("psychologist.limburg", 404),
        ("coordinator.antwerpen", 404),
        ("referrer.hospital-limburg", 404),
        ("auditor.team", 404),
    ],
)
def test_who_reads(house, name, login, status):
    dossier = watching()

    assert get(login, name, dossier).status_code == status
    looked = Event.objects.filter(user=cast.actor(login).user_id, dossier=dossier.pk, detail=name)
    assert looked.count() == (status == 200)


def test_before_there_is_anything_every_part_says_so(house):
    page = text(get(MANAGER, "closure", executing()))

    for words in (
        "Er staan geen doelen in het plan.",
        "Nog niemand oordeelde of de doelen bereikt zijn en het geweld gestopt is.",
        "Er loopt geen wachtperiode.",
        "Contacten worden gepland als de wachtperiode loopt.",
        "Nog niet afgesloten. Bij het afsluiten beslist u hoelang het dossier bewaard blijft.",
    ):
        assert words in page, words


def test_the_course_of_the_goals_stands_by_name(house):
    dossier = executing()
    reached, dropped, _open = (
        new_goal(dossier, text=words)
        for words in ("Er is rust thuis.", "Samen op vakantie.", "Schulden weg.")
    )
    post_plan(
        MANAGER, "close_goal", dossier, reached.pk, version="1", state="bereikt", why="Vier maanden rust."
    )
    post_plan(
        MANAGER, "close_goal", dossier, dropped.pk, version="1", state="losgelaten", why="Niet meer nodig."
    )

    page = text(get(CAW, "closure", dossier))

    assert "1 van 3 doelen bereikt" in page
    assert "nog 1 open" in page
    for words in (
        "Er is rust thuis.",
        "Samen op vakantie.",
        "Schulden weg.",
        "Vier maanden rust.",
        "Niet meer nodig.",
    ):
        assert words in page
    for state in ("Bereikt", "Losgelaten", "Open"):
        assert state in page


@pytest.mark.parametrize(
    ("login", "offered"),
    [
        (MANAGER, {"start_watch", "close"}),
        (COORDINATOR, {"start_watch", "close"}),
        (ADMINISTRATIVE, set()),
        (CAW, set()),
    ],
)
def test_only_who_may_is_offered_a_step(house, login, offered):
    dossier = executing()

    page = text(get(login, "closure", dossier))

    assert {
        name for name in ("start_watch", "close", "resume", "add_contact") if url(name, dossier) in page
    } == offered


def test_in_the_watch_period_the_steps_are_others(house):
    dossier = watching()

    page = text(get(MANAGER, "closure", dossier))

    names = ("start_watch", "close", "resume", "add_contact")
    assert {name for name in names if f'href="{url(name, dossier)}"' in page} == {
        "close",
        "resume",
        "add_contact",
    }


def test_closed_it_tells_how_and_offers_nothing(house):
    dossier = asked_again(watching())
    close(dossier)

    page = text(get(COORDINATOR, "closure", dossier))

    for words in (
        CLOSED["outcome"],
        CLOSED["evaluation"],
        JUDGED["motivation"],
        "Doelen bereikt en geweld gestopt",
    ):
        assert words in page
    for name in ("start_watch", "close", "resume", "add_contact"):
        assert f'href="{url(name, dossier)}"' not in page
    assert "Verslag verbeteren" not in page


def test_the_summary_holds_the_whole_course(house):
    dossier = executing()
    new_goal(dossier, text="Er is rust thuis.")
    start(dossier)
    asked_again(dossier)
    post(MANAGER, "resume", dossier, data={"reason": "Hij stond weer aan de deur."})
    start(dossier, motivation="Nu al twee maanden rustig.")
    asked_again(dossier)
    draft = text(get(MANAGER, "summary", dossier))
    assert "nog niet afgesloten" in draft
    close(dossier)

    page = text(get(COORDINATOR, "summary", dossier))

    for words in (
        "Samenvatting van het traject",
        dossier.number,
        "Er is rust thuis.",
        JUDGED["motivation"],
        "Hij stond weer aan de deur.",
        "Nu al twee maanden rustig.",
        CLOSED["outcome"],
        "15 jaar",
        cast.actor(COORDINATOR).signature,
        "Valt onder het beroepsgeheim. Niet voor het gezin.",
    ):
        assert words in page, words
    assert "nog niet afgesloten" not in page
    assert page.count("Nieuw geweld: nee") == 4


@pytest.mark.parametrize("name", ["closure", "summary"])
def test_thirty_of_everything_costs_as_many_statements_as_one(house, name):
    dossier = executing()
    new_goal(dossier)
    start(dossier)
    contact(dossier)
    client = cast.signed_in(MANAGER)

    def statements() -> int:
        client.get(url(name, dossier))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url(name, dossier)).status_code == 200
        return len([query for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    once = statements()
    for _ in range(3):
        post(MANAGER, "resume", dossier, data={"reason": "Nieuw geweld."})
        start(dossier)
        for _ in range(5):
            contact(dossier)
            new_goal(dossier)

    assert WatchContact.objects.count() == 16
    assert statements() == once
    assert once <= {"closure": 11, "summary": 12}[name]


def test_a_dossier_that_was_never_taken_up_tells_when_it_closed(house):
    dossier = cast.at(cast.new_dossier(), Stage.CLOSED)

    page = text(get(COORDINATOR, "closure", dossier))

    assert "Doelen bereikt en geweld gestopt" in page
    assert "Nog niemand oordeelde of de doelen bereikt zijn en het geweld gestopt is." in page
