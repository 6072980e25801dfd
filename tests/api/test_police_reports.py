"""A report of the police: acknowledged, kept once, in the right work list, and every fault named."""

import re

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.api.systems import ADDRESS, CAW, OTHER_POLICE, POLICE, System, report
from wida.access.walls.identity import act_as, walled
from wida.accounts.models import SafeHome
from wida.api import senders
from wida.api.models import PoliceReport
from wida.api.renew import renew
from wida.api.tokens import Bearer
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.dossiers.models import DossierKey
from wida.people import matching
from wida.people.models import Person
from wida.referrals.models import Inflow
from wida.situation.models import Incident, Measure, Narrative

COORDINATOR = "coordinator.limburg"


def test_a_report_is_a_referral_in_the_work_list_of_its_house(issuer):
    answer = System(issuer).post(report())

    (taken,) = answer.json()["receipts"]
    assert (answer.status_code, taken["repeated"], taken["pv_number"]) == (202, False, "TG.43.L3.000572/26")
    row = Inflow.objects.get()
    assert (row.receipt, row.state, row.route, row.safe_home.name) == (
        taken["receipt"],
        "nieuw",
        "politie",
        "Limburg",
    )
    assert row.acknowledged_at is not None
    dossier = row.dossier
    assert (dossier.stage, dossier.family_name, dossier.police_zone_id) == (
        Stage.REFERRED,
        "Aerdman - Bosteels",
        "0901",
    )
    people = {person.given_name: (person.group, person.birth_year) for person in Person.objects.of(dossier)}
    assert people == {"Youri": ("rechtstreeks", 2001), "Kelly": ("rechtstreeks", 2000), "Noa": ("kind", 2019)}
    incident = Incident.objects.of(dossier).get()
    assert (incident.begins_on.isoformat(), f"{incident.at:%H:%M}", incident.children_present) == (
        "2026-11-14",
        "22:40",
        "ja",
    )
    assert (incident.report_number, incident.report_district) == ("TG.43.L3.000572/26", "TG")
    assert sorted(incident.involved.values_list("role", flat=True)) == ["getuige", "naar", "van"]
    assert Measure.objects.of(dossier).get().kind == "tijdelijk_huisverbod"
    text = Narrative.objects.of(dossier).get().text
    assert "deur geforceerd" in text
    assert "Eerdere feiten" in text
    kept = PoliceReport.objects.get()
    assert (bytes(kept.wrapped), kept.content, kept.unplaced) == (b"", "", "")
    page = cast.signed_in(COORDINATOR).get("/referrals/queue/").content.decode()
    assert row.receipt in page
    assert {"received", "started", "receive"} <= set(
        Event.objects.filter(signature__startswith="Koppeling").values_list("action", flat=True)
    )


def test_every_tab_of_what_the_police_reported_opens(issuer):
    System(issuer).post(report())
    number, coordinator = Inflow.objects.get().dossier.number, cast.signed_in(COORDINATOR)

    overview = coordinator.get(f"/dossiers/{number}/").content.decode()

    assert "Ontvangen van de politie" in overview
    tabs = sorted(set(re.findall(rf'href="(/dossiers/{number}/[a-z-]+/)"', overview)))
    assert f"/dossiers/{number}/people/" in tabs
    assert len(tabs) > 5
    assert {tab: coordinator.get(tab).status_code for tab in tabs} == dict.fromkeys(tabs, 200)


def test_the_same_report_again_is_the_same_receipt_and_another_under_its_number_is_refused(issuer):
    police = System(issuer)
    first = police.post(report()).json()["receipts"][0]

    again = police.post(report())
    changed = police.post(report(narrative="Iets anders."))
    other = System(issuer, OTHER_POLICE).post(report(police_zone="0911"))

    assert again.status_code == 202
    assert again.json()["receipts"] == [{**first, "repeated": True}]
    assert (changed.status_code, changed.json()["code"]) == (409, "pv_number_reused")
    assert changed.json()["faults"][0]["pointer"] == "/pv_number"
    assert other.json()["receipts"][0]["receipt"] != first["receipt"]
    assert PoliceReport.objects.count() == Inflow.objects.count() == 2


