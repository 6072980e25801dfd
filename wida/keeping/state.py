"""What a database holds, in a form to compare: rows and checksums, the values of its counters, who may do what."""

import re

from django.db import connection

from wida.access.walls import listing

# A row reads the same on every server that is told how to write it.
WRITTEN = (
    "set local timezone = 'UTC'",
    "set local datestyle = 'ISO, YMD'",
    "set local intervalstyle = 'postgres'",
    "set local bytea_output = 'hex'",
    "set local extra_float_digits = 1",
)
TABLES = """
select quote_ident(relname) from pg_class
where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by relname
"""
# The sum of the rows' hashes: no order to keep, nothing to hold in memory.
CONTENT = """
select count(*), coalesce(sum(('x' || left(h, 16))::bit(64)::bigint::numeric), 0)::text
  || ' ' || coalesce(sum(('x' || right(h, 16))::bit(64)::bigint::numeric), 0)::text
from (select md5(t::text) as h from {} t) rows
"""
# PostgreSQL spells a condition otherwise once it was dumped: with other brackets, and casts at other places.
SPELLING = re.compile(r"::(character varying|text|bpchar)(\[\])?|[()\[\]]")
COUNTERS = "select sequencename, last_value from pg_sequences where schemaname = 'public' order by 1"
POLICIES = """
select tablename, policyname, roles::text, cmd, coalesce(qual, ''), coalesce(with_check, '')
from pg_policies where schemaname = 'public' order by 1, 2
"""
OBJECTS = """
select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated)
from pg_constraint where connamespace = 'public'::regnamespace and conrelid <> 0
union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
union all select concat_ws(' ', 'trigger', pg_get_triggerdef(oid), tgenabled) from pg_trigger where not tgisinternal
union all select 'function ' || pg_get_functiondef(oid) from pg_proc
where pronamespace in ('public'::regnamespace, 'wida'::regnamespace) and prokind in ('f', 'p')
order by 1
"""


def read() -> dict:
    """In the transaction that is open, so of one moment. JSON can hold it."""
    with connection.cursor() as cursor:
        for statement in WRITTEN:
            cursor.execute(statement)
        tables = {}
        for table in _column(cursor, TABLES):
            cursor.execute(CONTENT.format(table))
            count, checksum = cursor.fetchone()
            tables[table] = [count, checksum]
        cursor.execute(COUNTERS)
        counters = dict(cursor.fetchall())
        cursor.execute(POLICIES)
        policies = [" | ".join(row) for row in cursor.fetchall()]
        objects = sorted(SPELLING.sub("", line) for line in _column(cursor, OBJECTS))
    return {
        "tables": tables,
        "counters": counters,
        "policies": policies,
        "objects": objects,
        "grants": listing.lines(),
    }


def differences(wanted: dict, found: dict) -> list[str]:
    """What isn't as it was, in words; at most a line for each thing."""
    told = []
    for kind in ("tables", "counters"):
        for name in sorted(wanted[kind].keys() | found[kind].keys()):
            before, after = wanted[kind].get(name), found[kind].get(name)
            if before != after:
                told.append(f"{kind[:-1]} {name}: {_short(before)} in the backup, {_short(after)} now")
    for kind in ("policies", "objects", "grants"):
        told += [f"{kind}: missing: {line}" for line in wanted[kind] if line not in set(found[kind])]
        told += [f"{kind}: added: {line}" for line in found[kind] if line not in set(wanted[kind])]
    return told


def _short(value) -> str:
    if isinstance(value, list):
        return f"{value[0]} rows (checksum {value[1][:12]}…)"
    return "nothing" if value is None else str(value)


def _column(cursor, query: str) -> list:
    cursor.execute(query)
    return [value for (value,) in cursor.fetchall()]
