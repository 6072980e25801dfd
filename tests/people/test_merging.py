"""Somebody who stands in a dossier twice: brought together everything shows once, taken apart all is as it was."""

import random
import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import cast
from tests.people.family import (
    AUTHOR,
    COORDINATOR,
    address,
    faults,
    post,
    protected,
    read,
    somebody,
    tab,
    words,
)
from wida.access.actions import block
from wida.access.models import ConflictBlock, Mandate
from wida.demo.families import House, tell
from wida.dossiers.codes import Stage
from wida.people import actions as people
from wida.people import matching
from wida.people.codes import RelationKind
from wida.people.models import Address, Merge, Person, PersonToken, Relation, Residence
from wida.plans.models import Goal
from wida.risk.models import FactorPerson, FactorScore
from wida.situation import actions as situation
from wida.situation.models import Involved

LIAISON = "liaison.ggz-limburg"
STREET = "Zwaluwenhof 3"
UNSAID = {"reason": "Zelfde geboortedatum, gevraagd aan de school."}
PERSON = {
    "known_as": "", "age_stated": None, "unborn": False, "due_on": None, "deceased": False, "national_number": "",
    "nationality": "", "languages": "", "interpreter": "", "profession": "", "note": "",
}  # fmt: skip


@pytest.fixture
def family(house):
    """A told family in which the mother stands a second time, misspelled, with something of every kind."""
    dossier, by = tell(House("Limburg"), Stage.EXECUTION, random.Random(3), 1), cast.actor(COORDINATOR)
    mother = Person.objects.of(dossier).filter(sex="vrouw", group="rechtstreeks").first()
    twin = people.add_person(
        dossier=dossier, by=by, group="andere", given_name="Dubbelien", family_name="Tweevoud", sex="vrouw",
        birth_date=date(1991, 2, 3), **PERSON,
    )  # fmt: skip
    people.add_address(
        person=twin, by=by, viewers=[], type="vluchthuis", street=STREET, postal_code="3500", place="Hasselt",
        country="", municipality="", since=None, until=None, protected=True, protected_why="Hij zoekt haar.",
    )  # fmt: skip
    people.add_contact(
        person=twin, by=by, kind="telefoon", value="0470 77 88 99", safe="niet_veilig", safe_times="",
        may_leave_message=False, note="", confirmed_on=None,
    )  # fmt: skip
    for tie in Relation.objects.of(dossier).filter(person=mother, kind=RelationKind.PARENT):
        people.add_relation(
            dossier=dossier, by=by, person=str(twin.pk), other=str(tie.other_id), kind=tie.kind, married=False,
            since=None, until=None, note=tie.note,
        )  # fmt: skip
    for home in Residence.objects.of(dossier).filter(person=mother):
        people.add_residence(
            dossier=dossier, by=by, person=str(twin.pk), household=str(home.household_id), arrangement="om de week",
            since=None, until=None,
        )  # fmt: skip
    situation.add_incident(
        dossier=dossier, by=by, kind="geweldsincident", precision="dag", begins_on=date(2026, 9, 1), ends_on=None,
        involved=[("naar", mother.pk), ("naar", twin.pk)], at=None, forms=["fysiek"], children_present="ja",
        account="Het dubbele feit.", impact="", response="", source="politie", source_note="",
        reliability="vastgesteld",
    )  # fmt: skip
    score = FactorScore.objects.of(dossier).order_by("-created_at").first()
    FactorPerson.objects.create(dossier=dossier, factor=score, person=twin, side="tegenover")
    goal = Goal.objects.of(dossier).first()
    Goal.objects.filter(pk=goal.pk).update(withheld_from=[twin.pk])
    return dossier, mother, twin


def merge(dossier, person, other, login=COORDINATOR):
    return post(login, "merge_person", dossier, person.pk, data={"other": str(other.pk), **UNSAID})


def pages(dossier, login: str) -> dict[str, str]:
    """What each tab says, but for what differs with each request or each change."""
    client, found = cast.signed_in(login), {}
    for name in (
        "people:people",
        "situation:situation",
        "risk:risk",
        "risk:weighing",
        "plans:plan",
        "plans:execution",
    ):
        page = client.get(reverse(name, args=[dossier.number])).content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        main = re.sub(r'name="(csrfmiddlewaretoken|form_key)" value="[^"]*"', "", main)
        main = re.sub(r'<p class="present".*?</p>', "", main, flags=re.DOTALL)  # who else looked just now
        found[name] = re.sub(r"\d\d[.:]\d\d", "", main)
    return found


def test_brought_together_everything_shows_once_and_taken_apart_all_is_as_it_was(family):
    dossier, mother, twin = family
    before = {login: pages(dossier, login) for login in (COORDINATOR, LIAISON)}
    grants = set(Mandate.objects.active().values_list("pk", flat=True))
    assert "Dubbelien" in before[COORDINATOR]["people:people"]

    answer = merge(dossier, mother, twin)

    assert answer.status_code == 303
    assert answer["Location"].endswith(f"#person-{mother.pk}")
    for login in (COORDINATOR, LIAISON):
        assert [name for name, page in pages(dossier, login).items() if "Dubbelien" in page] == []
    shown = pages(dossier, COORDINATOR)["people:people"]
    assert "0470 77 88 99" in shown
    assert (
        len(re.findall(r'id="person-', shown))
        == len(re.findall(r'id="person-', before[COORDINATOR]["people:people"])) - 1
    )
    ties = Relation.objects.of(dossier).filter(person=mother, kind=RelationKind.PARENT)
    assert ties.count() == ties.values("other").distinct().count()
    assert not Relation.objects.of(dossier).filter(person=twin).exists()
    assert set(Mandate.objects.active().values_list("pk", flat=True)) == grants

    made = Merge.objects.get()
    undone = post(COORDINATOR, "undo_merge", dossier, made.pk, data={"reason": "Toch een zus.", "version": 1})

    assert undone.status_code == 303
    for login in (COORDINATOR, LIAISON):
        after = pages(dossier, login)
        for name, page in before[login].items():
            assert after[name].splitlines() == page.splitlines(), name


