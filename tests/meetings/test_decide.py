"""The triage decision (decree art. 5): what it takes, what it does, what is kept with it, and that it never changes."""

import json
import re

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests import cast
from tests.meetings.steps import (
    ADMINISTRATIVE,
    CAW,
    COORDINATOR,
    DECIDED,
    GGZ,
    MANAGER,
    POLICE,
    attend,
    call,
    decide,
    forming,
    get,
    point,
    post,
    put,
    read,
    sent,
    url,
)
from tests.referrals.pages import chosen, text, value, wrong
from tests.risk.assessing import assessed
from tests.sharing.steps import NOT_KNOWN, ask
from tests.sharing.steps import post as post_sharing
from wida.access.actions import block, end_mandate
from wida.access.models import Mandate
from wida.dossiers.codes import Stage
from wida.meetings.models import Decision
from wida.people.models import Person
from wida.records import actions as records

OTHER_MANAGER = "casemanager2.limburg"
CRITERIA = ("repeated", "sharing", "aligned")


def without_children():
    dossier = forming()
    for person in Person.objects.of(dossier).filter(group="kind"):
        records.withdraw(person, by=cast.actor(COORDINATOR), version=1, reason="Bestaat niet.")
    return dossier


def test_a_decision_sets_the_track_and_the_case_manager(house):
    item = point(None, CAW)

    assert decide(item).status_code == 303

    item.dossier.refresh_from_db()
    assert (item.dossier.track, item.dossier.case_manager_id) == ("spoor_3", cast.actor(MANAGER).user_id)
    mandate = Mandate.objects.active().get(dossier=item.dossier, holder_id=cast.actor(MANAGER).user_id)
    assert mandate.ground == "toegewezen"
    decision = Decision.objects.get()
    assert (decision.outcome, decision.minors, decision.youth_consulted) == ("spoor_3", True, "ocj")
    page = read(CAW, item)
    for name, typed in DECIDED.items():
        if name.endswith(("_why", "alternatives", "motivation", "dissent", "youth_outcome")):
            assert typed in page, name
    assert cast.actor(MANAGER).name in page


@pytest.mark.parametrize(
    "missing", [("youth_consulted",), ("youth_outcome",), ("youth_consulted", "youth_outcome")]
)
def test_with_minors_nothing_is_decided_without_ocj_or_vk_and_everything_typed_is_kept(house, missing):
    item = point()

    page = decide(item, **dict.fromkeys(missing, ""))

    assert page.status_code == 422
    assert wrong(page) == list(missing)
    assert not Decision.objects.exists()
    for name, typed in DECIDED.items():
        if name in missing or not typed:
            continue
        if name in ("outcome", "youth_consulted", *CRITERIA):
            assert chosen(page, name) == [typed], name
        else:
            assert value(page, name) == typed, name
    assert f'<option value="{cast.member(MANAGER).pk}" selected>' in text(page)
    item.dossier.refresh_from_db()
    assert (item.dossier.track, item.dossier.case_manager_id) == ("", None)


def test_without_minors_nobody_has_to_be_consulted(house):
    item = point(without_children())
    assert "youth_consulted" not in text(get(COORDINATOR, "decide", item.dossier, item.pk))

    assert decide(item, youth_consulted="", youth_outcome="").status_code == 303

    decision = Decision.objects.get()
    assert (decision.minors, decision.youth_consulted, decision.youth_outcome) == (False, "", "")


@pytest.mark.parametrize(
    "field", ["outcome", *CRITERIA, *(f"{name}_why" for name in CRITERIA), "alternatives", "motivation"]
)
def test_every_criterion_has_its_answer_and_its_reason(house, field):
    page = decide(point(), **{field: ""})

    assert page.status_code == 422
    assert wrong(page) == [field]
    assert not Decision.objects.exists()


@pytest.mark.parametrize("answer", ["nee", "onbekend"])
@pytest.mark.parametrize("name", CRITERIA)
def test_a_family_is_taken_up_when_all_three_are_met(house, name, answer):
    item = point()

    page = decide(item, **{name: answer})

    assert (page.status_code, wrong(page)) == (422, ["outcome"])
    assert (
        decide(
            item, **{name: answer}, outcome="geen_aanbod", case_manager="", advice="Ga naar het CAW."
        ).status_code
        == 303
    )


@pytest.mark.parametrize("outcome", ["spoor_2", "spoor_3"])
def test_who_is_taken_up_has_a_case_manager(house, outcome):
    page = decide(point(), outcome=outcome, case_manager="")

    assert (page.status_code, wrong(page)) == (422, ["case_manager"])


def test_a_case_manager_with_a_conflict_is_not_offered(house):
    item = point()
    block(dossier=item.dossier, by=cast.actor(COORDINATOR), why="Neef.", user=cast.member(MANAGER).user)

    page = decide(item)

    assert (page.status_code, wrong(page)) == (422, ["case_manager"])
    assert str(cast.member(OTHER_MANAGER).pk) in text(page)


def test_without_an_offer_the_referrer_gets_advice(house):
    item = point()

    page = decide(item, outcome="geen_aanbod", case_manager="", advice="")

    assert (page.status_code, wrong(page)) == (422, ["advice"])


def test_more_information_leaves_the_track_as_it_was(house):
    item = point()
    decide(item)

    decide(item, outcome="bijkomende_info", case_manager="")

    item.dossier.refresh_from_db()
    assert (item.dossier.track, item.dossier.case_manager_id) == ("spoor_3", cast.actor(MANAGER).user_id)


