"""Everything goes in with COPY, in one transaction: all of it or nothing.

Indexes that no foreign key needs are dropped and built again at the end, which is faster than keeping them up row by
row. Triggers sleep meanwhile, foreign keys with them: each of those is looked at once, with one query over all rows.
Nearly empty tables are written anew first: a server that was started with `postgres.FILLING` keeps no log of what goes
into a file that was made in the same transaction.
"""

import contextlib
import gc
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from bisect import bisect
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from itertools import accumulate, groupby
from operator import itemgetter
from typing import BinaryIO, NamedTuple
from uuid import UUID

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from wida.accounts.models import SafeHome
from wida.demo.organisations import DEMO_HOUSES
from wida.dossiers.models import Dossier
from wida.risk.models import Legend
from wida.seed.chapters import MIX
from wida.seed.copies import TOKENS, Plan, copies
from wida.seed.moulds import Mould, mould
from wida.seed.stories import Story, tell_all

# A COPY costs as much as some fifty rows before its first one, and leaves pages empty after its last: so many dossiers
# go together, of a small part at most.
CHUNK, PARTS = 2500, 8
AHEAD = 3  # chunks that wait to be written: more would only fill the memory
SMALL = 2**20  # bytes of a table that may be written anew

_moulds: list[Mould] = []
# Where helpers lay rows for COPY: to carry so many through a pipe would cost as much as to seal them.
_desks: list[BinaryIO] = []


class Seeded(NamedTuple):
    dossiers: int
    rows: int
    told: float  # seconds before the first row


def seed(
    count: int,
    *,
    random_seed: int,
    server: psycopg.Connection,
    houses: tuple[str, ...] = DEMO_HOUSES,
    processes: int | None = None,
) -> Seeded:
    """Adds `count` fictional dossiers, the same each time for the same seed, on the same day, in an equal database.

    `server` is a session of an account that may put triggers to sleep; the caller commits. Runs as the owner of the
    tables, once the accounts of the demo are there.
    """
    if settings.PRODUCTION:
        raise ImproperlyConfigured("fictional families don't belong in production")
    before = Dossier.objects.count()
    began = time.monotonic()
    processes = processes or os.cpu_count()
    stories = tell_all(random_seed, houses, processes)
    shared = _shared()
    _moulds[:] = [mould(story, shared) for story in stories]
    plans = _plans(stories, count, random.Random(f"{random_seed} {before}"))
    told = time.monotonic() - began
    rows = _load(plans, f"{random_seed} {before}", stories, server, processes)
    return Seeded(count, rows, told)


def _shared() -> frozenset[bytes]:
    models = [*apps.get_app_config("accounts").get_models(), Legend]
    return frozenset(
        pk.bytes
        for model in models
        for pk in model.objects.values_list("pk", flat=True)
        if isinstance(pk, UUID)
    )


def _plans(stories: list[Story], count: int, chance: random.Random) -> list[Plan]:
    """Every ending as often as its share says, as near as whole numbers can, so that each is in any archive."""
    homes = {home.name: [home.prefix, home.next_number] for home in SafeHome.objects.all()}
    ordered = sorted(range(len(stories)), key=lambda at: MIX.index(stories[at].ending))
    same = Counter(story.ending for story in stories)
    until = list(accumulate(stories[at].ending.share / same[stories[at].ending] for at in ordered))
    chosen = [ordered[bisect(until, (at + 0.5) * until[-1] / count)] for at in range(count)]
    chance.shuffle(chosen)
    plans = []
    for choice in chosen:
        story = stories[choice]
        prefix, number = homes[story.house]
        homes[story.house][1] += 1
        plans.append(Plan(choice, f"{prefix}{number}", chance.randrange(story.ending.days) - story.ago))
    return plans


class Chunk(NamedTuple):
    plans: list[Plan]
    start: int
    seed: str
    desk: int