def test_what_shielded_either_shields_the_one_who_stays(family):
    dossier, mother, twin = family
    open_to_all = read(pages(dossier, LIAISON)["people:people"])
    assert STREET not in open_to_all

    merge(dossier, mother, twin)

    assert STREET in [row.street for row in Address.objects.of(dossier).filter(person=mother, protected=True)]
    page = pages(dossier, LIAISON)["people:people"]
    card = page[page.index(f'id="person-{mother.pk}"') :]
    card = card[: card.index("</article>")]
    assert "Afgeschermd adres" in read(card)
    assert [name for name, text in pages(dossier, LIAISON).items() if STREET in text] == []
    for row in Goal.objects.of(dossier).exclude(withheld_from=[]):
        assert twin.pk not in row.withheld_from
    assert Goal.objects.of(dossier).filter(withheld_from__contains=[mother.pk]).exists()


def test_what_never_changes_names_who_stays_once(family):
    dossier, mother, twin = family
    rows = (Involved.objects.filter(person=twin).count(), FactorPerson.objects.filter(person=twin).count())

    merge(dossier, mother, twin)

    assert (
        Involved.objects.filter(person=twin).count(),
        FactorPerson.objects.filter(person=twin).count(),
    ) == rows
    page = read(pages(dossier, COORDINATOR)["situation:situation"])
    fact = page[page.index("Het dubbele feit.") - 400 : page.index("Het dubbele feit.")]
    assert "ingetrokken" not in fact
    history = words(cast.signed_in(COORDINATOR).get(address("history", dossier, mother.pk)))
    assert "Dubbelien" in history


def test_who_is_kept_out_stays_out_and_either_spelling_finds_the_one_who_stays(family):
    dossier, mother, twin = family
    block(dossier=dossier, by=cast.actor(COORDINATOR), why="Broer.", user=cast.member(LIAISON).user)
    either = set(PersonToken.objects.filter(person__in=[mother, twin]).values_list("token", flat=True))

    merge(dossier, mother, twin)

    assert tab(LIAISON, dossier).status_code == 404
    assert ConflictBlock.objects.of(dossier).count() == 1
    mother.refresh_from_db()
    matching.index(mother)
    assert not PersonToken.objects.filter(person=twin).exists()
    assert set(PersonToken.objects.filter(person=mother).values_list("token", flat=True)) >= either
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=twin.pk).update(withdrawn_at=None)


def test_two_who_stand_in_a_relation_are_not_one(house):
    dossier = cast.new_dossier()
    mother, father = somebody(dossier, "Kelly"), somebody(dossier, "Youri")
    tie = {"person": str(mother.pk), "kind": "partner", "other": str(father.pk)}
    assert post(AUTHOR, "add_relation", dossier, data=tie).status_code == 303

    refused = merge(dossier, mother, father, AUTHOR)

    assert refused.status_code == 422
    assert "withdraw that first" in faults(refused)[0]
    assert UNSAID["reason"] in refused.content.decode()
    assert not Merge.objects.exists()
    father.refresh_from_db()
    assert (father.withdrawn_at, father.merged_into_id) == (None, None)


def test_nobody_of_another_dossier_and_only_who_may_write(house):
    dossier, elsewhere = cast.at(cast.new_dossier(), Stage.EXECUTION), cast.new_dossier()
    mother, stranger = somebody(dossier, "Kelly"), somebody(elsewhere, "Kelly")

    assert merge(dossier, mother, stranger).status_code == 422
    for login, status in ((LIAISON, 403), ("coordinator.antwerpen", 404)):
        assert merge(dossier, mother, somebody(dossier, "Youri"), login).status_code == status
    assert not Merge.objects.exists()


def test_three_in_a_row_come_apart_in_the_order_they_came_together(house):
    dossier = cast.new_dossier()
    one, two, three = (somebody(dossier, name) for name in ("Noa", "Liam", "Fien"))
    assert post(AUTHOR, "add_address", dossier, three.pk, data=protected()).status_code == 303

    assert merge(dossier, two, three, AUTHOR).status_code == 303
    assert merge(dossier, one, two, AUTHOR).status_code == 303

    first, second = Merge.objects.order_by("created_at")
    undo = {"reason": "Toch niet.", "version": 1}
    assert Address.objects.get().person == one
    assert post(AUTHOR, "undo_merge", dossier, first.pk, data=undo).status_code == 404
    assert post(AUTHOR, "undo_merge", dossier, second.pk, data=undo).status_code == 303
    assert Address.objects.get().person == two
    assert post(AUTHOR, "undo_merge", dossier, first.pk, data=undo).status_code == 303
    assert Address.objects.get().person == three
    assert Person.objects.of(dossier).count() == 5
