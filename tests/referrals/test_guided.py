"""The guided referral: a step is kept as it is, what is complete stands in the dossier, submitting asks for all."""

import random
import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import cast
from tests.jobs import run_all
from tests.referrals.pages import chosen, text, value, wrong
from tests.referrals.steps import CRITERIA, get, post, url
from wida.audit.models import Event
from wida.demo.opening import assess, weigh
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier, Task
from wida.people import actions as people
from wida.people.models import Person
from wida.referrals import guided
from wida.referrals.models import Addition, Criteria, Inflow, Referral
from wida.risk.models import Assessment
from wida.situation import actions as situation
from wida.situation.models import Danger, Narrative

REFERRER, COORDINATOR = "referrer.hospital-limburg", "coordinator.limburg"
CONTACT = {"function": "spoedarts", "phone": "011 30 90 00", "expects": "Samen beslissen over veilig wonen."}


def begun() -> Dossier:
    client = cast.signed_in(REFERRER)
    home = str(cast.member(COORDINATOR).organisation.safe_home_id)
    answer = client.post("/referrals/new/", {"name": "Aerdman - Bosteels", "safe_home": home})
    assert answer.status_code == 303
    return Dossier.objects.get(
        number=re.match(r"/dossiers/(\w+)/referral/steps/urgency/", answer["Location"])[1]
    )


def step(dossier: Dossier, name: str, data: dict):
    return post(REFERRER, "step", dossier, name, data=data)


def filled() -> Dossier:
    """Everything that submitting asks, without the screens of the tabs."""
    dossier, by = cast.new_dossier(by=REFERRER), cast.actor(REFERRER)
    step(dossier, "urgency", {"on": "1/11/2026", "acute": "nee"})
    step(dossier, "contact", CONTACT)
    step(dossier, "situation", {"text": "Ze komt voor de derde keer op spoed."})
    step(dossier, "criteria", CRITERIA)
    mother, father = Person.objects.filter(dossier=dossier, group="rechtstreeks").order_by("created_at")
    for person in (mother, father):
        situation.inform(
            dossier=dossier, by=by, person=person.pk, version=0, state="geinformeerd",
            on=timezone.localdate(), by_whom="de arts", wishes="Rust.",
        )  # fmt: skip
    assess(dossier, by, {"mother": mother, "father": father}, random.Random(1))
    weigh(dossier, by, "rood", "opbouw", [])
    return Dossier.objects.get(pk=dossier.pk)


def test_a_step_that_is_complete_stands_in_the_dossier_of_the_tabs(house):
    dossier = begun()

    assert (
        step(dossier, "urgency", {"on": "1/11/2026", "acute": "nee", "done": "Opgenomen."}).status_code == 303
    )
    assert step(dossier, "contact", CONTACT).status_code == 303
    assert step(dossier, "situation", {"text": "Derde keer op spoed."}).status_code == 303
    answer = step(dossier, "criteria", CRITERIA)

    assert answer["Location"] == url("step", dossier, "attachments")
    assert Danger.objects.get().done == "Opgenomen."
    assert Narrative.objects.get().text == "Derde keer op spoed."
    assert Criteria.objects.get().side == "aanmelder"
    assert Referral.objects.get().phone == CONTACT["phone"]
    assert {"urgency", "contact"} <= guided.progress(dossier).done


def test_half_a_step_is_kept_as_it_was_typed_and_offered_again(house):
    dossier = begun()
    typed = {"repeated_risk": "onbekend", "repeated_risk_why": "  Ik weet het\nniet zeker. ", "later": "1"}

    answer = step(dossier, "criteria", typed)

    assert (answer.status_code, answer["Location"]) == (303, "/referrals/")
    assert not Criteria.objects.exists()
    page = get(REFERRER, "step", dossier, "criteria")
    assert chosen(page, "repeated_risk") == ["onbekend"]
    assert value(page, "repeated_risk_why").replace("\r", "") == "  Ik weet het\nniet zeker. "
    assert step(dossier, "criteria", CRITERIA).status_code == 303
    assert guided.unfinished(dossier) == {}
    assert (
        value(get(REFERRER, "step", dossier, "criteria"), "repeated_risk_why")
        == CRITERIA["repeated_risk_why"]
    )


