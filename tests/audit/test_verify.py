"""Whatever is changed in the trail is found, and the place is named. Each case breaks a copy of the tables."""

import json
from datetime import timedelta

import pytest
from psycopg import sql

from tests.audit import trail
from wida.audit import signing, tree, written
from wida.audit.models import Batch, Event
from wida.audit.verify import BATCH_COLUMNS, Broken

pytestmark = pytest.mark.usefixtures("committed")

# Another value of the same kind, made of the one that stands there.
OTHER = {
    "uuid": "gen_random_uuid()",
    "timestamp with time zone": "coalesce({0}, now()) + interval '1 microsecond'",
    "ARRAY": "array_append({0}[1:cardinality({0}) - 1], gen_random_uuid())",
    "bytea": "set_byte({0}, 40, (get_byte({0}, 40) + 1) % 256)",
    "integer": "{0} + 1000",
    "bigint": "coalesce({0}, 0) + 1",
    "character varying": "translate({0}, '0123456789abcdef', '123456789abcdef0')",
}


def change(thief, table: str, column: str, where: str) -> None:
    """Puts another value in one column of one row."""
    kind = thief.execute(
        "select data_type from information_schema.columns"
        " where table_schema = 'copy' and table_name = %s and column_name = %s",
        [table, column],
    ).fetchone()[0]
    value = sql.SQL(OTHER[kind]).format(sql.Identifier(column))
    statement = sql.SQL("update {} set {} = {} where {}").format(
        sql.Identifier(table), sql.Identifier(column), value, sql.SQL(where)
    )
    assert thief.execute(statement).rowcount == 1


def fault(**options) -> str:
    with pytest.raises(Broken) as broken:
        trail.verify("copy", **options)
    return str(broken.value)


def found(*statements: str, **values) -> str:
    """What is found in a fresh copy after these statements."""
    with trail.copy() as thief:
        for statement in statements:
            assert thief.execute(statement, values).rowcount != 0, statement
        return fault()


def test_an_untouched_trail_is_whole():
    assert trail.verify()[:3] == (0, 0, 0)

    events = trail.make()
    with trail.copy():
        whole = trail.verify("copy")

    assert (whole.batches, whole.events, whole.waiting) == (3, len(events), 0)
    assert whole == trail.verify()

    Event.objects.create(at="2026-01-01T00:00Z", action="read")
    assert trail.verify().waiting == 1


def test_a_change_in_any_column_of_an_event_names_the_event():
    event = trail.make()[4]
    faults = {}
    for column in written.COLUMNS:
        with trail.copy() as thief:
            change(thief, "audit_event", column, f"id = '{event}'")
            faults[column] = fault()

    expected = dict.fromkeys(written.COLUMNS, f"event {event} (batch 2): it was changed")
    assert faults == expected | {"id": f"event {event} (batch 2): it is gone"}


def test_what_is_taken_out_of_an_event_names_the_event():
    event = trail.make()[0]
    faults = {}
    for column in written.COLUMNS[2:]:
        with trail.copy() as thief:
            emptied = "null" if column in ("user", "organisation", "dossier", "row", "request") else "''"
            thief.execute(
                sql.SQL("update audit_event set {} = {} where id = %s").format(
                    sql.Identifier(column), sql.SQL(emptied)
                ),
                [event],
            )
            faults[column] = fault()

    assert faults == dict.fromkeys(written.COLUMNS[2:], f"event {event} (batch 1): it was changed")


def test_a_change_in_any_column_of_a_batch_names_the_batch():
    events = trail.make()
    faults = {}
    for column in BATCH_COLUMNS:
        with trail.copy() as thief:
            change(thief, "audit_batch", column, "number = 2")
            faults[column] = fault()

    assert set(faults.values()) == {
        "batch 2: it is gone, batch 3 comes next",
        "batch 2: its signature isn't of this batch",
        "batch 2: its list of events doesn't make its root",
        "batch 2: it doesn't follow the batch before it",
        "batch 2: it is signed with a key that isn't trusted",
        faults["events"],
    }
    assert faults["events"].endswith("(batch 2): it is gone")
    assert len(events) == 9


def test_every_column_of_both_tables_is_under_a_seal():
    trail.make()

    assert {field.column for field in Event._meta.concrete_fields} == set(written.COLUMNS)
    assert {field.column for field in Batch._meta.concrete_fields} == set(BATCH_COLUMNS)
    assert found("alter table audit_event add column remark text") == (
        "table audit_event: other columns than are sealed (remark)"
    )


