"""What the second wall and sealed text cost: pages with both, against the same pages with neither, in one run.

    python -m bench.walls [--dossiers 30000] [--rounds 60]

Both ways are asked for each page in turn, in random order, each over a connection of its own: `bare` as an account that
no wall stands around, with every text at hand in the clear; `walled` as the application works. Prints medians of the
whole answer and of the database alone, and their ratio, and writes them to docs/benchmarks-walls.md. Figures of one run
are compared with nothing but themselves.
"""

import argparse
import os
import random
import statistics
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM as Cipher

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".wida" / "bench" / "walls"
OUT = ROOT / "docs" / "benchmarks-walls.md"
MANDATES = {"casemanager.limburg": 60, "liaison.caw-limburg": 400}
LIMIT = 1.3


HEAD = """# What the second wall and sealed texts cost

Made by `python -m bench.walls`: the same pages in one process, over two connections in random order. `bare` is an account
that no wall stands around, with every text at hand in the clear; `walled` is as the application works, the
counts of the menu kept for some seconds included.

"""


class Page(NamedTuple):
    name: str
    login: str
    address: str


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--dossiers", type=int, default=30_000)
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "wida.settings", "WIDA_MODE": "test", "WIDA_HOME": str(HOME)}
    from wida import postgres
    from wida.access.walls import roles

    with postgres.running(HOME) as server:
        roles.bootstrap(server.url)
        os.environ["DATABASE_URL"] = server.url
        import django

        django.setup()
        return measure(options.dossiers, options.rounds)


def measure(dossiers: int, rounds: int) -> int:
    from django.conf import settings

    settings.WIDA_STEPS_DOWN = False
    settings.WIDA_FILES_PER_HOUR = 10**9
    numbers = fill(dossiers)
    pages = [Page("open, people", login, f"/dossiers/{numbers[login]}/people/") for login in numbers]
    pages += [Page("open, situation", login, f"/dossiers/{numbers[login]}/situation/") for login in numbers]
    pages += [Page("open, risk", login, f"/dossiers/{numbers[login]}/risk/") for login in numbers]
    pages += [Page("list", login, "/dossiers/") for login in numbers]
    ways = {"bare": Way("postgres", sealed=False), "walled": Way("wida_app", sealed=True)}
    lines = [f"{dossiers} dossiers, {rounds} rounds; milliseconds, medians", ""]
    lines.append(
        f"{'page':<18}{'who':<24}{'bare':>8}{'walled':>8}{'ratio':>7}{'SQL bare':>10}{'walled':>8}{'ratio':>7}"
    )
    worst = 0.0
    for page in pages:
        taken = {name: [] for name in ways}
        for turn in range(-5, rounds):
            for name in random.sample(list(ways), len(ways)):
                figures = ways[name].ask(page)
                if turn >= 0:
                    taken[name].append(figures)
        whole, database = (
            [statistics.median(figures[part] for figures in taken[name]) * 1000 for name in ways]
            for part in (0, 1)
        )
        worst = max(worst, whole[1] / whole[0])
        lines.append(
            f"{page.name:<18}{page.login:<24}{whole[0]:>8.2f}{whole[1]:>8.2f}{whole[1] / whole[0]:>7.2f}"
            f"{database[0]:>10.2f}{database[1]:>8.2f}{database[1] / database[0]:>7.2f}"
        )
    lines += ["", f"The dearest page costs {worst:.2f} times; at most {LIMIT} is allowed."]
    print("\n".join(lines))
    OUT.write_text(HEAD + "\n".join(f"    {line}".rstrip() for line in lines) + "\n", encoding="utf-8")
    return 0 if worst <= LIMIT else 1


class Way:
    """One way to work: an account of the database on its own connection, and texts sealed or at hand."""

    def __init__(self, account: str, *, sealed: bool):
        from django.db import connections

        self.connection = connections.create_connection("default")
        self.connection.settings_dict = self.connection.settings_dict | {"USER": account}
        self.sealed = sealed
        self.clients = {}
        self.in_database = 0.0

    def ask(self, page: Page) -> tuple[float, float]:
        """Seconds of the whole answer, and of those in the database."""
        from django.db import connections

        from tests import cast

        before = connections["default"]
        connections["default"] = self.connection
        self.in_database = 0.0
        try:
            client = self.clients.setdefault(page.login, None) or cast.signed_in(page.login)
            self.clients[page.login] = client
            with texts(sealed=self.sealed), self.connection.execute_wrapper(self._timed):
                begin = time.perf_counter()
                answer = client.get(page.address)
                taken = time.perf_counter() - begin
        finally:
            connections["default"] = before
        if answer.status_code != 200:
            raise SystemExit(f"{page} answers {answer.status_code}")
        return taken, self.in_database

    def _timed(self, execute, *arguments):
        begin = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.in_database += time.perf_counter() - begin


