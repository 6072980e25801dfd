"""Rows that are written together, and actions that join a transaction."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from wida.audit.models import Event
from wida.dossiers.models import Dossier
from wida.people.codes import Group, Sex
from wida.people.models import Person
from wida.records import actions as records
from wida.records.ids import new_id
from wida.records.models import Revision
from wida.records.writing import Change, undone, write


def test_a_change_its_version_its_event_and_its_mark_are_one_statement(house):
    dossier, by = cast.new_dossier(), cast.actor("liaison.caw-limburg")
    person = Person(dossier=dossier, group=Group.OTHER, given_name="Oma", sex=Sex.FEMALE)
    before = Event.objects.count()
    with CaptureQueriesContext(connection) as added:
        records.add(person, by=by)
    with CaptureQueriesContext(connection) as changed:
        records.change(person, by=by, version=1, given_name="Marieke", reason="Haar naam")

    assert (len(added), len(changed)) == (1, 2)  # a change locks and reads first
    kept = Person.objects.get(pk=person.pk)
    assert (kept.given_name, kept.version, kept.signature) == ("Marieke", 2, by.signature)
    assert Revision.objects.get(row=person.pk).reason == "Haar naam"
    assert [event.action for event in Event.objects.order_by("id")[before:]] == ["added", "changed"]
    marked = Dossier.objects.get(pk=dossier.pk)
    assert (marked.changed_part, marked.changed_at) == (Person.part, kept.changed_at)


def test_all_of_it_or_nothing(house):
    dossier, by = cast.new_dossier(), cast.actor("liaison.caw-limburg")
    person = records.add(Person(dossier=dossier, group=Group.OTHER, given_name="Oma", sex=Sex.FEMALE), by=by)
    again = Person(pk=person.pk, dossier=dossier, group=Group.OTHER, given_name="Opa", sex=Sex.MALE)
    events = Event.objects.count()

    with pytest.raises(DatabaseError), undone():
        records.add(again, by=by)

    assert Person.objects.get(pk=person.pk).given_name == "Oma"
    assert Event.objects.count() == events


def test_a_row_that_is_not_there_is_not_changed_in_silence(house):
    with pytest.raises(DatabaseError, match="not there"), undone():
        write(Change(Dossier, new_id(), {"changed_part": "people"}))


def test_after_an_error_nothing_can_be_kept_by_who_made_no_savepoint(house):
    dossier, by = cast.new_dossier(), cast.actor("liaison.caw-limburg")
    person = records.add(Person(dossier=dossier, group=Group.OTHER, given_name="Oma", sex=Sex.FEMALE), by=by)
    again = Person(pk=person.pk, dossier=dossier, group=Group.OTHER, given_name="Opa", sex=Sex.MALE)

    with transaction.atomic():
        records.add(Person(dossier=dossier, group=Group.OTHER, given_name="Tante", sex=Sex.FEMALE), by=by)
        with pytest.raises(DatabaseError):
            records.add(again, by=by)
        assert transaction.get_rollback()

    assert "Tante" not in {one.given_name for one in Person.objects.filter(dossier=dossier)}
