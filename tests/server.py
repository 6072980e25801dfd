"""Starts one PostgreSQL for a whole run of the tests, before Django reads its settings.

pytest loads this first (`-p tests.server`). With pytest-xdist the controller starts the server, its workers
inherit the address, and pytest-django gives each worker a database of its own.
"""

import contextlib
import fcntl
import os
from pathlib import Path

from wida import postgres

CHECKOUT = Path(__file__).resolve().parent.parent
# Nothing of a test run has to survive a power cut.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")

_stack = contextlib.ExitStack()


def _start() -> None:
    os.environ["WIDA_MODE"] = "test"
    # Playwright's synchronous interface runs an event loop, in which Django would refuse to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    base = Path(os.environ.get("WIDA_HOME", CHECKOUT / ".wida")).absolute() / "test"
    home = _stack.enter_context(_free_home(base))
    os.environ["WIDA_HOME"] = str(home)
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = _stack.enter_context(postgres.running(home, options=FAST)).url


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


if "PYTEST_XDIST_WORKER" not in os.environ:
    _start()


def pytest_unconfigure(config):
    _stack.close()
