"""A report of the police: acknowledged, kept once, in the right work list, and every fault named."""

import pytest

from tests import cast
from tests.api.systems import ADDRESS, CAW, OTHER_POLICE, System, report
from wida.access.walls.identity import walled
from wida.api.models import PoliceReport
from wida.audit.models import Event
from wida.dossiers.codes import Stage
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
