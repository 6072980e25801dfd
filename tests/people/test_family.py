"""How persons belong together: relations, households, parental authority."""

import pytest

from tests import cast
from tests.people.family import (
    AUTHOR,
    COORDINATOR,
    address,
    browser,
    faults,
    post,
    relation,
    roof,
    somebody,
    tab,
    words,
)
from wida.dossiers.codes import Stage
from wida.people.codes import RelationKind
from wida.people.models import Custody, Household, Relation, Residence
from wida.records import actions as records
from wida.situation.models import Pattern

DOUBLE = "This relation is already written down. Change that one instead."
TURNED = "The opposite is already written down: change or withdraw that relation first."


@pytest.fixture
def dossier(house):
    return cast.at(cast.new_dossier(), Stage.FORMING)


@pytest.fixture
def people(dossier):
    return [somebody(dossier, name) for name in ("Kelly", "Youri", "Noa", "Liam")]


def relate(dossier, *who, **more):
    return post(COORDINATOR, "add_relation", dossier, data=relation(*who, **more))


# Relations ------------------------------------------------------------------------------------------------


def test_a_relation_is_read_from_both_sides(dossier, people):
    kelly, _youri, noa, _liam = people

    answer = relate(dossier, kelly, "ouder", noa)

    assert answer.status_code == 303
    shown = words(tab(COORDINATOR, dossier))
    assert "Parent of Noa Bosteels" in shown
    assert "Child of Kelly Bosteels" in shown


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("kind", "ouder"),
        ("stiefkind", "stiefouder"),
        ("pleegkind", "pleegouder"),
        ("kleinkind", "grootouder"),
    ],
)
def test_a_relation_told_from_the_child_is_turned_around(dossier, people, asked, kept):
    kelly, _youri, noa, _liam = people

    relate(dossier, noa, asked, kelly)

    made = Relation.objects.get()
    assert (made.person_id, made.kind, made.other_id) == (kelly.pk, kept, noa.pk)


@pytest.mark.parametrize("kind", [kind.value for kind in RelationKind])
def test_every_kind_of_relation_can_be_written_down_and_read(dossier, people, kind):
    kelly, youri, _noa, _liam = people

    assert relate(dossier, kelly, kind, youri).status_code == 303

    assert f"{RelationKind(kind).label} of Youri Aerdman" in words(tab(COORDINATOR, dossier))


def test_a_marriage_with_its_dates_is_shown(dossier, people):
    kelly, youri, _noa, _liam = people

    relate(
        dossier,
        kelly,
        "ex_partner",
        youri,
        married="on",
        since="1/2/2018",
        until="3/4/2024",
        note="On and off.",
    )

    shown = words(tab(COORDINATOR, dossier))
    assert "Ex-partner of Youri Aerdman, married 01/02/2018 to 03/04/2024" in shown
    assert "On and off." in shown
    assert "Kelly Bosteels and Youri Aerdman are divorced, from 2018 to 2024." in shown


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"person": ""}, "Choose an answer for “This person”"),
        ({"kind": ""}, "Choose an answer for “is the … of”"),
        ({"kind": "enemy"}, "Choose again: this answer is no longer in the list"),
        ({"other": "self"}, "Choose two different persons"),
        ({"since": "5/5/2024", "until": "4/5/2024"}, "Fill in a last day that is not before the first day"),
        ({"since": "30/2/2024"}, "Fill in a date that exists, for example 14/11/2026"),
        ({"kind": "broer_zus", "married": "on"}, "Only partners and ex-partners can be married"),
    ],
)
def test_bad_relations_are_refused(dossier, people, wrong, fault):
    kelly, youri, _noa, _liam = people
    if wrong.get("other") == "self":
        wrong = {"other": str(kelly.pk)}

    sent = relation(kelly, "partner", youri, note="Typed with care.") | wrong
    answer = post(COORDINATOR, "add_relation", dossier, data=sent)

    assert answer.status_code == 422
    assert faults(answer) == [fault]
    assert "Typed with care." in answer.content.decode()
    assert Relation.objects.count() == 0


def test_a_person_of_another_dossier_cannot_be_chosen(dossier, people):
    stranger = somebody(cast.new_dossier(family_name="Cools"), "Kelly")

    answer = relate(dossier, people[1], "partner", stranger)

    assert faults(answer) == ["Choose again: this answer is no longer in the list"]


