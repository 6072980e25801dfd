"""The accounts of the database. They belong to the whole server: made once, by whoever may make accounts."""

import contextlib
import random
import time
from urllib.parse import unquote, urlsplit

import psycopg
from environs import FileAwareEnv
from psycopg import sql

OWNER, APP, WORKER, BACKUP, AUDITOR, GUARD = (
    "wida_owner",
    "wida_app",
    "wida_worker",
    "wida_backup",
    "wida_auditor",
    "wida_guard",
)

# Written out in full, so that an account that somebody widened by hand is narrowed again.
ACCOUNTS = {
    OWNER: "login nosuperuser nobypassrls nocreaterole createdb noreplication",
    APP: "login nosuperuser nobypassrls nocreaterole nocreatedb noreplication",
    WORKER: "login nosuperuser nobypassrls nocreaterole nocreatedb noreplication",
    BACKUP: "login nosuperuser bypassrls nocreaterole nocreatedb noreplication",
    AUDITOR: "login nosuperuser nobypassrls nocreaterole nocreatedb noreplication",
    GUARD: "nologin nosuperuser nobypassrls nocreaterole nocreatedb noreplication",
}

# A page that waits longer than this is of no use to whoever asked for it.
SETTINGS = {
    APP: {
        "jit": "off",
        "statement_timeout": "15s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "30s",
    },
    WORKER: {"jit": "off", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "10min"},
    BACKUP: {"default_transaction_read_only": "on"},
    AUDITOR: {"default_transaction_read_only": "on"},
}

ATTEMPTS = 30
CROSSED = (
    psycopg.errors.InternalError_,  # "tuple concurrently updated"
    psycopg.errors.UniqueViolation,
    psycopg.errors.DeadlockDetected,
)

# The comment on a database that was restored, until what had ended was ended again.
RESTORED = "restored, wida reopen comes first"

# The addresses that may carry a password for one of these accounts.
ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_WORKER_URL", "DATABASE_BACKUP_URL")


def bootstrap(url: str) -> None:
    """Makes the accounts and hands them the database of this address. Can be run again, and twice at once.

    The address must be of an account that may do so (a superuser, or what stands for one at a hosting).
    """
    with psycopg.connect(url, autocommit=True) as server:
        for name, may in ACCOUNTS.items():
            _make(server, name, may)
        for attempt in range(ATTEMPTS):
            try:
                with server.transaction():
                    _settle(server)
                return
            except CROSSED:
                # Another database of this server is made ready at this moment, and changed the same account first.
                if attempt == ATTEMPTS - 1:
                    raise
                time.sleep(random.uniform(0.05, 0.3))  # noqa: S311 - so that two don't meet again


def _settle(server: psycopg.Connection) -> None:
    for name, may in ACCOUNTS.items():
        server.execute(sql.SQL(f"alter role {{}} {may}").format(sql.Identifier(name)))
    for name, settings in SETTINGS.items():
        for setting, value in settings.items():
            server.execute(
                sql.SQL("alter role {} set {} = {}").format(
                    sql.Identifier(name), sql.Identifier(setting), sql.Literal(value)
                )
            )
    for name, password in _passwords().items():
        server.execute(
            sql.SQL("alter role {} password {}").format(sql.Identifier(name), sql.Literal(password))
        )
    _hand_over(server)


def _make(server: psycopg.Connection, name: str, may: str) -> None:
    if not server.execute("select 1 from pg_roles where rolname = %s", [name]).fetchone():
        # Somebody may make it just now.
        with contextlib.suppress(psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
            server.execute(sql.SQL(f"create role {{}} {may}").format(sql.Identifier(name)))


def _passwords() -> dict[str, str]:
    env = FileAwareEnv()
    addresses = [urlsplit(env.str(name, "")) for name in ADDRESSES]
    return {a.username: unquote(a.password) for a in addresses if a.username in ACCOUNTS and a.password}


def _hand_over(server: psycopg.Connection) -> None:
    """The database and everything in it is the owner's; the others may connect, the guard has a place of its own."""
    database = sql.Identifier(server.info.dbname)
    # A restore that isn't finished keeps everybody out: `wida reopen` lets them in.
    said = "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"
    doors = (
        BACKUP if server.execute(said).fetchone() == (RESTORED,) else f"{APP}, {WORKER}, {BACKUP}, {AUDITOR}"
    )
    for statement in (
        f"grant {GUARD} to {OWNER}",
        f"alter database {{}} owner to {OWNER}",
        "revoke all on database {} from public",
        f"grant connect on database {{}} to {doors}",
        f"alter schema public owner to {OWNER}",
        "revoke all on schema public from public",
        f"grant usage on schema public to {APP}, {WORKER}, {BACKUP}, {AUDITOR}, {GUARD}",
        f"create schema if not exists wida authorization {GUARD}",
        f"grant usage on schema wida to {APP}, {WORKER}",  # a restore brings what is in it, not who may enter
    ):
        server.execute(sql.SQL(statement).format(database))
    # A database that was filled before there were accounts belonged to whoever filled it.
    for kind, name in server.execute(
        """
        select case relkind when 'S' then 'sequence' when 'v' then 'view' else 'table' end, oid::regclass::text
        from pg_class c
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'S') and relowner <> %s::regrole
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i') and relkind = 'S')
        union all
        select 'function', oid::regprocedure::text
        from pg_proc where pronamespace = 'public'::regnamespace and proowner <> %s::regrole
        and not exists (select from pg_depend d where d.objid = pg_proc.oid and d.deptype = 'e')
        """,
        [OWNER, OWNER],
    ).fetchall():
        server.execute(f"alter {kind} {name} owner to {OWNER}")
