"""An installation of its own to be cruel to: a database, application servers and workers, each of which can be killed.

    with installation(home) as house:
        house.apps[0].kill(); house.apps[0].start()

Start and kill from the main thread: PostgreSQL and the servers end with the thread that started them.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg

from wida import place, postgres
from wida.access.walls import roles
from wida.keeping import programs

CHECKOUT = Path(__file__).resolve().parent.parent
PATIENCE = 90


class Database:
    """A PostgreSQL of ours. `kill` takes the whole server away at once, as when the power fails."""

    def __init__(self, home: Path, options: tuple[str, ...] = ()):
        self.home, self.options = home, options
        self.running: postgres.Running | None = None

    def start(self) -> None:
        self.running = postgres.start(self.home, options=self.options)
        if self.running.process is None:
            raise SystemExit(f"another run uses {self.home}")

    def data_of(self) -> Path:
        """The folder of the cluster, which needn't be there yet; it may be made by the account that will run it."""
        return place.settle(self.home, lambda line: None).data

    def start_standby(self) -> None:
        """A server that follows another takes no writes, so nothing is made in it."""
        where = place.settle(self.home, lambda line: None)
        self.running = postgres.Running(self.url(), postgres.launch(where, self.options), where)

    def processes(self) -> list[int]:
        """The server and its sessions: whoever works in its folder."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if (process / "cwd").resolve() == self.running.place.data:
                    found.append(int(process.name))
        return found

    def kill(self) -> None:
        self.running.process.kill()
        for process in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.running.process.wait()

    def stop(self) -> None:
        if self.running:
            postgres.stop(self.running)

    @property
    def socket(self) -> Path:
        return self.running.place.socket

    def url(self, account: str = "postgres") -> str:
        return postgres.url(self.home, account)

    def ask(self, query: str, *values) -> list[tuple]:
        with psycopg.connect(self.url(), autocommit=True) as session:
            found = session.execute(query, values)
            return found.fetchall() if found.description else []


class Program:
    """A server or a worker, with all it started."""

    def __init__(self, *command: str, environment: dict[str, str], log: Path):
        self.command, self.environment, self.log = command, environment, log
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.environment, cwd=CHECKOUT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, preexec_fn=postgres.die_with(os.getpid()),
            )  # fmt: skip

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.kill()


class App(Program):
    """gunicorn on a port of its own, started as `wida serve` starts it."""

    def __init__(self, *, environment: dict[str, str], log: Path):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        super().__init__(
            sys.executable, "-m", "gunicorn", "wida.wsgi", "--no-control-socket", "--bind", f"127.0.0.1:{self.port}",
            "--workers", "2", "--preload", "--timeout", "60", "--log-level", "warning", environment=environment, log=log,
        )  # fmt: skip

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5):  # noqa: S310 - our own address
                return True
        except (urllib.error.URLError, OSError):
            return False


class House:
    """What runs, and how it is reached."""

    def __init__(self, home: Path, database: Database, environment: dict[str, str]):
        self.home, self.database, self.environment = home, database, environment
        self.apps: list[App] = []
        self.workers: list[Program] = []
        self.standby: Database | None = None

    def start(self, apps: int, workers: int) -> None:
        self.apps = [App(environment=self.environment, log=self.home / f"app-{n}.log") for n in range(apps)]
        work = self.environment | {"DATABASE_URL": self.environment["DATABASE_WORKER_URL"]}
        self.workers = [
            Program(
                sys.executable, "-m", "wida", "worker", environment=work, log=self.home / f"worker-{n}.log"
            )
            for n in range(workers)
        ]
        for program in (*self.apps, *self.workers):
            program.start()
        for app in self.apps:
            wait_for(app.healthy)

    def stop(self) -> None:
        for program in (*self.workers, *self.apps):
            program.stop()
        self.database.stop()


def wait_for(condition, seconds: float = PATIENCE) -> float:
    """How long it took. Ends the run when it never comes."""
    begin = time.monotonic()
    while not condition():
        if time.monotonic() - begin > seconds:
            raise SystemExit(f"waited {seconds:.0f} s in vain")
        time.sleep(0.05)
    return time.monotonic() - begin


@contextlib.contextmanager
def installation(
    home: Path, *, apps: int = 2, workers: int = 1, options: tuple[str, ...] = ()
) -> Iterator[House]:
    """Everything from the tables on, with the organisations and accounts of the demo and nobody's dossier.

    The tables are made once per home, in a database that each run copies.
    """
    home.mkdir(parents=True, exist_ok=True)
    database = Database(home, options)
    database.start()
    house = House(home, database, environment_of(home, database))
    try:
        fresh_tables(house)
        house.start(apps, workers)
        yield house
    finally:
        house.stop()


def environment_of(home: Path, database: Database, **more: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("WIDA_", "DATABASE_", "DJANGO_"))
    }
    return kept | {
        "DJANGO_SETTINGS_MODULE": "wida.settings",
        "WIDA_MODE": "demo",
        "WIDA_HOME": str(home),
        "WIDA_WORKER_SILENT_SECONDS": "2",
        "WIDA_LOG": "line",
        "WIDA_FILES_PER_HOUR": "100000",
        "DATABASE_URL": database.url(roles.APP),
        "DATABASE_OWNER_URL": database.url(roles.OWNER),
        "DATABASE_WORKER_URL": database.url(roles.WORKER),
        "DATABASE_BACKUP_URL": database.url(roles.BACKUP),
    } | more  # fmt: skip


def run(*arguments: str, environment: dict[str, str]) -> None:
    printed("wida", *arguments, environment=environment)


def printed(*module: str, environment: dict[str, str]) -> str:
    """The last line that a program of ours prints. Ends the run when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", *module], env=environment, cwd=CHECKOUT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{' '.join(module)}: {done.stderr.strip()}")
    return (done.stdout.strip().splitlines() or [""])[-1]