def test_a_later_decision_replaces_the_earlier_one_which_stays_readable(house):
    dossier = forming()
    first, second = point(dossier), put(dossier, call(type="casusoverleg"))
    decide(first)

    decide(
        second,
        outcome="spoor_2",
        motivation="Het gaat beter.",
        case_manager=str(cast.member(OTHER_MANAGER).pk),
    )

    now, before = Decision.objects.order_by("-created_at")
    assert (now.replaces_id, before.replaces_id) == (before.pk, None)
    page = text(get(COORDINATOR, "meetings", dossier))
    assert (
        page.index("Het gaat beter.") < page.index("Eerdere beslissingen") < page.index(DECIDED["motivation"])
    )
    dossier.refresh_from_db()
    assert (dossier.track, dossier.case_manager_id) == ("spoor_2", cast.actor(OTHER_MANAGER).user_id)


@pytest.mark.parametrize(
    ("login", "stage", "status"),
    [
        (COORDINATOR, Stage.FORMING, 303),
        (ADMINISTRATIVE, Stage.FORMING, 403),
        (MANAGER, Stage.EXECUTION, 303),
        (CAW, Stage.FORMING, 403),
        ("prosecutor.limburg", Stage.FORMING, 403),
        ("coordinator.antwerpen", Stage.FORMING, 404),
        (COORDINATOR, Stage.CLOSED, 409),
    ],
)
def test_who_decides(house, login, stage, status):
    item = point(None, CAW)
    cast.at(item.dossier, stage)

    answer = decide(item, by=login)

    assert answer.status_code == status
    assert Decision.objects.count() == (status == 303)
    if status == 409:
        assert DECIDED["motivation"] in text(answer)


def test_decided_twice_by_one_click_is_decided_once(house):
    item = point()
    client = cast.signed_in(COORDINATOR)
    data = sent(DECIDED | {"case_manager": str(cast.member(MANAGER).pk)})

    for _ in range(2):
        assert client.post(url("decide", item.dossier, item.pk), data).status_code == 303

    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        "update meetings_decision set outcome = 'geen_aanbod'",
        "update meetings_decision set snapshot = null",
        "delete from meetings_decision",
    ],
)
def test_the_database_refuses_to_change_a_decision(house, change):
    decide(point())

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_the_database_refuses_a_decision_about_minors_without_consultation(house):
    item = point()
    fields = {name: "ja" for name in CRITERIA}
    decision = Decision(dossier=item.dossier, item=item, outcome="spoor_3", minors=True, **fields)

    with pytest.raises(IntegrityError, match="meetings_decision_youth"), transaction.atomic():
        records.add(decision, by=cast.actor(COORDINATOR))


def test_the_snapshot_holds_what_was_known_and_who_could_read_it(house):
    dossier = forming()
    (caw, police) = ask(dossier, CAW, POLICE)
    post_sharing(CAW, "contribute", dossier, caw.pk, data=NOT_KNOWN)
    assessed(POLICE, dossier, wapen="aanwezig", geweld_keel="aanwezig", escalatie="vermoeden")
    item = point(dossier, CAW, GGZ)
    attend(item, CAW, sworn="on")
    block(dossier=dossier, by=cast.actor(COORDINATOR), why="Neef.", user=cast.member(GGZ).user)

    decide(item)

    # What comes later is not in it.
    post_sharing(POLICE, "contribute", dossier, police.pk, data=NOT_KNOWN)
    assessed(POLICE, dossier, geweld_keel="afwezig")
    for mandate in Mandate.objects.active().filter(dossier=dossier, holder_id=cast.actor(CAW).user_id):
        end_mandate(mandate=mandate, by=cast.actor(COORDINATOR), version=mandate.version, why="Weg.")
    kept = json.loads(Decision.objects.get().snapshot)
    assert {code: score for code, score in kept["factors"].items() if score != "onbekend"} == {
        "geweld_keel": "aanwezig",
        "escalatie": "vermoeden",
    }
    assert len(kept["factors"]) == 13
    assert kept["lanes"] == [
        ["politie", "Politie Limburg", "gevraagd"],
        ["caw", "CAW Limburg", "niet_gekend"],
    ]
    assert kept["present"] == [cast.actor(CAW).signature]
    assert {cast.actor(login).signature for login in (CAW, POLICE, COORDINATOR)} <= set(kept["readers"])
    assert cast.actor(GGZ).signature not in kept["readers"]
    assert cast.actor("coordinator.antwerpen").signature not in kept["readers"]


def test_the_snapshot_is_read_on_a_page_of_its_own(house):
    dossier = forming()
    ask(dossier, CAW)
    assessed(POLICE, dossier, geweld_keel="aanwezig")
    item = point(dossier, CAW)
    decide(item)
    decision = Decision.objects.get()
    assert url("snapshot", dossier, decision.pk) in read(COORDINATOR, item)

    page = text(get(CAW, "snapshot", dossier, decision.pk))

    assert re.search(
        r"Geweld naar de keel</dt><dd><span class=\"score score--full\">.*?Aanwezig", page, re.DOTALL
    )
    assert cast.actor(COORDINATOR).signature in page
    assert "CAW Limburg" in page
    assert get(POLICE, "snapshot", dossier, decision.pk).status_code == 404
    assert get("coordinator.antwerpen", "snapshot", dossier, decision.pk).status_code == 404


def test_a_decision_is_not_taken_at_a_cancelled_meeting(house):
    from tests.meetings.steps import house_url

    item = point()
    cast.signed_in(COORDINATOR).post(
        house_url("cancel_meeting", item.meeting_id), sent({"why": "Ziekte.", "version": "1"})
    )

    page = decide(item)

    assert page.status_code == 422
    assert "Dit overleg is geannuleerd." in text(page)
    assert value(page, "motivation") == DECIDED["motivation"]
    assert post(COORDINATOR, "add_note", item.dossier, item.pk, data={"text": "Regel."}).status_code == 422
