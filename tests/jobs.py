"""The worker of a test: does what is queued, in the test's own connection."""

import json
from typing import NamedTuple

from procrastinate import sql
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from wida.jobs import app


class Ran(NamedTuple):
    name: str
    fault: Exception | None


def run_all() -> list[Ran]:
    """Runs every job that is due, also those that the jobs ask for. One that fails waits for its next attempt."""
    ran = []
    while job := _next():
        ran.append(_run(job))
    return ran


def waiting(name: str = "") -> list[dict]:
    """The arguments of the jobs in the queue, due or not."""
    return [
        job.args
        for job in ProcrastinateJob.objects.filter(status="todo", task_name__endswith=name).order_by("id")
    ]


def _next() -> Job | None:
    row = app.connector.execute_query_one(query=sql.queries["fetch_job"], queues=None, worker_id=None)
    if row["id"] is None:
        return None
    return Job.from_row(row | {"args": json.loads(row["args"])})  # Django leaves JSON to its fields


def _run(job: Job) -> Ran:
    task = app.tasks[job.task_name]
    try:
        task(**job.task_kwargs)
    except Exception as fault:
        again = task.get_retry_exception(exception=fault, job=job)
        if again:
            app.job_manager.retry_job_by_id(job.id, retry_at=again.retry_decision.retry_at)
        else:
            _finish(job, "failed")
        return Ran(job.task_name, fault)
    _finish(job, "succeeded")
    return Ran(job.task_name, None)


def _finish(job: Job, status: str) -> None:
    app.connector.execute_query(
        query=sql.queries["finish_job"], job_id=job.id, status=status, delete_job=status == "succeeded"
    )
