"""The three criteria: by whoever refers, then by the coordinator; each with its reason."""

import pytest

from tests import cast
from tests.referrals.pages import text, wrong
from tests.referrals.steps import CRITERIA, get, post, referred, url
from wida.dossiers.codes import Stage
from wida.records.queries import history
from wida.referrals.models import Criteria

AUTHOR = "liaison.caw-limburg"


def test_the_author_answers_while_building(house):
    dossier = cast.new_dossier()

    answer = post(AUTHOR, "criteria", dossier, data=CRITERIA | {"sharing_needed": "onbekend"})

    assert (answer.status_code, answer["Location"]) == (303, url("referral", dossier))
    row = Criteria.objects.get(dossier=dossier)
    assert (row.side, row.repeated_risk, row.sharing_needed) == ("aanmelder", "ja", "onbekend")
    assert row.sharing_needed_why == CRITERIA["sharing_needed_why"]
    assert row.signature == cast.actor(AUTHOR).signature


@pytest.mark.parametrize("answer", ["ja", "nee", "onbekend"])
@pytest.mark.parametrize("criterion", ["repeated_risk", "sharing_needed", "alignment_needed"])
def test_every_answer_needs_its_reason(house, criterion, answer):
    dossier = cast.new_dossier()

    page = post(AUTHOR, "criteria", dossier, data=CRITERIA | {criterion: answer, f"{criterion}_why": " "})

    assert page.status_code == 422
    assert wrong(page) == [f"{criterion}_why"]
    assert CRITERIA["trajectory"] in page.content.decode()
    assert not Criteria.objects.exists()


@pytest.mark.parametrize("criterion", ["repeated_risk", "sharing_needed", "alignment_needed"])
def test_every_criterion_needs_an_answer_of_the_list(house, criterion):
    dossier = cast.new_dossier()

    nothing = post(AUTHOR, "criteria", dossier, data=CRITERIA | {criterion: ""})
    other = post(AUTHOR, "criteria", dossier, data=CRITERIA | {criterion: "misschien"})

    assert (nothing.status_code, other.status_code) == (422, 422)
    assert not Criteria.objects.exists()


def test_the_author_need_not_weigh_alternatives_but_the_coordinator_must(house):
    draft, submitted = cast.new_dossier(), referred()
    without = CRITERIA | {"direct_help": "", "running_help": "", "trajectory": ""}

    authors = post(AUTHOR, "criteria", draft, data=without)
    coordinators = post("coordinator.limburg", "check_criteria", submitted, data=without)

    assert (authors.status_code, coordinators.status_code) == (303, 422)
    assert wrong(coordinators) == ["direct_help", "running_help", "trajectory"]


def test_the_coordinators_check_stands_beside_the_referrers_answers(house):
    dossier = cast.new_dossier()
    post(AUTHOR, "criteria", dossier, data=CRITERIA)
    cast.at(dossier, Stage.REFERRED)

    answer = post(
        "coordinator.limburg", "check_criteria", dossier, data=CRITERIA | {"alignment_needed": "nee"}
    )

    assert answer.status_code == 303
    sides = dict(Criteria.objects.filter(dossier=dossier).values_list("side", "alignment_needed"))
    assert sides == {"aanmelder": "ja", "coordinator": "nee"}
    page = get("coordinator.limburg", "referral", dossier)
    assert text(page).count("≠") == 1


def test_the_author_sees_their_own_answers_but_not_the_check(house):
    dossier = cast.new_dossier()
    post(AUTHOR, "criteria", dossier, data=CRITERIA)
    cast.at(dossier, Stage.REFERRED)
    post(
        "coordinator.limburg",
        "check_criteria",
        dossier,
        data=CRITERIA | {"repeated_risk_why": "Nagekeken door het huis."},
    )
    check = Criteria.objects.get(dossier=dossier, side="coordinator")

    page = get(AUTHOR, "referral", dossier)

    assert page.status_code == 200
    assert CRITERIA["repeated_risk_why"] in page.content.decode()
    assert "Nagekeken door het huis." not in page.content.decode()
    assert get(AUTHOR, "criteria_versions", dossier, check.pk).status_code == 404


