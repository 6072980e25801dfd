"""What nothing can be faster than: the same rows through psycopg alone, and one durable commit."""

import statistics
import time

import psycopg

# The rows of the people tab, by dossier, in ten statements, with no wall around them and nothing opened.
TABLES = (
    *("people_person", "people_childpanel", "people_address", "people_contact", "people_relation"),
    *("people_custody", "people_residence", "people_household", "people_childnote", "situation_pattern"),
)


class Floors:
    def __init__(self, address: str):
        self.server = psycopg.connect(address, autocommit=True, prepare_threshold=0)
        self.server.execute("create schema if not exists bench")  # /healthz refuses a table without a wall
        self.server.execute(
            "create table if not exists bench.commits (id bigint generated always as identity, at timestamptz)"
        )

    def rows(self, dossiers: list, times: int = 40) -> float:
        """Milliseconds for the rows of one people tab: the median."""
        took = []
        with self.server.cursor() as cursor:
            for n in range(times):
                dossier = dossiers[n % len(dossiers)]
                began = time.perf_counter()
                for table in TABLES:
                    cursor.execute(f"select * from {table} where dossier_id = %s", [dossier]).fetchall()  # noqa: S608
                took.append((time.perf_counter() - began) * 1000)
        return statistics.median(took)

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
