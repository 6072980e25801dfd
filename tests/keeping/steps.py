"""The commands as somebody types them, on databases of the test's own server."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.db import connection
from environs import FileAwareEnv

from tests.server import CHECKOUT, address_of, as_account
from wida import storages
from wida.access.walls import roles

ACCOUNTS = {
    "DATABASE_OWNER_URL": roles.OWNER,
    "DATABASE_WORKER_URL": roles.WORKER,
    "DATABASE_BACKUP_URL": roles.BACKUP,
}


def wida(*arguments, database: str, home: Path, **environment) -> subprocess.CompletedProcess:
    """Runs a command on a database of ours, with files and seals of its own."""
    logins = {name: address(database, account) for name, account in ACCOUNTS.items()}
    return subprocess.run(
        [sys.executable, "-m", "wida", *map(str, arguments)],
        env=os.environ
        | {"DATABASE_URL": address_of(database), "WIDA_HOME": str(home), "WIDA_BACKUP_KEYS": f"1:{'5a' * 32}"}
        | logins
        | environment,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )


def ours() -> str:
    return connection.settings_dict["NAME"]


def live_in(home: Path, settings) -> None:
    """Files and seals of this process lie where those of the commands do."""
    settings.WIDA_AUDIT_FOLDER = home / "audit"
    settings.STORAGES = settings.STORAGES | {"default": storages.of_attachments(FileAwareEnv(), home)}


@contextlib.contextmanager
def empty_database(name: str) -> Iterator[str]:
    """As `createdb` and `wida bootstrap` leave it."""
    with psycopg.connect(address_of("postgres"), autocommit=True) as server:
        server.execute(f'drop database if exists "{name}"')
        server.execute(f'create database "{name}"')
        roles.bootstrap(address_of(name))
        try:
            yield name
        finally:
            server.execute(f'drop database "{name}" with (force)')


def ask(database: str, query: str, *values, account: str = "postgres"):
    with psycopg.connect(address(database, account)) as session:
        return session.execute(query, values).fetchall()


def address(database: str, account: str) -> str:
    return as_account(urlsplit(address_of(database)), account).geturl()