def test_a_day_nobody_can_read_is_kept_too(house):
    dossier = begun()

    assert step(dossier, "urgency", {"on": "gisteren rond 9", "acute": "ja", "later": "1"}).status_code == 303

    page = get(REFERRER, "step", dossier, "urgency")
    assert (value(page, "on"), chosen(page, "acute")) == ("gisteren rond 9", ["ja"])


def test_going_on_says_what_is_missing_and_keeps_what_was_typed(house):
    dossier = begun()

    page = step(dossier, "criteria", {"repeated_risk": "ja", "sharing_needed_why": "Getypt."})

    assert page.status_code == 422
    assert text(page).index("<title>Fout:") > 0
    assert wrong(page)[:2] == ["repeated_risk_why", "sharing_needed"]
    assert value(page, "sharing_needed_why") == "Getypt."


@pytest.mark.parametrize("place", ["pattern", "incident", "measure", "service", "assessment", "weighing"])
def test_a_button_to_a_page_beside_the_step_saves_on_the_way_and_that_page_leads_back(house, place):
    dossier = begun()

    answer = step(dossier, "situation", {"text": "Nog niet af.", "go": place})

    assert answer.status_code == 303
    assert answer["Location"].endswith("?step=situation")
    assert Narrative.objects.get().text == "Nog niet af."
    assert cast.signed_in(REFERRER).get(answer["Location"]).status_code == 200


def test_a_page_of_the_tabs_leads_back_to_the_step_it_was_opened_from(house):
    dossier = begun()
    add = f"/dossiers/{dossier.number}/people/services/add/"
    data = {"name": "CAW", "kind": "caw", "state": "lopend"}
    page = cast.signed_in(REFERRER).get(add)
    kinds = re.findall(r'<option value="([^"]+)"', re.search(r'name="kind".*?</select>', text(page), re.S)[0])
    states = re.findall(r'name="state"[^>]*value="([^"]+)"', text(page))
    data |= {"kind": kinds[0], "state": states[0]}

    for query, place in (
        ("?step=situation", url("step", dossier, "situation")),
        ("?step=//evil.be", "#services"),
    ):
        answer = cast.signed_in(REFERRER).post(add + query, data)
        assert answer.status_code == 303
        assert answer["Location"].endswith(place)


def test_a_button_elsewhere_leads_nowhere(house):
    dossier = begun()

    for go in ("https://evil.be", "inform:abc", "inform", "pattern:" + "0" * 36):
        answer = step(dossier, "situation", {"text": "Tekst.", "go": go})
        assert answer["Location"] == url("step", dossier, "criteria")
        Narrative.objects.all().delete()


def test_submitting_names_every_gap_and_where_it_is_filled(house):
    dossier = begun()

    page = get(REFERRER, "step", dossier, "check")
    refused = step(dossier, "check", {"declared": "on"})

    assert refused.status_code == 422
    for step_name in ("urgency", "contact", "family", "situation", "criteria"):
        assert url("step", dossier, step_name) in text(page)
    dossier.refresh_from_db()
    assert dossier.stage == Stage.BUILDING
    assert not Inflow.objects.exists()


def test_submitting_gives_a_receipt_a_row_in_the_queue_and_a_task_by_the_colour(house):
    dossier = filled()
    assert guided.progress(dossier).lacking == []
    assert step(dossier, "check", {}).status_code == 422  # the declaration

    answer = step(dossier, "check", {"declared": "on"})

    assert (answer.status_code, answer["Location"]) == (303, url("own_referral", dossier))
    row = Inflow.objects.get()
    assert (row.dossier_id, row.state, row.route) == (dossier.pk, "nieuw", "professional")
    page = get(REFERRER, "own_referral", dossier)
    assert row.receipt in text(page)
    task = Task.objects.get(dossier=dossier, kind="aanmelding_nakijken", done_at=None)
    assert task.due == row.due
    assert Assessment.objects.filter(dossier=dossier).exists()


def test_acute_danger_is_looked_at_the_same_day(house):
    dossier = filled()
    step(
        dossier,
        "urgency",
        {
            "on": f"{timezone.localdate():%d/%m/%Y}",
            "acute": "ja",
            "what": "Mes.",
            "done": "101.",
            "version": 1,
        },
    )
    step(dossier, "check", {"declared": "on"})

    row = Inflow.objects.get()
    assert row.due == timezone.localdate(row.received_at)


