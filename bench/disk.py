"""A disk without room: PostgreSQL can't make its files longer. Answers must be plain and in time, and all goes on when
there is room again.

The room is taken away by the limit that the system sets on the length of a file (RLIMIT_FSIZE), which needs no rights
and gives PostgreSQL the error of a full disk at the same place: where a table or the log grows.
"""

import contextlib
import resource
import time

import psycopg

from bench.servers import House, wait_for

# Files of the log are made whole before they are used, so a table meets the limit first.
LOG_FILE = 16 * 1024 * 1024
BALLAST = """
insert into records_submission (key, "user", path, location, sent_at)
select gen_random_uuid(), gen_random_uuid(), '/' || repeat('x', 290), '', now() from generate_series(1, 1000)
"""
SIZE = "select pg_relation_size('records_submission')"


def filled(house: House, times: int, seconds: float = 5) -> dict:
    """Fills the tables that every form writes up to the limit, and lets people go on writing against it."""
    before = 0
    for _ in range(times):
        _limit(house, LOG_FILE)
        with (
            contextlib.suppress(psycopg.Error),
            psycopg.connect(house.database.url(), autocommit=True) as session,
        ):
            _raise_until_full(session)
        before = house.database.ask("select count(*) from audit_event")[0][0]
        time.sleep(seconds)
        _limit(house, resource.RLIM_INFINITY)
        for app in house.apps:
            wait_for(app.healthy)
        house.database.ask("delete from records_submission where path like '/xxx%'")
        house.database.ask("vacuum full records_submission")
    return {"disk full": times, "events before": before}


def _raise_until_full(session: psycopg.Connection) -> None:
    while session.execute(SIZE).fetchone()[0] <= LOG_FILE:
        session.execute(BALLAST)


def _limit(house: House, most: int) -> None:
    for process in house.database.processes():
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(process, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
