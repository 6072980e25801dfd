"""A referral becomes an anonymous consult: noted without anybody in it, and the family destroyed with all its keys."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.consults.test_consults import CONSULT
from tests.referrals.pages import fault, text, value, wrong
from tests.referrals.steps import get, post
from tests.referrals.test_inflow import SECRET, referral
from wida.access.walls.identity import act_as, walled
from wida.accounts.models import SafeHome
from wida.closure import destruction
from wida.consults import queries
from wida.consults.models import Consult
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier, DossierKey
from wida.records.sealing import Locked, keyring
from wida.referrals import inflow, moves
from wida.referrals.models import Inflow, InflowStep, Move

COORDINATOR, OFFICE = "coordinator.limburg", "administrative.limburg"
REASON = {"reason": "De school vraagt enkel hoe ze met de moeder praat."}


@pytest.fixture
def row(house) -> Inflow:
    """A referral of the family Aerdman - Bosteels, with a note of the house on its row."""
    row = referral()
    inflow.take(inflow=row, by=cast.actor(COORDINATOR))
    inflow.put_back(inflow=row, by=cast.actor(COORDINATOR), reason=SECRET)
    return row


def destroy(dossier: Dossier) -> None:
    """Its time is over, and two of the house agree."""
    Dossier.objects.filter(pk=dossier.pk).update(retain_until=timezone.localdate() - timedelta(days=1))
    dossier.refresh_from_db()
    declaration = destruction.propose(dossier=dossier, by=cast.actor(OFFICE))
    with walled():
        act_as(cast.actor(COORDINATOR))
        destruction.agree(destruction_id=declaration.pk, by=cast.actor(COORDINATOR))


def test_nothing_of_the_family_is_filled_in(row):
    page = get(COORDINATOR, "to_consult", row.dossier)

    assert page.status_code == 200
    assert value(page, "on") == f"{timezone.localdate():%d/%m/%Y}"
    assert 'value="caw" selected' in text(page)
    assert [value(page, name) for name in ("reason", "question", "advice", "minutes")] == [""] * 4


def test_finishing_it_closes_the_referral_and_notes_a_consult_that_leads_nowhere(row):
    dossier = row.dossier

    answer = post(COORDINATOR, "to_consult", dossier, data=CONSULT | REASON)

    assert answer.status_code == 303
    row.refresh_from_db()
    dossier.refresh_from_db()
    assert (row.state, row.outcome, dossier.stage) == ("beslist", "anoniem_consult", Stage.CLOSED)
    assert (dossier.retain_until - timezone.localdate()).days == 30
    noted = queries.opened(cast.actor(COORDINATOR), Consult.objects.get().pk)
    assert noted.advice == CONSULT["advice"]
    known = {str(dossier.pk), dossier.number, str(row.pk), row.receipt}
    assert not known & {str(part) for part in vars(noted).values()}
    listed = text(cast.signed_in(COORDINATOR).get(reverse("consults:consults")))
    assert "Partnergeweld" in listed
    assert dossier.number not in listed


def test_a_name_of_the_family_is_found_without_a_title_too(row):
    typed = CONSULT | REASON | {"advice": "Praat eerst alleen met kelly, daarna met Noa."}

    page = post(COORDINATOR, "to_consult", row.dossier, data=typed)

    assert (page.status_code, wrong(page)) == (422, ["advice"])
    assert "een naam “kelly”" in fault(page, "advice")
    assert "een naam “Noa”" in fault(page, "advice")
    assert value(page, "advice") == typed["advice"]
    row.refresh_from_db()
    assert (row.state, Consult.objects.count()) == ("nieuw", 0)


def test_what_is_incomplete_closes_nothing(row):
    page = post(COORDINATOR, "to_consult", row.dossier, data=CONSULT | REASON | {"theme": "", "reason": ""})

    assert (page.status_code, wrong(page)) == (422, ["reason", "theme"])
    row.dossier.refresh_from_db()
    assert (row.dossier.stage, Consult.objects.count()) == (Stage.REFERRED, 0)


def test_destroyed_nobody_reads_the_notes_of_its_row_and_the_consult_stays(row):
    post(COORDINATOR, "to_consult", row.dossier, data=CONSULT | REASON)

    destroy(row.dossier)

    row.refresh_from_db()
    assert bytes(row.wrapped) == b""
    assert not DossierKey.objects.filter(dossier=row.dossier).exists()
    with keyring(trusted=True), pytest.raises(Locked):
        print([step.reason for step in InflowStep.objects.filter(inflow=row)])
    noted = Consult.objects.get()
    page = cast.signed_in(COORDINATOR).get(reverse("consults:consult", args=[noted.pk]))
    assert CONSULT["advice"] in text(page)


def test_destroyed_an_offer_that_was_declined_reads_no_more_either(row):
    dossier, other = row.dossier, cast.actor("coordinator.antwerpen")
    antwerp = SafeHome.objects.get(name="Antwerpen")
    offered = moves.offer(dossier=dossier, to_home=antwerp, reason=SECRET, by=cast.actor(COORDINATOR))
    moves.decline(move=offered, by=other, reason="Het gezin woont hier niet.")
    post(COORDINATOR, "to_consult", dossier, data=CONSULT | REASON)

    destroy(dossier)

    rows = list(Inflow.objects.all())
    assert len(rows) == 2
    assert {bytes(one.wrapped) for one in rows} == {b""}
    with keyring(trusted=True), pytest.raises(Locked):
        print(Move.objects.get().reason)
