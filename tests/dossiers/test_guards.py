"""Each guard alone stops its step: everything is there but one thing, and the screen names just that one."""

import random
import re
from html import unescape

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from tests import cast
from wida.demo.families import House, tell
from wida.dossiers.codes import Stage
from wida.dossiers.guards import GUARDS
from wida.dossiers.life import STEPS
from wida.dossiers.models import Dossier

# What takes away exactly the one thing a guard asks for.
WITHOUT = {
    "involved": "update people_person set \"group\" = 'andere' where \"group\" = 'rechtstreeks'",
    "situation": "update situation_narrative set withdrawn_at = now();"
    " update situation_incident set withdrawn_at = now()",
    "informed": "update situation_informed set withdrawn_at = now()",
    "assessment": "update risk_assessment set withdrawn_at = now()",
    "weighing": "update risk_weighing set withdrawn_at = now()",
    "criteria": "update referrals_criteria set withdrawn_at = now() where side = 'aanmelder'",
    "criteria_met": "update referrals_criteria set sharing_needed = 'onbekend' where side = 'coordinator'",
    "proportionality": "update referrals_proportionality set answer = 'nee'",
    "clearance": "update referrals_clearance set answer = 'nee'",
    "youth_consulted": "update referrals_youthconsultation set withdrawn_at = now()",
    "triage_taken_up": "update meetings_decision set outcome = 'bijkomende_info'",
    "weighing_since_open": "update risk_weighing set created_at = created_at - interval '9 years'",
    "case_manager": "update dossiers_dossier set case_manager_id = null",
}
READY = {"submit": Stage.BUILDING, "open": Stage.REFERRED, "execute": Stage.FORMING}


def run(statements: str) -> None:
    """As nobody may: past the triggers that keep what was recorded."""
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        for statement in statements.split(";"):
            cursor.execute(statement)
            assert cursor.rowcount > 0, statement
        cursor.execute("set local session_replication_role = origin")


def ready_for(name: str) -> Dossier:
    """A dossier that lacks nothing for this step but the step."""
    dossier = tell(House("Limburg"), Stage.EXECUTION, random.Random(5), 1)
    Dossier.objects.filter(pk=dossier.pk).update(
        stage=READY[name], author=cast.member("coordinator.limburg").user
    )
    if name == "submit":
        organisation = cast.member("coordinator.limburg").organisation
        Dossier.objects.filter(pk=dossier.pk).update(organisation=organisation)
    return dossier


def named_as_missing(dossier: Dossier, name: str) -> list[str]:
    page = (
        cast.signed_in("coordinator.limburg")
        .get(reverse("dossiers:step", args=[dossier.number, name]))
        .content.decode()
    )
    return [
        unescape(text)
        for text in re.findall(rf'<li><a href="/dossiers/{dossier.number}/[^"]*">([^<]+)</a></li>', page)
    ]


@pytest.mark.parametrize(("name", "guard"), [(name, guard) for name in READY for guard in STEPS[name].guards])
def test_one_missing_thing_stops_the_step_and_is_named(house, name, guard):
    dossier = ready_for(name)
    coordinator = cast.signed_in("coordinator.limburg")

    before = named_as_missing(dossier, name)
    run(WITHOUT[guard])
    after = named_as_missing(dossier, name)
    answer = coordinator.post(reverse("dossiers:step", args=[dossier.number, name]), {"reason": ""})

    with translation.override("nl"):
        assert (before, after) == ([], [str(GUARDS[guard].text)])
    assert answer.status_code == 422
    assert Dossier.objects.get().stage == READY[name]


def test_every_guard_of_a_plain_step_is_tested():
    assert {guard for name in READY for guard in STEPS[name].guards} == set(WITHOUT)
