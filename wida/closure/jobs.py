"""What the passing of days asks about closed dossiers."""

from wida.closure import destruction
from wida.jobs import app, as_system


@app.periodic(cron="50 4 * * *")
@app.task(queueing_lock="propose_destructions")
def propose_destructions(timestamp: int) -> None:
    """Each night: a task for who coordinates, for each dossier that was kept long enough. Two people destroy it."""
    with as_system():
        destruction.ask_about_due()
