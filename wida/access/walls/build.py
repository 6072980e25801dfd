"""Puts the walls up: policies and grants as declared, in one transaction, at the end of `wida migrate`."""

import hashlib
from collections.abc import Iterator
from functools import cache

from django.conf import settings
from django.db import connection, transaction

from wida.access.walls.functions import FUNCTIONS, TOUCHES
from wida.access.walls.kinds import ROLE, SYSTEM, Wall
from wida.access.walls.roles import APP, AUDITOR, BACKUP, GUARD, OWNER, WORKER
from wida.access.walls.tables import SEQUENCES, WALLS
from wida.place import Unavailable

ACTORS = f"{APP}, {WORKER}"
# Rows that a migration changes, it must see first; `wida migrate` sets this on its own connection.
MIGRATING = "current_setting('wida.migrating', true) = 'on'"
BY_HOUSE = f"{ROLE} = '{SYSTEM}'"
# The owner belongs to the guard, to make its functions: that alone opens nothing.
IN_DOOR = f"current_user = '{GUARD}'"
VERBS = {"see": "select", "add": "insert", "change": "update", "remove": "delete"}
DECLARES = "comment on table django_migrations is 'walls {}'"
IN_PLACE = (
    "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
)
STANDING = """
select coalesce(obj_description('django_migrations'::regclass), ''),
  (select count(*) from pg_policies where schemaname = 'public')
"""
BARE = f"{IN_PLACE} and not (relrowsecurity and relforcerowsecurity) order by relname"
PASSES = f"""
select rolsuper or rolbypassrls
  or pg_has_role(rolname, '{OWNER}', 'member') or pg_has_role(rolname, '{GUARD}', 'member')
from pg_roles where rolname = current_user
"""
LEFT_OVER = """
select 'drop policy ' || quote_ident(policyname) || ' on ' || quote_ident(tablename)
from pg_policies where schemaname = 'public'
union all
select 'drop function if exists ' || oid::regprocedure || ' cascade'
from pg_proc where pronamespace = 'wida'::regnamespace
"""


def build() -> bool:
    """Brings policies and grants in step with the declaration; False when they already were.

    Raises `Unavailable` when a table has no declaration, or a declaration no table.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(IN_PLACE)
        _compare({name for (name,) in cursor.fetchall()})
        if not _differences(cursor):
            return False
        cursor.execute(LEFT_OVER)
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)
        for statement in statements():
            cursor.execute(statement)
        cursor.execute(DECLARES.format(digest()))
    return True


def find_problems() -> list[str]:
    """What is wrong with the walls of this database, in words; for `/healthz`."""
    with connection.cursor() as cursor:
        problems = _differences(cursor)
        cursor.execute(PASSES)
        if cursor.fetchone()[0] and not settings.WIDA_STEPS_DOWN:
            problems.append(f"walls: the account of this server passes them, DATABASE_URL has to name {APP}")
    return problems


def _differences(cursor) -> list[str]:
    cursor.execute(STANDING)
    policies = sum(statement.startswith("create policy") for statement in statements())
    if cursor.fetchone() != (f"walls {digest()}", policies):
        return ["walls: not as declared, run wida migrate"]
    cursor.execute(BARE)
    bare = [name for (name,) in cursor.fetchall() if name not in WALLS or WALLS[name].see]
    return [f"walls: none around {name}" for name in bare]


@cache
def digest() -> str:
    return hashlib.sha256("\n".join(statements()).encode()).hexdigest()[:32]


def statements() -> Iterator[str]:
    for actor in (APP, WORKER, BACKUP, AUDITOR, GUARD):
        yield f"revoke all on all tables in schema public from {actor}"
        yield f"revoke all on all sequences in schema public from {actor}"
    yield f"grant select on all tables in schema public to {BACKUP}"
    yield f"grant select on all sequences in schema public to {BACKUP}"
    for sequence in SEQUENCES:
        yield f"grant usage on sequence {sequence} to {ACTORS}"
    yield from _doors()  # first: walls ask them
    for table, wall in WALLS.items():
        if wall.may:
            yield f"grant {wall.may} on {table} to {ACTORS}"
        if wall.see:
            yield from _policies(table, wall)
    for table in ("audit_event", "audit_batch"):
        yield f"grant select on {table} to {AUDITOR}"
        yield f"create policy auditor on {table} for select to {AUDITOR} using (true)"


def _policies(table: str, wall: Wall) -> Iterator[str]:
    yield f"alter table {table} enable row level security"
    yield f"alter table {table} force row level security"
    yield f"create policy migrating on {table} to {OWNER} using ({MIGRATING}) with check ({MIGRATING})"
    for name, verb in VERBS.items():
        if verb not in wall.may:
            continue
        condition = wall.see if verb == "select" else wall.write
        using = f" using ({condition})" if verb != "insert" else ""
        check = f" with check ({condition})" if verb in ("insert", "update") else ""
        yield f"create policy {name} on {table} for {verb} to {ACTORS}{using}{check}"
        if verb in wall.house:
            using, check = using and f" using ({BY_HOUSE})", check and f" with check ({BY_HOUSE})"
            yield f"create policy {name}_house on {table} for {verb} to {WORKER}{using}{check}"


def _doors() -> Iterator[str]:
    for table, may in TOUCHES.items():
        yield f"grant {may} on {table} to {GUARD}"
        if WALLS[table].see:
            yield f"create policy guard on {table} to {GUARD} using ({IN_DOOR}) with check ({IN_DOOR})"
    yield f"set local role {GUARD}"
    for name, definition in FUNCTIONS.items():
        yield definition
        yield f"revoke all on function {name} from public"
        yield f"grant execute on function {name} to {ACTORS}"
    yield f"grant usage on schema wida to {ACTORS}"
    yield "reset role"


def _compare(tables: set[str]) -> None:
    undeclared, missing = sorted(tables - WALLS.keys()), sorted(WALLS.keys() - tables)
    if undeclared:
        raise Unavailable(f"no wall declared in wida/access/walls/tables.py for: {', '.join(undeclared)}")
    if missing:
        raise Unavailable(f"wida/access/walls/tables.py names tables that aren't there: {', '.join(missing)}")
