"""Sealing: each minute the new events go into a tree, whose root is chained to the one before, signed and published.

Which events a batch holds is its own list, so gaps in a sequence, rollbacks and restores can't hide one.
"""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from wida.audit import published, signing, tree, written
from wida.audit.models import Batch
from wida.jobs import as_system

FULL = 10_000
# Without events there is no batch, but once an hour an empty one says that the sealer lives.
HEARTBEAT = timedelta(hours=1)
# Between making an event and writing it, and between the clocks of the servers.
SLACK = timedelta(seconds=5)
# How far the clock of a server may run ahead of the sealer's.
AHEAD = timedelta(hours=1)
LOCK = 0x57494441
START = "0" * 64

# Events that no batch of late holds.
NEW = """
    select audit_event.* from audit_event
    where id >= %s and not exists (
        select from audit_batch, unnest(events) as sealed where sealed_at >= %s and sealed = audit_event.id)
    order by id limit %s
"""


class CannotSeal(Exception):
    """What was published doesn't agree with the table, so sealing on would hide it. Call who keeps the trail."""


class Snapshot(NamedTuple):
    """When, the oldest transaction that still ran, and the first one that had yet to start."""

    at: datetime
    oldest: int
    next: int


def seal() -> list[Batch]:
    """Seals what is new and publishes it. Does nothing while another sealer is at work. Raises `CannotSeal`."""
    made: list[Batch] = []
    while batch := _seal_one():
        made.append(batch)
        if batch.horizon is not None:
            break
    with as_system():
        _publish()
    return made


def _seal_one() -> Batch | None:
    """One batch, in one transaction of the house itself."""
    with as_system(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return None
        now = _snapshot(cursor)
        last = Batch.objects.order_by("-number").first()
        _agree(last)
        since = (last and last.complete_until) or datetime.fromtimestamp(0, UTC)
        cursor.execute(NEW, [written.first_id(since), since - AHEAD, FULL])
        names = [column.name for column in cursor.description]
        events = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        if not events and last and now.at - last.sealed_at < HEARTBEAT:
            return None
        full = len(events) == FULL
        batch = _signed(
            last,
            events,
            sealed_at=now.at,
            horizon=None if full else now.next,
            complete_until=(last and last.complete_until) if full else _complete(last, now),
        )
        batch.save(force_insert=True)
        return batch


def _snapshot(cursor) -> Snapshot:
    at = datetime.now(UTC)
    cursor.execute(
        "select pg_snapshot_xmin(now)::text::bigint, pg_snapshot_xmax(now)::text::bigint"
        " from pg_current_snapshot() as now"
    )
    return Snapshot(at, *cursor.fetchone())


def _complete(last: Batch | None, now: Snapshot) -> datetime | None:
    """Whoever was writing when an earlier batch was made is done by now, so this one completes what was before."""
    earlier = Batch.objects.filter(horizon__lte=now.oldest)
    if last and last.complete_until:
        earlier = earlier.filter(sealed_at__gt=last.complete_until + SLACK)
    found = earlier.order_by("-sealed_at").values_list("sealed_at", flat=True).first()
    return found - SLACK if found else last and last.complete_until


def _signed(last: Batch | None, events: list[dict], **facts) -> Batch:
    key = signing.signer()
    leaves = [tree.leaf(written.event(event)) for event in events]
    batch = Batch(
        number=last.number + 1 if last else 1,
        events=[event["id"] for event in events],
        leaves=b"".join(leaves),
        root=tree.root(leaves).hex(),
        previous=written.digest(last.header) if last else START,
        key=signing.name(key.public_key()),
        **facts,
    )
    batch.signature = key.sign(written.batch(batch.header)).hex()
    return batch


def _agree(last: Batch | None) -> None:
    """Never seals on top of a trail of which the end was cut or rewritten: the next root would cover it up."""
    folder, number = settings.WIDA_AUDIT_FOLDER, last.number if last else 0
    if published.last_number(folder) > number:
        raise CannotSeal(f"seals were published after batch {number}, but their batches are gone")
    if last and published.get(folder, seal_of(last)) not in (None, seal_of(last)):
        raise CannotSeal(f"batch {number} differs from its published seal")


def seal_of(batch: Batch) -> published.Seal:
    return published.seal_of(batch.header, batch.signature)


def _publish() -> None:
    """Publishes every batch that a crash kept from it, oldest first."""
    folder = settings.WIDA_AUDIT_FOLDER
    waiting = Batch.objects.filter(number__gt=published.last_number(folder)).order_by("number")
    for batch in waiting.iterator(chunk_size=100):
        published.put(folder, seal_of(batch))
