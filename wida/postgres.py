"""PostgreSQL for the demo and the tests: starts the programs that a wheel brings, and ends them with us.

The server listens on a socket in a folder of its own and on no network address. Only its own account and the
account that started it may connect.
"""

import contextlib
import ctypes
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import psycopg

from wida.place import Place, Say, Unavailable, as_account, settle, socket_folder

START_SECONDS = 30  # a slow disk, after a crash
PR_SET_PDEATHSIG = 1
# For a server that is being filled: nobody follows it, so what a new table gets needs no log beside it. A commit is as
# durable as ever.
FILLING = ("wal_level=minimal", "max_wal_senders=0")


class Running(NamedTuple):
    url: str  # of the account that may do everything
    process: subprocess.Popen | None  # None: somebody else's, found running
    place: Place


@contextlib.contextmanager
def running(home: Path, *, say: Say = lambda line: None, options: tuple[str, ...] = ()) -> Iterator[Running]:
    """A server with the database `wida` for as long as the block lasts. Joins one that already runs there."""
    server = start(home, say=say, options=options)
    try:
        yield server
    finally:
        stop(server)


def start(home: Path, *, say: Say = lambda line: None, options: tuple[str, ...] = ()) -> Running:
    """Starts the server of this home, made at first use. Call it from the main thread: its end is ours."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        place = settle(home, say)
        _check_version(place)
        process = None
        if not _ready(place):
            if not place.data.exists():
                say("making a database cluster")
                _initialise(place)
            process = launch(place, options)
        _create_database(place)
    return Running(url(home), process, place)


def stop(server: Running) -> None:
    """A fast shutdown: sessions are cut off, everything committed is kept."""
    if server.process is None or server.process.poll() is not None:
        return
    server.process.send_signal(signal.SIGINT)
    try:
        server.process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        server.process.send_signal(signal.SIGQUIT)
        server.process.wait()


def url(home: Path, account: str = "postgres") -> str:
    """The address of the database of this home for an account, whether or not its server runs."""
    return f"postgres://{account}@{quote(str(socket_folder(home)), safe='')}/wida"


# Starting -------------------------------------------------------------------------------------------------


def _initialise(place: Place) -> None:
    """initdb into a draft folder, so that a cluster is there whole or not at all."""
    draft = place.data.with_name("data.new")
    shutil.rmtree(draft, ignore_errors=True)
    made = _run(place, "initdb", "--pgdata", str(draft), "--username", "postgres", "--no-locale",
                "--encoding", "utf8", "--auth", "peer")  # fmt: skip
    if made.returncode:
        raise Unavailable(f"initdb failed: {made.stderr.strip().splitlines()[-1]}")
    (draft / "pg_hba.conf").write_text("local all all peer map=wida\n")
    accounts = {pwd.getpwuid(os.geteuid()).pw_name, place.user or pwd.getpwuid(os.geteuid()).pw_name}
    (draft / "pg_ident.conf").write_text("".join(f'wida "{name}" all\n' for name in sorted(accounts)))
    draft.rename(place.data)


def launch(place: Place, options: tuple[str, ...]) -> subprocess.Popen:
    """Starts the server, again and again for a while: after a crash, backends of before may still hold on."""
    command = [str(place.programs / "bin/postgres"), "-D", str(place.data), "-h", "", "-k", str(place.socket)]
    for option in ("unix_socket_permissions=0700", *options):
        command += ["-c", option]
    deadline = time.monotonic() + START_SECONDS
    while True:
        with place.log.open("ab") as log:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
                start_new_session=True, preexec_fn=die_with(os.getpid()), **as_account(place.user),
            )  # fmt: skip
        while process.poll() is None and time.monotonic() < deadline:
            if _ready(place):
                return process
            time.sleep(0.05)
        if time.monotonic() >= deadline:
            stop(Running("", process, place))
            raise Unavailable(f"PostgreSQL didn't start in {START_SECONDS} s: {_why(place)}")
        time.sleep(0.5)


def die_with(parent: int):
    """The child is told to shut down when we die, however we die. Linux only; elsewhere `stop` must be reached."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def before_exec():
        prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return before_exec


def _ready(place: Place) -> bool:
    """Whether the server of this folder takes connections. One that is going down doesn't count."""
    try:
        status = (place.data / "postmaster.pid").read_text().splitlines()[7].strip()
    except (FileNotFoundError, IndexError):
        return False
    if status != "ready":
        return False
    try:
        _connect(place, "postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def _create_database(place: Place) -> None:
    with _connect(place, "postgres") as connection:
        if not connection.execute("select 1 from pg_database where datname = 'wida'").fetchone():
            connection.execute("create database wida")


def _connect(place: Place, name: str) -> psycopg.Connection:
    return psycopg.connect(
        host=str(place.socket), user="postgres", dbname=name, autocommit=True, connect_timeout=5
    )


def _why(place: Place) -> str:
    """The last words of the log, and who still sits in the data folder."""
    lines = [line for line in place.log.read_text(errors="replace").splitlines() if line.strip()]
    holders = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cwd").resolve() == place.data:
                holders.append(process.name)
    held = f" (processes in its folder: {', '.join(holders)})" if holders else ""
    return (lines[-1] if lines else "its log is empty") + held


def _check_version(place: Place) -> None:
    version = place.data / "PG_VERSION"
    if not version.exists():
        return
    ours = _run(place, "postgres", "--version").stdout.split()[-1].partition(".")[0]
    if version.read_text().strip() != ours:
        raise Unavailable(
            f"{place.data} is of PostgreSQL {version.read_text().strip()}, not {ours}: remove it"
        )


def _run(place: Place, program: str, *arguments: str) -> subprocess.CompletedProcess:
    command = [str(place.programs / "bin" / program), *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, cwd="/", check=False, **as_account(place.user)
    )
