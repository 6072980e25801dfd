"""The prosecutor is asked whether a dossier may be opened, and answers once, with a legal basis."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests import cast
from tests.referrals.pages import offered, text, value, wrong
from tests.referrals.steps import YES, ask, clear, get, post, referred, url
from wida.access.actions import block
from wida.access.models import Mandate
from wida.dossiers.codes import Stage
from wida.dossiers.models import Task
from wida.referrals.codes import LEGAL_BASES
from wida.referrals.models import Clearance, ClearanceRequest
from wida.referrals.terms import working_days_after

COORDINATOR, PROSECUTOR = "coordinator.limburg", "prosecutor.limburg"


def test_asking_lets_the_prosecutor_read_and_plans_a_task(house):
    dossier = referred()
    assert get(PROSECUTOR, "referral", dossier).status_code == 404

    request = ask(dossier, due_on="15/12/2030")

    mandate = Mandate.objects.active().get(dossier=dossier, ground="vrijgave")
    assert mandate.holder_id == cast.actor(PROSECUTOR).user_id
    task = Task.objects.get(dossier=dossier, kind="vrijgave_parket")
    assert (task.source, task.due, task.user_id, task.done_at) == (
        request.pk,
        date(2030, 12, 15),
        cast.actor(PROSECUTOR).user_id,
        None,
    )
    page = get(PROSECUTOR, "referral", dossier)
    assert page.status_code == 200
    assert url("answer_clearance", dossier, request.pk) in text(page)


def test_five_working_days_are_proposed(house):
    assert working_days_after(date(2026, 11, 20), 5) == date(2026, 11, 27)  # Friday to Friday
    assert working_days_after(date(2026, 11, 21), 5) == date(2026, 11, 27)  # Saturday

    page = get(COORDINATOR, "ask_clearance", referred())

    assert value(page, "due_on") == f"{working_days_after(timezone.localdate(), 5):%d/%m/%Y}"


def test_only_criminologists_of_this_house_can_be_asked(house):
    dossier = referred()

    page = get(COORDINATOR, "ask_clearance", dossier)
    refused = post(
        COORDINATOR,
        "ask_clearance",
        dossier,
        data={"member": str(cast.member("prosecutor.antwerpen").pk), "due_on": "15/12/2030"},
    )

    assert offered(page, "member") == [str(cast.member(PROSECUTOR).pk)]
    assert refused.status_code == 422
    assert not ClearanceRequest.objects.exists()


def test_somebody_kept_out_by_a_conflict_can_not_be_asked(house):
    dossier = referred()
    block(
        dossier=dossier,
        by=cast.actor(COORDINATOR),
        why="Zus van de moeder.",
        user=cast.member(PROSECUTOR).user,
    )

    page = get(COORDINATOR, "ask_clearance", dossier)

    assert offered(page, "member") == []
    assert cast.member(PROSECUTOR).user.name not in page.content.decode()


@pytest.mark.parametrize("due", ["", "01/01/2020", "31/02/2030"])
def test_the_answer_has_a_day_to_come(house, due):
    dossier = referred()

    page = post(
        COORDINATOR,
        "ask_clearance",
        dossier,
        data={"member": str(cast.member(PROSECUTOR).pk), "question": "Getypte vraag", "due_on": due},
    )

    assert page.status_code == 422
    assert "Getypte vraag" in page.content.decode()
    assert not ClearanceRequest.objects.exists()


def test_yes_is_kept_with_its_basis_and_ends_mandate_and_task(house):
    dossier = referred()
    request = ask(dossier)

    answer = post(PROSECUTOR, "answer_clearance", dossier, request.pk, data=YES)

    assert (answer.status_code, answer["Location"]) == (303, "/dossiers/")
    given = Clearance.objects.get(dossier=dossier)
    assert (given.answer, given.basis, given.basis_text) == ("ja", "353_2", "art. 353 §2 nieuw Strafwetboek")
    assert (given.decided_on, given.motivation, given.function) == (
        date(2026, 11, 18),
        YES["motivation"],
        "parketcriminoloog",
    )
    assert given.organisation_id == cast.actor(PROSECUTOR).organisation_id
    request.refresh_from_db()
    assert request.state == "beantwoord"
    assert not Mandate.objects.active().filter(dossier=dossier, ground="vrijgave").exists()
    assert Task.objects.get(kind="vrijgave_parket").done_by == cast.actor(PROSECUTOR).signature
    assert get(PROSECUTOR, "referral", dossier).status_code == 404
    assert YES["motivation"] in text(get(COORDINATOR, "referral", dossier))


def test_no_needs_no_basis_but_a_motivation(house):
    dossier = referred()
    request = ask(dossier)
    no = {"answer": "nee", "decided_on": "18/11/2026"}

    without = post(PROSECUTOR, "answer_clearance", dossier, request.pk, data=no | {"motivation": ""})
    given = post(PROSECUTOR, "answer_clearance", dossier, request.pk, data=no | {"motivation": "Loopt nog."})

    assert (without.status_code, given.status_code) == (422, 303)
    assert (Clearance.objects.get().answer, Clearance.objects.get().basis) == ("nee", "")


def test_yes_needs_a_basis(house):
    dossier = referred()
    request = ask(dossier)

    page = post(PROSECUTOR, "answer_clearance", dossier, request.pk, data=YES | {"basis": ""})

    assert page.status_code == 422
    assert wrong(page) == ["basis"]
    assert YES["motivation"] in page.content.decode()
    assert not Clearance.objects.exists()


@pytest.mark.parametrize(
    ("basis", "day", "status"),
    [
        ("353_2", "07/04/2026", 422),
        ("353_2", "08/04/2026", 303),
        ("458ter", "07/04/2026", 303),
        ("458ter", "08/04/2026", 303),  # the start of the new Penal Code may have been put off
        ("458ter", "17/04/2024", 422),
        ("toestemming_procureur", "01/03/2026", 303),
        ("onbestaand", "01/03/2026", 422),
    ],
)
def test_a_basis_must_have_held_on_the_day(house, basis, day, status):
    dossier = referred()
    request = ask(dossier)

    page = post(
        PROSECUTOR, "answer_clearance", dossier, request.pk, data=YES | {"basis": basis, "decided_on": day}
    )

    assert page.status_code == status
    assert Clearance.objects.count() == (status == 303)


def test_all_legal_bases_are_on_offer(house):
    dossier = referred()
    request = ask(dossier)

    page = get(PROSECUTOR, "answer_clearance", dossier, request.pk).content.decode()

    assert all(ground.text in page for ground in LEGAL_BASES)


def test_the_decision_is_not_in_the_future(house):
    dossier = referred()
    request = ask(dossier)
    tomorrow = f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}"

    page = post(PROSECUTOR, "answer_clearance", dossier, request.pk, data=YES | {"decided_on": tomorrow})

    assert page.status_code == 422


def test_an_answer_never_changes(house):
    dossier = referred()
    clear(dossier)
    given = Clearance.objects.get()

    for statement in (
        "update referrals_clearance set answer = 'nee' where id = %s",
        "delete from referrals_clearance where id = %s",
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement, [given.pk])
    assert Clearance.objects.get().answer == "ja"


def test_asking_again_drops_the_question_that_stood(house):
    dossier = referred()
    first = ask(dossier)

    second = ask(dossier, question="Opnieuw")

    first.refresh_from_db()
    assert (first.state, second.state) == ("vervallen", "gevraagd")
    assert Mandate.objects.active().filter(dossier=dossier, ground="vrijgave").count() == 1
    assert Task.objects.get(kind="vrijgave_parket", done_at=None).source == second.pk
    late = post(PROSECUTOR, "answer_clearance", dossier, first.pk, data=YES)
    assert late.status_code == 409
    assert YES["motivation"] in late.content.decode()
    assert not Clearance.objects.exists()


def test_after_a_no_the_question_can_be_put_again_after_a_yes_not(house):
    dossier = referred()
    clear(dossier, answer="nee", basis="")
    clear(dossier)

    again = post(
        COORDINATOR,
        "ask_clearance",
        dossier,
        data={"member": str(cast.member(PROSECUTOR).pk), "due_on": "15/12/2030"},
    )

    assert again.status_code == 422
    assert [row.answer for row in Clearance.objects.order_by("created_at")] == ["nee", "ja"]


def test_nobody_else_answers_for_the_prosecutor(house):
    dossier = referred()
    request = ask(dossier)

    answers = {
        login: post(login, "answer_clearance", dossier, request.pk, data=YES).status_code
        for login in (COORDINATOR, "administrative.limburg", "liaison.caw-limburg", "prosecutor.antwerpen")
    }

    assert answers == {
        COORDINATOR: 403,
        "administrative.limburg": 403,
        "liaison.caw-limburg": 403,
        "prosecutor.antwerpen": 404,
    }
    assert not Clearance.objects.exists()


def test_a_prosecutor_who_is_merely_invited_does_not_answer(house):
    dossier = referred()
    request = ask(dossier)
    cast.at(dossier, Stage.FORMING)

    answer = post(PROSECUTOR, "answer_clearance", dossier, request.pk, data=YES)

    assert answer.status_code == 403
    assert not Clearance.objects.exists()


@pytest.mark.parametrize("stage", [Stage.FORMING, Stage.EXECUTION, Stage.WATCH, Stage.CLOSED])
def test_it_is_too_late_to_ask_once_sharing_opened(house, stage):
    dossier = cast.at(cast.new_dossier(), stage)

    page = post(
        COORDINATOR,
        "ask_clearance",
        dossier,
        data={"member": str(cast.member(PROSECUTOR).pk), "question": "Getypt", "due_on": "15/12/2030"},
    )

    assert page.status_code == 409
    assert "Getypt" in page.content.decode()
    assert not ClearanceRequest.objects.exists()


def test_sent_twice_one_question_stands(house):
    dossier = referred()
    data = {
        "member": str(cast.member(PROSECUTOR).pk),
        "due_on": "15/12/2030",
        "form_key": "5b0c9a0e-62c5-4b77-9f0c-0d7cfe0a2222",
    }
    client = cast.signed_in(COORDINATOR)
    address = f"/dossiers/{dossier.number}/referral/clearance/ask/"

    answers = [client.post(address, data).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert ClearanceRequest.objects.count() == 1
