"""What a process keeps of a dossier opens for nobody who didn't open that dossier."""

from datetime import date
from typing import NamedTuple
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag

from wida.people.codes import Group
from wida.records import kept as store
from wida.records.kept import kept
from wida.records.sealing import Locked, keyring, new_data_key


class Child(NamedTuple):
    name: str
    born: date


NOA = Child("Noa", date(2019, 3, 14))
FAMILY = {Group.CHILD: [uuid4(), b"box", NOA], "andere": []}
TOLD = ("people", "nl", date(2026, 11, 28), ("Kelly", None, 1999), FAMILY)


@pytest.fixture
def dossier():
    store._kept.clear()
    store._size = 0
    return uuid4()


def never():
    raise AssertionError("made again")


def test_it_is_made_once_for_the_same_source(dossier):
    with keyring():
        new_data_key(dossier)
        assert kept(dossier, TOLD, lambda: "<p>Kelly</p>") == "<p>Kelly</p>"
        assert kept(dossier, TOLD, never) == "<p>Kelly</p>"
        assert kept(dossier, (*TOLD, True), lambda: "other") == "other"
        a_year_older = (
            *TOLD[:4],
            {Group.CHILD: [*FAMILY[Group.CHILD][:2], NOA._replace(born=date(2018, 3, 14))]},
        )
        assert kept(dossier, a_year_older, lambda: "older") == "older"


def test_it_lies_there_sealed_under_the_key_of_its_dossier(dossier):
    with keyring():
        new_data_key(dossier)
        kept(dossier, TOLD, lambda: "<p>Kelly</p>")
    (box,) = store._kept.values()
    assert b"Kelly" not in box

    with keyring(), pytest.raises(Locked):
        kept(dossier, TOLD, never)
    with keyring():
        new_data_key(dossier)  # another key: the first was destroyed
        with pytest.raises(InvalidTag):
            kept(dossier, TOLD, never)


def test_the_oldest_go_first(dossier, monkeypatch):
    monkeypatch.setattr(store, "MOST", 2500)
    with keyring():
        new_data_key(dossier)
        for name in ("first", "second"):
            kept(dossier, name, lambda: "x" * 1000)
        kept(dossier, "first", never)
        kept(dossier, "third", lambda: "x" * 1000)

        assert kept(dossier, "first", never) == "x" * 1000
        assert kept(dossier, "second", lambda: "again") == "again"
        assert store._size == sum(map(len, store._kept.values())) <= 2500


def test_another_dossier_with_the_same_words_has_its_own(dossier):
    other = uuid4()
    with keyring():
        new_data_key(dossier)
        new_data_key(other)
        kept(dossier, TOLD, lambda: "first")
        assert kept(other, TOLD, lambda: "second") == "second"


def test_what_does_not_tell_all_it_holds_is_refused(dossier):
    with keyring():
        new_data_key(dossier)
        with pytest.raises(TypeError, match="object"):
            kept(dossier, ("people", object()), never)
