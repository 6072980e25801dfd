"""Identifiers are in the order in which things were written."""

import time

from wida.records.ids import new_id


def test_identifiers_made_within_one_millisecond_are_in_order_of_making():
    before = time.time_ns() // 1_000_000
    made = [new_id() for _ in range(20_000)]
    after = time.time_ns() // 1_000_000

    assert made == sorted(made)
    assert len(set(made)) == 20_000
    assert {(key.version, key.variant) for key in made} == {(7, "specified in RFC 4122")}
    assert before <= made[0].int >> 80 <= made[-1].int >> 80 <= after + 1