def test_a_number_written_otherwise_is_the_same_number(issuer):
    police = System(issuer)
    police.post(report("TG.43.L3.000572/26"))

    answer = police.post(report("tg 43 L3 000572/2026", narrative="Nog eens."))

    assert (answer.status_code, answer.json()["code"]) == (409, "pv_number_reused")


def test_a_batch_is_taken_whole_or_not_at_all(issuer):
    police = System(issuer)
    numbers = [f"TG.43.L3.00{place}572/26" for place in range(1, 4)]

    whole = police.post({"reports": [report(number) for number in numbers]})
    faulty = police.post(
        {"reports": [report("TG.43.L3.009572/26"), report("TG.43.L3.008572/26", police_zone="12")]}
    )
    reused = police.post({"reports": [report("TG.43.L3.007572/26"), report(numbers[1], narrative="Anders.")]})

    assert [one["pv_number"] for one in whole.json()["receipts"]] == numbers
    assert (faulty.status_code, [one["pointer"] for one in faulty.json()["faults"]]) == (
        422,
        ["/reports/1/police_zone"],
    )
    assert (reused.status_code, reused.json()["faults"][0]["pointer"]) == (409, "/reports/1/pv_number")
    assert PoliceReport.objects.count() == Inflow.objects.count() == 3


FAULTS = {
    "/police_zone": {"police_zone": "09011"},
    "/pv_number": {"pv_number": ""},
    "/facts": {"facts": []},
    "/facts/0/date": {"facts": [{"date": "2999-01-01", "place": "Hasselt"}]},
    "/facts/0/time": {"facts": [{"date": "2026-11-14", "time": "half elf", "place": "Hasselt"}]},
    "/facts/0/place": {"facts": [{"date": "2026-11-14"}]},
    "/facts/0/forms/0": {"facts": [{"date": "2026-11-14", "place": "Hasselt", "forms": ["luid"]}]},
    "/persons": {"persons": []},
    "/persons/0/role": {"persons": [{"role": "dader", "national_number": "00.00.00-000.00"}]},
    "/persons/0/national_number": {"persons": [{"role": "getuige", "national_number": "123"}]},
    "/persons/0/birth_date": {"persons": [{"role": "getuige", "family_name": "Aerdman", "given_name": "Jo"}]},
    "/children_present": {"children_present": "misschien"},
    "/risk_evaluation/outcome": {"risk_evaluation": {"outcome": "paars"}},
    "/measures/0/ends_on": {
        "measures": [{"kind": "contactverbod", "begins_on": "2026-11-15", "ends_on": "2026-11-01"}]
    },
    "/narrative": {"narrative": "een \x00 teken"},
    "/surprise": {"surprise": "een veld dat niemand kent"},
}


def test_each_fault_is_named_by_its_field_and_nothing_is_kept(issuer):
    police = System(issuer)

    told = {}
    for pointer, change in FAULTS.items():
        answer = police.post(report() | change)
        told[pointer] = (answer.status_code, [fault["pointer"] for fault in answer.json()["faults"]])
    together = police.post(report() | FAULTS["/police_zone"] | FAULTS["/children_present"]).json()["faults"]
    nothing = police.post({})

    assert told == {pointer: (422, [pointer]) for pointer in FAULTS}
    assert [fault["pointer"] for fault in together] == ["/police_zone", "/children_present"]
    assert {fault["pointer"] for fault in nothing.json()["faults"]} >= {"/facts", "/persons", "/narrative"}
    assert not PoliceReport.objects.exists()
    assert "paars" not in str(police.post(report() | FAULTS["/risk_evaluation/outcome"]).json())


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"", 422),
        (b'"\\ud800"', 422),
        (b'{"narrative": "\\ud800"}', 422),
        (b"[" * 5_000, 400),
        (b"x" * 6_000_000, 413),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_in_the_one_shape(issuer, body, status):
    answer = System(issuer).post(body)

    assert answer.status_code == status
    assert answer.json().keys() == {"status", "code", "message", "faults"}


