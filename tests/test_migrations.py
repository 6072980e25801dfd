"""The migrations: none missing, named in words, repeatable, and whole again after a kill at any moment."""

import contextlib
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.server import as_account
from wida.access.walls import roles

CHECKOUT = Path(__file__).resolve().parent.parent
MIGRATE = (sys.executable, "-m", "wida", "migrate")
WAIT = 120

# Everything a migration can leave: columns, constraints, indexes, triggers, functions, policies, and what was applied.
SCHEMA = """
select 'column', table_name || '.' || column_name,
       concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default, is_identity)
  from information_schema.columns where table_schema = 'public'
union all
select 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
  from pg_constraint where connamespace = 'public'::regnamespace
union all
select 'index', indexname, indexdef from pg_indexes where schemaname = 'public'
union all
select 'trigger', tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
union all
select 'function', proname, prosrc from pg_proc where pronamespace::regnamespace::text in ('public', 'wida')
union all
select 'policy', tablename || '.' || policyname, concat_ws(' ', cmd, roles::text, qual, with_check) from pg_policies
union all
select 'applied', app || '.' || name, count(*)::text from django_migrations group by app, name
order by 1, 2, 3
"""


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_are_named_in_words():
    ours = [name for app, name in MigrationLoader(None).disk_migrations if is_ours(app)]

    assert len(ours) >= 15
    assert [name for name in ours if not re.fullmatch(r"\d{4}_(?!auto_|alter_)[a-z][a-z_]{2,}", name)] == []


def is_ours(app: str) -> bool:
    return (CHECKOUT / "wida" / app / "migrations").is_dir()


@pytest.fixture
def scratch():
    """An empty database, with the accounts of an installation, beside that of the tests, dropped afterwards."""
    server = urlsplit(os.environ["DATABASE_URL"])
    name = f"scratch_{os.getpid()}"
    with psycopg.connect(server._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(f'create database "{name}"')
        empty = server._replace(path=f"/{name}")
        roles.bootstrap(empty.geturl())
        yield empty
        connection.execute(f'drop database "{name}" with (force)')


def migrate(database: SplitResult) -> subprocess.Popen:
    environment = os.environ | {
        "DATABASE_URL": database.geturl(),
        "DATABASE_OWNER_URL": as_account(database, roles.OWNER).geturl(),
        "PYTHONUNBUFFERED": "1",
    }
    return subprocess.Popen(
        MIGRATE, env=environment, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def finish(run: subprocess.Popen) -> str:
    said = run.communicate(timeout=WAIT)[0].decode()
    assert run.returncode == 0, said
    return said


def kill_in(run: subprocess.Popen, number: int, seconds: float) -> str:
    """Kills while the migration of this number runs, or just after; returns what it said."""
    said = b""
    while said.count(b"Applying ") < number and (more := run.stdout.read1()):
        said += more
    with contextlib.suppress(subprocess.TimeoutExpired):
        run.wait(timeout=seconds)
    run.kill()
    return (said + run.communicate()[0]).decode()


def schema(connection) -> list[tuple]:
    return connection.execute(SCHEMA).fetchall()


def schema_at(database: SplitResult) -> list[tuple]:
    with psycopg.connect(database.geturl()) as connection:
        return schema(connection)


@pytest.mark.django_db
def test_a_killed_migrate_is_made_whole_by_the_next_and_then_nothing_is_left_to_do(scratch):
    with connection.cursor() as cursor:
        undisturbed = schema(cursor)
    seed = int(os.environ.get("WIDA_TEST_SEED", random.SystemRandom().randrange(10**6)))
    chance = random.Random(seed)
    # Not among the last: a quick machine would be ready before the kill.
    last = len(MigrationLoader(None).disk_migrations) - 8
    number, seconds = chance.randrange(1, last), chance.uniform(0, 0.1)
    print(f"killed in migration {number}, after {seconds:.2f} s: repeat with WIDA_TEST_SEED={seed}")

    said = kill_in(migrate(scratch), number, seconds)
    broken = schema_at(scratch)
    finished = finish(migrate(scratch))

    assert "Applying" in said
    assert len(broken) < len(undisturbed)
    assert "Applying" in finished
    assert schema_at(scratch) == undisturbed
    assert "No migrations to apply." in finish(migrate(scratch))
    assert schema_at(scratch) == undisturbed
