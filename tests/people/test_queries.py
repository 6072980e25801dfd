"""What other rooms ask about persons."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import cast
from wida.people import queries
from wida.people.codes import Group, Sex
from wida.people.models import Person
from wida.records import actions as records


def add(dossier, group, given, **values):
    person = Person(dossier=dossier, group=group, given_name=given, family_name="Aerdman", **values)
    return records.add(person, by=cast.actor("liaison.caw-limburg"))


def test_the_directly_involved_come_first_then_the_children_from_old_to_young_then_others(house):
    dossier = cast.new_dossier()
    add(dossier, Group.OTHER, "Rita", sex=Sex.FEMALE)
    add(dossier, Group.CHILD, "Stef", age_stated=5, age_stated_on=date(2026, 1, 10))
    add(dossier, Group.CHILD, "", unborn=True)

    rows = queries.names(dossier)

    assert [row.label for row in rows] == [
        *("Kelly Bosteels", "Youri Aerdman"),
        *(
            "Noa Bosteels",
            "Stef Aerdman",
            "Liam Aerdman",
            "Fien Aerdman",
            "Unborn child Aerdman",
            "Rita Aerdman",
        ),
    ]
    assert rows[0][2:] == (Group.DIRECT, Sex.FEMALE, 2000, False)
    assert rows[6][2:] == (Group.CHILD, Sex.UNKNOWN, None, True)


def test_names_costs_one_statement_for_any_number_of_persons(house):
    dossier = cast.new_dossier()
    for number in range(25):
        add(dossier, Group.OTHER, f"Buur {number}")

    with CaptureQueriesContext(
        connection,
    ) as statements:
        rows = queries.names(dossier)

    assert len(rows) == 30
    assert len(statements) == 1


def test_choices_can_be_of_some_groups(house):
    dossier = cast.new_dossier()

    choices = queries.person_choices(dossier, (Group.CHILD,))

    assert [label for _, label in choices] == ["Noa Bosteels", "Liam Aerdman", "Fien Aerdman"]
    assert choices[0][0] == str(queries.names(dossier)[2].id)


def test_a_withdrawn_person_keeps_a_name_but_is_not_chosen_any_more(house):
    dossier = cast.new_dossier()
    person = add(dossier, Group.OTHER, "Rita")
    records.withdraw(person, by=cast.actor("liaison.caw-limburg"), version=1, reason="Two times the same.")

    assert queries.name_map(dossier)[person.pk] == "Rita Aerdman (withdrawn)"
    assert len(queries.name_map(dossier)) == 6
    assert str(person.pk) not in dict(queries.person_choices(dossier))


def test_a_person_without_a_name_is_still_called_something(house):
    dossier = cast.new_dossier()
    unborn = add(dossier, Group.CHILD, "", unborn=True)
    nickname = add(dossier, Group.OTHER, "", known_as="Den Dikke")
    for person in (unborn, nickname):
        records.change(person, by=cast.actor("liaison.caw-limburg"), version=1, family_name="")

    names = queries.name_map(dossier)

    assert names[unborn.pk] == "Unborn child"
    assert names[nickname.pk] == "Den Dikke"


def test_minors_are_the_children_the_unborn_and_who_is_under_eighteen(house):
    dossier = cast.new_dossier()
    author = cast.actor("liaison.caw-limburg")
    assert queries.has_minors(dossier) is True

    for person in Person.objects.of(dossier).filter(group=Group.CHILD):
        records.withdraw(person, by=author, version=1, reason="Another family.")
    assert queries.has_minors(dossier) is False

    today = timezone.localdate()
    seventeen = add(dossier, Group.OTHER, "Jef", birth_date=date(today.year - 17, 1, 1).isoformat())
    assert queries.has_minors(dossier) is True

    records.change(seventeen, by=author, version=1, birth_date=date(today.year - 18, 1, 1).isoformat())
    assert queries.has_minors(dossier) is False

    stated = add(dossier, Group.OTHER, "Mo", age_stated=16, age_stated_on=date(today.year - 1, 1, 1))
    assert queries.has_minors(dossier) is True

    records.change(stated, by=author, version=1, age_stated_on=date(today.year - 2, 1, 1))
    assert queries.has_minors(dossier) is False
