"""A disk without room: PostgreSQL can't make its files longer. Answers must be plain and in time, and all goes on when
there is room again.

The room is taken away by the limit that the system sets on the length of a file (RLIMIT_FSIZE), which needs no rights
and gives PostgreSQL the error of a full disk at the same place: where a table or the log grows.
"""

import contextlib
import subprocess
import time
from pathlib import Path

import psycopg

from bench.servers import House, wait_for
from wida.place import as_account

# Files of the log are made whole before they are used, so a table meets the limit first.
LOG_FILE = 16 * 1024 * 1024
BALLAST = """
insert into records_submission (key, "user", path, location, sent_at)
select gen_random_uuid(), gen_random_uuid(), '/' || repeat('x', %s), '', now() from generate_series(1, %s)
"""
# Long rows in bulk until there is no room, then one by one what fits in the rest of each page.
SIZES = ((290, 1000), (290, 1), (3, 1))


def filled(house: House, times: int, seconds: float = 5) -> dict:
    """Fills the tables that every form writes up to the limit, and lets people go on writing against it."""
    before = 0
    for _ in range(times):
        _limit(house, LOG_FILE)
        with psycopg.connect(house.database.url(), autocommit=True) as session:
            for length, rows in SIZES:
                _insert_until_full(session, length, rows)
                session.execute("vacuum records_submission")  # so that the next finds room that the last left
        before = house.database.ask("select count(*) from audit_event")[0][0]
        time.sleep(seconds)
        _limit(house, "unlimited")
        for app in house.apps:
            wait_for(app.healthy)
        house.database.ask("delete from records_submission where starts_with(path, '/xxx')")
        house.database.ask("vacuum full records_submission")
    return {"disk full": times, "events before": before}


def _insert_until_full(session: psycopg.Connection, length: int, rows: int) -> None:
    with contextlib.suppress(psycopg.Error):
        while True:
            session.execute(BALLAST, (length, rows))


def _limit(house: House, most: int | str) -> None:
    """As the account that PostgreSQL runs under: even root may need more rights for the processes of another."""
    account = as_account(house.database.running.place.user)
    for process in house.database.processes():
        command = ["prlimit", f"--pid={process}", f"--fsize={most}:"]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **account)
        if done.returncode and Path(f"/proc/{process}").exists():
            raise SystemExit(done.stderr)