def test_the_acknowledgement_goes_out_without_a_word_and_the_mark_goes_with_it(house):
    dossier = filled()
    step(dossier, "check", {"declared": "on"})
    assert "moet nog vertrekken" in text(get(REFERRER, "own_referral", dossier))
    assert Inflow.objects.get().acknowledged_at is None

    run_all()

    receipts = [message for message in mail.outbox if "ontving" in message.subject]
    (message,) = receipts
    row = Inflow.objects.get()
    assert row.receipt in message.body
    sent = str(message.message())
    assert [word for word in ("Aerdman", "Kelly", dossier.number, "aanmelding") if word in sent.lower()] == []
    assert row.acknowledged_at is not None
    assert "moet nog vertrekken" not in text(get(REFERRER, "own_referral", dossier))


def test_after_submitting_the_referrer_adds_and_changes_nothing(house):
    dossier = filled()
    step(dossier, "check", {"declared": "on"})
    row = Inflow.objects.get()
    get(COORDINATOR, "referral", dossier)
    assert row.seen.count() == 1

    assert step(dossier, "contact", CONTACT | {"phone": "0", "version": 1}).status_code == 409
    assert post(REFERRER, "complete", dossier, data={"text": "De zus belde."}).status_code == 303

    assert Addition.objects.get().text == "De zus belde."
    assert row.seen.count() == 0
    assert "De zus belde." in text(get(COORDINATOR, "referral", dossier))
    assert Task.objects.get(
        dossier=dossier, kind="aanmelding_nakijken", done_at=None
    ).due == timezone.localdate(row.received_at)
    refused = post(COORDINATOR, "complete", dossier, data={"text": "Niet van mij."})
    assert refused.status_code == 403


def test_the_referrer_never_reads_the_file(house):
    dossier = cast.at(filled(), Stage.FORMING)

    client = cast.signed_in(REFERRER)
    for tab in ("people", "situation", "risk", "weighing", "sharing", "referral", "attachments"):
        assert client.get(f"/dossiers/{dossier.number}/{tab}/").status_code == 403
    assert get(REFERRER, "own_referral", dossier).status_code == 200
    assert get("liaison.caw-limburg", "own_referral", dossier).status_code == 404
    assert get("coordinator.antwerpen", "own_referral", dossier).status_code == 404


def test_everybody_sees_their_own_referrals_alone(house):
    mine, other = begun(), cast.new_dossier(by="liaison.caw-limburg")

    pages = {
        login: text(cast.signed_in(login).get("/referrals/")) for login in (REFERRER, "liaison.caw-limburg")
    }

    assert mine.number in pages[REFERRER]
    assert other.number not in pages[REFERRER]
    assert other.number in pages["liaison.caw-limburg"]
    assert "Aerdman" not in pages[REFERRER]
    assert Event.objects.filter(action="listed", detail="referrals").count() == 2
    assert cast.signed_in("central.team").get("/referrals/").status_code == 403


def test_the_list_of_referrals_costs_the_same_for_one_as_for_many(house):
    client = cast.signed_in(REFERRER)
    cast.new_dossier(by=REFERRER)
    client.get("/referrals/")
    with CaptureQueriesContext(connection) as one:
        client.get("/referrals/")
    for _time in range(4):
        cast.new_dossier(by=REFERRER)
    with CaptureQueriesContext(connection) as many:
        client.get("/referrals/")

    assert len(one) == len(many)


def test_the_check_page_shows_no_address(house):
    dossier = cast.new_dossier(by=REFERRER)
    mother = Person.objects.filter(dossier=dossier).first()
    people.add_address(
        person=mother, by=cast.actor(REFERRER), viewers=[], type="vluchthuis", street="Kanarielaan 7",
        postal_code="3500", place="Hasselt", country="", municipality="", since=None, until=None,
        protected=True, protected_why="Hij zoekt haar.",
    )  # fmt: skip

    for name in guided.NAMES:
        assert "Kanarielaan" not in text(get(REFERRER, "step", dossier, name))
