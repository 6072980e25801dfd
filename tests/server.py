"""Starts one PostgreSQL for a whole run of the tests, before Django reads its settings.

pytest loads this first (`-p tests.server`). With pytest-xdist the controller starts the server, its workers
inherit the address, and pytest-django gives each worker a database of its own.
"""

import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import psycopg

from wida import postgres
from wida.access.walls import roles

CHECKOUT = Path(__file__).resolve().parent.parent
# Nothing of a test run has to survive a power cut, or grows old enough to be cleaned up.
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "checkpoint_timeout=1h",
    "max_wal_size=4GB",
)

MIGRATE = (sys.executable, "-m", "wida", "migrate")
# Nearly every test needs the organisations and accounts: they are part of the template.
MAKE = """
from tests.passwords import LITTLE, cost
from wida.demo.organisations import make_organisations
cost(LITTLE)
make_organisations()
"""
FILL = (sys.executable, "-m", "wida", "manage", "shell", "--no-imports", "-c", MAKE)

_stack = contextlib.ExitStack()


def _start() -> None:
    os.environ["WIDA_MODE"] = "test"
    # Playwright's synchronous interface runs an event loop, in which Django would refuse to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    base = Path(os.environ.get("WIDA_HOME", CHECKOUT / ".wida")).absolute() / "test"
    home = _stack.enter_context(_free_home(base))
    os.environ["WIDA_HOME"] = str(home)
    os.environ["WIDA_COUNTS_SECONDS"] = "0"  # a page of one test tells nothing of another's
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = _stack.enter_context(postgres.running(home, options=FAST)).url
    _make_template()


@contextlib.contextmanager
def _free_home(base: Path):
    """The first home that no other run holds, so that two runs in one checkout don't share a database."""
    for number in range(1, 100):
        home = base / str(number)
        home.mkdir(parents=True, exist_ok=True)
        with (home / "run.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield home
            return


def _template_name() -> str:
    """Changes with every migration, and with the version of anything we install."""
    digest = hashlib.sha256((CHECKOUT / "requirements.txt").read_bytes())
    walls = CHECKOUT.glob("wida/access/walls/*.py")
    made = (CHECKOUT / "wida/demo/organisations.py", CHECKOUT / "tests/passwords.py")
    sources = [*CHECKOUT.glob("wida/*/migrations/*.py"), *walls, *made]
    for path in sorted(sources):
        digest.update(f"{path.relative_to(CHECKOUT)}\n".encode() + path.read_bytes())
    return f"template_{digest.hexdigest()[:16]}"


def _make_template() -> None:
    """Applies the migrations once per change, to a database of which the test databases are copies.

    When they fail, there is no template: pytest-django meets the same fault and tells it where it is needed.
    """
    address = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(address._replace(path="/postgres").geturl(), autocommit=True) as server:
        found = server.execute("select datname from pg_database where datname like 'template\\_%'").fetchall()
        name = _template_name()
        if (name,) in found:
            os.environ["WIDA_TEST_TEMPLATE"] = name
            return
        for (old,) in found:
            server.execute(f'drop database "{old}"')
        server.execute("create database template_draft")
        print("making the tables for the tests …", file=sys.stderr, flush=True)
        draft = address._replace(path="/template_draft")
        roles.bootstrap(draft.geturl())
        environment = os.environ | {
            "DATABASE_URL": draft.geturl(),
            "DATABASE_OWNER_URL": as_account(draft, roles.OWNER).geturl(),
        }
        if all(_succeeds(command, environment) for command in (MIGRATE, FILL)):
            server.execute(f'alter database template_draft rename to "{name}"')
            os.environ["WIDA_TEST_TEMPLATE"] = name


def address_of(database: str) -> str:
    """Where this database is, for the account that may do everything."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()


def as_account(address: SplitResult, account: str) -> SplitResult:
    """The same database for an account without a password: our own server knows who connects."""
    return address._replace(netloc=f"{account}@{address.netloc.rpartition('@')[2]}")


def _succeeds(command: tuple[str, ...], environment: dict[str, str]) -> bool:
    run = subprocess.run(command, env=environment, cwd=CHECKOUT, capture_output=True, check=False)
    if run.returncode:
        print(run.stdout.decode(), run.stderr.decode(), file=sys.stderr)
    return run.returncode == 0


if "PYTEST_XDIST_WORKER" not in os.environ:
    _start()


def pytest_unconfigure(config):
    _stack.close()