def test_acute_danger_is_for_today(issuer):
    System(issuer).post(report(risk_evaluation={"outcome": "acuut", "explanation": "Hij heeft een wapen."}))

    row = Inflow.objects.get()
    assert row.due == timezone.localdate()
    assert (
        "Hij heeft een wapen."
        in cast.signed_in(COORDINATOR).get(f"/dossiers/{row.dossier.number}/situation/").content.decode()
    )


def test_the_receipt_tells_its_own_sender_how_it_stands(issuer):
    police, other = System(issuer), System(issuer, OTHER_POLICE)
    receipt = police.post(report()).json()["receipts"][0]["receipt"]

    told = police.get(f"{ADDRESS}/{receipt}")
    stranger = other.get(f"{ADDRESS}/{receipt}")

    assert told.json() | {"received_at": ""} == {
        "receipt": receipt, "received_at": "", "state": "nieuw", "safe_home": "Limburg", "outcome": None,
    }  # fmt: skip
    assert (stranger.status_code, stranger.json()["code"]) == (404, "not_found")
    assert police.get(f"{ADDRESS}/P-2026-XXXX-XXXX").status_code == 404
    assert Event.objects.filter(action="refused", detail="police_report").count() == 2


def test_only_the_police_send_reports(issuer):
    answer = System(issuer, CAW).post(report())

    assert (answer.status_code, answer.json()["code"]) == (403, "kind_of_organisation")
    assert Event.objects.filter(action="refused", detail="police_reports").count() == 1


def test_a_report_of_an_unknown_zone_waits_until_somebody_places_it(issuer):
    police = System(issuer)
    receipt = police.post(report(police_zone="0999")).json()["receipts"][0]["receipt"]
    kept = PoliceReport.objects.get()
    place = f"/referrals/unplaced/{kept.pk}/place/"
    home = {"safe_home": str(SafeHome.objects.get(name="Limburg").pk)}

    assert police.get(f"{ADDRESS}/{receipt}").json()["state"] == "te_plaatsen"
    assert b"forceerd" not in bytes(PoliceReport.objects.values_list("content", flat=True).get())
    for login, status in (
        ("liaison.police-limburg", 403),
        ("coordinator.antwerpen", 404),
        ("central.team", 403),
    ):
        assert cast.signed_in(login).post(place, home).status_code == status
    for login in (COORDINATOR, "admin.team"):
        page = cast.signed_in(login).get("/referrals/unplaced/").content.decode()
        assert receipt in page
        assert "0999" in page
        assert "Aerdman" not in page
    assert receipt not in cast.signed_in("coordinator.antwerpen").get("/referrals/unplaced/").content.decode()
    assert cast.signed_in("admin.team").post(place, home).status_code == 303

    row = Inflow.objects.get()
    assert (row.receipt, row.safe_home.name, row.dossier.signature) == (receipt, "Limburg", kept.signature)
    assert police.get(f"{ADDRESS}/{receipt}").json()["state"] == "nieuw"
    assert police.post(report(police_zone="0999")).json()["receipts"][0]["repeated"]
    assert cast.signed_in("admin.team").post(place, home).status_code == 404
    assert Event.objects.filter(action="placed", signature=cast.actor("admin.team").signature).count() == 1


def test_what_cannot_become_a_referral_by_itself_is_kept_and_waits(issuer):
    with connection.cursor() as cursor:
        cursor.execute("alter table situation_narrative add constraint broken check (false) not valid")

    answer = System(issuer).post(report())

    assert answer.status_code == 202
    kept = PoliceReport.objects.get()
    assert (kept.unplaced, kept.inflow, Inflow.objects.count(), Person.objects.count()) == (
        "mislukt",
        None,
        0,
        0,
    )
    assert (
        answer.json()["receipts"][0]["receipt"]
        in cast.signed_in(COORDINATOR).get("/referrals/unplaced/").content.decode()
    )
    with connection.cursor() as cursor:
        cursor.execute("alter table situation_narrative drop constraint broken")
    home = {"safe_home": str(SafeHome.objects.get(name="Limburg").pk)}
    assert cast.signed_in(COORDINATOR).post(f"/referrals/unplaced/{kept.pk}/place/", home).status_code == 303
    assert Inflow.objects.get().receipt == kept.receipt


