"""Returned for completion, not taken up, joined: what the coordinator can decide other than to open."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.referrals.pages import fault, text, value, wrong
from tests.referrals.steps import CRITERIA, REFUSAL, ask, check_criteria, get, post, referred, refuse, url
from wida.access.models import Mandate
from wida.accounts.codes import Role
from wida.dossiers import tasks
from wida.dossiers.codes import Stage, TaskKind
from wida.dossiers.models import Task, Transition
from wida.referrals.models import ClearanceRequest, Decision
from wida.referrals.queries import outcome
from wida.referrals.terms import years_after

COORDINATOR, AUTHOR = "coordinator.limburg", "liaison.caw-limburg"
REASON = {"reason": "De situatie van de kinderen ontbreekt."}


def submitted(**options):
    """A referral as the step `submit` leaves it: with a task for the coordinator."""
    dossier = referred(**options)
    tasks.plan(
        dossier,
        kind=TaskKind.CHECK_REFERRAL,
        due=timezone.localdate(),
        source=dossier.pk,
        by=cast.actor(AUTHOR),
        role=Role.COORDINATOR,
    )
    return dossier


def open_tasks(dossier) -> list:
    return list(Task.objects.filter(dossier=dossier, done_at=None).values_list("kind", "user_id"))


def test_a_referral_goes_back_to_its_author_with_what_is_missing(house):
    dossier = submitted()
    ask(dossier)

    answer = post(COORDINATOR, "send_back", dossier, data=REASON)

    assert (answer.status_code, answer["Location"]) == (303, "/dossiers/")
    dossier.refresh_from_db()
    assert dossier.stage == Stage.BUILDING
    assert open_tasks(dossier) == [("aanmelding_vervolledigen", cast.actor(AUTHOR).user_id)]
    assert ClearanceRequest.objects.get().state == "vervallen"
    assert not Mandate.objects.active().filter(dossier=dossier, ground="vrijgave").exists()
    page = get(AUTHOR, "referral", dossier)
    assert REASON["reason"] in page.content.decode()
    assert get(COORDINATOR, "referral", dossier).status_code == 404
    assert outcome(dossier).decision == "Teruggestuurd om te vervolledigen"


def test_a_returned_referral_can_be_completed_and_refused_later(house):
    dossier = submitted()
    post(COORDINATOR, "send_back", dossier, data=REASON)
    dossier.refresh_from_db()
    assert post(AUTHOR, "criteria", dossier, data=CRITERIA).status_code == 303
    cast.at(dossier, Stage.REFERRED)
    check_criteria(dossier, alignment_needed="nee")

    assert refuse(dossier).status_code == 303

    kinds = list(Decision.objects.order_by("created_at").values_list("kind", flat=True))
    assert kinds == ["teruggestuurd", "niet_opgenomen"]


@pytest.mark.parametrize("name", ["send_back", "join"])
def test_a_decision_needs_its_reason(house, name):
    dossier = submitted()

    page = post(COORDINATOR, name, dossier, data={"reason": "  ", "number": "LIMB1"})

    assert page.status_code == 422
    assert "reason" in wrong(page)
    dossier.refresh_from_db()
    assert dossier.stage == Stage.REFERRED


def test_not_taken_up_closes_with_advice_that_the_referrer_reads(house):
    dossier = submitted(by="referrer.hospital-limburg")
    check_criteria(dossier, alignment_needed="nee")

    answer = refuse(dossier)

    assert (answer.status_code, answer["Location"]) == (303, url("referral", dossier))
    dossier.refresh_from_db()
    today = timezone.localdate()
    assert (dossier.stage, dossier.closure_reason) == (Stage.CLOSED, "niet_opgenomen")
    assert timezone.localdate(dossier.closed_at) == today
    assert dossier.retain_until == years_after(today, 2)
    assert open_tasks(dossier) == []
    told = outcome(dossier)
    assert (told.code, told.advice, told.contact) == ("niet_opgenomen", REFUSAL["advice"], REFUSAL["contact"])
    assert [reason for _criterion, reason in told.reasons] == [
        REFUSAL["repeated_risk_why"],
        REFUSAL["sharing_needed_why"],
        REFUSAL["alignment_needed_why"],
    ]
    overview = cast.signed_in("referrer.hospital-limburg").get(
        reverse("dossiers:overview", args=[dossier.number])
    )
    assert REFUSAL["advice"] in overview.content.decode()
    assert get("referrer.hospital-limburg", "referral", dossier).status_code == 403


def test_the_check_comes_before_the_refusal(house):
    dossier = submitted()

    page = refuse(dossier)

    assert page.status_code == 422
    assert REFUSAL["advice"] in page.content.decode()
    assert not Decision.objects.exists()
    dossier.refresh_from_db()
    assert dossier.stage == Stage.REFERRED


@pytest.mark.parametrize("missing", list(REFUSAL))
def test_a_refusal_is_whole(house, missing):
    dossier = submitted()
    check_criteria(dossier)

    page = post(COORDINATOR, "refuse", dossier, data=REFUSAL | {missing: ""})

    assert page.status_code == 422
    assert wrong(page) == [missing]
    assert not Decision.objects.exists()


def test_a_refusal_starts_from_the_coordinators_own_reasons(house):
    dossier = submitted()
    check_criteria(dossier, sharing_needed_why="Enkel het CAW is betrokken.")

    page = get(COORDINATOR, "refuse", dossier)

    assert value(page, "sharing_needed_why") == "Enkel het CAW is betrokken."
    assert "OCJ of VK is nog niet geraadpleegd" in text(page)


def test_two_years_after_a_leap_day():
    leap_day = timezone.datetime(2028, 2, 29).date()

    assert years_after(leap_day, 2).isoformat() == "2030-02-28"
    assert years_after(leap_day + timedelta(days=1), 2).isoformat() == "2030-03-01"


@pytest.mark.parametrize("stage", [Stage.REFERRED, Stage.FORMING])
def test_a_referral_joins_a_dossier_that_runs(house, stage):
    existing = cast.at(cast.new_dossier(family_name="Coremans"), Stage.EXECUTION)
    dossier = cast.at(submitted(), stage)

    assert url("join", dossier) in text(get(COORDINATOR, "referral", dossier))
    typed = f" {existing.number.lower()} "
    answer = post(COORDINATOR, "join", dossier, data={"number": typed, "reason": "Hetzelfde gezin."})

    assert answer.status_code == 303
    dossier.refresh_from_db()
    assert (dossier.stage, dossier.closure_reason, dossier.joined_to_id) == (
        Stage.CLOSED,
        "aangesloten_bij_bestaand",
        existing.pk,
    )
    assert existing.number in get(COORDINATOR, "referral", dossier).content.decode()
    told = outcome(dossier)
    assert existing.number not in repr(told)
    assert "Hetzelfde gezin." not in repr(told)
    assert not Mandate.objects.active().filter(dossier=dossier).exclude(ground="auteur").exists()


def test_a_number_nobody_can_join_to_is_refused_in_the_same_words(house):
    dossier = submitted()
    elsewhere = cast.new_dossier(family_name="Elders")
    elsewhere.number = "ANTW77"
    elsewhere.safe_home = cast.member("coordinator.antwerpen").organisation.safe_home
    elsewhere.save()
    cast.at(elsewhere, Stage.EXECUTION)
    closed = cast.at(cast.new_dossier(family_name="Gesloten"), Stage.CLOSED)
    draft = cast.new_dossier(family_name="Ontwerp")

    for number in ("LIMB99999", elsewhere.number, closed.number, draft.number, dossier.number, "x"):
        page = post(COORDINATOR, "join", dossier, data={"number": number, "reason": "Getypte reden."})

        assert page.status_code == 422
        assert fault(page, "number") == (
            f"Vul het nummer in van een lopend dossier van uw Veilig Huis: bij {number} kunt u niet aansluiten"
        )
        assert "Getypte reden." in page.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("name", ["send_back", "refuse", "join"])
@pytest.mark.parametrize(
    ("login", "status"),
    [
        ("administrative.limburg", 403),
        (AUTHOR, 409),
        ("liaison.ocj-limburg", 404),
        ("coordinator.antwerpen", 404),
    ],
)
def test_only_the_coordinator_decides(house, name, login, status):
    dossier = submitted()
    check_criteria(dossier)

    answer = post(login, name, dossier, data=REFUSAL | REASON | {"number": "LIMB1"})

    assert answer.status_code == status
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("name", "stage"),
    [
        ("send_back", Stage.FORMING),
        ("send_back", Stage.CLOSED),
        ("refuse", Stage.FORMING),
        ("refuse", Stage.EXECUTION),
        ("join", Stage.EXECUTION),
        ("join", Stage.CLOSED),
    ],
)
def test_a_decision_that_comes_too_late_keeps_what_was_typed(house, name, stage):
    dossier = cast.at(cast.new_dossier(), stage)

    page = post(COORDINATOR, name, dossier, data=REFUSAL | {"reason": "Getypte reden.", "number": "LIMB1"})

    assert page.status_code == 409
    assert ("Getypte reden." if name != "refuse" else REFUSAL["advice"]) in page.content.decode()
    assert not Decision.objects.exists()
    assert not Transition.objects.filter(dossier=dossier).exists()


def test_a_decision_never_changes(house):
    dossier = submitted()
    post(COORDINATOR, "send_back", dossier, data=REASON)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Decision.objects.update(kind="niet_opgenomen")
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("delete from referrals_decision")
    assert Decision.objects.get().kind == "teruggestuurd"


def test_nothing_is_told_while_nothing_is_decided(house):
    draft, waiting = cast.new_dossier(), submitted()
    opened = cast.at(cast.new_dossier(), Stage.FORMING)

    assert (outcome(draft), outcome(waiting)) == (None, None)
    assert outcome(opened).code == "geopend"
