"""Sealing each minute, and verifying the whole trail each night."""

from wida.audit.seal import seal
from wida.audit.verified import check
from wida.jobs import app


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="seal_the_trail")
def seal_the_trail(timestamp: int) -> None:
    """Seals what is new. What can't be sealed makes the job fail, which the log of the worker tells."""
    seal()


@app.periodic(cron="30 3 * * *")
@app.task(queueing_lock="verify_the_trail")
def verify_the_trail(timestamp: int) -> None:
    """What is broken stands on top of "Who looked?" in every dossier the next morning."""
    check()
