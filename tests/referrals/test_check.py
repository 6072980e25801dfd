"""What the coordinator records before sharing may open: proportionality, OCJ and VK, and what is still missing."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.referrals.pages import text, wrong
from tests.referrals.steps import (
    CONSULTED,
    PROPORTIONATE,
    ask,
    check_criteria,
    clear,
    get,
    post,
    referred,
    url,
)
from wida.dossiers.actions import start_dossier
from wida.dossiers.codes import Stage
from wida.people.codes import Group, Sex
from wida.people.models import Person
from wida.records import actions as records
from wida.records.queries import history
from wida.referrals.models import Proportionality, YouthConsultation
from wida.referrals.queries import conditions, standing

COORDINATOR = "coordinator.limburg"


def without_minors():
    author = cast.actor("liaison.caw-limburg")
    home = cast.member(COORDINATOR).organisation.safe_home
    dossier = start_dossier(safe_home=home, family_name="Vossaert", by=author)
    person = Person(
        dossier=dossier,
        group=Group.DIRECT,
        given_name="Rik",
        family_name="Vossaert",
        sex=Sex.MALE,
        birth_date=date(1970, 5, 5).isoformat(),
        birth_year=1970,
    )
    records.add(person, by=author)
    return cast.at(dossier, Stage.REFERRED)


def met(dossier) -> dict[str, bool]:
    return {condition.code: condition.met for condition in conditions(dossier, standing(dossier))}


def test_proportionality_is_reasoned(house):
    dossier = referred()

    empty = post(COORDINATOR, "proportionality", dossier, data={"answer": "ja", "motivation": ""})
    unknown = post(COORDINATOR, "proportionality", dossier, data=PROPORTIONATE | {"answer": "onbekend"})
    saved = post(COORDINATOR, "proportionality", dossier, data=PROPORTIONATE)

    assert [answer.status_code for answer in (empty, unknown, saved)] == [422, 422, 303]
    row = Proportionality.objects.get(dossier=dossier)
    assert (row.answer, row.motivation, row.signature) == (
        "ja",
        PROPORTIONATE["motivation"],
        cast.actor(COORDINATOR).signature,
    )


def test_proportionality_judged_again_keeps_the_first(house):
    dossier = referred()
    post(COORDINATOR, "proportionality", dossier, data={"answer": "nee", "motivation": "Nog te vroeg."})

    post(COORDINATOR, "proportionality", dossier, data=PROPORTIONATE | {"version": "1"})
    stale = post(
        COORDINATOR, "proportionality", dossier, data={"answer": "nee", "motivation": "Oud.", "version": "1"}
    )

    row = Proportionality.objects.get(dossier=dossier)
    assert (row.answer, row.version) == ("ja", 2)
    assert [version.state["motivation"] for version in history(row)] == ["Nog te vroeg."]
    assert stale.status_code == 409
    assert "Oud." in stale.content.decode()


@pytest.mark.parametrize(
    ("login", "status"),
    [
        ("administrative.limburg", 403),
        ("liaison.caw-limburg", 409),
        ("liaison.ocj-limburg", 404),
        ("coordinator.antwerpen", 404),
    ],
)
def test_only_the_coordinator_judges_proportionality(house, login, status):
    dossier = referred()

    assert post(login, "proportionality", dossier, data=PROPORTIONATE).status_code == status
    assert not Proportionality.objects.exists()


@pytest.mark.parametrize("stage", [Stage.FORMING, Stage.EXECUTION, Stage.WATCH, Stage.CLOSED])
def test_proportionality_is_judged_before_sharing_opens(house, stage):
    dossier = cast.at(cast.new_dossier(), stage)

    page = post(COORDINATOR, "proportionality", dossier, data=PROPORTIONATE)

    assert page.status_code == 409
    assert PROPORTIONATE["motivation"] in page.content.decode()
    assert not Proportionality.objects.exists()


def test_a_consultation_says_who_when_with_whom_and_what_came_of_it(house):
    dossier = referred()

    saved = post(COORDINATOR, "consult_youth", dossier, data=CONSULTED)

    assert (saved.status_code, saved["Location"]) == (303, url("referral", dossier) + "#youth")
    row = YouthConsultation.objects.get(dossier=dossier)
    assert (row.body, row.consulted_on, row.contact, row.outcome) == (
        "ocj",
        date(2026, 11, 17),
        CONSULTED["contact"],
        CONSULTED["outcome"],
    )
    page = get(COORDINATOR, "referral", dossier).content.decode()
    assert CONSULTED["contact"] in page


@pytest.mark.parametrize("missing", ["body", "consulted_on", "contact", "outcome"])
def test_a_consultation_is_whole(house, missing):
    dossier = referred()

    page = post(COORDINATOR, "consult_youth", dossier, data=CONSULTED | {missing: ""})

    assert page.status_code == 422
    assert wrong(page) == [missing]
    assert not YouthConsultation.objects.exists()


def test_a_consultation_can_be_corrected(house):
    dossier = referred()
    post("administrative.limburg", "consult_youth", dossier, data=CONSULTED)
    row = YouthConsultation.objects.get()

    changed = post(
        COORDINATOR, "edit_consultation", dossier, row.pk, data=CONSULTED | {"body": "vk", "version": "1"}
    )
    stale = post(
        COORDINATOR,
        "edit_consultation",
        dossier,
        row.pk,
        data=CONSULTED | {"contact": "Iemand", "version": "1"},
    )

    assert (changed.status_code, stale.status_code) == (303, 409)
    row.refresh_from_db()
    assert (row.body, row.version) == ("vk", 2)


def test_a_consultation_of_another_dossier_is_not_found_here(house):
    first, second = referred(), referred(family_name="Coremans")
    post(COORDINATOR, "consult_youth", first, data=CONSULTED)
    row = YouthConsultation.objects.get()

    answer = post(COORDINATOR, "edit_consultation", second, row.pk, data=CONSULTED | {"version": "1"})

    assert answer.status_code == 404


def test_the_author_does_not_record_consultations(house):
    draft, submitted = cast.new_dossier(), referred()

    answers = [
        post("liaison.caw-limburg", "consult_youth", dossier, data=CONSULTED)
        for dossier in (draft, submitted)
    ]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert not YouthConsultation.objects.exists()


def test_what_is_missing_goes_one_by_one(house):
    dossier = referred()
    nothing = dict.fromkeys(("criteria_met", "proportionality", "clearance", "youth_consulted"), False)
    assert met(dossier) == nothing

    check_criteria(dossier)
    assert met(dossier) == nothing | {"criteria_met": True}
    post(COORDINATOR, "proportionality", dossier, data=PROPORTIONATE)
    assert met(dossier) == nothing | {"criteria_met": True, "proportionality": True}
    request = ask(dossier)
    assert met(dossier)["clearance"] is False
    post("prosecutor.limburg", "answer_clearance", dossier, request.pk, data={
        "answer": "ja", "basis": "458ter", "decided_on": "18/11/2026", "motivation": "Akkoord.",
    })  # fmt: skip
    post(COORDINATOR, "consult_youth", dossier, data=CONSULTED)

    assert met(dossier) == dict.fromkeys(nothing, True)
    page = get(COORDINATOR, "referral", dossier)
    assert f"/dossiers/{dossier.number}/steps/open/" in page.content.decode()


@pytest.mark.parametrize("answer", ["nee", "onbekend"])
def test_a_criterion_that_is_not_met_keeps_sharing_closed(house, answer):
    dossier = referred()

    check_criteria(dossier, sharing_needed=answer)

    assert met(dossier)["criteria_met"] is False
    assert "Volgens de coördinator is voldaan aan 2 van de drie criteria" in text(
        get(COORDINATOR, "referral", dossier)
    )


def test_not_proportionate_or_no_clearance_keeps_sharing_closed(house):
    dossier = referred()
    post(COORDINATOR, "proportionality", dossier, data=PROPORTIONATE | {"answer": "nee"})
    clear(dossier, answer="nee", basis="")

    assert (met(dossier)["proportionality"], met(dossier)["clearance"]) == (False, False)


def test_without_minors_nobody_has_to_ask_ocj_or_vk(house):
    dossier = without_minors()

    assert set(met(dossier)) == {"criteria_met", "proportionality", "clearance"}
    assert b'id="youth"' not in get(COORDINATOR, "referral", dossier).content


def test_the_page_reads_as_much_for_a_long_referral_as_for_a_short_one(house):
    dossier = referred()
    client = cast.signed_in(COORDINATOR)
    with CaptureQueriesContext(connection) as short:
        client.get(url("referral", dossier))
    check_criteria(dossier)
    post(COORDINATOR, "proportionality", dossier, data=PROPORTIONATE)
    for _round in range(3):
        clear(dossier, answer="nee", basis="")
        post(COORDINATOR, "consult_youth", dossier, data=CONSULTED)

    with CaptureQueriesContext(connection) as long:
        client.get(url("referral", dossier))

    assert len(long) == len(short)
    own = [query["sql"] for query in long if "referrals_" in query["sql"] or "people_" in query["sql"]]
    assert len(own) == 11
