"""Whether a report that was acknowledged is ever lost: systems send at once while the server or the database is killed.

    python -m bench.reports --reports 10000 --senders 4 --kill server --seed 1

Starts a PostgreSQL and servers of its own. Kills with SIGKILL at moments that chance chooses, starts again, and goes
on until every report has its receipt. Then it looks in the database: every receipt's report is there once.
"""

import argparse
import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import psycopg

from bench import servers
from clients.wida_client import Wida
from wida import postgres, running
from wida.access.walls import roles

POLICE = ("Limburg", "Antwerpen", "Oost-Brabant")
ZONES = {"Limburg": ("0901", "0902"), "Antwerpen": ("0911",), "Oost-Brabant": ("0921",)}
UNKNOWN_ZONE = 0.05  # of the reports: these wait to be placed
AGAIN = 0.05  # sent once more although they were acknowledged, as by whom the answer did not reach
TIMEOUT = 30
PREPARE = """
from wida.api import senders
from wida.demo.organisations import make_organisations
make_organisations()
for subject, organisation in {speak}.items():
    senders.connect(subject=subject, organisation=organisation)
"""


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="wida-bench-") as folder:
        os.chmod(folder, 0o755)  # noqa: S103 - the database may run as another account
        result = Run(options, Path(folder)).result()
    print(json.dumps(result, indent=2))
    return 1 if result["lost"] or result["duplicated"] or result["acknowledged"] < options.reports else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.reports", description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--senders", type=int, default=4)
    parser.add_argument("--kill", choices=("server", "database", "both"), default="server")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


