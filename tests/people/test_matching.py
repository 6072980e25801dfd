"""Whether somebody is already known: by keyed tokens, within what the asker may know of."""

from datetime import date

import pytest

from tests import cast
from wida.access.actions import block
from wida.accounts.models import SafeHome
from wida.dossiers.actions import start_dossier
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.people import matching
from wida.people.codes import Group
from wida.people.models import Person, PersonToken
from wida.records import actions as records


def person_in(dossier, by="liaison.caw-limburg", **values):
    values = {"group": Group.DIRECT, "given_name": "Élodie", "family_name": "Van den Bossche", **values}
    person = records.add(Person(dossier=dossier, **values), by=cast.actor(by))
    matching.index(person)
    return person


@pytest.fixture
def elodie(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    return person_in(dossier, birth_date="1994-05-09", birth_year=1994, national_number="94.05.09-000.00")


def texts(hit):
    return [reason.text for reason in hit.reasons]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"national_number": "94050900000"}, ["Same national number"]),
        (
            {"family_name": "van den bosche", "given_name": "Elodie"},
            ["Family name sounds the same: van den bosche / Van den Bossche", "Same first name: Elodie"],
        ),
        (
            {"family_name": "VANDENBOSSCHE", "birth_date": date(1994, 5, 9)},
            [
                "Family name sounds the same: VANDENBOSSCHE / Van den Bossche",
                "Born on the same day: 09/05/1994",
            ],
        ),
        (
            {"family_name": "Vna den Bussche", "given_name": "Eloddie"},
            [
                "Part of the family name is the same: Vna den Bussche / Van den Bossche",
                "First name sounds the same: Eloddie / Élodie",
            ],
        ),
        (
            {"family_name": "Elodie", "given_name": "Van den Bossche", "birth_date": date(1994, 5, 9)},
            [
                "Same family name: Van den Bossche",
                "Same first name: Elodie",
                "First name and family name stand in each other's place",
                "Born on the same day: 09/05/1994",
            ],
        ),
        (
            {"family_name": "Boske", "given_name": "Elodie", "birth_date": date(1994, 9, 5)},
            [
                "Family name nearly the same: Boske / Van den Bossche",
                "Same first name: Elodie",
                "Day and month of birth swapped: 05/09/1994 / 09/05/1994",
            ],
        ),
    ],
)
def test_a_person_is_found_however_they_were_written_down(elodie, asked, why):
    hits = cast.finds("coordinator.limburg", **asked)

    assert [(hit.number, hit.person, hit.birth_year) for hit in hits] == [
        (elodie.dossier.number, "Élodie Van den Bossche", 1994)
    ]
    assert texts(hits[0]) == why


@pytest.mark.parametrize(
    ("given_name", "family_name"),
    [
        ("Elodie", "Van den Bosshce"),
        ("Elodei", "Van den Bossche"),
        ("Eloide", "Van den Boschse"),
        ("Elodie", "Vandtenbossche"),
        ("Helodie", "Van den Bosche"),
    ],
)
def test_a_letter_wrong_in_either_name_or_in_both_hides_nobody(elodie, given_name, family_name):
    for asked in ((given_name, family_name), (family_name, given_name)):
        [hit] = cast.finds(
            "coordinator.limburg", **dict(zip(("given_name", "family_name"), asked, strict=True))
        )
        assert hit.person_id == elodie.pk


@pytest.mark.parametrize(
    "asked",
    [
        {"family_name": "Van den Bossche"},
        {"given_name": "Élodie"},
        {"birth_date": date(1994, 5, 9)},
        {"given_name": "Élodie", "birth_date": date(1994, 5, 9)},
        {"family_name": "Van den Bossche", "given_name": "Kurt"},
        {"family_name": "Aerdman", "given_name": "Élodie"},
        {"family_name": "Peeters", "birth_date": date(1994, 5, 9)},
        {"family_name": "…", "given_name": "-"},
        {"national_number": "94.05.09"},
        {},
    ],
)
def test_nobody_is_found_by_less_or_by_something_else(elodie, asked):
    assert cast.finds("coordinator.limburg", **asked) == []


def test_who_goes_by_another_name_is_found_by_both(elodie):
    wife = person_in(elodie.dossier, given_name="Fatima", family_name="El Khattabi", known_as="Peeters")

    for family_name in ("Al Kattabi", "Peeters"):
        hits = cast.finds("coordinator.limburg", family_name=family_name, given_name="Fatima")
        assert [hit.person_id for hit in hits] == [wife.pk], family_name


def test_the_same_number_under_another_name_is_told_and_not_taken_for_sure(elodie):
    [hit] = cast.finds(
        "coordinator.limburg",
        national_number="94.05.09-000.00",
        family_name="Jacobs",
        given_name="Tom",
        birth_date=date(1971, 12, 24),
    )

    assert not hit.likely
    assert texts(hit)[0] == "Same national number"


