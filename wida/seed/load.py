"""Everything goes in with COPY, in one transaction: all of it or nothing.

Constraints and indexes are dropped and built again at the end, which is faster than keeping them up row by row, and
has PostgreSQL itself check every foreign key and every unique value. Triggers sleep meanwhile: they guard what changes.
"""

import multiprocessing
import os
import random
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple
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
from wida.seed.copies import TOKENS, Made, Plan, copies
from wida.seed.moulds import Mould, mould
from wida.seed.stories import Story, tell_all

CHUNK = 50
AHEAD = 3  # chunks that wait to be written: more would only fill the memory

_moulds: list[Mould] = []


class Seeded(NamedTuple):
    dossiers: int
    rows: int
    told: float  # seconds
    loaded: float


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
    stories = tell_all(random.Random(random_seed), houses)
    shared = _shared()
    _moulds[:] = [mould(story, shared) for story in stories]
    plans = _plans(stories, count, random.Random(f"{random_seed} {before}"))
    told = time.monotonic() - began
    began = time.monotonic()
    rows = _load(plans, f"{random_seed} {before}", stories, server, processes or os.cpu_count())
    return Seeded(count, rows, told, time.monotonic() - began)


def _shared() -> frozenset[bytes]:
    models = [*apps.get_app_config("accounts").get_models(), Legend]
    return frozenset(
        pk.bytes
        for model in models
        for pk in model.objects.values_list("pk", flat=True)
        if isinstance(pk, UUID)
    )


def _plans(stories: list[Story], count: int, chance: random.Random) -> list[Plan]:
    homes = {home.name: [home.prefix, home.next_number] for home in SafeHome.objects.all()}
    weights = [story.ending.share for story in stories]
    plans = []
    for choice in chance.choices(range(len(stories)), weights, k=count):
        story = stories[choice]
        prefix, number = homes[story.house]
        homes[story.house][1] += 1
        plans.append(Plan(choice, f"{prefix}{number}", chance.randrange(story.ending.days)))
    return plans


class Chunk(NamedTuple):
    plans: list[Plan]
    start: int
    seed: str


def _chunks(plans: list[Plan], seed: str) -> Iterator[Chunk]:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    start = int(midnight.timestamp() * 1000)
    for at in range(0, len(plans), CHUNK):
        yield Chunk(plans[at : at + CHUNK], start + at, f"{seed} {at}")


def _make(chunk: Chunk) -> Made:
    return copies(_moulds, chunk.plans, chunk.start, random.Random(chunk.seed))


def _load(
    plans: list[Plan], seed: str, stories: list[Story], server: psycopg.Connection, processes: int
) -> int:
    columns = {name: table.columns for story in stories for name, table in story.tables.items()}
    columns[TOKENS] = ["token", "person_id", "dossier_id"]
    rows = 0
    progress = Progress(len(plans))
    server.execute("set constraints all immediate")
    server.execute("set local session_replication_role = replica")
    server.execute("set local maintenance_work_mem = '256MB'")
    server.execute("set local min_parallel_table_scan_size = '2MB'")  # the other core helps with indexes
    again = _take_down(server, list(columns))
    with multiprocessing.get_context("fork").Pool(processes, _by_default) as pool:
        for made in _ahead(pool, _chunks(plans, seed)):
            for table, content in made.tables.items():
                rows += _copy(server, table, columns[table], content)
            progress.add(made.dossiers)
    progress.end("building indexes and checking")
    for statement in again:
        server.execute(statement)
    for home, made in Counter(stories[plan.story].house for plan in plans).items():
        server.execute(
            "update accounts_safehome set next_number = next_number + %s where name = %s", [made, home]
        )
    server.execute("set local session_replication_role = origin")
    return rows


def _by_default() -> None:
    """A helper ends when it is told to, whatever the command that started it does then."""
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


TAKEN_DOWN = """
    select conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype = 'f'
    from pg_constraint
    where contype in ('f', 'p', 'u', 'x')
    and (conrelid = any(%(tables)s::regclass[]) or confrelid = any(%(tables)s::regclass[]))
    order by contype = 'f' desc, conname
"""
INDEXES = """
    select indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    from pg_index where indrelid = any(%(tables)s::regclass[])
    and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
"""


def _take_down(server: psycopg.Connection, tables: list[str]) -> list[str]:
    """Drops what is checked row by row; returns what builds it again, foreign keys last."""
    constraints = server.execute(TAKEN_DOWN, {"tables": tables}).fetchall()
    indexes = server.execute(INDEXES, {"tables": tables}).fetchall()
    for table, name, _definition, _foreign in constraints:
        server.execute(f'alter table {table} drop constraint "{name}"')
    for name, _definition in indexes:
        server.execute(f"drop index {name}")
    added = [
        (foreign, f'alter table {table} add constraint "{name}" {definition}')
        for table, name, definition, foreign in constraints
    ]
    own = [statement for foreign, statement in added if not foreign]
    return [*own, *(definition for _name, definition in indexes), *(s for foreign, s in added if foreign)]


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