class Run:
    """One run in a folder of its own. Whatever it started ends with it."""

    def __init__(self, options: argparse.Namespace, home: Path):
        self.options, self.home, self.chance = options, home, random.Random(options.seed)
        self.port, self.issuer_port = _free_port(), _free_port()
        self.acknowledged: dict[str, str] = {}
        self.contradictions: list[str] = []
        self.retries, self.lock = Counter(), threading.Lock()
        self.killed: Counter[str] = Counter()

    def result(self) -> dict:
        with contextlib.ExitStack() as stack:
            self._prepare(stack)
            begin = time.monotonic()
            senders = [threading.Thread(target=self._send, args=(n,)) for n in range(self.options.senders)]
            for sender in senders:
                sender.start()
            self._kill_now_and_then(senders)
            for sender in senders:
                sender.join()
            seconds = time.monotonic() - begin
            return self._look() | {
                "seconds": round(seconds, 1),
                "kills": dict(self.killed),
                "retries": dict(self.retries),
                "options": vars(self.options),
            }

    # Starting -----------------------------------------------------------------------------------------------

    def _prepare(self, stack: contextlib.ExitStack) -> None:
        issuer = f"http://127.0.0.1:{self.issuer_port}/op"
        os.environ |= {
            "WIDA_HOME": str(self.home), "WIDA_MODE": "demo", "WIDA_API_ISSUER": issuer,
            "WIDA_API_PER_MINUTE": "1000000", "DJANGO_SETTINGS_MODULE": "wida.settings",
            "WIDA_WORKERS": str(self.options.senders),
        }  # fmt: skip
        self.database = postgres.start(self.home)
        stack.callback(lambda: postgres.stop(self.database))
        roles.bootstrap(self.database.url)
        for name, account in (("", roles.APP), ("OWNER_", roles.OWNER), ("WORKER_", roles.WORKER)):
            os.environ[f"DATABASE_{name}URL"] = postgres.url(self.home, account)
        environment = dict(os.environ)
        servers.make_tables(self.database.url, environment)
        speak = {f"system-{number}": f"Politie {_house(number)}" for number in range(self.options.senders)}
        servers.run(
            "manage", "shell", "--no-imports", "-c", PREPARE.format(speak=speak), environment=environment
        )
        import django

        django.setup()
        from wida.accounts.fake_provider import Provider

        self.issuer = stack.enter_context(Provider([], port=self.issuer_port))
        self._serve()
        stack.callback(self._end_server)

    def _serve(self) -> None:
        """The servers of production, in a group of their own, so that one kill takes all of them."""
        command = [sys.executable, "-m", "gunicorn", "wida.wsgi", "--no-control-socket", "--bind",
                   f"127.0.0.1:{self.port}", "--workers", str(self.options.senders), "--preload", "--log-level", "critical"]  # fmt: skip
        self.server = subprocess.Popen(
            command, cwd=running.CHECKOUT, start_new_session=True, stderr=subprocess.DEVNULL,
            preexec_fn=postgres.die_with(os.getpid()),
        )  # fmt: skip
        if not running.answers(self.port, self.server):
            raise SystemExit("the server didn't start")

    def _end_server(self) -> None:
        _kill_group(self.server)

    # Killing ------------------------------------------------------------------------------------------------

    def _kill_now_and_then(self, senders: list[threading.Thread]) -> None:
        """Each time so many reports were acknowledged, and a moment of chance later."""
        moments = sorted(self.chance.sample(range(self.options.reports), self.options.kills))
        for place, moment in enumerate(moments):
            while len(self.acknowledged) < moment and any(sender.is_alive() for sender in senders):
                time.sleep(0.01)
            time.sleep(self.chance.random() / 5)
            if not any(sender.is_alive() for sender in senders):
                return
            what = ("server", "database")[place % 2] if self.options.kill == "both" else self.options.kill
            self.killed[what] += 1
            if what == "server":
                _kill_group(self.server)
                self._serve()
            else:
                _kill_group(self.database.process)
                self.database = postgres.start(self.home)

    # Sending ------------------------------------------------------------------------------------------------

    def _send(self, number: int) -> None:
        """One system, with the client that we publish: sends its share until each has a receipt."""
        chance = random.Random(self.options.seed * 1000 + number)
        token = self._token(number)
        wida = Wida(
            f"http://127.0.0.1:{self.port}",
            token=lambda: token,
            timeout=TIMEOUT,
            longest_pause=0.5,
            on_retry=self._count,
        )
        places = range(number, self.options.reports, self.options.senders)
        waiting = [_report(number, place, chance) for place in places]
        while waiting:
            together = waiting[: chance.choice((1, 1, 1, 3, 5))]
            self._note(wida.send(together))
            del waiting[: len(together)]
            if chance.random() < AGAIN:
                self._note(wida.send(together))

    def _count(self, why: object) -> None:
        with self.lock:
            self.retries[str(why)] += 1

    def _note(self, receipts: list[dict]) -> None:
        with self.lock:
            for one in receipts:
                before = self.acknowledged.setdefault(one["pv_number"], one["receipt"])
                if before != one["receipt"]:
                    self.contradictions.append(one["pv_number"])

    def _token(self, number: int) -> str:
        from joserfc import jwt

        now = int(time.time())
        claims = {
            "iss": self.issuer.issuer, "aud": "wida", "sub": f"system-{number}",
            "scope": "wida:police-reports", "iat": now, "exp": now + 12 * 3600,
        }  # fmt: skip
        return jwt.encode({"alg": "RS256", "kid": self.issuer.kid}, claims, self.issuer.key)

    # Looking ------------------------------------------------------------------------------------------------

    def _look(self) -> dict:
        """Past every wall, so that nothing that is there stays out of sight."""
        with psycopg.connect(self.database.url) as server:
            kept = Counter(row[0] for row in server.execute("select receipt from api_policereport"))
            placed = Counter(row[0] for row in server.execute("select receipt from referrals_inflow"))
            whole = Counter(row[0] for row in server.execute(WHOLE))
            (dossiers,) = server.execute("select count(*) from dossiers_dossier").fetchone()
            (unplaced,) = server.execute(
                "select count(*) from api_policereport where inflow_id is null and content is not null"
            ).fetchone()
        receipts = Counter(self.acknowledged.values())
        return {
            "acknowledged": len(self.acknowledged),
            "kept": kept.total(),
            "in_a_work_list": whole.total(),
            "waiting_to_be_placed": unplaced,
            "lost": sum(kept[receipt] == 0 for receipt in receipts)
            + abs(kept.total() - whole.total() - unplaced),
            "duplicated": sum(number > 1 for number in (*kept.values(), *placed.values(), *receipts.values()))
            + kept.total() - len(receipts) + dossiers - whole.total() + len(self.contradictions),
        }  # fmt: skip


# With a dossier that was received, and the persons and the fact that were reported.
WHOLE = """
select i.receipt from api_policereport r join referrals_inflow i on i.id = r.inflow_id and i.receipt = r.receipt
join dossiers_dossier d on d.id = i.dossier_id and d.stage = 'aangemeld'
where (select count(*) from people_person p where p.dossier_id = d.id) = 2
and (select count(*) from situation_incident s where s.dossier_id = d.id) = 1
"""


def _house(number: int) -> str:
    return POLICE[number % len(POLICE)]


def _report(number: int, place: int, chance: random.Random) -> dict:
    names = ("Aerdman", "Bosteels", "Cuylaers", "Dorremans", "Evenepoelse")
    zone = "0999" if chance.random() < UNKNOWN_ZONE else chance.choice(ZONES[_house(number)])
    return {
        "police_zone": zone,
        "pv_number": f"TG.43.L{number % 10}.{place:06}/26",
        "facts": [{"date": "2026-11-14", "place": "Nergenshuizen", "forms": ["fysiek"]}],
        "persons": [
            {
                "role": role,
                "family_name": chance.choice(names),
                "given_name": chance.choice(("Jo", "Chris", "Kim")),
                "birth_date": f"{chance.randint(1950, 2005)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}",
            }
            for role in ("verdachte", "slachtoffer")
        ],
        "children_present": "onbekend",
        "risk_evaluation": {"outcome": "matig"},
        "narrative": f"Verslag {place}.",
    }


def _kill_group(process: subprocess.Popen) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    raise SystemExit(main())
