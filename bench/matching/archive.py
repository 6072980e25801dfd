"""How fast somebody is found among many encrypted persons, through the house's own search and behind its walls.

One server and one process for each size, all up at once, searching in turns: what else the machine does, it does to
each of them alike. A search brings the candidates, opens them and ranks them: all of it is in the time.
"""

import contextlib
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.matching import belgium, filled, trigrams
from bench.matching.figures import keep

SIZES = (10_000, 100_000, 1_000_000) if os.environ.get("FULL") else (10_000, 100_000)
ROUNDS, EACH, WARM = 8, 50, 60  # searches of each kind
SERVER = ("shared_buffers=5GB", "max_wal_size=8GB", "maintenance_work_mem=512MB")


# What a search reads, in the order of the indexes by which it does.
READ = {
    "people_persontoken": "token, person_id, dossier_id",
    "people_person": "id, given_name",
    "dossiers_dossier": "id, number",
    "dossiers_dossierkey": "dossier_id, wrapped",
}


class Asked(NamedTuple):
    """Whom to find: by the name as somebody typed it, or as a person who comes in with it."""

    record: belgium.Record
    typed: belgium.Record

    @property
    def name(self) -> str:
        return f"{self.record.given_name} {self.record.family_name}"


def measure() -> None:
    with contextlib.ExitStack() as stack:
        searchers = {size: stack.enter_context(_searcher(size)) for size in SIZES}
        for searcher in searchers.values():
            _turn(searcher)  # filled, and warm
        turns = [[_turn(searchers[size]) for size in SIZES] for _ in range(ROUNDS)]
        ends = [_turn(searchers[size], "end") for size in SIZES]
    load = os.getloadavg()[0]
    keep(
        "archive",
        [
            {
                "persons": size,
                "load": load,
                "rounds": ROUNDS,
                "each": EACH,
                "warm": WARM,
                **end,
                **_summed([turn[place] for turn in turns]),
            }
            for place, (size, end) in enumerate(zip(SIZES, ends, strict=True))
        ],
    )


@contextlib.contextmanager
def _searcher(size: int) -> Iterator[subprocess.Popen]:
    """Django reads the address of its database once, so each size has a process of its own."""
    from wida import postgres

    with postgres.running(filled.home(size), options=SERVER) as server:
        program = [sys.executable, "-m", "bench.matching.archive", str(size)]
        told = os.environ | {"DATABASE_URL": server.url}
        with subprocess.Popen(
            program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=told
        ) as searcher:
            yield searcher
            searcher.stdin.close()


def _turn(searcher: subprocess.Popen, word: str = "turn") -> dict:
    print(word, file=searcher.stdin, flush=True)
    return json.loads(searcher.stdout.readline())


def _summed(turns: list[dict]) -> dict:
    found = {"recall": statistics.mean(turn["recall"] for turn in turns)}
    for kind in ("typo", "incoming", "typo_cpu", "incoming_cpu"):
        took = [value for turn in turns for value in turn[kind]]
        found |= {
            f"{kind}_p50": statistics.median(took),
            f"{kind}_p95": _p95(took),
            f"{kind}_worst": max(_p95(turn[kind]) for turn in turns),
        }
    return found


def _p95(took: list[float]) -> float:
    return statistics.quantiles(took, n=20)[-1]


# In the process of one size -----------------------------------------------------------------------------------


def main(size: int) -> None:
    import django

    django.setup()
    records = filled.fill(size)
    _read_once()
    asked = _asked(records)
    _search(asked[:WARM])
    sys.stdin.readline()
    print(json.dumps({}), flush=True)
    for number in range(ROUNDS):
        sys.stdin.readline()
        begin = WARM + number * EACH
        print(json.dumps(_search(asked[begin : begin + EACH])), flush=True)
    sys.stdin.readline()
    theirs = trigrams.recall(records, [(one.typed, one.name) for one in asked[WARM:]])
    print(json.dumps({"trigram_recall": theirs, **_size()}), flush=True)


def _read_once() -> None:
    """Brings into memory what stands there in a server that has been up for a while."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off; set local enable_bitmapscan = off")
        for table, columns in READ.items():
            first = columns.partition(",")[0]
            ordered = f"select {columns} from {table} order by {first} offset 0"  # noqa: S608 - names of ours
            cursor.execute(f"select count(*) from ({ordered}) as everything")  # noqa: S608 - as above


def _asked(records: list[belgium.Record]) -> list[Asked]:
    chance = random.Random(5)
    whole = [record for record in records if record.given_name and record.birth_date]
    chosen = [chance.choice(whole) for _ in range(WARM + ROUNDS * EACH)]
    return [Asked(record, _typo(chance, record)) for record in chosen]


def _search(asked: list[Asked]) -> dict:
    """Each twice: by a name with a typing error alone, and as somebody who comes in."""
    from wida.access.walls.identity import act_as, walled
    from wida.accounts.models import Membership
    from wida.people import matching
    from wida.people.matching.facts import Facts
    from wida.records.sealing import keyring

    coordinators = Membership.objects.select_related("user", "organisation__safe_home")
    actor = coordinators.get(user__login="coordinator.limburg").actor
    times: dict[str, list[float]] = {"typo": [], "incoming": [], "typo_cpu": [], "incoming_cpu": []}
    right = 0
    for one in asked:
        name = {"given_name": one.typed.given_name, "family_name": one.typed.family_name}
        born = {"sex": one.record.sex, "birth_date": one.record.birth_date}
        for kind, facts in (("typo", Facts(**name)), ("incoming", Facts(**name, **born))):
            with keyring(), walled():  # as a request of its own: no key was opened before
                act_as(actor)
                began, used = time.perf_counter(), _processor_ms()
                hits = matching.find_all(actor, {None: facts})[None]
                times[kind].append((time.perf_counter() - began) * 1000)
                times[f"{kind}_cpu"].append(_processor_ms() - used)
            if kind == "typo":
                right += any(hit.person == one.name for hit in hits)
    return {"recall": right / len(asked), **times}


def _processor_ms() -> float:
    """What this process and its session in the database had of the processors: waiting for others isn't in it."""
    from django.db import connection

    session = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text(encoding="ascii")
    return time.process_time() * 1000 + int(session.split()[0]) / 1e6


def _size() -> dict:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_total_relation_size('people_persontoken'), (select count(*) from people_persontoken)"
        )
        bytes_, rows = cursor.fetchone()
    return {"token_bytes": bytes_, "tokens": rows}


def _typo(chance: random.Random, record: belgium.Record) -> belgium.Record:
    """60 % in the family name, 20 % in the first name, 20 % in both; half of them another spelling of a sound."""

    def wrong(text: str) -> str:
        return (
            belgium.respelled(chance, text, record.origin)
            if chance.random() < 0.5
            else belgium.mistyped(chance, text)
        )

    which = chance.random()
    given = wrong(record.given_name) if which >= 0.6 else record.given_name
    family = wrong(record.family_name) if which < 0.6 or which >= 0.8 else record.family_name
    return record._replace(given_name=given, family_name=family)


if __name__ == "__main__":
    main(int(sys.argv[1]))