def test_the_same_relation_twice_is_refused_from_either_side(dossier, people):
    kelly, youri, noa, _liam = people
    relate(dossier, kelly, "partner", youri)
    relate(dossier, kelly, "ouder", noa)

    assert faults(relate(dossier, kelly, "partner", youri)) == [DOUBLE]
    assert faults(relate(dossier, youri, "partner", kelly)) == [DOUBLE]
    assert faults(relate(dossier, noa, "kind", kelly)) == [DOUBLE]
    assert faults(relate(dossier, noa, "ouder", kelly)) == [TURNED]
    assert Relation.objects.count() == 2


def test_who_came_together_again_is_written_down_twice(dossier, people):
    kelly, youri, _noa, _liam = people
    relate(dossier, kelly, "partner", youri, until="1/6/2024")

    assert relate(dossier, kelly, "partner", youri, since="1/9/2025").status_code == 303
    assert faults(relate(dossier, kelly, "partner", youri, since="1/5/2024", until="1/7/2024")) == [DOUBLE]


def test_a_relation_is_corrected_and_does_not_collide_with_itself(dossier, people):
    kelly, youri, _noa, _liam = people
    relate(dossier, kelly, "partner", youri)
    made = Relation.objects.get()

    answer = post(
        COORDINATOR,
        "edit_relation",
        dossier,
        made.pk,
        data=relation(kelly, "partner", youri, since="1/1/2020", version=1),
    )
    late = post(
        COORDINATOR, "edit_relation", dossier, made.pk, data=relation(kelly, "ex_partner", youri, version=1)
    )

    assert answer.status_code == 303
    assert late.status_code == 409
    assert "01/01/2020" in words(late)
    assert (Relation.objects.get().kind, Relation.objects.get().version) == ("partner", 2)


# Households -----------------------------------------------------------------------------------------------


def test_who_lives_together_is_said_on_the_card_of_a_child(dossier, people):
    kelly, youri, noa, liam = people

    answer = post(
        COORDINATOR, "add_household", dossier, data=roof(kelly, noa, liam, arrangement="every other week")
    )
    post(COORDINATOR, "add_household", dossier, data=roof(youri, liam, label="With the grandparents"))

    assert answer.status_code == 303
    shown = words(tab(COORDINATOR, dossier))
    assert shown.count("Lives with Kelly Bosteels Child of") == 1  # Noa
    assert shown.count("Lives with Kelly Bosteels, Youri Aerdman Child of") == 1  # Liam
    assert shown.count("Not known with whom this child lives") == 1  # Fien
    assert "Household of Kelly Bosteels" in shown
    assert "With the grandparents" in shown
    assert "every other week" in shown


def test_who_lived_together_before_is_not_said_to_live_there(dossier, people):
    kelly, _youri, noa, _liam = people

    post(COORDINATOR, "add_household", dossier, data=roof(kelly, noa, since="1/1/2020", until="1/1/2024"))

    shown = words(tab(COORDINATOR, dossier))
    assert "Lives with Kelly" not in shown
    assert "Household of Kelly Bosteels No longer together" in shown


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"members": []}, "Choose at least one for “Who lives there?”"),
        ({"since": "5/5/2024", "until": "4/5/2024"}, "Fill in a last day that is not before the first day"),
    ],
)
def test_bad_households_are_refused(dossier, people, wrong, fault):
    answer = post(
        COORDINATOR, "add_household", dossier, data=roof(people[0], label="Typed with care") | wrong
    )

    assert answer.status_code == 422
    assert faults(answer) == [fault]
    assert "Typed with care" in answer.content.decode()
    assert Household.objects.count() == 0


def test_somebody_joins_a_household_once(dossier, people):
    kelly, _youri, noa, liam = people
    post(COORDINATOR, "add_household", dossier, data=roof(kelly, noa))
    household = Household.objects.get()
    sent = {"person": str(liam.pk), "household": str(household.pk), "since": "1/1/2024"}

    assert post(COORDINATOR, "add_residence", dossier, data=sent).status_code == 303
    again = post(COORDINATOR, "add_residence", dossier, data=sent | {"since": "1/5/2024"})

    assert faults(again) == ["This person already lives in this household in that period"]
    assert Residence.objects.filter(household=household).count() == 3


def test_a_household_is_renamed_and_who_lives_there_corrected(dossier, people):
    kelly, _youri, noa, _liam = people
    post(COORDINATOR, "add_household", dossier, data=roof(kelly, noa))
    household, residence = Household.objects.get(), Residence.objects.get(person=noa)

    post(COORDINATOR, "edit_household", dossier, household.pk, data={"label": "At home", "version": 1})
    sent = {"person": str(noa.pk), "household": str(household.pk), "until": "1/2/2026", "version": 1}
    post(COORDINATOR, "edit_residence", dossier, residence.pk, data=sent)

    shown = words(tab(COORDINATOR, dossier))
    assert "At home" in shown
    assert "Noa Bosteels until 01/02/2026" in shown
    assert "Not known with whom this child lives" in shown
    late = post(COORDINATOR, "edit_residence", dossier, residence.pk, data=sent | {"until": ""})
    assert late.status_code == 409


