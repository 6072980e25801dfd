"""A trail to seal and to break: events in three batches, and a copy of the tables that anybody may change."""

from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from tests import cast
from wida.audit import origin, signing, verified
from wida.audit.actions import record
from wida.audit.models import Batch
from wida.audit.origin import Origin
from wida.audit.seal import seal
from wida.audit.verify import Verifier, Whole
from wida.records.ids import new_id

SIZES = (3, 5, 1)


def make() -> list[UUID]:
    """Nine events in three batches, each with something in every column; returns their ids in order."""
    actor = cast.actor("liaison.caw-limburg")
    token = origin.arrive(Origin("192.0.2.0/24", "0123456789abcdef", new_id()))
    for size in SIZES:
        for number in range(size):
            record(
                "read" if number else "searched", by=actor, dossier=new_id(), part="people", table="people.person",
                row=new_id(), detail=f"number {number}", why="overleg",
            )  # fmt: skip
        seal()
        settle()
    origin.leave(token)
    return [event for batch in Batch.objects.order_by("number") for event in batch.events]


def settle() -> None:
    """Waits for whoever wrote when the last batch was made, also in the other databases of this server."""
    horizon = Batch.objects.latest("number").horizon
    with connection.cursor() as cursor:
        for _try in range(2000):
            cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint, pg_sleep(0.02)")
            if cursor.fetchone()[0] >= horizon:
                return
    raise AssertionError("a transaction goes on and on")


def address(schema: str = "public") -> str:
    return make_conninfo(verified._address(), options=f"-csearch_path={schema}")


def verify(schema: str = "public", folder: Path | None = None, **options) -> Whole:
    return Verifier(folder or settings.WIDA_AUDIT_FOLDER, signing.trusted(), **options).run(address(schema))


@contextmanager
def copy():
    """Copies of the two tables in a schema of their own, without triggers or constraints: a thief's database."""
    with psycopg.connect(address(), autocommit=True) as thief:
        thief.execute("drop schema if exists copy cascade; create schema copy; set search_path to copy")
        for table in ("audit_event", "audit_batch"):
            thief.execute(f"create table copy.{table} as table public.{table}")
        try:
            yield thief
        finally:
            thief.execute("drop schema copy cascade")


def an_hour_ago() -> UUID:
    """An id as it was made an hour ago."""
    return UUID(int=new_id().int - (int(timedelta(hours=1).total_seconds() * 1000) << 80))


def database() -> str:
    return connection.settings_dict["NAME"]
