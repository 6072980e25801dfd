"""What the worker does by itself: each minute, and each night."""

import psycopg
import pytest

from tests.audit import trail
from wida.audit import jobs
from wida.audit.actions import record
from wida.audit.models import Batch, Check
from wida.jobs import app

pytestmark = pytest.mark.usefixtures("committed")


def test_the_trail_is_sealed_each_minute_and_verified_each_night():
    wanted = {"wida.audit.jobs.seal_the_trail": "* * * * *", "wida.audit.jobs.verify_the_trail": "30 3 * * *"}
    periodic = {name: task.cron for (name, _id), task in app.periodic_registry.periodic_tasks.items()}

    assert {name: periodic[name] for name in wanted} == wanted


def test_a_minute_and_two_nights():
    record("read")
    jobs.seal_the_trail(0)
    assert [len(batch.events) for batch in Batch.objects.all()] == [1]

    events = trail.make()
    jobs.verify_the_trail(0)
    good = Check.objects.get()
    assert (good.fault, good.complete_until) == ("", Batch.objects.latest("number").complete_until)

    with psycopg.connect(trail.address(), autocommit=True) as thief:
        thief.execute("alter table audit_event disable trigger user")
        thief.execute("update audit_event set role = 'auditor' where id = %s", [events[5]])
        thief.execute("alter table audit_event enable trigger user")
    jobs.verify_the_trail(0)
    assert Check.objects.latest("id").fault == f"event {events[5]} (batch 3): it was changed"
