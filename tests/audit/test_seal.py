"""When events are sealed, what a seal promises, and what keeps the sealer from sealing."""

import json
from datetime import timedelta

import psycopg
import pytest

from tests.audit import trail
from wida.audit import published, seal, written
from wida.audit.actions import record
from wida.audit.models import Batch, Event
from wida.audit.published import Differs

pytestmark = pytest.mark.usefixtures("committed")


def sealed() -> list[list[str]]:
    """The actions of the events in each batch."""
    actions = dict(Event.objects.values_list("id", "action"))
    return [[actions[event] for event in batch.events] for batch in Batch.objects.order_by("number")]


def test_each_event_is_sealed_once_in_the_order_of_making():
    for action in ("one", "two"):
        record(action)
    seal.seal()
    record("three")
    seal.seal()

    assert sealed() == [["one", "two"], ["three"]]
    assert seal.seal() == []


def test_an_event_that_is_committed_late_falls_in_the_next_batch():
    """Made first, committed last: nothing is promised until it was seen."""
    with psycopg.connect(trail.address()) as late:
        late.execute(
            "insert into audit_event (id, at, action, signature, role, part, \"table\", detail, why, source, session)"
            " values (%s, now(), 'late', '', '', '', '', '', '', '', '')",
            [trail.an_hour_ago()],
        )  # fmt: skip
        record("early")
        first = seal.seal()[0]
        record("more")
        second = seal.seal()[0]
        late.commit()
    trail.settle()

    assert (first.complete_until, second.complete_until) == (None, None)
    third = seal.seal()[0]
    trail.settle()
    record("last")
    fourth = seal.seal()[0]

    assert sealed() == [["early"], ["more"], ["late"], ["last"]]
    assert third.complete_until == second.sealed_at - seal.SLACK
    assert fourth.complete_until == third.sealed_at - seal.SLACK
    assert trail.verify(real_clock=False).complete_until == fourth.complete_until


def test_what_is_slipped_in_afterwards_is_never_sealed():
    """A seal over it would make it true."""
    trail.make()
    assert Batch.objects.get(number=3).complete_until is not None
    event = Event(id=trail.an_hour_ago(), at="2026-01-01T00:00Z", action="invented")
    event.save(force_insert=True)
    record("honest")
    seal.seal()

    assert sealed()[-1] == ["honest"]


def test_more_events_than_one_batch_holds(monkeypatch):
    monkeypatch.setattr(seal, "FULL", 3)
    for _number in range(7):
        record("read")
    made = seal.seal()

    assert [len(batch.events) for batch in made] == [3, 3, 1]
    assert [batch.horizon is None for batch in made] == [True, True, False]
    assert trail.verify()[:3] == (3, 7, 0)


def test_an_idle_hour_gives_one_empty_batch():
    record("read")
    seal.seal()
    assert seal.seal() == []

    first = Batch.objects.get()
    with psycopg.connect(trail.address(), autocommit=True) as clock:
        clock.execute("alter table audit_batch disable trigger user")
        clock.execute("update audit_batch set sealed_at = sealed_at - interval '61 minutes'")
        clock.execute("alter table audit_batch enable trigger user")
    for path in trail.settings.WIDA_AUDIT_FOLDER.glob("*/*.json"):
        path.unlink()
    beat = seal.seal()

    assert [(batch.number, batch.events, batch.root) for batch in beat] == [
        (2, [], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    ]
    assert beat[0].sealed_at - first.sealed_at < timedelta(minutes=1)


def test_one_sealer_at_a_time():
    record("read")
    with psycopg.connect(trail.address()) as other:
        other.execute("select pg_advisory_xact_lock(%s)", [seal.LOCK])
        assert seal.seal() == []

    assert len(seal.seal()) == 1


def test_a_crash_before_publishing_is_made_up_for(committed):
    trail.make()
    files = sorted(committed.glob("*/*.json"))
    words = [path.read_text() for path in files]
    for path in files[1:]:
        path.unlink()
    seal.seal()

    assert [path.read_text() for path in sorted(committed.glob("*/*.json"))] == words


def test_a_published_seal_is_small_and_says_nothing_of_anybody(committed):
    trail.make()
    words = json.loads(next(committed.glob("*/00000002.json")).read_text())
    batch = Batch.objects.get(number=2)

    assert words == written.texts(batch.header) | {"signature": batch.signature}
    assert sorted(words) == [
        "complete_until",
        "horizon",
        "key",
        "number",
        "previous",
        "root",
        "sealed_at",
        "signature",
        "size",
    ]


def test_nothing_is_sealed_on_top_of_a_trail_that_was_cut(committed):
    trail.make()
    ahead = json.loads(next(committed.glob("*/00000003.json")).read_text()) | {"number": "4"}
    published.put(committed, ahead)
    record("read")

    with pytest.raises(seal.CannotSeal, match="after batch 3"):
        seal.seal()
    assert Batch.objects.count() == 3


def test_nothing_is_sealed_on_top_of_a_seal_that_differs(committed):
    trail.make()
    last = next(committed.glob("*/00000003.json"))
    last.write_text(json.dumps(json.loads(last.read_text()) | {"root": "0" * 64}))
    record("read")

    with pytest.raises(seal.CannotSeal, match="batch 3 differs"):
        seal.seal()
    with pytest.raises(Differs):
        published.put(committed, seal.seal_of(Batch.objects.get(number=3)))
    assert Batch.objects.count() == 3


def test_a_batch_never_changes():
    from django.db import IntegrityError

    trail.make()
    with pytest.raises(IntegrityError, match="append-only"):
        Batch.objects.filter(number=2).update(root="0" * 64)
    with pytest.raises(IntegrityError, match="append-only"):
        Event.objects.all().delete()