def test_an_answer_written_again_keeps_the_one_before(house):
    dossier = cast.new_dossier()
    post(AUTHOR, "criteria", dossier, data=CRITERIA)

    post(AUTHOR, "criteria", dossier, data=CRITERIA | {"repeated_risk": "nee", "version": "1"})

    row = Criteria.objects.get(dossier=dossier)
    assert (row.version, row.repeated_risk) == (2, "nee")
    assert [version.state["repeated_risk"] for version in history(row)] == ["ja"]
    page = get(AUTHOR, "criteria_versions", dossier, row.pk)
    assert page.status_code == 200
    assert ("Versie 1" in text(page), "Versie 2" in text(page)) == (True, False)


def test_two_people_at_once_lose_nothing(house):
    dossier = cast.new_dossier()
    post(AUTHOR, "criteria", dossier, data=CRITERIA)
    post(AUTHOR, "criteria", dossier, data=CRITERIA | {"direct_help": "Eerst bewaard.", "version": "1"})

    page = post(AUTHOR, "criteria", dossier, data=CRITERIA | {"direct_help": "Te laat.", "version": "1"})

    assert page.status_code == 409
    assert "Te laat." in page.content.decode()
    assert "Eerst bewaard." in page.content.decode()
    assert Criteria.objects.get(dossier=dossier).direct_help == "Eerst bewaard."


def test_sent_twice_counts_once(house):
    dossier = cast.new_dossier()
    data = CRITERIA | {"form_key": "5b0c9a0e-62c5-4b77-9f0c-0d7cfe0a1111"}
    client = cast.signed_in(AUTHOR)

    answers = [client.post(url("criteria", dossier), data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert Criteria.objects.get(dossier=dossier).version == 1


def test_the_author_can_no_longer_answer_once_submitted_and_keeps_the_text(house):
    dossier = referred()

    page = post(AUTHOR, "criteria", dossier, data=CRITERIA)

    assert page.status_code == 409
    assert CRITERIA["repeated_risk_why"] in page.content.decode()
    assert not Criteria.objects.exists()


@pytest.mark.parametrize("stage", [Stage.FORMING, Stage.EXECUTION, Stage.WATCH, Stage.CLOSED])
def test_the_check_is_over_once_sharing_opened(house, stage):
    dossier = cast.at(cast.new_dossier(), stage)

    page = post("coordinator.limburg", "check_criteria", dossier, data=CRITERIA)

    assert page.status_code == 409
    assert CRITERIA["trajectory"] in page.content.decode()
    assert not Criteria.objects.exists()


def test_the_author_can_not_write_the_coordinators_check(house):
    draft, submitted = cast.new_dossier(), referred()

    answers = [post(AUTHOR, "check_criteria", dossier, data=CRITERIA) for dossier in (draft, submitted)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert not Criteria.objects.exists()


@pytest.mark.parametrize(
    ("login", "status"),
    [("coordinator.antwerpen", 404), ("liaison.ggz-limburg", 404), ("administrative.limburg", 403)],
)
def test_strangers_and_staff_without_the_decision_are_refused(house, login, status):
    dossier = referred()

    assert post(login, "check_criteria", dossier, data=CRITERIA).status_code == status
    assert not Criteria.objects.exists()


def test_a_coordinator_who_refers_answers_as_referrer_first(house):
    dossier = cast.new_dossier(by="coordinator.limburg")
    post("coordinator.limburg", "criteria", dossier, data=CRITERIA)

    early = post("coordinator.limburg", "check_criteria", dossier, data=CRITERIA)

    assert early.status_code == 409
    assert Criteria.objects.get(dossier=dossier).side == "aanmelder"
