"""A worker with one job more: it says that it began, waits while it is told to, and has its effect once.

Started by `tests.test_jobs` as a program of its own, so that it can be killed.
"""

from uuid import UUID

import django
from django.db import connection, transaction

django.setup()

from wida import jobs  # noqa: E402 - after the setup
from wida.audit.actions import record  # noqa: E402
from wida.audit.models import Event  # noqa: E402

GATE = 4711


@jobs.app.task(name="tests.leave_a_trace")
def leave_a_trace(row: str) -> None:
    with transaction.atomic():
        if Event.objects.filter(row=UUID(row)).exists():
            return
        record("read", row=UUID(row), detail="job")
        with connection.cursor() as cursor:
            # As long as the test holds the gate, this worker stands in the middle of its job.
            cursor.execute("select pg_advisory_xact_lock(%s)", [GATE])


if __name__ == "__main__":
    jobs.work()
