"""How fast somebody is found among many encrypted persons, in a PostgreSQL of its own, through the house's own search.

The persons of 10,000, 100,000 and (FULL=1) 1,000,000 stand in the real tables, sealed under the keys of their
dossiers, four to a dossier. A search brings the candidates, opens them and ranks them: all of it is in the time.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from bench.matching import belgium
from bench.matching.figures import keep

SIZES = (10_000, 100_000, 1_000_000) if os.environ.get("FULL") else (10_000, 100_000)
SEARCHES = 400
EACH = 4  # persons to a dossier
WARM = 60


def measure() -> None:
    from wida import postgres

    figures = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as home, postgres.running(Path(home)) as server:
            os.environ["DATABASE_URL"] = server.url
            figures.append(_in_a_process_of_its_own(size))
            keep("archive", figures)


def _in_a_process_of_its_own(size: int) -> dict:
    """Django reads the address of its database once."""
    import json
    import subprocess

    program = [sys.executable, "-m", "bench.matching.archive", str(size)]
    done = subprocess.run(program, check=True, stdout=subprocess.PIPE, text=True)
    print(done.stdout, flush=True)
    return json.loads(done.stdout.splitlines()[-1])


def one_size(size: int) -> dict:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from wida.demo.organisations import make_organisations
    from wida.records.sealing import keyring

    call_command("migrate", verbosity=0)
    make_organisations()
    records = belgium.people(size, seed=3)
    began = time.monotonic()
    _fill(records)
    filled = time.monotonic() - began
    with keyring(), transaction.atomic():
        found = _search(records)
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_total_relation_size('people_persontoken'), (select count(*) from people_persontoken)"
        )
        bytes_, rows = cursor.fetchone()
    return {"persons": size, "filled": filled, "token_bytes": bytes_, "tokens": rows, **found}


def _fill(records: list[belgium.Record]) -> None:
    """By COPY, as a bulk load does; the same columns, sealing and tokens as the house's actions write."""
    from django.db import connection

    from wida.accounts.models import Membership

    member = Membership.objects.select_related("organisation").get(user__login="coordinator.limburg")
    with connection.cursor() as cursor:
        cursor.execute("alter table people_persontoken drop constraint people_persontoken_pkey")
        cursor.execute("set session_replication_role = replica")
        names = ("dossiers_dossier", "dossiers_dossierkey", "people_person", "people_persontoken")
        for start in range(0, len(records), 40_000):
            rows = list(_rows(records[start : start + 40_000], member, start))
            for place, name in enumerate(names):
                parts = [row for rows_of in rows for row in rows_of[place]]
                columns = list(parts[0])
                quoted = ", ".join(f'"{column}"' for column in columns)
                with cursor.copy(f"copy {name} ({quoted}) from stdin") as copy:
                    for row in parts:
                        copy.write_row([row[column] for column in columns])
            print(f"{min(start + 40_000, len(records))} persons", file=sys.stderr, flush=True)
        cursor.execute("set session_replication_role = origin")
        cursor.execute("alter table people_persontoken add primary key (token, person_id)")
        cursor.execute("analyze")


def _rows(records: list[belgium.Record], member, start: int) -> Iterator[tuple[list, list, list, list]]:
    from django.utils import timezone

    from bench.matching.measure import facts_of
    from wida.people.matching import keys
    from wida.people.matching.index import tokens
    from wida.records.ids import new_id
    from wida.records.sealing import keyring, new_data_key, seal

    now, who = timezone.now(), "Bench"
    for at in range(0, len(records), EACH):
        dossier = new_id()
        with keyring():
            wrapped = new_data_key(dossier)
            people, kept = [], []
            for record in records[at : at + EACH]:
                pk = new_id()

                def sealed(column: str, text: str, pk: UUID = pk, dossier: UUID = dossier) -> bytes | None:
                    return bytes(seal(text, dossier, f"people_person:{pk}:{column}")) if text else None

                people.append({
                    "id": pk, "dossier_id": dossier, "organisation_id": member.organisation_id,
                    "author_id": member.user_id, "signature": who, "created_at": now, "changed_at": now, "version": 1,
                    "group": "rechtstreeks", "given_name": sealed("given_name", record.given_name),
                    "family_name": sealed("family_name", record.family_name), "sex": record.sex,
                    "birth_date": sealed("birth_date", record.birth_date),
                    "birth_year": int(record.birth_date[:4]) if record.birth_date else None,
                    "unborn": False, "deceased": False,
                })  # fmt: skip
                facts = facts_of(record)
                facts.homes = ()
                kept += [
                    {"token": t, "person_id": pk, "dossier_id": dossier} for t in tokens(keys.stored(facts))
                ]
            head = {
                "id": dossier, "number": f"BENCH{start + at}", "safe_home_id": member.organisation.safe_home_id,
                "family_name": bytes(seal("Familie", dossier, f"dossiers_dossier:{dossier}:family_name")),
                "stage": "uitvoering", "colour": "", "track": "", "author_id": member.user_id,
                "organisation_id": member.organisation_id, "signature": who, "created_at": now, "changed_at": now,
                "changed_by": who, "changed_part": "people", "submitted_at": now, "opened_at": now,
                "closure_reason": "",
            }  # fmt: skip
            yield [head], [{"dossier_id": dossier, "wrapped": wrapped}], people, kept


def _search(records: list[belgium.Record]) -> dict:
    """Two searches for the same people: by a name with a typing error alone, and as somebody who comes in."""
    from wida.accounts.models import Membership
    from wida.people import matching
    from wida.people.matching.facts import Facts
    from wida.records.sealing import _ring

    actor = (
        Membership.objects.select_related("user", "organisation__safe_home")
        .get(user__login="coordinator.limburg")
        .actor
    )
    chance = random.Random(5)
    whole = [record for record in records if record.given_name and record.birth_date]
    asked = [chance.choice(whole) for _ in range(SEARCHES + WARM)]
    times: dict[str, list[float]] = {"typo": [], "incoming": []}
    right = 0
    for number, record in enumerate(asked):
        again = _typo(chance, record)
        for kind, facts in (
            ("typo", Facts(given_name=again.given_name, family_name=again.family_name)),
            (
                "incoming",
                Facts(
                    given_name=again.given_name,
                    family_name=again.family_name,
                    sex=record.sex,
                    birth_date=record.birth_date,
                ),
            ),
        ):
            _ring.get().clear()  # as a new request: every key is unwrapped anew
            began = time.perf_counter()
            hits = matching.find_all(actor, {None: facts})[None]
            took = (time.perf_counter() - began) * 1000
            if number >= WARM:
                times[kind].append(took)
                if kind == "typo":
                    name = f"{record.given_name} {record.family_name}"
                    right += any(hit.person == name for hit in hits)
    return {
        "recall": right / SEARCHES,
        **{
            f"{kind}_{what}": value
            for kind, took in times.items()
            for what, value in (
                ("p50", statistics.median(took)),
                ("p95", statistics.quantiles(took, n=20)[-1]),
            )
        },
    }


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
    import json

    print(json.dumps(one_size(int(sys.argv[1]))))
