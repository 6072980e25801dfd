"""The demo data: a family told up to each phase is readable on every tab.

How many there are is asked where all of them are made: tests/test_dump.py.
"""

import random

import pytest
from django.urls import reverse

from tests import cast
from wida.demo.families import House, tell
from wida.demo.inbox import fill_inbox
from wida.demo.organisations import make_organisations
from wida.dossiers.codes import Stage
from wida.dossiers.frame import TABS
from wida.dossiers.models import Dossier
from wida.records.sealing import keyring
from wida.referrals.models import Inflow, Letter


@pytest.mark.parametrize("stage", Stage)
def test_a_family_can_be_told_up_to_each_stage(house, stage):
    dossier = tell(House("Limburg"), stage, random.Random(1), 1)

    dossier.refresh_from_db()
    assert dossier.stage == stage
    reader = "coordinator.limburg" if stage != Stage.BUILDING else Dossier.objects.get().author.login
    client = cast.signed_in(reader)
    for part, _label, name in TABS:
        answer = client.get(reverse(name, args=[dossier.number]))
        assert answer.status_code == (
            200
            if stage != Stage.BUILDING or part in ("people", "situation", "risk", "weighing", "attachments")
            else 403
        ), name


def test_each_house_has_something_of_every_kind_in_its_work_list(db):
    make_organisations()
    with keyring(trusted=True):
        fill_inbox(House("Limburg"), random.Random(1))

    rows = Inflow.objects.filter(safe_home__name="Limburg")
    assert set(rows.values_list("state", flat=True)) == {"nieuw", "wacht", "beslist"}
    assert set(rows.exclude(waits_for="").values_list("waits_for", flat=True)) == {"aanvulling", "vrijgave"}
    assert rows.filter(taken_by=None).exists()
    assert rows.exclude(taken_by=None).exists()
    letter = Letter.objects.get()
    assert letter.attachment_id
    assert letter.sent_on
