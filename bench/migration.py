"""`wida migrate` killed at random moments and started again: what stands at the end is what one whole run makes."""

import random
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from bench.servers import CHECKOUT, Database, environment_of
from wida.access.walls import roles

STATE = """
import json
from wida.keeping import state
from django.db import transaction
with transaction.atomic():
    found = state.read()
found["tables"] = {name: rows[0] for name, rows in found["tables"].items() if name != "django_migrations"}
print(json.dumps({name: found[name] for name in ("tables", "policies", "objects", "grants")}, sort_keys=True))
"""


def killed(home: Path, times: int, dice: random.Random) -> dict:
    database = Database(home)
    home.mkdir(parents=True, exist_ok=True)
    database.start()
    try:
        _empty(database)
        whole = _migrated(home, database, 0, dice)[0]
        wanted = _state(home, database)
        _empty(database)
        kills = _migrated(home, database, times, dice, whole)[1]
        same = _state(home, database) == wanted
    finally:
        database.stop()
    faults = [] if same else ["the tables differ from those of one whole run"]
    faults += [] if kills == times else [f"only {kills} of {times} kills came before the end"]
    return {
        "killed": "migration",
        "kills": kills,
        "acknowledged": 0,
        "lost": 0,
        "duplicated": 0,
        "faults": faults,
    }


def _migrated(home, database, times: int, dice: random.Random, whole: float = 0.0) -> tuple[float, int]:
    """Seconds of the last run, and how many runs were killed before they came to their end."""
    kills = 0
    while True:
        begin = time.monotonic()
        program = subprocess.Popen(
            [sys.executable, "-m", "wida", "migrate"], env=environment_of(home, database), cwd=CHECKOUT,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        try:
            # What was done stays done, so there is less and less to interrupt.
            limit = dice.uniform(0.1, 2 * whole / (times + 1)) + 1 if kills < times else None
            program.wait(timeout=limit)
        except subprocess.TimeoutExpired:
            program.kill()
            program.communicate()
            kills += 1
            continue
        if program.returncode:
            raise SystemExit(program.stderr.read().decode())
        return time.monotonic() - begin, kills


def _empty(database: Database) -> None:
    with psycopg.connect(database.url().rpartition("/")[0] + "/postgres", autocommit=True) as session:
        session.execute("drop database if exists wida with (force)")
        session.execute("create database wida")
    roles.bootstrap(database.url())


def _state(home: Path, database: Database) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "wida", "manage", "shell", "--no-imports", "-c", STATE],
        env=environment_of(home, database), cwd=CHECKOUT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip().splitlines()[-1]
