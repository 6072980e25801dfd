"""Verifying the trail from its tables, by a plain connection, and from what was published. Nothing is believed.

The first broken place is named. What no verification can find: an event that was taken away before it was sealed,
which takes a minute, and an end that was cut here and in every published copy.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import psycopg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from psycopg.rows import dict_row

from wida.audit import published, tree, written
from wida.audit.seal import START

TOGETHER = 2000  # events that are read at once
# In an installation nobody plays with the clock: the id of an event is made as it happens.
CLOCK = timedelta(minutes=10)
BATCH_COLUMNS = (
    "number", "sealed_at", "complete_until", "horizon", "events", "leaves", "root", "previous", "key", "signature",
)  # fmt: skip


class Broken(Exception):
    """The trail isn't what it was; says where, and what is wrong there."""


class Whole(NamedTuple):
    batches: int
    events: int
    waiting: int
    complete_until: datetime | None


class Verifier:
    """One verification. `behind` is how old a seal must be before its copy is missed."""

    def __init__(
        self,
        folder: Path,
        keys: Mapping[str, Ed25519PublicKey],
        *,
        behind: timedelta = timedelta(minutes=1),
        real_clock: bool = True,
    ):
        self.folder, self.keys, self.behind, self.real_clock = folder, keys, behind, real_clock
        self.events = self.number = 0
        self.previous = START
        self.complete_until: datetime | None = None
        self.unpublished: int | None = None

    def run(self, url: str) -> Whole:
        """Raises `Broken` at the first place. Reads one moment of the database, and streams it."""
        with psycopg.connect(url, row_factory=dict_row) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            self.now = connection.execute("select now() as now").fetchone()["now"]
            _know_columns(connection, "audit_event", written.COLUMNS)
            _know_columns(connection, "audit_batch", BATCH_COLUMNS)
            for batches in self._some_batches(connection):
                self._check_events(connection, batches)
            waiting = self._check_nothing_added(connection)
        if published.last_number(self.folder) > self.number:
            raise Broken(f"batch {self.number + 1}: it was published, but it is gone")
        return Whole(self.number, self.events, waiting, self.complete_until)

    def _some_batches(self, connection) -> Iterator[list[dict]]:
        """The batches that are whole themselves, as many as hold enough events to read at once."""
        some: list[dict] = []
        with connection.cursor("batches") as cursor:
            cursor.itersize = 100
            cursor.execute("select * from audit_batch order by number")
            for batch in cursor:
                self._check_batch(batch)
                some.append(batch)
                if sum(len(one["events"]) for one in some) >= TOGETHER:
                    yield some
                    some = []
        yield some

    def _check_batch(self, batch: dict) -> None:
        place = f"batch {self.number + 1}"
        if batch["number"] != self.number + 1:
            raise Broken(f"{place}: it is gone, batch {batch['number']} comes next")
        leaves = _split(batch["leaves"])
        header = {
            name: batch[name] for name in BATCH_COLUMNS if name not in ("events", "leaves", "signature")
        }
        header["size"] = len(batch["events"])
        if batch["previous"] != self.previous:
            raise Broken(f"{place}: it doesn't follow the batch before it")
        self._check_signature(place, header, batch)
        if len(leaves) != len(batch["events"]) or tree.root(leaves).hex() != batch["root"]:
            raise Broken(f"{place}: its list of events doesn't make its root")
        self._check_published(place, published.seal_of(header, batch["signature"]), batch["sealed_at"])
        self.number, self.previous = batch["number"], written.digest(header)
        self.complete_until = batch["complete_until"]

    def _check_signature(self, place: str, header: dict, batch: dict) -> None:
        key = self.keys.get(batch["key"])
        if key is None:
            raise Broken(f"{place}: it is signed with a key that isn't trusted")
        try:
            key.verify(bytes.fromhex(batch["signature"]), written.batch(header))
        except (InvalidSignature, ValueError):
            raise Broken(f"{place}: its signature isn't of this batch") from None

    def _check_published(self, place: str, seal: published.Seal, sealed_at: datetime) -> None:
        found = published.get(self.folder, seal)
        if found is None and self.now - sealed_at < self.behind:
            self.unpublished = self.unpublished or self.number + 1
        elif found is None:
            raise Broken(f"{place}: its published seal is gone")
        elif found != seal:
            raise Broken(f"{place}: it differs from its published seal")
        elif self.unpublished:
            raise Broken(f"batch {self.unpublished}: its published seal is gone")

    def _check_events(self, connection, batches: list[dict]) -> None:
        wanted = [event for batch in batches for event in batch["events"]]
        rows = connection.execute("select * from audit_event where id = any(%s)", [wanted]).fetchall()
        found = {row["id"]: row for row in rows}
        for batch in batches:
            for event, leaf in zip(batch["events"], _split(batch["leaves"]), strict=True):
                place = f"event {event} (batch {batch['number']})"
                if event not in found:
                    raise Broken(f"{place}: it is gone")
                if tree.leaf(written.event(found[event])) != leaf:
                    raise Broken(f"{place}: it was changed")
                if self.real_clock and abs(found[event]["at"] - written.made_at(event)) > CLOCK:
                    raise Broken(f"{place}: it was made at another moment than it tells of")
        if len(rows) != len(wanted):
            twice = Counter([*wanted, *(row["id"] for row in rows)]).most_common(1)[0][0]
            raise Broken(f"event {twice}: it stands there more than once")
        self.events += len(rows)

    def _check_nothing_added(self, connection) -> int:
        """How many events wait for a seal. One from before the moment until which all is sealed was slipped in."""
        count = "select count(*) as number from audit_event"
        total = connection.execute(count).fetchone()["number"]
        if self.complete_until:
            added = connection.execute(
                "select id from audit_event where id < %s and not exists (select from audit_batch,"
                " unnest(events) as sealed where sealed = audit_event.id) order by id limit 1",
                [written.first_id(self.complete_until)],
            ).fetchone()
            if added:
                raise Broken(f"event {added['id']}: it was added after the events of its time were sealed")
        return total - self.events


def _know_columns(connection, table: str, known: tuple[str, ...]) -> None:
    """A column that no seal covers could say anything."""
    found = connection.execute(
        "select column_name from information_schema.columns where table_name = %s and table_schema = any(%s)",
        [table, [connection.execute("select current_schema() as schema").fetchone()["schema"]]],
    ).fetchall()
    differing = {row["column_name"] for row in found} ^ set(known)
    if differing:
        raise Broken(f"table {table}: other columns than are sealed ({', '.join(sorted(differing))})")


def _split(leaves: bytes) -> list[bytes]:
    return [leaves[start : start + tree.HASH] for start in range(0, len(leaves), tree.HASH)]