class AtHand:
    """Stands for a key when texts are at hand: each was opened once before, and is only looked up."""

    plain: dict[bytes, bytes] = {}

    def __init__(self, key):
        self.key = key

    def decrypt(self, nonce: bytes, box: bytes, place: bytes) -> bytes:
        if nonce not in self.plain:
            self.plain[nonce] = Cipher(self._key()).decrypt(nonce, box, place)
        return self.plain[nonce]

    def encrypt(self, nonce: bytes, data: bytes, place: bytes) -> bytes:
        self.plain[nonce] = data
        return Cipher(self._key()).encrypt(nonce, data, place)

    def _key(self) -> bytes:
        return self.key() if callable(self.key) else self.key


class texts:
    """Sealed as they are, or at hand: then neither a data key nor a text is decrypted."""

    def __init__(self, *, sealed: bool):
        self.sealed = sealed

    def __enter__(self):
        from wida.records import sealing

        self.before = unwrap, _cipher = sealing._unwrap, sealing.AESGCM
        if not self.sealed:
            sealing._unwrap = lambda wrapped, dossier: lambda: unwrap(wrapped, dossier)
            sealing.AESGCM = AtHand

    def __exit__(self, *fault):
        from wida.records import sealing

        sealing._unwrap, sealing.AESGCM = self.before


# Data -----------------------------------------------------------------------------------------------------


def fill(count: int) -> dict[str, str]:
    """A house full of dossiers, made once; returns for each reader the number of a told family to open."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import transaction

    from tests import cast
    from wida.access.walls import build
    from wida.database import logged_in
    from wida.dossiers.models import Dossier
    from wida.records.sealing import keyring

    call_command("migrate", verbosity=0)
    build.build()
    with logged_in("owner"), keyring(trusted=True):
        if not get_user_model().objects.exists():
            with transaction.atomic():
                cast.organisations()
        missing = count - Dossier.objects.count()
        if missing > 0:
            with transaction.atomic():
                _families()
                _many(missing)
    _analyse()
    number = Dossier.objects.order_by("created_at", "id").values_list("number", flat=True)[0]
    return dict.fromkeys(("coordinator.limburg", *MANDATES), number)


def _families() -> None:
    """A family that each of the readers may open."""
    from tests import cast
    from wida.access.actions import give_mandate
    from wida.access.rules import Ground
    from wida.demo.families import House, tell
    from wida.dossiers.codes import Stage

    dossier = tell(House("Limburg"), Stage.EXECUTION, random.Random(1), 1)
    coordinator = cast.actor("coordinator.limburg")
    for login, ground in zip(MANDATES, (Ground.ASSIGNED, Ground.INVITED), strict=True):
        give_mandate(dossier=dossier, holder=cast.member(login), ground=ground, by=coordinator)


def _many(count: int) -> None:
    """Plain rows of dossiers, keys, mandates of many people, and a task each."""
    from django.utils import timezone

    from tests import cast
    from wida.access.models import Mandate
    from wida.accounts.models import SafeHome
    from wida.dossiers.codes import Stage
    from wida.dossiers.models import Dossier, DossierKey, Task
    from wida.records.ids import new_id
    from wida.records.sealing import new_data_key

    now, home = timezone.now(), SafeHome.objects.get(name="Limburg")
    by = cast.actor("coordinator.limburg")
    holders = [cast.member(login) for login in (*MANDATES, "liaison.police-limburg", "liaison.ggz-limburg")]
    dossiers, keys, mandates, tasks = [], [], [], []
    for n in range(count):
        key = new_id()
        keys.append(DossierKey(dossier_id=key, wrapped=new_data_key(key)))
        moment = now - timedelta(minutes=n)
        dossiers.append(
            Dossier(
                id=key, number=f"BENCH{n}", safe_home=home, family_name=f"Gezin {n}", stage=Stage.EXECUTION,
                author_id=by.user_id, organisation_id=by.organisation_id, signature=by.signature,
                created_at=moment + timedelta(days=9), changed_at=moment, changed_by=by.signature,
                changed_part="people", opened_at=moment, next_due=moment.date(), next_kind="actie",
            )
        )  # fmt: skip
        for place, holder in enumerate(holders):
            wanted = (60, 400, count // 3, count // 5)[place]
            if n % max(1, count // wanted) == 0:
                mandates.append(
                    Mandate(
                        dossier_id=key, organisation_id=by.organisation_id, author_id=by.user_id,
                        signature=by.signature, created_at=moment, changed_at=moment, since=moment.date(),
                        holder_id=holder.user_id, holder_organisation_id=holder.organisation_id,
                        holder_signature=holder.actor.signature,
                        ground="toegewezen" if place == 0 else "uitgenodigd",
                    )
                )  # fmt: skip
        if n % 7 == 0:
            tasks.append(
                Task(
                    dossier_id=key, kind="actie", due=moment.date(), source=key, created_at=moment,
                    created_by=by.signature, user_id=holders[n % 2].user_id,
                )
            )  # fmt: skip
    for model, made in ((Dossier, dossiers), (DossierKey, keys), (Mandate, mandates), (Task, tasks)):
        model.objects.bulk_create(made, batch_size=1000)


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")


if __name__ == "__main__":
    sys.exit(main())
