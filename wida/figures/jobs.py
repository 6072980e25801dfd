"""Counting each hour."""

from wida.figures.actions import count_again
from wida.jobs import app, as_system


@app.periodic(cron="20 * * * *")
@app.task(queueing_lock="count_figures")
def count_figures(timestamp: int) -> None:
    with as_system():
        count_again()
