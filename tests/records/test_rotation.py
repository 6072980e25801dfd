"""Changing keys while people work: nothing is ever unreadable or not found, and a stop halfway harms nothing."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import cast
from wida.dossiers.codes import Stage
from wida.dossiers.models import DossierKey
from wida.people import matching
from wida.people.matching.renew import renew
from wida.people.models import Person, PersonToken
from wida.records import rotation
from wida.records.sealing import keyring, sealed_by

READERS = 3


@pytest.fixture
def second_key(settings, monkeypatch):
    """A second master key and index key are listed; the first ones still seal and search. Batches are small."""
    monkeypatch.setattr(rotation, "BATCH", 2)
    settings.WIDA_MASTER_KEYS = {**settings.WIDA_MASTER_KEYS, 2: os.urandom(32)}
    settings.WIDA_INDEX_KEYS = {**settings.WIDA_INDEX_KEYS, 2: os.urandom(32)}
    return settings


def numbers_of_keys() -> set[int]:
    return {sealed_by(bytes(wrapped)) for wrapped in DossierKey.objects.values_list("wrapped", flat=True)}


def families(count: int) -> list:
    dossiers = [cast.at(cast.new_dossier(family_name=f"Gezin{n}"), Stage.EXECUTION) for n in range(count)]
    for person in Person.objects.filter(dossier__in=dossiers):
        matching.index(person)
    return dossiers


@pytest.mark.django_db(transaction=True)
def test_no_read_fails_while_the_master_key_changes(second_key):
    """Readers open every dossier again and again, from before the change until after it."""
    with keyring(trusted=True):
        cast.organisations()
        dossiers = families(8)
    client_cookies = cast.signed_in("coordinator.limburg").cookies
    under_way, done = threading.Barrier(READERS + 1), threading.Event()
    failures, reads = [], []

    def read_on() -> None:
        client = Client()
        client.cookies = client_cookies
        rounds = 0
        while rounds < 2 or not done.is_set():
            for dossier in dossiers:
                answer = client.get(reverse("people:people", args=[dossier.number]))
                reads.append(answer.status_code)
                if answer.status_code != 200 or "Bosteels" not in answer.content.decode():
                    failures.append((dossier.number, answer.status_code))
            rounds += 1
            if rounds == 1:
                under_way.wait(60)
        connection.close()

    with ThreadPoolExecutor(READERS) as readers:
        running = [readers.submit(read_on) for _reader in range(READERS)]
        under_way.wait(60)
        second_key.WIDA_SEALING_KEY = 2
        changed = sum(rotation.rewrap_all())
        done.set()
        for reader in running:
            reader.result()

    assert changed == len(dossiers)
    assert failures == []
    assert len(reads) >= 2 * READERS * len(dossiers)
    assert numbers_of_keys() == {2}
    assert rotation.still_under(1) == 0


def test_without_the_old_key_everything_reads_after_and_nothing_before(house, second_key):
    client = cast.signed_in("coordinator.limburg")
    (dossier,) = families(1)
    page = reverse("people:people", args=[dossier.number])
    second_key.WIDA_SEALING_KEY = 2
    both = second_key.WIDA_MASTER_KEYS

    second_key.WIDA_MASTER_KEYS = {2: both[2]}
    with pytest.raises(KeyError):
        client.get(page)
    second_key.WIDA_MASTER_KEYS = both
    assert sum(rotation.rewrap_all()) == 1
    second_key.WIDA_MASTER_KEYS = {2: both[2]}

    assert "Bosteels" in client.get(page).content.decode()


def test_a_change_that_stops_goes_on_where_it_was(house, second_key):
    families(5)
    second_key.WIDA_SEALING_KEY = 2
    next(rotation.rewrap_all())
    assert (rotation.still_under(1), rotation.still_under(2)) == (3, 2)

    assert sum(rotation.rewrap_all()) == 3
    assert sum(rotation.rewrap_all()) == 0


def test_a_new_master_key_seals_nothing_until_every_server_knows_it(house, second_key):
    families(1)
    assert numbers_of_keys() == {1}

    second_key.WIDA_SEALING_KEY = 2
    families(1)
    assert numbers_of_keys() == {1, 2}


def found() -> list[str]:
    with keyring():
        hits = cast.finds("coordinator.limburg", given_name="Kelly", family_name="Bosteels")
    return sorted(hit.number for hit in hits)


def test_who_is_known_is_found_at_every_moment_of_a_change_of_the_index_key(house, second_key):
    one, both = {1: second_key.WIDA_INDEX_KEYS[1]}, second_key.WIDA_INDEX_KEYS
    second_key.WIDA_INDEX_KEYS = one
    before = families(3)
    numbers = sorted(dossier.number for dossier in before)
    assert found() == numbers
    single = PersonToken.objects.count()

    second_key.WIDA_INDEX_KEYS = both  # a server with both keys writes beside one with the old key
    numbers = sorted([*numbers, *(dossier.number for dossier in families(1))])
    assert found() == numbers
    for _done, _total in renew():
        assert found() == numbers
    second_key.WIDA_SEARCH_KEY = 2
    assert found() == numbers

    second_key.WIDA_INDEX_KEYS = {2: both[2]}
    for _done, _total in renew():
        assert found() == numbers
    assert PersonToken.objects.count() == single * 4 // 3
