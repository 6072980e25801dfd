"""Adding and correcting a person."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests import cast
from tests.pages import plain
from tests.people.family import AUTHOR, COORDINATOR, address, browser, faults, person, post, somebody, words
from wida.access.actions import give_mandate
from wida.access.rules import Ground
from wida.dossiers.codes import Stage
from wida.people import queries
from wida.people.models import Person, PersonToken

SAME_NAME = "There is already somebody called Kelly Bosteels in this dossier."
CHECK = "The national register number does not pass its check: one of the digits is wrong."
MISMATCH = "The national register number and the date of birth do not belong together."
VALID = "85073003328"  # of the doctests of stdnum.be


def test_the_form_asks_for_a_person_of_the_group_that_was_clicked(house):
    dossier = cast.new_dossier()

    answer = browser(AUTHOR).get(address("add_person", dossier, group="kind"))

    assert answer.status_code == 200
    assert "Add a child" in words(answer)
    assert 'value="kind" checked' in " ".join(answer.content.decode().split())


def test_a_person_is_added_with_everything(house):
    dossier = cast.new_dossier()
    sent = person(
        known_as="Oma", birth_date="9/1/1958", nationality="Belgian", languages="Dutch, French",
        interpreter="French, not the neighbour", profession="Retired cook", note="Hard of **hearing**.",
    )  # fmt: skip

    answer = post(AUTHOR, "add_person", dossier, data=sent)

    rita = somebody(dossier, "Rita")
    assert answer.status_code == 303
    assert answer["Location"] == f"{address('people', dossier)}#person-{rita.pk}"
    assert (rita.group, rita.family_name, rita.known_as, rita.sex) == ("andere", "Claesse", "Oma", "vrouw")
    assert (rita.birth_date, rita.birth_year, rita.age_stated, rita.unborn) == (
        "1958-01-09",
        1958,
        None,
        False,
    )
    assert (rita.interpreter, rita.profession) == ("French, not the neighbour", "Retired cook")
    assert rita.signature == cast.actor(AUTHOR).signature
    assert PersonToken.objects.filter(person=rita, dossier=dossier).exists()


def test_an_age_is_kept_with_the_day_on_which_it_was_stated(house):
    dossier = cast.new_dossier()

    post(AUTHOR, "add_person", dossier, data=person(age_stated="68"))

    rita = somebody(dossier, "Rita")
    assert (rita.age_stated, rita.age_stated_on, rita.birth_date, rita.birth_year) == (
        68,
        timezone.localdate(),
        "",
        None,
    )


def test_an_unborn_child_needs_no_name(house):
    dossier = cast.new_dossier()
    due = timezone.localdate() + timedelta(days=90)
    sent = {"group": "kind", "sex": "onbekend", "unborn": "on", "due_on": due.isoformat()}

    answer = post(AUTHOR, "add_person", dossier, data=sent)

    assert answer.status_code == 303
    assert "Unborn child" in [row.label for row in queries.names(dossier)]
    assert Person.objects.get(unborn=True).due_on == due


FUTURE = (timezone.localdate() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"group": ""}, "Choose an answer for “Place in the family”"),
        ({"group": "neighbours"}, "Choose again: this answer is no longer in the list"),
        ({"sex": ""}, "Choose an answer for “Sex”"),
        (
            {"given_name": " ", "family_name": ""},
            "Fill in a first name, a family name, or what this person is called",
        ),
        ({"birth_date": "31/02/1990"}, "Fill in a date that exists, for example 14/11/2026"),
        ({"birth_date": "twelve"}, "Fill in a date that exists, for example 14/11/2026"),
        ({"birth_date": "14/3/1789"}, "Fill in a year between 1900 and 2200"),
        ({"birth_date": FUTURE}, "Fill in a date that is not in the future"),
        ({"birth_date": "9/1/1958", "age_stated": "68"}, "Fill in the date of birth or the age, not both"),
        ({"age_stated": "121"}, "Fill in 120 or less"),
        ({"age_stated": "-1"}, "Fill in 0 or more"),
        (
            {"unborn": "on", "birth_date": "9/1/1958"},
            "Somebody who is not born yet has no date of birth and no age",
        ),
        ({"unborn": "on", "age_stated": "2"}, "Somebody who is not born yet has no date of birth and no age"),
        ({"due_on": FUTURE}, "Tick “Not born yet”, or empty the expected day"),
        ({"unborn": "on", "due_on": "1/1/2099"}, "Fill in an expected day within nine months of today"),
        ({"given_name": "x" * 81}, "Shorten this text to 80 characters; it has 81 now"),
    ],
)
def test_bad_input_is_refused_and_everything_typed_is_kept(house, wrong, fault):
    dossier = cast.new_dossier()
    sent = person(note="Typed with care.") | wrong

    answer = post(AUTHOR, "add_person", dossier, data=sent)

    assert answer.status_code == 422
    assert faults(answer) == [fault]
    assert "Typed with care." in answer.content.decode()
    assert len(queries.names(dossier)) == 5


@pytest.mark.parametrize(
    ("number", "born", "fault"),
    [
        ("88.09.30-000.00", "", CHECK),
        ("850730", "", "A national register number has eleven digits."),
        (VALID, "31/7/1985", MISMATCH),
    ],
)
def test_a_doubtful_number_is_asked_about_and_may_be_saved_anyway(house, number, born, fault):
    dossier = cast.new_dossier()
    sent = person(national_number=number, birth_date=born, note="Typed with care.")

    asked = post(AUTHOR, "add_person", dossier, data=sent)

    assert asked.status_code == 422
    assert faults(asked) == [fault]
    assert "Save anyway: I checked this" in words(asked)
    assert "Typed with care." in asked.content.decode()
    assert len(queries.names(dossier)) == 5

    assert post(AUTHOR, "add_person", dossier, data=sent | {"save_anyway": "on"}).status_code == 303
    assert cast.finds(AUTHOR, national_number=number)[0].person == "Rita Claesse"


def test_a_right_number_is_not_asked_about_and_written_with_its_points(house):
    dossier = cast.new_dossier()

    answer = post(AUTHOR, "add_person", dossier, data=person(national_number=VALID, birth_date="30/7/1985"))

    assert answer.status_code == 303
    rita = somebody(dossier, "Rita")
    assert rita.national_number == "85.07.30-033.28"
    assert rita.sex == "vrouw"


def test_nothing_is_derived_from_a_number(house):
    dossier = cast.new_dossier()

    post(AUTHOR, "add_person", dossier, data=person(national_number=VALID, sex="onbekend"))

    rita = somebody(dossier, "Rita")
    assert (rita.birth_date, rita.birth_year, rita.sex) == ("", None, "onbekend")


def test_a_double_is_asked_about(house):
    dossier = cast.new_dossier()
    sent = person(given_name="kelly", family_name="BOSTEELS")

    asked = post(AUTHOR, "add_person", dossier, data=sent)

    assert asked.status_code == 422
    assert faults(asked) == [SAME_NAME]
    assert post(AUTHOR, "add_person", dossier, data=sent | {"save_anyway": "on"}).status_code == 303
    assert len(queries.names(dossier)) == 6


def test_the_same_number_twice_is_asked_about(house):
    dossier = cast.new_dossier()
    post(AUTHOR, "add_person", dossier, data=person(national_number=VALID))

    asked = post(
        AUTHOR, "add_person", dossier, data=person(given_name="Rosa", national_number="85.07.30-033.28")
    )

    assert faults(asked) == ["Rita Claesse has the same national register number."]


def test_the_same_click_twice_adds_one_person(house):
    dossier = cast.new_dossier()
    client = browser(AUTHOR)
    sent = person(form_key=str(uuid4()))

    first = client.post(address("add_person", dossier), sent)
    second = client.post(address("add_person", dossier), sent)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert len(queries.names(dossier)) == 6


def test_a_person_is_corrected(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    kelly = somebody(dossier, "Kelly")

    shown = browser(COORDINATOR).get(address("edit_person", dossier, kelly.pk))
    sent = person(group="rechtstreeks", given_name="Amina", family_name="Bosteels", birth_date="15/3/2000")
    answer = post(COORDINATOR, "edit_person", dossier, kelly.pk, data=sent | {"version": 1})

    assert 'value="14/03/2000"' in shown.content.decode()
    assert answer.status_code == 303
    amina = somebody(dossier, "Amina")
    assert (amina.pk, amina.version, amina.birth_date) == (kelly.pk, 2, "2000-03-15")
    assert amina.organisation_id == kelly.organisation_id
    assert cast.finds(COORDINATOR, family_name="Bosteels", given_name="Kelly") == []
    assert len(cast.finds(COORDINATOR, family_name="Bosteels", given_name="Amina")) == 1


def test_what_was_confirmed_before_is_not_asked_again(house):
    dossier = cast.new_dossier()
    sent = person(national_number="58.01.09-000.00", save_anyway="on")
    post(AUTHOR, "add_person", dossier, data=sent)
    rita = somebody(dossier, "Rita")

    kept = person(national_number="58.01.09-000.00", profession="Cook", version=1)
    assert post(AUTHOR, "edit_person", dossier, rita.pk, data=kept).status_code == 303

    changed = person(national_number="58.01.09-000.01", version=2)
    assert faults(post(AUTHOR, "edit_person", dossier, rita.pk, data=changed)) == [CHECK]


def test_a_stated_age_that_stays_keeps_its_day(house):
    dossier = cast.new_dossier()
    post(AUTHOR, "add_person", dossier, data=person(age_stated="68"))
    rita = somebody(dossier, "Rita")
    Person.objects.filter(pk=rita.pk).update(age_stated_on=date(2026, 1, 5))

    post(AUTHOR, "edit_person", dossier, rita.pk, data=person(age_stated="68", profession="Cook", version=1))
    assert somebody(dossier, "Rita").age_stated_on == date(2026, 1, 5)

    post(AUTHOR, "edit_person", dossier, rita.pk, data=person(age_stated="69", version=2))
    assert somebody(dossier, "Rita").age_stated_on == timezone.localdate()


def test_two_people_at_once_lose_nothing(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    kelly = somebody(dossier, "Kelly")
    base = person(
        group="rechtstreeks", given_name="Kelly", family_name="Bosteels", birth_date="14/3/2000", version=1
    )
    post(COORDINATOR, "edit_person", dossier, kelly.pk, data=base | {"profession": "Nurse at night"})

    late = post(
        "administrative.limburg", "edit_person", dossier, kelly.pk, data=base | {"profession": "Baker"}
    )

    assert late.status_code == 409
    assert "Nurse at night" in words(late)
    assert "Baker" in plain(late)
    assert 'name="version" value="2"' in late.content.decode()
    assert somebody(dossier, "Kelly").profession == "Nurse at night"

    again = base | {"profession": "Baker", "version": 2}
    assert post("administrative.limburg", "edit_person", dossier, kelly.pk, data=again).status_code == 303
    assert somebody(dossier, "Kelly").profession == "Baker"


def test_somebody_who_was_withdrawn_meanwhile_is_a_conflict_and_not_a_lost_text(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    kelly = somebody(dossier, "Kelly")
    post(COORDINATOR, "withdraw", dossier, "person", kelly.pk, data={"reason": "Double.", "version": 1})

    sent = person(given_name="Kelly", family_name="Bosteels", note="Typed with care.", version=1)
    late = post("administrative.limburg", "edit_person", dossier, kelly.pk, data=sent)

    assert late.status_code == 409
    assert "Typed with care." in late.content.decode()
    assert browser(COORDINATOR).get(address("edit_person", dossier, kelly.pk)).status_code == 404


@pytest.mark.parametrize("version", ["", "0", "99", "two"])
def test_a_form_without_its_version_saves_nothing(house, version):
    dossier = cast.new_dossier()
    kelly = somebody(dossier, "Kelly")

    answer = post(AUTHOR, "edit_person", dossier, kelly.pk, data=person(given_name="Eve", version=version))

    assert answer.status_code == 409
    assert somebody(dossier, "Kelly").version == 1


def test_a_person_of_another_dossier_does_not_exist_here(house):
    dossier, other = cast.new_dossier(), cast.new_dossier(family_name="Cools")
    stranger = somebody(other, "Kelly")

    assert browser(AUTHOR).get(address("edit_person", dossier, stranger.pk)).status_code == 404
    assert post(AUTHOR, "edit_person", dossier, stranger.pk, data=person(version=1)).status_code == 404


def test_a_writer_who_may_not_see_a_number_keeps_it_unseen(house):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    kelly = somebody(dossier, "Kelly")
    sent = person(group="rechtstreeks", given_name="Kelly", family_name="Bosteels", birth_date="14/3/2000")
    post(
        COORDINATOR, "edit_person", dossier, kelly.pk,
        data=sent | {"national_number": "00.03.14-000.00", "save_anyway": "on", "version": 1},
    )  # fmt: skip
    holder = cast.member("psychologist.limburg")
    give_mandate(dossier=dossier, holder=holder, ground=Ground.ASSIGNED, by=cast.actor(COORDINATOR))

    shown = browser("psychologist.limburg").get(address("edit_person", dossier, kelly.pk))
    answer = post(
        "psychologist.limburg", "edit_person", dossier, kelly.pk,
        data=sent | {"profession": "Baker", "national_number": "", "version": 2},
    )  # fmt: skip

    assert "00.03.14-000.00" not in shown.content.decode()
    assert "A national register number is filled in. You do not see it, and it stays." in words(shown)
    assert answer.status_code == 303
    assert (somebody(dossier, "Kelly").national_number, somebody(dossier, "Kelly").profession) == (
        "00.03.14-000.00",
        "Baker",
    )
