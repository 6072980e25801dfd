"""A dossier goes over to another Safe Home: offered, then accepted; the old house loses it, a block never does."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests import cast
from tests.referrals.pages import text
from tests.referrals.steps import ask, get, post
from tests.referrals.test_inflow import referral
from wida.access.actions import block
from wida.access.models import ConflictBlock, ExtraProtection, Mandate
from wida.access.protection import protect
from wida.accounts.models import SafeHome
from wida.audit.models import Event
from wida.dossiers import tasks
from wida.dossiers.codes import Stage, TaskKind
from wida.dossiers.models import Dossier, Task
from wida.people.models import Person
from wida.referrals.models import Inflow, Move

OLD, NEW = "coordinator.limburg", "coordinator.antwerpen"
REASON = "Het gezin verhuisde naar onze collega's in het noorden."


@pytest.fixture
def dossier(house) -> Dossier:
    return cast.at(cast.new_dossier(), Stage.EXECUTION)


def offer(dossier: Dossier) -> Move:
    home = SafeHome.objects.get(name="Antwerpen")
    answer = post(OLD, "offer", dossier, data={"to_home": str(home.pk), "reason": REASON})
    assert answer.status_code == 303
    return Move.objects.get(dossier=dossier, state="aangeboden")


def answer(login: str, move: Move, name: str, **data):
    return cast.signed_in(login).post(f"/referrals/queue/{move.inflow_id}/{name}/", data)


def accept(move: Move, login: str = NEW):
    return answer(login, move, "accept", sure="on")


def reads(login: str, dossier: Dossier) -> int:
    return cast.signed_in(login).get(f"/dossiers/{dossier.number}/people/").status_code


def test_until_it_is_accepted_the_other_house_reads_the_offer_alone(dossier):
    move = offer(dossier)

    assert (reads(OLD, dossier), reads(NEW, dossier)) == (200, 404)
    page = text(cast.signed_in(NEW).get(f"/referrals/queue/{move.inflow_id}/"))
    assert REASON in page
    assert cast.actor(OLD).signature in page
    for secret in ("Aerdman", "Bosteels", dossier.number):
        assert secret not in page
    assert (
        post(OLD, "offer", dossier, data={"to_home": str(move.to_home_id), "reason": "Nog eens."}).status_code
        == 409
    )


def test_accepted_it_is_theirs_with_its_history_and_its_number(dossier):
    before = set(Person.objects.filter(dossier=dossier).values_list("pk", flat=True))
    move = offer(dossier)

    done = accept(move)

    assert (done.status_code, done["Location"]) == (303, f"/dossiers/{dossier.number}/")
    assert (reads(OLD, dossier), reads(NEW, dossier)) == (404, 200)
    assert set(Person.objects.filter(dossier=dossier).values_list("pk", flat=True)) == before
    moved = Dossier.objects.get(pk=dossier.pk)
    assert (moved.number, moved.safe_home.name, moved.stage) == (dossier.number, "Antwerpen", Stage.EXECUTION)
    assert moved.case_manager is None
    assert Event.objects.filter(action="moved", dossier=dossier.pk).count() == 1
    assert REASON in text(get(NEW, "offers", dossier))
    assert get(OLD, "offers", dossier).status_code == 404


def test_whoever_the_old_house_let_in_loses_it_and_the_author_still_knows(dossier):
    accept(offer(dossier))

    left = Mandate.objects.active().filter(dossier=dossier).values_list("ground", flat=True)
    assert set(left) == {"auteur"}
    for login in (
        "casemanager.limburg",
        "liaison.police-limburg",
        "prosecutor.limburg",
        "administrative.limburg",
    ):
        assert reads(login, dossier) == 404
    assert get("liaison.caw-limburg", "own_referral", dossier).status_code == 200


def test_blocks_stay_and_also_stop_who_would_accept(dossier):
    block(dossier=dossier, by=cast.actor(OLD), why="Broer.", user=cast.member(NEW).user)
    move = offer(dossier)

    assert cast.signed_in(NEW).get(f"/referrals/queue/{move.inflow_id}/").status_code == 404
    assert accept(move).status_code == 404
    assert Dossier.objects.get(pk=dossier.pk).safe_home.name == "Limburg"
    assert ConflictBlock.objects.filter(dossier=dossier, withdrawn_at=None).count() == 1


def test_an_extra_protected_dossier_stays_so_for_who_accepts_it_alone(dossier):
    protect(dossier=dossier, why="Bekende familie.", by=cast.actor(OLD))
    name_in_circle(dossier, "administrative.limburg")

    done = accept(offer(dossier))

    assert (done.status_code, done["Location"]) == (303, f"/dossiers/{dossier.number}/")
    seen = {
        login: reads(login, dossier)
        for login in (NEW, "administrative.antwerpen", OLD, "administrative.limburg")
    }
    assert seen == {NEW: 200, "administrative.antwerpen": 404, OLD: 404, "administrative.limburg": 404}
    circle = Mandate.objects.active().filter(dossier=dossier, ground="kring")
    assert [mandate.holder.login for mandate in circle] == [NEW]
    assert ExtraProtection.objects.of(dossier).count() == 1
    name_in_circle(dossier, "administrative.antwerpen", by=NEW)
    assert reads("administrative.antwerpen", dossier) == 200


def name_in_circle(dossier: Dossier, login: str, by: str = OLD) -> None:
    form = {"holder": str(cast.member(login).pk), "why": "Verslag"}
    answer = cast.signed_in(by).post(f"/dossiers/{dossier.number}/access/mandates/add/", form)
    assert answer.status_code == 303


def test_open_tasks_are_the_new_coordinators(dossier):
    tasks.plan(
        dossier, kind=TaskKind.SEE_CHILD, due=dossier.created_at.date(), source=dossier.pk, by=cast.actor(OLD),
        user=cast.member("casemanager.limburg").user_id,
    )  # fmt: skip

    accept(offer(dossier))

    assert set(
        Task.objects.filter(dossier=dossier, done_at=None).values_list("user", "organisation", "role")
    ) == {(None, None, "coordinator")}
    assert tasks.of(cast.actor(NEW)).filter(dossier=dossier).exists()
    assert not tasks.of(cast.actor("casemanager.limburg")).filter(dossier=dossier).exists()


def test_a_referral_that_came_to_the_wrong_house_goes_on_with_its_row_and_without_its_question(house):
    row = referral()
    ask(row.dossier)

    accept(offer(row.dossier))

    row.refresh_from_db()
    assert (row.safe_home.name, row.state) == ("Antwerpen", "wacht")
    assert row.receipt in text(cast.signed_in(NEW).get("/referrals/queue/?state=wacht"))
    assert not Mandate.objects.active().filter(dossier=row.dossier, ground="vrijgave").exists()
    assert not Task.objects.filter(kind="vrijgave_parket", done_at=None).exists()


def test_declined_nothing_changes_and_the_old_house_reads_why(dossier):
    move = offer(dossier)

    assert answer(NEW, move, "decline", reason="").status_code == 422
    assert answer(NEW, move, "decline", reason="Ze wonen hier niet.").status_code == 303

    assert (reads(OLD, dossier), reads(NEW, dossier)) == (200, 404)
    assert "Ze wonen hier niet." in text(get(OLD, "offers", dossier))
    assert accept(move).status_code == 409
    assert offer(dossier)


def test_an_offer_taken_back_can_no_longer_be_accepted(dossier):
    move = offer(dossier)

    assert post(OLD, "withdraw_offer", dossier, move.pk, data={"reason": "Vergissing."}).status_code == 303

    assert accept(move).status_code == 409
    assert reads(NEW, dossier) == 404


def test_only_coordinators_offer_and_accept(dossier):
    move = offer(dossier)

    assert accept(move, "administrative.antwerpen").status_code == 403
    assert accept(move, "coordinator.oost-brabant").status_code == 404
    assert answer(NEW, move, "accept").status_code == 422
    for login in ("administrative.limburg", "casemanager.limburg", "liaison.caw-limburg"):
        assert (
            post(login, "offer", dossier, data={"to_home": str(move.to_home_id), "reason": "x"}).status_code
            == 403
        )


def test_the_reason_stands_sealed(dossier):
    offer(dossier)

    with connection.cursor() as cursor:
        cursor.execute("select reason from referrals_move union all select reason from referrals_inflow")
        stored = [bytes(value) for (value,) in cursor.fetchall()]
    assert len(stored) == 2
    assert not any(b"verhuisde" in value for value in stored)


def test_the_database_keeps_one_offer_between_two_houses(dossier):
    move = offer(dossier)

    with pytest.raises(IntegrityError), transaction.atomic():
        Move.objects.filter(pk=move.pk).update(to_home=move.from_home_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Move.objects.filter(pk=move.pk).update(state="aanvaard")
    assert Inflow.objects.get(pk=move.inflow_id).dossier_id is None