def test_only_in_dossiers_the_asker_may_know_of(elodie):
    asked = {"family_name": "Van den Bossche", "given_name": "Elodie"}

    assert len(cast.finds("liaison.police-limburg", **asked)) == 1
    assert cast.finds("coordinator.antwerpen", **asked) == []
    assert cast.finds("liaison.clb-limburg", **asked) == []
    assert cast.finds("central.team", **asked) == []

    block(
        dossier=elodie.dossier,
        by=cast.actor("liaison.caw-limburg"),
        why="Sister.",
        user=cast.member("coordinator.limburg").user,
    )
    assert cast.finds("coordinator.limburg", **asked) == []


def test_who_may_know_of_it_but_not_read_its_persons_gets_the_number_alone(house):
    dossier = cast.new_dossier()
    person_in(dossier, national_number="94.05.09-000.00", birth_year=1994)
    cast.at(dossier, Stage.CLOSED)

    hits = cast.finds("liaison.caw-limburg", national_number="94.05.09-000.00")

    assert [(hit.number, hit.person, hit.birth_year) for hit in hits] == [(dossier.number, "", None)]


def test_a_withdrawn_person_is_not_found(elodie):
    by = cast.actor("liaison.caw-limburg")
    withdrawn = records.withdraw(elodie, by=by, version=1, reason="Not in this family.")
    matching.index(withdrawn)

    assert cast.finds("coordinator.limburg", national_number="94.05.09-000.00") == []
    assert PersonToken.objects.filter(person=elodie).count() == 0


def test_who_changed_name_is_found_under_the_new_name_only(elodie):
    changed = records.change(elodie, by=cast.actor("liaison.caw-limburg"), version=1, family_name="Peeterse")
    matching.index(changed)

    assert cast.finds("coordinator.limburg", family_name="Van den Bossche", given_name="Elodie") == []
    assert len(cast.finds("coordinator.limburg", family_name="Peeterse", given_name="Elodie")) == 1


def test_tokens_hold_no_name_and_are_few(elodie):
    assert PersonToken.objects.filter(person=elodie).count() == 31
    assert {field.name for field in PersonToken._meta.concrete_fields} == {"person", "dossier", "token"}


def test_a_coordinator_learns_which_other_house_knows_somebody_and_nothing_more(elodie):
    asked = {"family_name": "Van den Bossche", "given_name": "Elodie"}

    assert matching.known_elsewhere(cast.actor("coordinator.antwerpen"), **asked) == ["Limburg"]
    assert matching.known_elsewhere(cast.actor("coordinator.limburg"), **asked) == []
    assert matching.known_elsewhere(cast.actor("administrative.antwerpen"), **asked) == []
    assert matching.known_elsewhere(cast.actor("liaison.caw-antwerpen"), **asked) == []
    assert matching.known_elsewhere(cast.actor("coordinator.antwerpen"), family_name="Van den Bossche") == []


def test_a_draft_is_not_known_to_a_house_yet(house):
    author = cast.actor("liaison.caw-limburg")
    draft = start_dossier(safe_home=SafeHome.objects.get(name="Limburg"), family_name="Bossche", by=author)
    person_in(draft)

    asked = {"family_name": "Van den Bossche", "given_name": "Elodie"}
    assert matching.known_elsewhere(cast.actor("coordinator.antwerpen"), **asked) == []
    assert cast.finds("coordinator.limburg", **asked) == []
    assert len(cast.finds("liaison.caw-limburg", **asked)) == 1


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        ({}, ["Family name", "First name or date of birth"]),
        ({"family_name": "Van den Bossche"}, ["First name or date of birth"]),
        ({"given_name": "Elodie"}, ["Family name"]),
        ({"birth_date": date(1994, 5, 9)}, ["Family name"]),
        ({"family_name": "Van den Bossche", "given_name": "Elodie"}, []),
        ({"family_name": "Van den Bossche", "birth_date": date(1994, 5, 9)}, []),
        ({"national_number": "94.05.09-000.00"}, []),
    ],
)
def test_says_what_is_still_missing(asked, missing):
    assert matching.missing_fields(**asked) == missing


@pytest.mark.parametrize(
    "words", ["van den bossche", "familie Van den Bossche - Aerdman", "Vandenbossche", "Van Den Bosche"]
)
def test_dossiers_are_found_by_a_family_name_among_the_words(elodie, words):
    found = Dossier.objects.filter(pk__in=matching.dossiers_with_family_name(words))

    assert [dossier.number for dossier in found] == [elodie.dossier.number]


def test_no_dossier_is_found_by_a_first_name_or_by_nothing(elodie):
    for words in ("Elodie", "", "  ", "-"):
        assert list(matching.dossiers_with_family_name(words)) == []
