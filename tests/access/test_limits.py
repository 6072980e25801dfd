"""How much somebody may look in an hour, that it is counted, and that work in an open file always goes on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests import cast
from wida.access.models import Alert
from wida.audit.models import Event
from wida.dossiers.codes import Stage

SEARCH, NEW = "/dossiers/search/", "/dossiers/new/"
LOGIN = "liaison.caw-limburg"


@pytest.fixture
def few(house, settings):
    settings.WIDA_SEARCHES_PER_HOUR = 3
    settings.WIDA_FILES_PER_HOUR = 2
    return cast.signed_in(LOGIN)


def test_the_search_that_is_too_many_gives_back_what_was_typed(few):
    cast.new_dossier()
    whole = {"family_name": "Aerdman", "given_name": "Youri"}
    answers = [few.post(SEARCH, {"q": "Aerdman"}), few.post(NEW, whole), few.post(SEARCH, {"q": "Niemand"})]

    over = few.post(SEARCH, {"q": "Aerdmanneken"})
    over_too = few.post(NEW, whole)

    assert [answer.status_code for answer in answers] == [200] * 3
    assert (over.status_code, over_too.status_code) == (429, 429)
    assert "U zocht naar: Aerdmanneken" in over.content.decode()
    assert 'value="Youri"' in over_too.content.decode()
    assert "LIMB10001" not in over_too.content.decode()
    assert Event.objects.filter(action="searched").count() == 3
    assert Event.objects.filter(action="refused", detail="searches_per_hour").count() == 2


def test_an_hour_later_and_for_another_user_it_starts_anew(few):
    for _time in range(3):
        few.post(SEARCH, {"q": "Aerdman"})
    assert few.post(SEARCH, {"q": "Aerdman"}).status_code == 429
    assert cast.signed_in("liaison.ggz-limburg").post(SEARCH, {"q": "Aerdman"}).status_code == 200

    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")  # past the trigger: the trail is append-only
        Event.objects.update(at=timezone.now() - timedelta(hours=1))
        cursor.execute("set session_replication_role = default")

    assert few.post(SEARCH, {"q": "Aerdman"}).status_code == 200


def test_a_search_that_may_not_be_done_costs_none(few):
    for _time in range(5):
        assert few.post(NEW, {"family_name": "Aerdman"}).status_code == 422

    assert few.post(SEARCH, {"q": "Aerdman"}).status_code == 200


def test_the_file_that_is_too_many_stays_shut_and_the_coordinator_knows(few):
    one, two, three = (cast.at(cast.new_dossier(), Stage.EXECUTION) for _time in range(3))
    page = {dossier: reverse("people:people", args=[dossier.number]) for dossier in (one, two, three)}
    answers = [few.get(page[dossier]).status_code for dossier in (one, two, one, two, three, three)]

    assert answers == [200, 200, 200, 200, 429, 429]
    alert = Alert.objects.get()
    assert (alert.kind, alert.dossier_id, alert.signature) == (
        "veel_dossiers",
        three.pk,
        cast.actor(LOGIN).signature,
    )
    review = cast.signed_in("coordinator.limburg")
    waiting = review.get("/access/review/").content.decode()
    assert "Opende heel veel dossiers in één uur" in waiting
    seen = reverse("access:see_alert", args=[three.number, alert.pk])
    assert review.post(seen).status_code == 303
    assert seen not in review.get("/access/review/").content.decode()


def test_what_somebody_wrote_is_never_held_up(few):
    for _time in range(2):
        few.get(reverse("people:people", args=[cast.at(cast.new_dossier(), Stage.EXECUTION).number]))
    third = cast.at(cast.new_dossier(), Stage.EXECUTION)

    told = few.post(reverse("situation:narrative", args=[third.number]), {"text": "Zij belde.", "version": 0})

    assert told.status_code == 303
