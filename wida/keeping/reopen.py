"""After a restore: what ended since the backup ends again, and only then the doors open.

Until then PostgreSQL itself keeps the servers and the workers out, on every machine: their accounts may not connect.
"""

import json
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from wida.access.walls.roles import APP, AUDITOR, RESTORED, WORKER
from wida.audit import published
from wida.audit.actions import record as audit
from wida.audit.models import Batch
from wida.audit.seal import seal_of
from wida.closure import destruction
from wida.keeping import ledger
from wida.keeping.models import LedgerMark

CUT = "cut"
# Nothing here gives anything back: a row that is ended stays so, and one that was given again later is left alone.
NARROW = {
    "access_mandate": """
        update access_mandate t set until = least(t.until, k.until), ended_at = coalesce(t.ended_at, k.ended_at),
        withdrawn_at = coalesce(t.withdrawn_at, k.withdrawn_at) from kept k where t.id = k.id
        and (k.ended_at is not null and t.ended_at is null or k.withdrawn_at is not null and t.withdrawn_at is null
        or k.until is not null and (t.until is null or t.until > k.until))""",
    "accounts_membership": """
        update accounts_membership t set valid_until = least(t.valid_until, k.valid_until),
        ended_at = coalesce(t.ended_at, k.ended_at) from kept k where t.id = k.id
        and (k.ended_at is not null and t.ended_at is null
        or k.valid_until is not null and (t.valid_until is null or t.valid_until > k.valid_until))""",
    "accounts_user": """
        update accounts_user t set is_active = false from kept k
        where t.id = k.id and t.is_active and not k.is_active""",
    "people_address": """
        update people_address t set protected = true, municipality = '' from kept k
        where t.id = k.id and k.protected and not t.protected""",
    "access_conflictblock": """
        insert into access_conflictblock select k.* from kept k where exists (
            select from dossiers_dossier d where d.id = k.dossier_id)
        and (k.user_id is null or exists (select from accounts_user u where u.id = k.user_id))
        on conflict (id) do nothing""",
    "access_extraprotection": """
        insert into access_extraprotection select k.* from kept k where exists (
            select from dossiers_dossier d where d.id = k.dossier_id) on conflict do nothing""",
    "closure_destruction": """
        insert into closure_destruction select k.* from kept k
        on conflict (dossier) do update set approved_by = excluded.approved_by,
        approved_signature = excluded.approved_signature, approved_at = excluded.approved_at,
        destroyed_at = coalesce(closure_destruction.destroyed_at, excluded.destroyed_at)""",
}


class Reopened(NamedTuple):
    lines: int  # of the ledger that the database didn't know of
    changed: dict[str, int]  # rows per table that had come back
    cut: int  # seals that were published after the backup


def shut() -> None:
    """Nobody comes in any more. As the owner of the database."""
    _doors("revoke connect on database {} from {}")
    _mark(f"comment on database {{}} is '{RESTORED}'")


def are_shut() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select has_database_privilege(%s, current_database(), 'connect')", [APP])
        return not cursor.fetchone()[0]


@transaction.atomic
def reopen() -> Reopened:
    """Plays the rest of the ledger and opens the doors, all or nothing. As the owner. Raises `ledger.Broken`."""
    mark = LedgerMark.objects.order_by("-number").first()
    lines = ledger.beyond(mark.number, mark.digest) if mark else ledger.beyond(0, ledger.START)
    changed = play(lines)
    cut = _cut_seals()
    if lines or cut or are_shut():
        _forget_who_is_in()
        audit("restored", detail=f"lines {len(lines)} seals {cut}")
    _mark("comment on database {} is null")
    _doors("grant connect on database {} to {}")
    return Reopened(len(lines), changed, cut)


def play(lines: list[ledger.Line]) -> dict[str, int]:
    """The last word on each row holds."""
    last = {(ending.table, str(ending.row["id"])): ending for ending in map(ledger.open_line, lines)}
    changed = dict.fromkeys(ledger.COLUMNS, 0)
    destroyed = []
    with connection.cursor() as cursor:
        for ending in last.values():
            table = sql.Identifier(ending.table).as_string()
            kept = f"with kept as (select * from jsonb_populate_record(null::{table}, %s::jsonb)) "  # noqa: S608
            cursor.execute(kept + NARROW[ending.table], [json.dumps(ending.row)])
            changed[ending.table] += cursor.rowcount
            if ending.table == "closure_destruction":
                destroyed.append(ending.row["dossier"])
    changed["closure_destruction"] = destruction.replay(destroyed)
    LedgerMark.objects.bulk_create([LedgerMark(number=line.number, digest=line.digest) for line in lines])
    return {table: count for table, count in changed.items() if count}


def _forget_who_is_in() -> None:
    """Sessions and links of then may have been ended or used since: everybody signs in again."""
    with connection.cursor() as cursor:
        cursor.execute("delete from accounts_session")
        cursor.execute("delete from accounts_invitation where used_at is null")


def _cut_seals() -> int:
    """Seals of batches that the backup doesn't hold are laid aside, or nothing could be sealed ever again.

    Who keeps a copy of the seals sees that they are gone, as they should: the trail tells `restored` here.
    """
    folder: Path = settings.WIDA_AUDIT_FOLDER
    last = Batch.objects.order_by("-number").first()
    number = last.number if last else 0
    if last and published.get(folder, seal_of(last)) not in (None, seal_of(last)):
        raise ledger.Broken(
            f"batch {number} differs from its published seal: these aren't the seals of this trail"
        )
    beyond = [path for path in folder.glob("*/*.json") if path.stem.isdigit() and int(path.stem) > number]
    for path in beyond:
        aside = folder / CUT / f"after-{number:08}" / path.parent.name / path.name
        aside.parent.mkdir(parents=True, exist_ok=True)
        path.replace(aside)
    return len(beyond)


def _doors(statement: str) -> None:
    accounts = sql.SQL(", ").join(map(sql.Identifier, (APP, WORKER, AUDITOR)))
    _say(statement, accounts)


def _mark(statement: str) -> None:
    """So that `wida bootstrap` doesn't open the doors either."""
    _say(statement)


def _say(statement: str, *more: sql.Composable) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_database()")
        database = sql.Identifier(cursor.fetchone()[0])
        cursor.execute(sql.SQL(statement).format(database, *more).as_string())