def _chunks(plans: list[Plan], seed: str) -> Iterator[Chunk]:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    start = int(midnight.timestamp() * 1000)
    size = max(min(CHUNK, len(plans) // PARTS), 1)
    for turn, at in enumerate(range(0, len(plans), size)):
        yield Chunk(plans[at : at + size], start + at, f"{seed} {at}", turn % len(_desks))


class Made(NamedTuple):
    dossiers: int
    desk: int
    tables: dict[str, int]  # how many bytes lie there for each, one after the other


def _make(chunk: Chunk) -> Made:
    tables = copies(_moulds, chunk.plans, chunk.start, random.Random(chunk.seed))
    file = _desks[chunk.desk].fileno()
    os.lseek(file, 0, os.SEEK_SET)  # wherever another helper left it
    with open(file, "wb", closefd=False) as desk:
        desk.writelines(tables.values())
    return Made(len(chunk.plans), chunk.desk, {name: len(rows) for name, rows in tables.items()})


def _load(
    plans: list[Plan], seed: str, stories: list[Story], server: psycopg.Connection, processes: int
) -> int:
    columns = {name: table.columns for story in stories for name, table in story.tables.items()}
    columns[TOKENS] = ["token", "person_id", "dossier_id"]
    server.execute("set constraints all immediate")
    tables = list(columns)
    server.execute("set local session_replication_role = replica")
    server.execute("set local maintenance_work_mem = '256MB'")
    server.execute("set local work_mem = '64MB'")
    # The other core helps to build and to check.
    server.execute("set local min_parallel_table_scan_size = '2MB'")
    server.execute("set local parallel_setup_cost = 0")
    _write_anew(server, tables)
    again = _take_down(server, tables)
    rows = _copied(server, plans, seed, columns, processes)
    for statement in again:
        server.execute(statement)
    _check(server, tables)
    for home, made in Counter(stories[plan.story].house for plan in plans).items():
        server.execute(
            "update accounts_safehome set next_number = next_number + %s where name = %s", [made, home]
        )
    server.execute("set local session_replication_role = origin")
    return rows


def _copied(
    server: psycopg.Connection, plans: list[Plan], seed: str, columns: dict[str, list[str]], processes: int
) -> int:
    rows, progress = 0, Progress(len(plans))
    with contextlib.ExitStack() as files:
        _desks[:] = [files.enter_context(tempfile.TemporaryFile()) for _desk in range(AHEAD + 1)]
        with multiprocessing.get_context("fork").Pool(processes, _by_default) as pool:
            for made in _ahead(pool, _chunks(plans, seed)):
                at = 0
                for table, length in made.tables.items():
                    content = os.pread(_desks[made.desk].fileno(), length, at)
                    rows += _copy(server, table, columns[table], content)
                    at += length
                progress.add(made.dossiers)
    progress.end("building indexes and checking")
    return rows


def _by_default() -> None:
    """A helper ends when it is told to, whatever its command does then. It leaves nothing to collect."""
    gc.disable()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _copy(server: psycopg.Connection, table: str, columns: list[str], rows: bytes) -> int:
    named = ", ".join(f'"{column}"' for column in columns)
    with server.cursor() as cursor:
        with cursor.copy(f"copy {table} ({named}) from stdin (format binary)") as copy:
            copy.write(rows)
        return cursor.rowcount


def _ahead(pool, chunks: Iterable[Chunk]) -> Iterator[Made]:
    waiting = deque()
    for chunk in chunks:
        waiting.append(pool.apply_async(_make, [chunk]))
        if len(waiting) > AHEAD:
            yield waiting.popleft().get()
    while waiting:
        yield waiting.popleft().get()


def _write_anew(server: psycopg.Connection, tables: list[str]) -> None:
    for table, index in server.execute(SMALL_TABLES, {"tables": tables, "small": SMALL}).fetchall():
        server.execute(f"cluster {table} using {index}")
        server.execute(f"alter table {table} set without cluster")


SMALL_TABLES = """
    select indrelid::regclass::text, indexrelid::regclass::text from pg_index
    where indisprimary and indrelid = any(%(tables)s::regclass[]) and pg_relation_size(indrelid) < %(small)s
    order by 1
"""
# Whether a constraint of its own stands on it, and its name and definition.
INDEXES = """
    select indexrelid::regclass::text, pg_get_indexdef(indexrelid),
        indrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(own.oid)
    from pg_index
    left join pg_constraint own on own.conindid = indexrelid and own.contype in ('p', 'u', 'x')
    where indrelid = any(%(tables)s::regclass[])
    and not exists (select from pg_constraint used where used.conindid = indexrelid and used.contype = 'f')
    order by 1
"""
FOREIGN = """
    select conrelid::regclass::text, conname, confrelid::regclass::text, mine, theirs
    from pg_constraint, lateral (
        select array_agg(quote_ident(one.attname)) mine, array_agg(quote_ident(other.attname)) theirs
        from unnest(conkey, confkey) pair (one, other)
        join pg_attribute one on one.attrelid = conrelid and one.attnum = pair.one
        join pg_attribute other on other.attrelid = confrelid and other.attnum = pair.other
    ) columns
    where contype = 'f' and conrelid = any(%(tables)s::regclass[]) order by 1, 2
"""


def _take_down(server: psycopg.Connection, tables: list[str]) -> list[str]:
    """Drops the indexes that nothing leans on; returns what builds them again."""
    again = []
    for index, definition, table, constraint, rule in server.execute(INDEXES, {"tables": tables}).fetchall():
        if constraint:
            server.execute(f"alter table {table} drop constraint {constraint}")
            again.append(f"alter table {table} add constraint {constraint} {rule}")
        else:
            server.execute(f"drop index {index}")
            again.append(definition)
    return again


def _check(server: psycopg.Connection, tables: list[str]) -> None:
    """Raises `Dangling` when a row names another that isn't there. Reads each table once, for all its foreign keys."""
    found = server.execute(FOREIGN, {"tables": tables}).fetchall()
    for table, rows in groupby(found, itemgetter(0)):
        keys = list(rows)
        joined, broken = [], []
        for at, (_table, _name, target, mine, theirs) in enumerate(keys):
            pairs = [f"t{at}.{its} = a.{column}" for column, its in zip(mine, theirs, strict=True)]
            filled = [f"a.{column} is not null" for column in mine]
            joined.append(f"left join {target} t{at} on {' and '.join(pairs)}")
            broken.append(f"bool_or({' and '.join(filled)} and t{at}.{theirs[0]} is null)")
        answers = server.execute(f"select {', '.join(broken)} from {table} a {' '.join(joined)}").fetchone()
        if True in answers:
            _table, name, target, *_columns = keys[answers.index(True)]
            raise Dangling(f"{name}: a row of {table} names one of {target} that isn't there")


class Dangling(Exception):
    """What was written would break a foreign key: nothing of it stays."""


class Progress:
    """One line on the terminal, renewed ten times a second at most."""

    def __init__(self, wanted: int):
        self.wanted, self.done, self.began, self.shown = wanted, 0, time.monotonic(), 0.0

    def add(self, dossiers: int) -> None:
        self.done += dossiers
        now = time.monotonic()
        if now - self.shown > 0.1 or self.done == self.wanted:
            self.shown = now
            rate = self.done / max(now - self.began, 0.001)
            filled = 30 * self.done // self.wanted
            bar = "#" * filled + "." * (30 - filled)
            print(
                f"\r[{bar}] {self.done} of {self.wanted} dossiers, {rate:.0f} a second",
                end="",
                file=sys.stderr,
                flush=True,
            )

    def end(self, line: str) -> None:
        print(f"\n{line}", file=sys.stderr, flush=True)
