"""Breaking the glass: an hour, a reason, known to who holds the file, and no way round a conflict block."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.access.told import told
from wida.access.actions import block
from wida.access.emergency import break_glass, judge
from wida.access.models import EmergencyReview, Mandate
from wida.access.rules import Ground
from wida.audit.models import Event
from wida.dossiers.codes import Stage

STRANGER, OWN = "coordinator.antwerpen", "coordinator.limburg"
FORM = "/access/emergency/"
REASON = "De politie belt: kinderen zijn hier, wie volgt dit op?"


def ask(client, number, reason=REASON):
    return client.post(FORM, {"number": number, "reason": reason})


def overview(dossier):
    return reverse("dossiers:overview", args=[dossier.number])


@pytest.fixture
def dossier(house):
    return cast.at(cast.new_dossier(), Stage.EXECUTION)


def test_a_coordinator_of_another_house_reads_for_an_hour_and_no_longer(dossier):
    client = cast.signed_in(STRANGER)
    assert client.get(overview(dossier)).status_code == 404

    answer = ask(client, f" {dossier.number.lower()} ")

    assert (answer.status_code, answer["Location"]) == (303, overview(dossier))
    page = client.get(reverse("people:people", args=[dossier.number])).content.decode()
    assert "Kelly Bosteels" in page
    assert f"Noodtoegang tot dossier {dossier.number}" in page
    assert f"Noodtoegang tot dossier {dossier.number}" in client.get("/dossiers/").content.decode()
    add = client.post(reverse("people:add_person", args=[dossier.number]), {})
    assert (add.status_code, client.get(reverse("access:access", args=[dossier.number])).status_code) == (
        403,
        403,
    )
    mandate = Mandate.objects.get(ground=Ground.EMERGENCY)
    assert (mandate.why, mandate.expires_at - mandate.created_at < timedelta(hours=1, seconds=5)) == (
        REASON,
        True,
    )

    Mandate.objects.filter(pk=mandate.pk).update(expires_at=timezone.now())

    assert client.get(overview(dossier)).status_code == 404
    assert Event.objects.filter(action="glass_broken", dossier=dossier.pk, row=mandate.pk).count() == 1


def test_it_asks_a_fresh_sign_in_and_keeps_what_was_typed(dossier):
    client = cast.signed_in(STRANGER)
    session = client.session
    session["confirmed_at"] = 0
    session.save()

    shown, held = client.get(FORM), ask(client, dossier.number)

    assert (shown.status_code, shown["Location"].startswith("/accounts/confirm/")) == (302, True)
    assert (held.status_code, REASON in held.content.decode()) == (422, True)
    assert not Mandate.objects.filter(ground=Ground.EMERGENCY).exists()


def test_the_hour_does_not_grow_but_can_be_asked_anew(dossier):
    by = cast.actor(STRANGER)
    first = break_glass(number=dossier.number, reason=REASON, by=by)

    assert break_glass(number=dossier.number, reason="Nog eens", by=by) == first

    Mandate.objects.filter(pk=first.pk).update(expires_at=timezone.now())
    second = break_glass(number=dossier.number, reason="Nog eens", by=by)
    assert (second != first, second.why) == (True, "Nog eens")


def test_ended_sooner_it_is_over_at_the_next_request(dossier):
    client = cast.signed_in(STRANGER)
    ask(client, dossier.number)

    answer = client.post(reverse("access:end_emergency", args=[dossier.number]))

    assert answer.status_code == 303
    assert client.get(overview(dossier)).status_code == 404
    assert "Noodtoegang tot dossier" not in client.get("/dossiers/").content.decode()


def test_whoever_holds_the_file_is_told_at_once_and_judges_it(dossier):
    ask(cast.signed_in(STRANGER), dossier.number)
    coordinator = cast.signed_in(OWN)
    mandate = Mandate.objects.get(ground=Ground.EMERGENCY)
    judged = reverse("access:judge_emergency", args=[dossier.number, mandate.pk])

    waiting = coordinator.get("/access/review/").content.decode()
    page = coordinator.get(judged).content.decode()

    assert judged in waiting
    assert cast.actor(STRANGER).signature in waiting
    assert REASON in page
    assert coordinator.post(judged, {"outcome": "", "note": ""}).status_code == 422
    assert coordinator.post(judged, {"outcome": "gegrond", "note": "Nodig."}).status_code == 303
    assert judged not in coordinator.get("/access/review/").content.decode()
    assert EmergencyReview.objects.get().outcome == "gegrond"
    assert coordinator.get(judged).status_code == 404


def test_nobody_judges_their_own(dossier):
    mandate = break_glass(number=dossier.number, reason=REASON, by=cast.actor(STRANGER))

    with pytest.raises(IntegrityError), transaction.atomic():
        judge(mandate=mandate, outcome="gegrond", note="Goed", by=cast.actor(STRANGER))


@pytest.mark.parametrize("login", ["casemanager.antwerpen", "administrative.antwerpen", "liaison.caw-antwerpen",
                                   "central.team", "auditor.team", "admin.team"])  # fmt: skip
def test_only_coordinators_break_the_glass(dossier, login):
    client = cast.signed_in(login)

    assert (client.get(FORM).status_code, ask(client, dossier.number).status_code) == (403, 403)
    assert not Mandate.objects.filter(ground=Ground.EMERGENCY).exists()


def test_a_block_answers_as_a_number_that_does_not_exist(dossier):
    draft = cast.new_dossier(family_name="Cuyvelde")
    stranger = cast.member(STRANGER)
    block(dossier=dossier, by=cast.actor(OWN), why="Broer", user=stranger.user)
    client = cast.signed_in(STRANGER)
    nothing = dossier.number[:-1] + ("8" if dossier.number[-1] != "8" else "7")
    ask(client, nothing)

    numbers = (nothing, dossier.number, draft.number)
    of_nothing, of_blocked, of_draft = (told(lambda n=n: ask(client, n), n) for n in numbers)

    assert (of_nothing[0], len(of_nothing[3]) > 5) == (422, True)
    assert of_blocked == of_nothing
    assert of_draft == of_nothing
    assert Event.objects.filter(
        action="refused", dossier=dossier.pk, detail="emergency_nothing_there"
    ).exists()


def test_a_block_ends_an_emergency_that_runs(dossier):
    client = cast.signed_in(STRANGER)
    ask(client, dossier.number)
    assert client.get(overview(dossier)).status_code == 200

    block(dossier=dossier, by=cast.actor(OWN), why="Broer", organisation=cast.member(STRANGER).organisation)

    assert client.get(overview(dossier)).status_code == 404
    assert ask(client, dossier.number).status_code == 422