def test_the_database_shows_a_report_to_its_sender_and_to_who_places_it(issuer):
    System(issuer).post(report(police_zone="0999"))

    def seen(actor) -> int:
        with walled():
            act_as(actor)
            return PoliceReport.objects.count()

    police = {name: senders.of(Bearer(name, frozenset())).actor for name in (POLICE, OTHER_POLICE)}
    assert (seen(police[POLICE]), seen(police[OTHER_POLICE]), seen(None)) == (1, 0, 0)
    assert [seen(cast.actor(login)) for login in (COORDINATOR, "admin.team")] == [1, 1]
    assert [seen(cast.actor(login)) for login in ("coordinator.antwerpen", "liaison.police-limburg")] == [
        0,
        0,
    ]


def test_a_report_joins_a_family_that_is_known_after_same_person(issuer):
    known = cast.at(cast.new_dossier(by=COORDINATOR), Stage.FORMING)
    matching.index(*Person.objects.of(known))
    police = System(issuer)
    receipt = police.post(report()).json()["receipts"][0]["receipt"]
    fresh, client = Inflow.objects.get().dossier, cast.signed_in(COORDINATOR)
    here, there = (
        next(person for person in Person.objects.of(dossier) if person.given_name == "Youri")
        for dossier in (fresh, known)
    )

    asked = client.get(f"/dossiers/{fresh.number}/people/known/").content.decode()
    same = client.post(
        reverse("people:same_person", args=[fresh.number, here.pk, there.pk]), {"answer": "zelfde"}
    )
    joined = client.post(
        reverse("referrals:join", args=[fresh.number]), {"number": known.number, "reason": "Zelfde gezin."}
    )

    assert known.number in asked
    assert (same.status_code, joined.status_code) == (303, 303)
    fresh.refresh_from_db()
    assert (fresh.stage, fresh.joined_to) == (Stage.CLOSED, known)
    told = police.get(f"{ADDRESS}/{receipt}").json()
    assert (told["state"], told["outcome"]) == ("beslist", "aangesloten_bij_bestaand")


def test_a_report_is_known_again_after_the_index_key_changed(issuer, settings):
    system, placed, waiting = System(issuer), report(), report("TG.43.L3.000573/26", police_zone="0999")
    first = system.post({"reports": [placed, waiting]}).json()["receipts"]
    settings.WIDA_INDEX_KEYS = {**settings.WIDA_INDEX_KEYS, 2: bytes(range(32))}
    settings.WIDA_SEARCH_KEY = 2

    assert (sum(renew()), sum(renew())) == (2, 0)

    settings.WIDA_INDEX_KEYS = {2: settings.WIDA_INDEX_KEYS[2]}
    again = system.post({"reports": [placed, waiting]}).json()["receipts"]
    assert [one["receipt"] for one in again] == [one["receipt"] for one in first]
    assert all(one["repeated"] for one in again)
    assert system.post(report(narrative="Iets anders.")).status_code == 409
    assert PoliceReport.objects.count() == 2


def test_what_a_destroyed_dossier_told_moves_to_no_key(issuer, settings):
    System(issuer).post(report())
    before = PoliceReport.objects.get().pv_token
    DossierKey.objects.all().delete()
    settings.WIDA_INDEX_KEYS = {**settings.WIDA_INDEX_KEYS, 2: bytes(range(32))}
    settings.WIDA_SEARCH_KEY = 2

    assert sum(renew()) == 0
    assert PoliceReport.objects.get().pv_token == before
