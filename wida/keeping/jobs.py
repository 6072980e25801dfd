"""Writing the ledger each minute, and since when each key is in use."""

from wida.jobs import app, as_system
from wida.keeping import ages, ledger


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="write_the_ledger")
def write_the_ledger(timestamp: int) -> None:
    """A database that is older than its ledger makes the job fail, which the log of the worker tells."""
    ledger.write()


@app.periodic(cron="30 * * * *")
@app.task(queueing_lock="note_keys")
def note_keys(timestamp: int) -> None:
    with as_system():
        ages.note()
