"""What came in, from its receipt until it is decided: who may know of it, and what the database refuses."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone

from tests import cast
from wida.access.actions import block
from wida.accounts.models import Organisation, SafeHome
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.records.sealing import keyring
from wida.referrals import inflow, queue
from wida.referrals.codes import InflowOutcome, Route, WaitsFor
from wida.referrals.models import Inflow, InflowSeen, InflowStep

COORDINATOR, ADMINISTRATION = "coordinator.limburg", "administrative.limburg"
SECRET = "Hoort bij het gezin Wittesteen of bij dat van haar zus."


def report(**more) -> Inflow:
    """A report that no machine could place."""
    police = cast.member("liaison.police-limburg").organisation
    return inflow.receive(
        safe_home=SafeHome.objects.get(name="Limburg"),
        route=Route.POLICE_REPORT,
        sender=police,
        signature=police.name,
        due=timezone.localdate(),
        **{"waits_for": WaitsFor.PLACING, "reason": SECRET, **more},
    )


def referral(**more) -> Inflow:
    dossier = cast.at(cast.new_dossier(), Stage.REFERRED)
    return inflow.receive(
        safe_home=dossier.safe_home,
        route=Route.CORE_PARTNER,
        sender=dossier.organisation,
        signature=dossier.signature,
        due=timezone.localdate(),
        dossier=dossier,
        by=cast.actor("liaison.caw-limburg"),
        **more,
    )


def known(login: str) -> set:
    return set(queue.inflow_of(cast.actor(login)).values_list("pk", flat=True))


def test_only_the_house_where_it_came_in_knows_of_it(house):
    rows = {report().pk, referral().pk}

    assert known(COORDINATOR) == known(ADMINISTRATION) == rows
    for login in ("coordinator.antwerpen", "liaison.caw-limburg", "liaison.police-limburg", "central.team"):
        assert known(login) == set()
        with pytest.raises(Http404):
            queue.opened(cast.actor(login), next(iter(rows)))


def test_a_conflict_block_takes_the_row_away_and_a_returned_referral_stays(house):
    row = referral()
    inflow.wait(inflow=row, waits_for=WaitsFor.COMPLETION, by=cast.actor(COORDINATOR))
    cast.at(row.dossier, Stage.BUILDING)
    assert known(COORDINATOR) == {row.pk}

    block(dossier=row.dossier, by=cast.actor(ADMINISTRATION), why="Buur.", user=cast.member(COORDINATOR).user)

    assert (known(COORDINATOR), known(ADMINISTRATION)) == (set(), {row.pk})
    cast.at(row.dossier, Stage.REFERRED)
    assert (known(COORDINATOR), known(ADMINISTRATION)) == (set(), {row.pk})


def test_what_is_noted_while_handling_stands_sealed_under_its_own_key(house):
    row = report()
    inflow.take(inflow=row, by=cast.actor(COORDINATOR))
    inflow.put_back(inflow=row, by=cast.actor(COORDINATOR), reason=SECRET)

    with connection.cursor() as cursor:
        cursor.execute(
            "select reason from referrals_inflow union all select reason from referrals_inflowstep"
        )
        stored = [bytes(value) for (value,) in cursor.fetchall() if value is not None]
    assert len(stored) == 3
    assert not any(b"Wittesteen" in value for value in stored)
    with keyring():
        assert queue.opened(cast.actor(COORDINATOR), row.pk).reason == SECRET
        assert [step.reason for step in InflowStep.objects.order_by("at")] == [SECRET, "", SECRET]


def test_of_two_who_take_it_one_is_told(house):
    row = report()
    inflow.take(inflow=row, by=cast.actor(COORDINATOR))

    with pytest.raises(inflow.Gone):
        inflow.take(inflow=row, by=cast.actor(ADMINISTRATION))

    row.refresh_from_db()
    assert row.taken_by_id == cast.actor(COORDINATOR).user_id
    inflow.decide(inflow=row, outcome=InflowOutcome.SET_ASIDE, by=cast.actor(COORDINATOR), reason="Dubbel.")
    for act in (
        lambda: inflow.hand_over(inflow=row, to=cast.member(ADMINISTRATION), by=cast.actor(COORDINATOR)),
        lambda: inflow.wait(inflow=row, waits_for=WaitsFor.OTHER, by=cast.actor(COORDINATOR)),
    ):
        with pytest.raises(inflow.Gone):
            act()


def test_each_step_leaves_an_event_without_words(house):
    row = report()
    inflow.take(inflow=row, by=cast.actor(COORDINATOR))
    inflow.hand_over(inflow=row, to=cast.member(ADMINISTRATION), by=cast.actor(COORDINATOR), reason="Verlof.")
    inflow.resume(inflow=row, due=timezone.localdate(), by=None)

    events = Event.objects.filter(row=row.pk).order_by("at").values_list("action", "detail")
    assert list(events) == [
        ("received", "plaatsing"), ("taken", ""), ("handed_over", ""), ("resumed", ""),
    ]  # fmt: skip


def test_a_receipt_tells_nothing_and_is_never_given_twice(house):
    receipts = [report().receipt for _time in range(50)]

    assert len(set(receipts)) == 50
    assert all(len(receipt) == 16 and receipt.startswith("P-20") for receipt in receipts)
    assert referral().receipt.startswith("A-20")


@pytest.mark.parametrize(
    "change",
    [
        {"state": "wacht", "waits_for": ""},
        {"state": "nieuw", "waits_for": "plaatsing"},
        {"state": "beslist", "waits_for": ""},
        {"outcome": "zonder_gevolg"},
        {"taken_at": timezone.now()},
    ],
)
def test_the_database_refuses_half_a_state(house, change):
    row = report()

    with pytest.raises(IntegrityError), transaction.atomic():
        Inflow.objects.filter(pk=row.pk).update(**change)


def test_a_dossier_waits_in_the_queue_once(house):
    row = referral()

    with pytest.raises(IntegrityError), transaction.atomic():
        inflow.receive(
            safe_home=row.safe_home, route=row.route, sender=Organisation.objects.get(pk=row.sender_id),
            signature="x", due=row.due, dossier=row.dossier,
        )  # fmt: skip


def test_opening_it_twice_is_remembered_once(house):
    row = report()
    for _time in range(2):
        inflow.mark_seen(inflow=row, by=cast.actor(COORDINATOR))

    assert InflowSeen.objects.count() == 1
