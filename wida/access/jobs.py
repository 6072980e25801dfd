"""Mandates of whoever left, ended each night."""

from wida.access.actions import end_lapsed
from wida.jobs import app, as_system


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="end_lapsed_mandates")
def end_lapsed_mandates(timestamp: int) -> None:
    """So that a mandate does not come back with a new contract: at requests it stopped to count already."""
    with as_system():
        end_lapsed()
