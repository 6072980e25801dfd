"""A full people tab through the WSGI handler, and the raw SQL of its rows, one after the other in one process.

After a page the caches of the processor are as cold for the raw statements as they are for the page's own: ten of them
in a row, forty times, cost a third of that. Archives of different sizes take turns, round by round.
"""

import io
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from bench.size import HOME, LOGIN, fill, prepare

EACH = 4  # times each full file is opened in a round


class Round(NamedTuple):
    """Milliseconds: the page and its rows at p50, and what both processors did for one of each."""

    page: float
    raw: float
    page_busy: float
    raw_busy: float


def rounds(sizes: list[int], times: int) -> dict[int, list[Round]]:
    """For each archive, one round each in turn."""
    program = (sys.executable, "-m", "bench.tab")
    runners = {
        size: subprocess.Popen(
            (*program, str(size)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for size in sizes
    }
    found: dict[int, list[Round]] = {size: [] for size in sizes}
    for turn in range(times + 1):
        for size, runner in runners.items():
            runner.stdin.write("\n")
            runner.stdin.flush()
            done = Round(*json.loads(runner.stdout.readline()))
            if turn:  # the first one reads everything into memory
                found[size].append(done)
    for runner in runners.values():
        runner.stdin.close()
        runner.wait()
    return found


def main(size: int) -> None:
    home = HOME / str(size)
    prepare(home)
    from wida import postgres, running

    out, sys.stdout = sys.stdout, sys.stderr
    with running.database(quiet=True, options=postgres.FILLING), running.logged_in("owner"):
        fill(home, size)
    with postgres.running(home):  # as every day
        running.prepare_files()
        from bench import full
        from bench.floors import Floors
        from wida.records.sealing import keyring
        from wida.wsgi import application

        with running.logged_in("owner"), keyring(trusted=True):
            files = full.families(home)
            session = _session()
        floors = Floors(postgres.url(home))
        asked = [(pk, _environment(f"/dossiers/{number}/people/", session)) for pk, number in files]
        for _line in sys.stdin:
            floors.forget()
            print(json.dumps(_round(application, floors, asked)), file=out, flush=True)


def _round(application, floors, asked: list) -> Round:
    from django.db import connection

    took: dict[str, list[float]] = {"page": [], "raw": []}
    busy = {"page": 0.0, "raw": 0.0}
    for pk, environment in asked * EACH:
        for name, do in (
            ("page", lambda environment=environment: _ask(application, environment)),
            ("raw", lambda pk=pk: floors.read(pk)),
        ):
            session = connection.connection if name == "page" else floors.server
            before = _busy(session)
            began = time.perf_counter()
            do()
            took[name].append((time.perf_counter() - began) * 1000)
            busy[name] += _busy(session) - before
    many = len(asked) * EACH
    return Round(*map(statistics.median, took.values()), *(spent * 1000 / many for spent in busy.values()))


def _busy(session) -> float:
    """Seconds that this process and the other end of a session have worked."""
    there = 0
    if session is not None:
        there = int(
            Path(f"/proc/{session.info.backend_pid}/schedstat").read_text(encoding="utf-8").split()[0]
        )
    return time.process_time() + there / 1e9


def _ask(application, environment: dict) -> None:
    told = []
    body = application(
        {**environment, "wsgi.input": io.BytesIO()}, lambda status, _headers: told.append(status)
    )
    size = sum(map(len, body))
    body.close()
    if told != ["200 OK"] or size < 50_000:
        raise SystemExit(f"{environment['PATH_INFO']}: {told}, {size} bytes")


def _environment(path: str, session: str) -> dict:
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": os.environ.get("PORT", "8000"), "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": f"wida={session}", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0), "wsgi.errors": sys.stderr, "wsgi.multithread": False, "wsgi.multiprocess": True,
    }  # fmt: skip


def _session() -> str:
    from tests import cast

    return cast.signed_in(LOGIN).cookies["wida"].value


if __name__ == "__main__":
    main(int(sys.argv[1]))
