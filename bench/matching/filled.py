"""An archive of invented persons in the real tables, sealed under the keys of their dossiers, four to a dossier.

Filled once and kept on disk: the tokens are made anew when keys or sounds change, the rest when the persons do.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from uuid import UUID

from bench.matching import belgium
from bench.matching.figures import KEPT

EACH = 4  # persons to a dossier
BATCH = 40_000
SAMPLE = 20_000
SEED = 3
# Ids that follow each other, as those of the house do, and that tell which record they stand for.
PERSON, DOSSIER = 0x01936B00_0000_7000_8000_000000000000, 0x01936B00_0000_7000_9000_000000000000


def home(size: int) -> Path:
    return KEPT / f"archive-{size}"


def fill(size: int) -> list[belgium.Record]:
    """The records of the archive, in the order of their persons. Call it in a process that Django connects to it."""
    from django.core.management import call_command
    from django.db import connection

    from wida.access.walls import build, roles
    from wida.accounts.models import Membership
    from wida.demo.organisations import make_organisations

    roles.bootstrap(os.environ["DATABASE_URL"])
    call_command("migrate", verbosity=0)
    build.build()
    records = belgium.people(size, seed=SEED)
    people, tokens = _print(records), _print(_tokens(records, 0))
    if _marked(size).get("people") != people:
        _mark(size, people="", tokens="")  # until they are whole
        with connection.cursor() as cursor:
            cursor.execute("truncate dossiers_dossier, people_person, people_persontoken cascade")
        if not Membership.objects.exists():
            make_organisations()
        seconds = _copied(records, _people)
        _mark(size, people=people, people_seconds=seconds)
    if _marked(size).get("tokens") != tokens:
        _mark(size, tokens="")
        with connection.cursor() as cursor:
            cursor.execute("truncate people_persontoken")
        seconds = _copied(records, _tokens)
        _mark(size, tokens=tokens, tokens_seconds=seconds)
    return records


def _print(rows: Iterable) -> str:
    """Of what some of the first rows are: another recipe, other keys or other sounds make others."""
    return hashlib.sha256("\n".join(map(repr, islice(rows, SAMPLE))).encode()).hexdigest()


def _marked(size: int) -> dict:
    place = home(size) / "filled.json"
    return json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}


def _mark(size: int, **facts) -> None:
    (home(size) / "filled.json").write_text(json.dumps(_marked(size) | facts), encoding="utf-8")


Part = Callable[[list[belgium.Record], int], Iterable[tuple[str, dict]]]


def _copied(records: list[belgium.Record], part: Part) -> float:
    """By COPY, as a bulk load does; the same columns, sealing and tokens as the house's actions write."""
    from django.db import connection, transaction

    began = time.monotonic()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        for start in range(0, len(records), BATCH):
            tables: dict[str, list[dict]] = {}
            for name, row in part(records[start : start + BATCH], start):
                tables.setdefault(name, []).append(row)
            for name, rows in tables.items():
                columns = ", ".join(f'"{column}"' for column in rows[0])
                with cursor.copy(f"copy {name} ({columns}) from stdin") as copy:
                    for row in rows:
                        copy.write_row(list(row.values()))
            print(f"{min(start + BATCH, len(records))} persons", file=sys.stderr, flush=True)
    with connection.cursor() as cursor:
        cursor.execute("vacuum (analyze)")
    return time.monotonic() - began


def _people(records: list[belgium.Record], start: int) -> Iterator[tuple[str, dict]]:
    from django.utils import timezone

    from wida.accounts.models import Membership
    from wida.records.sealing import keyring, new_data_key, seal

    member = Membership.objects.select_related("organisation").get(user__login="coordinator.limburg")
    now, who = timezone.now(), "Bench"
    written = {"organisation_id": member.organisation_id, "author_id": member.user_id, "signature": who}
    for at in range(0, len(records), EACH):
        dossier = UUID(int=DOSSIER + (start + at) // EACH)
        with keyring():
            yield "dossiers_dossierkey", {"dossier_id": dossier, "wrapped": new_data_key(dossier)}
            yield "dossiers_dossier", written | {
                "id": dossier, "number": f"BENCH{start + at}", "safe_home_id": member.organisation.safe_home_id,
                "family_name": bytes(seal("Familie", dossier, f"dossiers_dossier:{dossier}:family_name")),
                "stage": "uitvoering", "colour": "", "track": "", "created_at": now, "changed_at": now,
                "changed_by": who, "changed_part": "people", "submitted_at": now, "opened_at": now,
                "closure_reason": "",
            }  # fmt: skip
            for number, record in enumerate(records[at : at + EACH], start + at):
                pk = UUID(int=PERSON + number)

                def sealed(column: str, text: str, pk: UUID = pk, dossier: UUID = dossier) -> bytes | None:
                    return bytes(seal(text, dossier, f"people_person:{pk}:{column}")) if text else None

                yield "people_person", written | {
                    "id": pk, "dossier_id": dossier, "created_at": now, "changed_at": now, "version": 1,
                    "group": "rechtstreeks", "given_name": sealed("given_name", record.given_name),
                    "family_name": sealed("family_name", record.family_name), "sex": record.sex,
                    "birth_date": sealed("birth_date", record.birth_date),
                    "birth_year": int(record.birth_date[:4]) if record.birth_date else None,
                    "unborn": False, "deceased": False,
                }  # fmt: skip


def _tokens(records: list[belgium.Record], start: int) -> Iterator[tuple[str, dict]]:
    from bench.matching.measure import facts_of
    from wida.people.matching.index import tokens
    from wida.people.matching.keys import stored

    for number, record in enumerate(records, start):
        facts = facts_of(record)
        facts.homes = ()
        pk, dossier = UUID(int=PERSON + number), UUID(int=DOSSIER + number // EACH)
        for value in tokens(stored(facts)):
            yield "people_persontoken", {"token": value, "person_id": pk, "dossier_id": dossier}
