"""The queue: a job comes with its change or not at all, and outlives the worker that did it."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.jobs import run_all, waiting
from tests.slow_job import GATE, leave_a_trace
from wida import postgres
from wida.audit.models import Event
from wida.jobs import PATIENTLY, as_system, enqueue
from wida.records.sealing import Locked

WAIT = 120


def test_a_job_is_done_once_with_the_identifiers_it_was_given(db):
    row = uuid4()
    enqueue(leave_a_trace, row=row)

    assert waiting("leave_a_trace") == [{"row": str(row)}]
    assert [(ran.name, ran.fault) for ran in run_all()] == [("tests.leave_a_trace", None)]
    assert run_all() == []
    assert Event.objects.filter(row=row).count() == 1


def test_a_job_disappears_with_the_change_that_asked_for_it(db):
    with transaction.atomic():
        enqueue(leave_a_trace, row=uuid4())
        transaction.set_rollback(True)

    assert waiting() == []


def test_what_waits_already_is_not_asked_twice(db):
    for _ in range(2):
        enqueue(leave_a_trace, once="only", row=uuid4())
    assert len(waiting()) == 1

    run_all()
    enqueue(leave_a_trace, once="only", row=uuid4())

    assert len(waiting()) == 1


def test_what_is_for_later_waits(db):
    enqueue(leave_a_trace, at=timezone.now() + timedelta(minutes=5), row=uuid4())

    assert run_all() == []
    assert len(waiting()) == 1


def test_patience_doubles_to_half_an_hour_and_ends_after_two_days():
    waits = []
    while decision := PATIENTLY.get_retry_decision(exception=OSError(), job=attempt(len(waits))):
        waits.append(decision.retry_at - timezone.now())

    assert [round(wait.total_seconds()) for wait in waits[:5]] == [2, 4, 8, 16, 32]
    assert max(waits) < timedelta(minutes=30) + timedelta(seconds=1)
    assert timedelta(days=2) < sum(waits, timedelta()) < timedelta(days=2.5)


def attempt(number: int):
    from procrastinate.jobs import Job

    return Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="x", attempts=number)


def test_a_job_opens_only_the_dossier_it_names(house):
    from tests import cast
    from wida.dossiers.models import Dossier

    ours, other = cast.new_dossier(family_name="Aerdman"), cast.new_dossier(family_name="Bosteels")
    with as_system(str(ours.pk)):
        assert Dossier.objects.get(pk=ours.pk).family_name == "Aerdman"
        with pytest.raises(Locked):
            _ = Dossier.objects.get(pk=other.pk).family_name
    ours.key.delete()
    with as_system(ours.pk), pytest.raises(Locked):
        _ = Dossier.objects.get(pk=ours.pk).family_name


# A worker of its own --------------------------------------------------------------------------------------


@pytest.fixture
def start_worker():
    """Starts workers on the database of this test; whatever still runs is stopped afterwards."""
    started = []

    def start(**environment: str) -> subprocess.Popen:
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.slow_job"],
            env=os.environ | {"DATABASE_URL": address(), "WIDA_WORKER_SILENT_SECONDS": "1"} | environment,
            preexec_fn=postgres.die_with(os.getpid()),
        )
        started.append(worker)
        return worker

    yield start
    for worker in started:
        worker.kill()
        worker.wait()


def address() -> str:
    """The address of this test's database, for a program beside us."""
    server = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
    return f"{server}/{connection.settings_dict['NAME']}"


def until(condition, *, worker: subprocess.Popen):
    deadline = time.monotonic() + WAIT
    while not (found := condition()):
        assert worker.poll() is None, "the worker ended by itself"
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)
    return found


def ask(query: str, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_is_killed_halfway_is_done_once_by_another(start_worker):
    row = uuid4()
    ask("select pg_advisory_lock(%s) is null", GATE)
    enqueue(leave_a_trace, row=row)
    first = start_worker()
    stands = "select count(*) from pg_locks where locktype = 'advisory' and objid = %s and not granted"
    until(lambda: ask(stands, GATE), worker=first)

    first.kill()
    first.wait()
    silent = "select bool_and(last_heartbeat < now() - interval '1 second') from procrastinate_workers"
    while not ask(silent):
        time.sleep(0.05)
    second = start_worker()
    ask("select pg_advisory_unlock(%s)", GATE)
    left = "select count(*) from procrastinate_jobs where task_name = 'tests.leave_a_trace'"
    until(lambda: ask(left) == 0, worker=second)

    assert Event.objects.filter(row=row).count() == 1
    second.terminate()
    assert second.wait(WAIT) == 0
