"""From nothing to a running site: the launcher of PostgreSQL, the demo, and what production refuses."""

import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg
import pytest

from wida import place

CHECKOUT = Path(__file__).resolve().parent.parent
OURS = ("WIDA_", "DATABASE_URL", "DJANGO_", "PYTEST_", "PORT")
WAIT = 60

# Starts a server, says where, and keeps it until its input ends.
KEEPER = """
import sys
from pathlib import Path
from wida import postgres
with postgres.running(Path(sys.argv[1])) as server:
    print(server.url, server.process.pid if server.process else "joined", flush=True)
    sys.stdin.read()
"""


def clean_environment(**more) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | more


def keep(home: Path) -> tuple[subprocess.Popen, str, str]:
    keeper = subprocess.Popen(
        [sys.executable, "-c", KEEPER, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
        env=clean_environment(),
    )
    url, pid = keeper.stdout.readline().split()
    return keeper, url, pid


def let_go(keeper: subprocess.Popen) -> None:
    keeper.communicate(timeout=WAIT)
    assert keeper.returncode == 0


def has_ended(descriptor: int) -> bool:
    """Waits for the end of a process that isn't our child."""
    watch = select.poll()
    watch.register(descriptor, select.POLLIN)
    return bool(watch.poll(WAIT * 1000))


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url, autocommit=True)


