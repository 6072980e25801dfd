"""Writing the ledger each minute."""

from wida.jobs import app
from wida.keeping import ledger


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="write_the_ledger")
def write_the_ledger(timestamp: int) -> None:
    """A database that is older than its ledger makes the job fail, which the log of the worker tells."""
    ledger.write()
