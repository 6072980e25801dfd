"""What nothing can be faster than: the same rows through psycopg alone, and one durable commit."""

import statistics
import time
from uuid import UUID

import psycopg

# The rows that a people tab shows of one dossier: twelve tables in ten statements, with no wall around them and nothing
# opened.
ROWS = (
    "select * from dossiers_dossier where id = %s",
    """select one.*, panel.* from people_person one
        left join people_childpanel panel on panel.child_id = one.id and panel.withdrawn_at is null
        where one.dossier_id = %s and one.withdrawn_at is null""",
    """select lives.*, home.label, home.version from people_residence lives
        join people_household home on home.id = lives.household_id and home.withdrawn_at is null
        where lives.dossier_id = %s and lives.withdrawn_at is null order by lives.household_id, lives.id""",
    *(
        f"select * from {table} where dossier_id = %s and withdrawn_at is null order by id"  # noqa: S608 - our own names
        for table in (
            *("people_relation", "people_custody", "people_address", "people_contact", "people_childnote"),
            *("people_service", "situation_pattern"),
        )
    ),
)


class Floors:
    def __init__(self, address: str):
        self.server = psycopg.connect(address, autocommit=True, prepare_threshold=0)
        self.server.execute("create schema if not exists bench")  # /healthz refuses a table without a wall
        self.server.execute(
            "create table if not exists bench.commits (id bigint generated always as identity, at timestamptz)"
        )

    def read(self, dossier: UUID) -> int:
        """The rows of one people tab, as `ROWS` finds them; how many."""
        with self.server.cursor() as cursor:
            return sum(len(cursor.execute(rows, [dossier]).fetchall()) for rows in ROWS)

    def forget(self) -> None:
        """Nobody looks at ten thousand files in an hour, as a measurement does: what the limits count starts anew."""
        self.server.execute("truncate audit_event")

    def commit(self, times: int = 40) -> float:
        """Milliseconds for one durable commit of one row: the median."""
        took = []
        for _time in range(times):
            began = time.perf_counter()
            self.server.execute("insert into bench.commits (at) values (now())")
            took.append((time.perf_counter() - began) * 1000)
        return statistics.median(took)