# Parental authority ---------------------------------------------------------------------------------------


def test_who_holds_authority_over_a_child_is_written_once(dossier, people):
    kelly, youri, noa, liam = people
    sent = {
        "child": str(noa.pk), "holder": str(youri.pk), "authority": "gezamenlijk",
        "arrangement": "Every other weekend.", "decided_on": "1/4/2024",
    }  # fmt: skip

    assert post(COORDINATOR, "add_custody", dossier, data=sent).status_code == 303
    double = post(COORDINATOR, "add_custody", dossier, data=sent)
    self = post(COORDINATOR, "add_custody", dossier, data=sent | {"holder": str(noa.pk)})
    other = post(COORDINATOR, "add_custody", dossier, data=sent | {"holder": str(kelly.pk)})
    sent["child"] = str(liam.pk)
    future = post(COORDINATOR, "add_custody", dossier, data=sent | {"decided_on": "1/1/2199"})

    assert faults(double) == [
        "What this person holds over this child is already written down. Change that instead."
    ]
    assert faults(self) == ["Choose two different persons"]
    assert faults(future) == ["Fill in a date that is not in the future"]
    assert other.status_code == 303
    assert "Youri Aerdman : Joint parental authority 01/04/2024 Every other weekend." in words(
        tab(COORDINATOR, dossier)
    )


def test_authority_is_corrected(dossier, people):
    _kelly, youri, noa, _liam = people
    sent = {"child": str(noa.pk), "holder": str(youri.pk), "authority": "gevraagd"}
    post(COORDINATOR, "add_custody", dossier, data=sent)
    made = Custody.objects.get()

    shown = browser(COORDINATOR).get(address("edit_custody", dossier, made.pk))
    answer = post(
        COORDINATOR, "edit_custody", dossier, made.pk, data=sent | {"authority": "geen", "version": 1}
    )
    late = post(COORDINATOR, "edit_custody", dossier, made.pk, data=sent | {"version": 1})

    assert f'value="{noa.pk}" selected' in shown.content.decode()
    assert answer.status_code == 303
    assert late.status_code == 409
    assert Custody.objects.get().authority == "geen"


# The drawing ----------------------------------------------------------------------------------------------


def test_the_family_is_drawn_and_said_in_words(dossier, people):
    kelly, youri, noa, liam = people
    relate(dossier, kelly, "partner", youri, since="1/1/2020")
    for child in (noa, liam):
        relate(dossier, kelly, "ouder", child)
    relate(dossier, youri, "ouder", liam)
    post(COORDINATOR, "add_household", dossier, data=roof(*people))

    answer = tab(COORDINATOR, dossier)

    assert answer.content.decode().count('<svg xmlns="http://www.w3.org/2000/svg" role="img"') == 1
    shown = words(answer)
    assert "Kelly Bosteels and Youri Aerdman live together, since 2020." in shown
    assert "Noa Bosteels: child of Kelly Bosteels." in shown
    assert "Liam Aerdman: child of Kelly Bosteels and Youri Aerdman." in shown


def test_an_impossible_family_is_still_shown(dossier, people):
    kelly, youri, noa, _liam = people
    relate(dossier, kelly, "ouder", noa)
    relate(dossier, noa, "ouder", youri)
    relate(dossier, youri, "ouder", kelly)

    answer = tab(AUTHOR, dossier)

    assert answer.status_code == 200
    assert "This contradicts another relation and isn't drawn." in words(answer)


def test_violence_is_drawn_and_said_for_who_may_read_the_situation(dossier, people):
    kelly, youri, _noa, _liam = people
    pattern = Pattern(
        dossier=dossier, forms=["fysiek", "psychisch"], relation="partnergeweld", giver=youri, receiver=kelly,
        ongoing="ja", frequency="wekelijks",
    )  # fmt: skip
    records.add(pattern, by=cast.actor(AUTHOR))

    shown = words(tab(AUTHOR, dossier))

    assert "1. Physical violence: Youri Aerdman towards Kelly Bosteels." in shown
    assert "2. Psychological violence: Youri Aerdman towards Kelly Bosteels." in shown