MAKE = "from wida.demo.organisations import make_organisations; make_organisations()"
STATIC = "from wida.running import prepare_files; prepare_files()"


def fresh_tables(house: House) -> None:
    """Tables with organisations and accounts: made once per home, or copied from a database that has them. What an earlier
    run left beside its tables goes: workers refuse a database that is older than its ledger.
    """
    for folder in ("audit", "attachments"):
        shutil.rmtree(house.home / folder, ignore_errors=True)
    server = house.database.url().rpartition("/")[0] + "/postgres"
    roles.bootstrap(house.database.url())
    with psycopg.connect(server, autocommit=True) as session:
        ready = session.execute("select 1 from pg_database where datname = 'ready'").fetchone()
        if ready:
            session.execute("drop database wida with (force)")
            session.execute("create database wida template ready")
            roles.bootstrap(house.database.url())
    if ready:
        run("migrate", environment=house.environment)  # what came since
    else:
        make_tables(house.database.url(), house.environment)
    run("manage", "shell", "--no-imports", "-c", f"{MAKE}; {STATIC}", environment=house.environment)
    with psycopg.connect(server, autocommit=True) as session:
        session.execute("drop database if exists ready")
        session.execute("create database ready template wida")


def make_tables(database: str, environment: dict[str, str]) -> None:
    """By the migrations, or copied from the database that WIDA_BENCH_TABLES names, which saves half a minute."""
    source = os.environ.get("WIDA_BENCH_TABLES")
    if source is None:
        run("migrate", environment=environment)
        return
    dump = programs.read_from("pg_dump", "-Fc", "-Z0", "-d", source, environment=dict(os.environ))
    arguments = ("-d", database, "--exit-on-error", "-n", "public", "-n", "wida")
    programs.write_to("pg_restore", *arguments, environment=dict(os.environ), data=dump)
