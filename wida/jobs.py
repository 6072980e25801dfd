"""Background work: queued in the transaction that asks for it, and done by whichever worker is free.

A room keeps its jobs in `jobs.py`, where the worker finds them: `@app.task(retry=PATIENTLY)`, asked for by `enqueue`.
A worker that dies leaves its job to the next, so a job may run twice. It has its effect once because it locks its row,
looks whether it was done already, and writes the effect in one transaction. Arguments are identifiers only: what a job
must know, it reads when it runs, under the rights that hold then.
"""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.manager import JobManager
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.tasks import Task, configure_task
from psycopg import InterfaceError, OperationalError

from wida.access.walls.identity import act_as_house, walled
from wida.access.walls.roles import WORKER
from wida.records.sealing import hang, keyring

logger = logging.getLogger(__name__)

LONGEST_WAIT = timedelta(minutes=30)
LAST_ATTEMPT = 110
KEEP_FAILED = timedelta(days=30)
BEGIN_AGAIN = timedelta(seconds=1)
# As long as it takes to try two machines: `wida.connections`.
GONE_AFTER = timedelta(seconds=10)
GONE = (OperationalError, InterfaceError)

# Django's own connection, also inside a worker: a job is asked for, and undone, with the change that asks for it.
_queue = JobManager(DjangoConnector())


class Patience(BaseRetryStrategy):
    """For what lies outside, as a mail server: after 2, 4, 8 … seconds, then each half hour for two days."""

    def get_retry_decision(self, *, exception, job) -> RetryDecision | None:
        if job.attempts >= LAST_ATTEMPT:
            return None
        wait = min(2 ** min(job.attempts + 1, 20), LONGEST_WAIT.total_seconds())
        return RetryDecision(retry_in={"seconds": wait})


PATIENTLY = Patience()


def enqueue(job: Task, *, once: str | None = None, at: datetime | None = None, **arguments) -> None:
    """Asks for a job; it runs after this transaction is committed, or not at all.

    `once` names a job of which one may wait at a time: asking again while it waits adds nothing.
    """
    arguments = {name: str(value) if isinstance(value, UUID) else value for name, value in arguments.items()}
    waiting = configure_task(name=job.name, job_manager=_queue, queueing_lock=once, schedule_at=at)
    if once is None:
        waiting.defer(**arguments)
        return
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        waiting.defer(**arguments)


@contextlib.contextmanager
def as_system(dossier_id: UUID | str | None = None) -> Iterator[None]:
    """One transaction in which the house itself acts, in one dossier when it is named.

    The only way for a job to sealed text. A dossier whose key was destroyed stays shut: reading it raises `Locked`.
    """
    from wida.dossiers.models import DossierKey

    with keyring(), walled(WORKER):
        act_as_house(dossier_id)
        for key in DossierKey.objects.filter(dossier_id=dossier_id) if dossier_id else ():
            hang(key.dossier_id, key.wrapped)
        yield


# The worker -----------------------------------------------------------------------------------------------


def work() -> None:
    """Does jobs until SIGINT or SIGTERM, which lets the running ones end. What a dead worker left is taken over.

    A worker that loses the database, as when a standby takes over, ends. Another begins here as soon as one answers.
    """
    asyncio.run(_work())


async def _work() -> None:
    me, asked = asyncio.current_task(), asyncio.Event()

    def stop() -> None:
        if not asked.is_set():  # more than once when a terminal and a parent both say it
            asked.set()
            me.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    with contextlib.suppress(asyncio.CancelledError):
        while not asked.is_set():
            try:
                await _until_the_database_goes()
            except (ConnectorException, *GONE) as fault:
                if not isinstance(fault.__cause__ or fault, GONE):
                    raise
            if not asked.is_set():
                logger.warning("the worker lost the database and begins again")
                await asyncio.sleep(BEGIN_AGAIN.total_seconds())


async def _until_the_database_goes() -> None:
    """What it was doing then is given back to the queue by the next, which has another number."""
    connector = PsycopgConnector(kwargs=connector_params(), timeout=GONE_AFTER.total_seconds())
    with app.replace_connector(connector):
        async with app.open_async():
            await _take_over()
            await app.run_worker_async(install_signal_handlers=False)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take_over")
async def take_over(timestamp: int) -> None:
    """Gives the jobs of workers that gave no sign of life back to the queue."""
    await _take_over()


async def _take_over() -> None:
    silent = settings.WIDA_WORKER_SILENT_SECONDS
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent):
        logger.warning("job %s (%s) lost its worker and starts again", job.id, job.task_name)
        with contextlib.suppress(ConnectorException):  # another worker was first
            await app.job_manager.retry_job(job)


@app.periodic(cron="10 3 * * *")
@app.task(queueing_lock="forget")
async def forget(timestamp: int) -> None:
    """Removes what was given up so long ago that somebody looked at it. What succeeded is removed at once."""
    hours = KEEP_FAILED // timedelta(hours=1)
    await app.job_manager.delete_old_jobs(nb_hours=hours, include_failed=True, include_aborted=True)