def test_a_deleted_event_is_named():
    events = trail.make()

    for place, batch in ((0, 1), (4, 2), (8, 3)):
        assert found("delete from audit_event where id = %(id)s", id=events[place]) == (
            f"event {events[place]} (batch {batch}): it is gone"
        )


def test_an_inserted_event_is_named():
    events, added = trail.make(), trail.an_hour_ago()

    assert Batch.objects.get(number=3).complete_until is not None
    assert found(
        "create temporary table one as select * from audit_event limit 1",
        "update one set id = %(id)s",
        "insert into audit_event select * from one",
        id=added,
    ) == (f"event {added}: it was added after the events of its time were sealed")
    assert found("insert into audit_event select * from audit_event where id = %(id)s", id=events[6]) == (
        f"event {events[6]}: it stands there more than once"
    )


def test_what_changed_places_is_found():
    events = trail.make()

    assert found(
        "update audit_event set id = case id when %(a)s then %(b)s else %(a)s end where id in (%(a)s, %(b)s)",
        a=events[3],
        b=events[5],
    ) == (f"event {events[3]} (batch 2): it was changed")
    assert found(
        "update audit_batch set events = array[events[2], events[1], events[3]],"
        " leaves = substr(leaves, 33, 32) || substr(leaves, 1, 32) || substr(leaves, 65) where number = 1"
    ) == ("batch 1: its list of events doesn't make its root")
    assert found("update audit_batch set number = 5 - number where number in (2, 3)") == (
        "batch 2: it doesn't follow the batch before it"
    )


def test_what_is_cut_off_is_found():
    events = trail.make()

    assert found("delete from audit_batch where number = 1") == "batch 1: it is gone, batch 2 comes next"
    assert found("delete from audit_batch where number = 2") == "batch 2: it is gone, batch 3 comes next"
    assert found(
        "delete from audit_event using audit_batch where number = 3 and id = any(events)",
        "delete from audit_batch where number = 3",
    ) == ("batch 3: it was published, but it is gone")
    assert found("truncate audit_event") == f"event {events[0]} (batch 1): it is gone"
    assert found("truncate audit_event", "truncate audit_batch") == (
        "batch 1: it was published, but it is gone"
    )


def test_a_rewritten_root_is_found_even_when_the_key_was_stolen():
    event = trail.make()[-1]
    batch = Batch.objects.get(number=3)
    batch.events, batch.root = [], tree.root([]).hex()
    forged = signing.signer().sign(written.batch(batch.header)).hex()

    assert found(
        "delete from audit_event where id = %(id)s",
        "update audit_batch set events = '{}', leaves = '', root = %(root)s, signature = %(signature)s"
        " where number = 3",
        id=event,
        root=batch.root,
        signature=forged,
    ) == ("batch 3: it differs from its published seal")
    assert found("update audit_batch set signature = repeat('00', 64) where number = 2") == (
        "batch 2: its signature isn't of this batch"
    )


def test_a_published_seal_that_was_changed_or_taken_away_is_named(committed):
    trail.make()
    seals = sorted(committed.glob("*/*.json"))
    assert [path.stem for path in seals] == ["00000001", "00000002", "00000003"]

    words = json.loads(seals[1].read_text())
    with trail.copy():
        seals[1].write_text(json.dumps(words | {"root": "0" * 64}))
        assert fault() == "batch 2: it differs from its published seal"
        seals[1].write_text("{")
        assert fault() == "batch 2: it differs from its published seal"
        seals[1].unlink()
        assert fault() == "batch 2: its published seal is gone"
        seals[2].unlink()
        assert fault(behind=timedelta(0)) == "batch 2: its published seal is gone"
    # A copy elsewhere, fetched each hour, is behind and not broken.
    assert trail.verify(behind=timedelta(hours=1)).batches == 3


def test_an_event_that_tells_of_another_moment_than_its_own_is_found():
    """Written by hand today about last month: the seal is real, the story isn't."""
    Event.objects.create(at="2026-01-01T00:00Z", action="read", signature="Somebody")
    trail.make()
    event = Event.objects.get(signature="Somebody")

    with trail.copy():
        assert fault() == f"event {event.pk} (batch 1): it was made at another moment than it tells of"
    assert trail.verify(real_clock=False).batches == 3
