"""Two hundred professionals at work, with time to think: `python -m bench.load`.

    python -m bench.load [--users 200] [--minutes 20] [--dossiers 1000]

Own database and servers, as `python -m bench`. Afterwards it says whether nothing failed, how long the slowest twentieth
waited, whether memory and connections stayed flat, and whether the trail holds one event for each page that was seen.
"""

import argparse
import json
import os
import random
import subprocess
import sys
from pathlib import Path

from bench.size import HOME, PORT, prepare

LOGINS = (
    *("coordinator.limburg", "casemanager.limburg", "casemanager2.limburg", "liaison.caw-limburg"),
    *("liaison.police-limburg", "liaison.ocj-limburg", "prosecutor.limburg"),
)
TABS = ("", "people/", "situation/", "risk/", "weighing/", "sharing/", "meetings/", "plan/", "execution/")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.load")
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--dossiers", type=int, default=1000)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        print(json.dumps(_work(json.loads(options.work.read_text(encoding="utf-8")), options.minutes * 60)))
        return 0
    home = HOME / str(options.dossiers)
    os.environ["WIDA_WORKERS"] = "2"
    prepare(home)
    from wida import running

    with running.database(quiet=True):
        running.prepare_files()
        from bench.size import fill, memory

        with running.logged_in("owner"):
            fill(home, options.dossiers)
            people = _people(options.users)
        with running.server(PORT) as server:
            if not running.answers(PORT, server):
                return running.fail("the server didn't start")
            before = _state(server.pid, memory)
            report = _apart(home, people, options.minutes * 60)
            after = _state(server.pid, memory)
    seen = after["events"] - before["events"]
    report |= {
        "before": before,
        "after": after,
        "events": seen,
        "flat": after["connections"] <= before["connections"] + 2,
    }
    (home / "load.json").write_text(json.dumps(report, indent=2))
    print(json.dumps(report, indent=2))
    well = not report["failed"] and report["p95"] < 500 and seen == report["requests"]
    return 0 if well else 1


def _people(users: int) -> list[tuple[str, list[str]]]:
    """A session for each, and the dossiers that their account may read."""
    from tests import cast
    from wida.access.queries import known_to

    numbers = {
        login: list(
            known_to(cast.actor(login)).exclude(stage="opbouw").values_list("number", flat=True)[:200]
        )
        for login in LOGINS
    }
    turns = [LOGINS[number % len(LOGINS)] for number in range(users)]
    return [(cast.signed_in(login).cookies["wida"].value, numbers[login]) for login in turns]


def _state(gunicorn: int, memory) -> dict:
    from django.db import connection

    from wida.audit.models import Event
    from wida.running import logged_in

    with logged_in("owner"):
        events = Event.objects.filter(action__in=("read", "listed")).count()
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from pg_stat_activity where usename = 'wida_app'")
            (connections,) = cursor.fetchone()
    return {"resident_kb": memory(gunicorn), "connections": connections, "events": events}


def _apart(home: Path, people: list, seconds: float) -> dict:
    """In a process of its own: locust changes how threads work, which Django's connections don't bear."""
    kept = home / "people.json"
    kept.write_text(json.dumps(people), encoding="utf-8")
    program = [sys.executable, "-m", "bench.load", "--work", str(kept), "--minutes", str(seconds / 60)]
    done = subprocess.run(program, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _work(people: list, seconds: float) -> dict:
    """In locust, without its pages: each looks at a list or a tab, thinks 5 to 25 seconds, and looks again."""
    import gevent
    from locust import HttpUser, between, task
    from locust.env import Environment

    waiting, refused = iter(people), []

    class Professional(HttpUser):
        host = f"http://127.0.0.1:{PORT}"
        wait_time = between(5, 25)

        def on_start(self):
            session, self.numbers = next(waiting)
            self.client.cookies.set("wida", session)

        @task(4)
        def tab(self):
            if self.numbers:
                tab = random.choice(TABS)
                path = f"/dossiers/{random.choice(self.numbers)}/{tab}"
                with self.client.get(path, name=f"tab {tab or 'overview'}", catch_response=True) as answer:
                    if answer.status_code == 403:  # not each role has each tab in each phase: an answer too
                        refused.append(path)
                        answer.success()

        @task(1)
        def list(self):
            self.client.get("/dossiers/", name="list")

    environment = Environment(user_classes=[Professional], stop_timeout=60)  # each ends what it asked
    runner = environment.create_local_runner()
    runner.start(len(people), spawn_rate=20)
    gevent.spawn_later(seconds, runner.quit)
    runner.greenlet.join()
    total = environment.stats.total
    errors = [
        f"{error.method} {error.name}: {error.error} ({error.occurrences})"
        for error in environment.stats.errors.values()
    ]
    return {
        "users": len(people), "seconds": seconds, "refused": len(refused),
        "requests": total.num_requests - total.num_failures - len(refused),
        "failed": total.num_failures, "errors": errors, "p50": total.get_response_time_percentile(0.5),
        "p95": total.get_response_time_percentile(0.95), "p99": total.get_response_time_percentile(0.99),
        "a_second": total.total_rps,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
