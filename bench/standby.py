"""Two PostgreSQL clusters on this machine: one writes, the other has each commit before it is acknowledged. The first is
killed, the second takes over, and a new standby is made of it.

As an operator or Patroni does it. The application knows both addresses and finds the one that takes writes by itself.
"""

import contextlib
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from bench.servers import Database, House, environment_of, fresh_tables, printed, wait_for
from wida.access.walls import roles
from wida.keeping.programs import find
from wida.place import as_account

# No commit is acknowledged before the standby has it on its disk.
OPTIONS = ("synchronous_commit=on", "wal_keep_size=256MB", "max_wal_senders=4", "hot_standby=on")
REPLICATION = "local replication all peer map=wida\n"
IN_STEP = "select count(*) from pg_stat_replication where sync_state = 'sync'"
WAIT_FOR_STANDBY = "alter system set synchronous_standby_names = '*'"
DONT_WAIT = "alter system set synchronous_standby_names = ''"
RELOAD = "select pg_reload_conf()"


@contextlib.contextmanager
def pair(home: Path) -> Iterator[House]:
    home.mkdir(parents=True, exist_ok=True)
    first, second = Database(home / "one", OPTIONS), Database(home / "two", OPTIONS)
    first.start()
    for statement in (DONT_WAIT, RELOAD):
        first.ask(statement)
    house = House(home, first, environment_of(home, first))
    house.standby = second
    try:
        fresh_tables(house)
        follow(first, second)
        for account, name in ((roles.APP, "DATABASE_URL"), (roles.WORKER, "DATABASE_WORKER_URL"),
                              (roles.OWNER, "DATABASE_OWNER_URL")):  # fmt: skip
            house.environment[name] = both(first, second, account)
        house.start(apps=2, workers=1)
        yield house
    finally:
        house.stop()
        house.standby.stop()


def both(first: Database, second: Database, account: str) -> str:
    """The address of whichever of the two takes writes."""
    one, two = (url.partition("@")[2].partition("/")[0] for url in (first.url(), second.url()))
    return f"postgres://{account}@{one},{two}/wida?target_session_attrs=read-write"


def follow(primary: Database, standby: Database) -> None:
    """A standby from a fresh copy of the primary, in step with it when this returns."""
    place = primary.running.place
    rules = place.data / "pg_hba.conf"
    if REPLICATION not in rules.read_text():
        rules.write_text(REPLICATION + rules.read_text())
        primary.ask(RELOAD)
    base = standby.data_of()
    shutil.rmtree(base, ignore_errors=True)
    copied = subprocess.run(
        [find("pg_basebackup") if place.user is None else str(place.programs / "bin/pg_basebackup"), "-D", str(base),
         "-h", str(place.socket), "-U", "postgres", "--write-recovery-conf", "--checkpoint=fast", "--no-password"],
        capture_output=True, text=True, cwd="/", check=False, **as_account(place.user),
    )  # fmt: skip
    if copied.returncode:
        raise SystemExit(copied.stderr)
    standby.start_standby()
    for statement in (WAIT_FOR_STANDBY, RELOAD):
        primary.ask(statement)
    wait_for(lambda: primary.ask(IN_STEP) == [(1,)])


def promotions(house: House, times: int, dice: random.Random) -> dict:
    took = []
    for _ in range(times):
        if took:
            follow(house.database, house.standby)
        time.sleep(dice.uniform(0.5, 2.5))
        before, after = house.database, house.standby
        before.kill()
        begin = time.monotonic()
        after.ask("select pg_promote()")
        # Alone for a while: it waits for nobody until there is a standby again.
        for statement in (DONT_WAIT, RELOAD):
            after.ask(statement)
        house.database, house.standby = after, before
        for app in house.apps:
            wait_for(app.healthy)
        took.append(time.monotonic() - begin)
    return {
        "killed": "primary",
        "kills": times,
        "promotions": times,
        "slowest takeover, s": round(max(took), 1),
    }


FIGURES = """
from wida.database import figures
with figures() as connection, connection.cursor() as cursor:
    cursor.execute("select pg_is_in_recovery()")
    print("standby" if cursor.fetchone()[0] else "primary")
"""


def reads_figures(house: House) -> str:
    """Which of the two answers who asks for policy figures, when `DATABASE_REPLICA_URL` names the standby."""
    replica = house.environment | {"DATABASE_REPLICA_URL": house.standby.url(roles.APP)}
    return printed("wida", "manage", "shell", "--no-imports", "-c", FIGURES, environment=replica)
