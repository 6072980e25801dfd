"""A partner answers from its own system: the same questions, the same rules and the same walls as on the screen."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.api.systems import ASKED, CAW, POLICE, SPEAKS_FOR, System
from tests.sharing.steps import COORDINATOR, KNOWN, ask, forming, share
from wida.access.actions import block
from wida.accounts.models import Organisation
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.sharing.models import Contribution, Lane

LIAISON = "liaison.caw-limburg"
ANSWER = {
    "version": 0,
    "state": "gekend",
    "text": "Mevrouw komt sinds maart wekelijks langs.",
    "source": "eigen",
    "source_on": "2026-11-09",
    "categories": [6, 11],
    "necessity": "De anderen moeten weten wanneer zij bereikbaar is.",
}


@pytest.fixture
def lane(issuer):
    return ask(forming(by=COORDINATOR), LIAISON)[0]


def place(lane: Lane) -> str:
    return f"{ASKED}/{lane.pk}/contribution"


def put(issuer, lane: Lane, body=ANSWER, *, subject: str = CAW, key=None):
    return System(issuer, subject).put(place(lane), body, key=str(key or uuid4()))


def test_it_sees_the_open_questions_to_its_own_organisation(issuer, lane):
    told = System(issuer, CAW).get(ASKED).json()["requests"]

    (question,) = told
    assert question == {
        "id": str(lane.pk),
        "dossier": lane.dossier.number,
        "asked_on": lane.requested_on.isoformat(),
        "due_on": "2030-12-15",
        "ground": "betrokkenheid_kennis",
        "why": "Kent het gezin.",
        "persons": question["persons"],
        "version": 0,
    }
    assert {person["name"] for person in question["persons"]} >= {"Kelly Bosteels", "Youri Aerdman"}
    assert question["persons"][0].keys() == {"id", "name", "birth_date", "birth_year"}
    look = Event.objects.get(action="read", row=lane.pk)
    assert (look.role, look.dossier, look.why) == ("koppeling", lane.dossier_id, "uitgenodigd")
    assert System(issuer, POLICE).get(ASKED).json() == {"requests": []}


def test_many_questions_cost_as_many_statements_as_one(issuer, lane):
    system = System(issuer, CAW)
    system.get(ASKED)
    with CaptureQueriesContext(connection) as one:
        system.get(ASKED)
    lanes = {lane.pk, *(ask(forming(by=COORDINATOR), LIAISON)[0].pk for _more in range(2))}
    before = Event.objects.filter(action="read", table="sharing.lane").count()

    with CaptureQueriesContext(connection) as three:
        told = system.get(ASKED).json()["requests"]

    assert {question["id"] for question in told} == {str(pk) for pk in lanes}
    assert len({question["dossier"] for question in told}) == 3
    assert all(len(question["persons"]) == 5 for question in told)
    assert len(three) == len(one)
    looks = Event.objects.filter(action="read", table="sharing.lane", why="uitgenodigd").order_by("-at")
    assert looks.count() - before == 3
    assert set(looks.values_list("row", flat=True)[:3]) == lanes


def test_it_answers_as_on_the_screen_and_a_colleague_sees_it(issuer, lane):
    answer = put(issuer, lane)

    assert (answer.status_code, answer.json()["version"], answer.json()["state"]) == (200, 1, "gekend")
    shared = Contribution.objects.get()
    assert (shared.text, shared.signature, shared.role) == (
        ANSWER["text"],
        "Koppeling CAW Limburg, CAW Limburg",
        "koppeling",
    )
    assert shared.source_on.isoformat() == "2026-11-09"
    lane.refresh_from_db()
    assert (lane.open, lane.state) == (False, "gekend")
    page = cast.signed_in(LIAISON).get(f"/dossiers/{lane.dossier.number}/sharing/").content.decode()
    assert ANSWER["text"] in page
    assert System(issuer, CAW).get(ASKED).json() == {"requests": []}


def test_the_same_key_gives_the_same_answer(issuer, lane):
    key = uuid4()
    first = put(issuer, lane, key=key)
    put(issuer, lane, ANSWER | {"version": 1, "state": "niet_gekend", "text": None, "source": None,
        "source_on": None, "categories": [], "necessity": None, "reason": "Verwisseld."})  # fmt: skip

    again = put(issuer, lane, key=key)

    assert (again.status_code, again.json()) == (200, first.json())
    assert Contribution.objects.count() == 2
    assert System(issuer, CAW).send("PUT", place(lane), ANSWER).status_code == 422


def test_who_was_first_wins_and_the_other_is_told(issuer, lane):
    assert share(LIAISON, lane.dossier, lane).status_code == 303

    answer = put(issuer, lane, ANSWER | {"reason": "Aanvulling."})

    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert answer.json()["faults"][0]["pointer"] == "/version"
    assert Contribution.objects.get().text == KNOWN["text"]
    assert put(issuer, lane, ANSWER | {"version": 1, "reason": "Aanvulling."}).json()["version"] == 2


def test_what_the_screen_asks_is_asked_here(issuer, lane):
    faults = {}
    for name, change in {
        "/text": {"text": None},
        "/source": {"source": None},
        "/categories": {"categories": []},
        "/necessity": {"necessity": None},
        "/why_not": {"why_not": "Beroepsgeheim."},
        "/persons": {"persons": [str(uuid4())]},
        "/state": {"state": "gevraagd"},
    }.items():
        answer = put(issuer, lane, ANSWER | change)
        faults[name] = (answer.status_code, [fault["pointer"] for fault in answer.json()["faults"]])

    assert faults == {name: (422, [name]) for name in faults}
    assert not Contribution.objects.exists()


def test_another_organisation_gets_nothing_of_it(issuer, lane):
    answer = put(issuer, lane, subject=POLICE)

    assert answer.status_code == 404
    assert put(issuer, Lane(pk=uuid4())).status_code == 404
    assert Event.objects.filter(action="refused", detail="contribution", role="koppeling").count() == 2


def test_a_conflict_block_on_the_organisation_hides_it(issuer, lane):
    block(
        dossier=lane.dossier,
        by=cast.actor(COORDINATOR),
        why="Nicht van mevrouw.",
        organisation=Organisation.objects.get(name=SPEAKS_FOR[CAW]),
    )

    assert System(issuer, CAW).get(ASKED).json() == {"requests": []}
    assert put(issuer, lane).status_code == 404
    assert not Contribution.objects.exists()


def test_a_dossier_that_moved_on_takes_no_answer(issuer, lane):
    cast.at(lane.dossier, Stage.CLOSED)
    assert put(issuer, lane).status_code in (404, 409)
    assert not Contribution.objects.exists()
