"""What becomes of drafts that nobody comes back to."""

from wida.drafts import actions
from wida.jobs import app, as_system


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="sweep_drafts")
def sweep_drafts(timestamp: int) -> None:
    """Once a night."""
    with as_system():
        actions.sweep()