@pytest.fixture
def home():
    """A folder with a short path that every account may enter; pytest's own would be closed to all but us."""
    folder = Path(tempfile.mkdtemp(prefix="wida-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_server_ends_when_its_parent_is_killed(home):
    keeper, url, pid = keep(home)
    server = os.pidfd_open(int(pid))

    keeper.send_signal(signal.SIGKILL)

    keeper.communicate(timeout=WAIT)
    assert has_ended(server)
    with pytest.raises(psycopg.OperationalError):
        connect(url)


def test_second_start_is_quick_and_keeps_what_was_there(home):
    keeper, url, _ = keep(home)
    with connect(url) as connection:
        connection.execute("create table kept as select 42 as answer")
    let_go(keeper)

    begin = time.monotonic()
    keeper, url, _ = keep(home)
    took = time.monotonic() - begin

    with connect(url) as connection:
        assert connection.execute("select answer from kept").fetchall() == [(42,)]
    let_go(keeper)
    assert took < 5


def test_second_process_joins_the_server_and_leaves_it_running(home):
    first, url, _ = keep(home)

    second, same_url, pid = keep(home)
    let_go(second)

    assert (same_url, pid) == (url, "joined")
    with connect(url) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    let_go(first)


def test_start_after_the_server_itself_was_killed(home):
    keeper, url, pid = keep(home)
    with connect(url) as connection:
        connection.execute("create table kept as select 42 as answer")
    os.kill(int(pid), signal.SIGKILL)
    let_go(keeper)

    keeper, url, _ = keep(home)

    with connect(url) as connection:
        assert connection.execute("select answer from kept").fetchall() == [(42,)]
    let_go(keeper)


def test_deep_home_has_a_socket_that_fits(home):
    deep = home / ("deep" * 20) / ("deeper" * 10)

    keeper, url, _ = keep(deep)

    with connect(url) as connection:
        assert connection.execute("select current_database()").fetchone() == ("wida",)
    let_go(keeper)


def test_only_this_account_may_enter_the_database_folders(home):
    keeper, _, _ = keep(home)

    rights = {path.name: path.stat().st_mode & 0o777 for path in (home / "postgres", home / "socket")}

    let_go(keeper)
    assert rights == {"postgres": 0o700, "socket": 0o700}
    assert home.stat().st_mode & 0o777 == 0o755


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the server another account")
def test_root_whose_home_is_closed_gets_a_database_elsewhere(home):
    home.chmod(0o700)
    shelter = place.SHELTER / place._short_name(home)
    keeper, url, _ = keep(home)
    with connect(url) as connection:
        connection.execute("create table kept as select 42 as answer")
    let_go(keeper)
    keeper, url, _ = keep(home)
    with connect(url) as connection:
        assert connection.execute("select answer from kept").fetchall() == [(42,)]
    let_go(keeper)
    shutil.rmtree(home)
    home.mkdir(mode=0o700)

    keeper, url, _ = keep(home)

    with connect(url) as connection:
        assert connection.execute("select to_regclass('kept')").fetchone() == (None,)
    let_go(keeper)
    assert home.stat().st_mode & 0o777 == 0o700
    assert f"%2F{shelter.name}%2F" in url
    shutil.rmtree(shelter)


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture
def start_demo(home):
    """Starts the demo and reads what it says up to its address; whatever a test leaves running ends with it."""
    started = []

    def start(port: str) -> tuple[subprocess.Popen, list[str]]:
        demo = subprocess.Popen(
            [sys.executable, "-m", "wida", "demo"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=CHECKOUT,
            env=clean_environment(WIDA_HOME=str(home), PORT=port),
        )
        started.append(demo)
        said = []
        for line in demo.stdout:
            said.append(line.rstrip())
            if "WIDA runs at" in line:
                break
        return demo, said

    yield start
    for demo in started:
        demo.kill()
        demo.communicate()


def fetch(address: str) -> tuple[int, str]:
    try:
        answer = urllib.request.urlopen(address, timeout=WAIT)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.read().decode()


def test_demo_from_nothing_then_again_then_killed(home, start_demo):
    """One story in three parts, since making the fictional families takes longest."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"

    demo, said = start_demo(port)
    assert said[-1].startswith(f"WIDA runs at {address}/"), said
    assert "fictional families …" in said
    assert fetch(f"{address}/healthz") == (200, '{"status": "ok"}')
    status, page = fetch(f"{address}/accounts/login/")
    assert status == 200
    style = re.search(r'href="(/static/[^"]+\.css)"', page)[1]
    assert fetch(address + style)[0] == 200
    demo.send_signal(signal.SIGINT)
    rest = demo.communicate(timeout=WAIT)[0]
    assert "password veilig-huis-demo" in rest
    assert " coordinator.limburg," in rest
    assert demo.returncode == 130
    assert not (home / "postgres/data/postmaster.pid").exists()

    demo, said = start_demo(port)
    assert said[-1].startswith(f"WIDA runs at {address}/"), said
    assert "fictional families …" not in said
    database, server, worker = map(os.pidfd_open, children_of(demo))

    os.kill(int((home / "postgres/data/postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
    assert has_ended(database)
    assert fetch(f"{address}/healthz") == (503, '{"status": "error", "problems": ["database: no answer"]}')

    demo.send_signal(signal.SIGKILL)
    assert has_ended(server)
    assert has_ended(worker)


def children_of(process: subprocess.Popen) -> list[int]:
    """Oldest first: the database, the server, the worker."""
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def test_demo_says_that_its_port_is_taken(start_demo):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        demo, said = start_demo(port)

        assert demo.wait(timeout=WAIT) == 1
    assert said == [
        f"wida: port {port} is taken: stop what uses it, or choose another with PORT=8001 make demo"
    ]


COMPLETE = {
    "WIDA_MODE": "production",
    "WIDA_SECRET_KEY": "a" * 50,
    "WIDA_MASTER_KEYS": f"1:{'0f' * 32}",
    "WIDA_INDEX_KEYS": f"1:{'f0' * 32}",
    "WIDA_HOSTS": "wida.example",
}


def check_settings(home: Path, **variables) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "wida", "manage", "check"],
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        env=clean_environment(WIDA_HOME=str(home), **variables),
        timeout=WAIT,
        check=False,
    )


def test_production_starts_with_everything(tmp_path):
    done = check_settings(tmp_path, DATABASE_URL=os.environ["DATABASE_URL"], **COMPLETE)

    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n")


@pytest.mark.parametrize(
    "missing", ["WIDA_SECRET_KEY", "WIDA_MASTER_KEYS", "WIDA_INDEX_KEYS", "WIDA_HOSTS", "DATABASE_URL"]
)
def test_production_refuses_to_start_without(missing, tmp_path):
    complete = COMPLETE | {"DATABASE_URL": os.environ["DATABASE_URL"]}
    del complete[missing]

    done = check_settings(tmp_path, **complete)

    assert done.returncode == 1
    assert missing in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "keys").exists()


def test_production_reads_secrets_from_files(tmp_path):
    secret = tmp_path / "master_keys"
    secret.write_text(COMPLETE["WIDA_MASTER_KEYS"] + "\n")
    variables = COMPLETE | {"DATABASE_URL": os.environ["DATABASE_URL"], "WIDA_MASTER_KEYS_FILE": str(secret)}
    del variables["WIDA_MASTER_KEYS"]

    done = check_settings(tmp_path, **variables)

    assert done.returncode == 0, done.stderr


def test_keys_of_the_demo_stay_and_are_private(tmp_path):
    first = check_settings(tmp_path, WIDA_MODE="demo", DATABASE_URL=os.environ["DATABASE_URL"])
    made = {path.name: path.read_text() for path in (tmp_path / "keys").iterdir()}
    second = check_settings(tmp_path, WIDA_MODE="demo", DATABASE_URL=os.environ["DATABASE_URL"])

    assert first.returncode == second.returncode == 0
    assert sorted(made) == ["audit_key", "index_keys", "master_keys", "secret_key"]
    assert {path.name: path.read_text() for path in (tmp_path / "keys").iterdir()} == made
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {0o600}
