"""Everything that is measured with one number of dossiers, in a database and with servers of its own."""

import json
import os
import random
import signal
import statistics
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent / ".wida" / "bench"
PORT = int(os.environ.get("BENCH_PORT", "8791"))
CLIENTS = (1, 4, 16)
LOGIN, LANE = "coordinator.limburg", "liaison.caw-limburg"


def main(dossiers: int, rounds: int, seconds: float) -> dict:
    home = HOME / str(dossiers)
    prepare(home)
    from wida import postgres, running

    with running.database(quiet=True, options=postgres.FILLING), running.logged_in("owner"):
        filled = fill(home, dossiers)
    with postgres.running(home):  # as every day
        running.prepare_files()
        return {"dossiers": dossiers, **filled, **_measure(home, rounds, seconds)}


def prepare(home: Path) -> None:
    """Before anything of Django is imported."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "wida.settings", "WIDA_MODE": "demo", "WIDA_HOME": str(home),
        "WIDA_FILES_PER_HOUR": "100000000", "WIDA_SEARCHES_PER_HOUR": "100000000", "WIDA_SESSIONS_PER_USER": "500",
    }  # fmt: skip


def fill(home: Path, dossiers: int) -> dict:
    import psycopg
    from django.core.management import call_command
    from django.db import transaction

    from wida import postgres
    from wida.access.walls import build
    from wida.demo.organisations import make_organisations
    from wida.dossiers.models import Dossier
    from wida.figures.actions import count_again
    from wida.seed import seed

    call_command("migrate", verbosity=0)
    build.build()
    with transaction.atomic():
        make_organisations()
    kept = home / "filled.json"
    missing = dossiers - Dossier.objects.count()
    if missing > 0:
        began = time.monotonic()
        with psycopg.connect(postgres.url(home)) as server:
            made = seed(missing, random_seed=1, server=server)
        loaded = time.monotonic() - began - made.told  # until all is on the disk
        with psycopg.connect(postgres.url(home), autocommit=True) as server:
            server.execute("vacuum analyze")
            server.execute("checkpoint")
        count_again()
        kept.write_text(json.dumps({"told": made.told, "loaded": loaded, "rate": made.dossiers / loaded,
                                    "rows": made.rows}))  # fmt: skip
    return json.loads(kept.read_text())


def _measure(home: Path, rounds: int, seconds: float) -> dict:
    from django.db import connection

    from bench.floors import Floors
    from wida import postgres, running

    floors = Floors(postgres.url(home))
    os.environ["WIDA_WORKERS"] = "2"
    with running.server(PORT) as server:
        if not running.answers(PORT, server):
            raise SystemExit("the server didn't start")
        steps = operations()
        for name in steps:
            measured(steps[name], 2, 0.5)  # both workers have seen each page
        resident = [memory(server.pid)]
        found: dict = {f"{name} {clients}": [] for name in steps for clients in CLIENTS}
        commit = []
        for turn in range(rounds):
            print(f"round {turn + 1} of {rounds}", file=sys.stderr, flush=True)
            commit.append(floors.commit())
            for clients in CLIENTS:
                for name in random.sample(list(steps), len(steps)):
                    floors.forget()
                    found[f"{name} {clients}"].append(tuple(measured(steps[name], clients, seconds))[:4])
        resident.append(memory(server.pid))
        wire = _wire()
    figures = _figures(rounds)
    with connection.cursor() as cursor:
        cursor.execute("select pg_database_size(current_database())")
        (size,) = cursor.fetchone()
    connection.close()
    return {"commit": commit, "operations": found, "memory": resident, "wire": wire, "figures": figures,
            "bytes": size, "find": _find(rounds)}  # fmt: skip


def measured(make, clients: int, seconds: float):
    """A `client.Round` of an operation."""
    from bench.client import run

    return run([make(number) for number in range(clients)], seconds)


def operations() -> dict:
    """Name -> what makes the step of one client."""
    from django.db import connection

    from bench.client import Browser, getting, posting
    from bench.full import families
    from wida.accounts.models import SafeHome
    from wida.dossiers.models import Dossier
    from wida.people.models import Person
    from wida.records.sealing import keyring
    from wida.running import logged_in
    from wida.sharing.models import Lane

    chance = random.Random(3)
    with logged_in("owner"), keyring(trusted=True):
        chosen = families(Path(os.environ["WIDA_HOME"]))
        # Most dossiers of an archive end at the front door; these have a phone number and a past.
        known = Dossier.objects.filter(safe_home__name="Limburg", stage__in=("uitvoering", "wachtperiode"))
        asked_of = chance.sample(
            list(known.order_by("pk").values_list("pk", flat=True)), min(known.count(), 60)
        )
        persons = [Person.objects.filter(dossier_id=pk).order_by("pk").first() for pk in asked_of]
        names = [(one.given_name, one.family_name, one.national_number) for one in persons]
        home = SafeHome.objects.get(name="Limburg").pk
        lanes = list(
            Lane.objects.filter(
                dossier__stage__in=("dossiervorming", "uitvoering"), dossier__safe_home_id=home, lane="caw"
            )
            .order_by("dossier__stage", "pk").values_list("dossier__number", "pk")[:16]
        )  # fmt: skip
        sessions = {login: _session(login) for login in (LOGIN, LANE)}
    connection.close()
    tabs = {name: [f"/dossiers/{number}/{tab}" for _pk, number in chosen] for name, tab in TABS.items()}
    asked = chance.choices(names, k=1000)

    def browser(login: str = LOGIN, page: str = "/dossiers/new/") -> Browser:
        one = Browser(PORT, sessions[login])
        one.ask(page)
        return one

    def searched(fields):
        def make(number: int):
            turn = iter(asked[number * 31 % 500 :] * 100)
            return posting(browser(), "/dossiers/new/", lambda: fields(*next(turn)))

        return make

    def created(number: int):
        one = browser(LANE)
        return posting(
            one,
            "/dossiers/start/",
            lambda: {"name": "Bench - Proef", "safe_home": str(home), "police_zone": ""},
        )

    def saved(number: int):
        one = browser(LANE)
        dossier, lane = lanes[number % len(lanes)]
        path = f"/dossiers/{dossier}/sharing/lanes/{lane}/contribute/"

        def step() -> tuple[float, bool]:
            answer = one.ask(path, [*one.hidden(path), ("state", "niet_gekend"), ("reason", "Nagekeken.")])
            return answer.seconds, answer.status == 303

        return step

    steps = {
        **{
            name: (lambda number, paths=paths: getting(browser(), paths, number * 37))
            for name, paths in tabs.items()
        },
        "my open files": lambda number: getting(browser(), ["/dossiers/"], 0),
        "an empty view": lambda number: getting(browser(), ["/"], 0),
        "the figures": lambda number: getting(browser(), ["/figures/"], 0),
        "search a misspelt name": searched(lambda given, family, _n: _typo(chance, given, family)),
        "search a national number": searched(lambda _g, _f, number: {"national_number": number}),
        "create a dossier": created,
    }
    if lanes:
        steps["save a lane"] = saved
    return steps


TABS = {"open the people tab": "people/", "open the overview": ""}


def _typo(chance: random.Random, given: str, family: str) -> dict:
    at = chance.randrange(1, len(family) - 1)
    return {"given_name": given, "family_name": family[:at] + family[at + 1 :]}


def _session(login: str) -> str:
    from tests import cast

    return cast.signed_in(login).cookies["wida"].value


def memory(gunicorn: int) -> list[int]:
    """Resident kilobytes of each worker."""
    children = Path(f"/proc/{gunicorn}/task/{gunicorn}/children").read_text(encoding="utf-8").split()
    sizes = []
    for pid in children:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        sizes.append(next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")))
    return sizes


def _wire() -> dict:
    """Bytes of the first page of somebody signed in, with its styles and scripts, as a browser gets them."""
    import re

    from bench.client import Browser
    from wida.running import logged_in

    with logged_in("owner"):
        browser = Browser(PORT, _session(LOGIN))
    page = browser.ask("/dossiers/", gzip=True)
    body = page.body
    if page.encoding == "gzip":
        import gzip

        body = gzip.decompress(body)
    files = sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', body.decode())))
    sizes = {path: len(browser.ask(path, gzip=True).body) for path in files}
    return {"page": len(page.body), "encoding": page.encoding, "files": sizes}


def _figures(rounds: int) -> dict:
    """The direct count and what the page reads, in milliseconds; and whether their numbers are the same."""
    from django.db import connection

    from wida.figures.actions import count_again
    from wida.figures.models import Figure
    from wida.figures.queries import figures
    from wida.figures.rounding import Number, told
    from wida.running import logged_in

    direct, kept = [], []
    with logged_in("owner"):
        count_again()
        with connection.cursor() as cursor:
            for _time in range(rounds):
                began = time.perf_counter()
                cursor.execute(DIRECT)
                counted = set(told(cursor.fetchall()))
                direct.append((time.perf_counter() - began) * 1000)
                began = time.perf_counter()
                figures(home=None, year=None)
                kept.append((time.perf_counter() - began) * 1000)
            same = set(Figure.objects.values_list(*Number._fields)) == counted
    return {"direct": direct, "kept": kept, "same": same}


DIRECT = "select safe_home, month, measure, value, dossiers, amount from wida.count_figures()"


def _find(rounds: int) -> dict:
    """Milliseconds to find a person by a misspelt name, behind both walls: candidates, opening and ranking, without the
    page. And among how many, and how many of those who were meant stood among the found.
    """
    from tests import cast
    from wida.access.walls.identity import act_as, walled
    from wida.people import matching
    from wida.people.models import Person
    from wida.records.sealing import keyring
    from wida.running import logged_in

    chance = random.Random(5)
    with logged_in("owner"), keyring(trusted=True):
        known = Person.objects.filter(dossier__safe_home__name="Limburg").exclude(dossier__stage="opbouw")
        ids = list(known.values_list("pk", flat=True)[:20_000])
        people = [Person.objects.get(pk=pk) for pk in chance.sample(ids, 40 * rounds)]
        names = [(one.pk, _typo(chance, one.given_name, one.family_name)) for one in people]
        persons, actor = Person.objects.count(), cast.actor(LOGIN)
    took, found = [], 0
    for pk, name in names:
        with keyring(), walled():
            act_as(actor)
            began = time.perf_counter()
            hits = matching.find(actor, **name)
            took.append((time.perf_counter() - began) * 1000)
        found += pk in {hit.person_id for hit in hits}
    return {"p50": statistics.median(took), "p95": statistics.quantiles(took, n=20)[-1],
            "persons": persons, "found": found / len(names)}  # fmt: skip


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))))
