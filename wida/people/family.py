"""The family system for the drawing: what stands about persons, told in the words of `genogram`."""

from collections import Counter
from collections.abc import Iterable

from django.utils import timezone

from wida.people import genogram
from wida.people.codes import COUPLE, Group, RelationKind
from wida.people.genogram import Descent, Tie

DESCENT = {
    RelationKind.PARENT: Descent.BIRTH,
    RelationKind.STEPPARENT: Descent.STEP,
    RelationKind.FOSTER_PARENT: Descent.FOSTER,
}


def drawing(people: list, relations: list, homes: dict, patterns: Iterable) -> genogram.Drawing:
    """`people` are cards, `homes` gives each household that may be drawn its name and who lives there today."""
    roofs = [frozenset(members) for _name, members in homes.values()]
    return genogram.draw(
        [_person(card, relations, people) for card in people],
        unions=[_union(row, roofs) for row in relations if row.kind in COUPLE],
        parents=[
            genogram.Parent(row.person_id, row.other_id, DESCENT[row.kind])
            for row in relations
            if row.kind in DESCENT
        ],
        kin=[
            genogram.Kin(row.person_id, row.other_id, row.kind)
            for row in relations
            if row.kind not in DESCENT and row.kind not in COUPLE
        ],
        households=[genogram.Household(name, tuple(members)) for name, members in homes.values() if members],
        violence=_violence(patterns),
    )


def _person(card, relations: list, people: list) -> genogram.Person:
    row = card.row
    return genogram.Person(
        row.id,
        card.label,
        sex=row.sex,
        age="" if row.deceased or card.years is None else str(card.years),
        deceased=row.deceased,
        unborn=row.unborn,
        directly_involved=row.group == Group.DIRECT,
        twin=_twin(row, relations, people),
    )


def _twin(row, relations: list, people: list) -> str:
    """Children of the same parents with the same date of birth get the same mark."""
    parents = _parents(row.id, relations)
    born = Counter(
        (other.row.birth_date, _parents(other.row.id, relations)) for other in people if other.row.birth_date
    )
    return f"{row.birth_date}:{sorted(parents)}" if parents and born[row.birth_date, parents] > 1 else ""


def _parents(child_id, relations: list) -> frozenset:
    return frozenset(
        str(row.person_id)
        for row in relations
        if row.kind == RelationKind.PARENT and row.other_id == child_id
    )


def _union(row, roofs: list[frozenset]) -> genogram.Union:
    over = row.kind == RelationKind.EX_PARTNER or (row.until and row.until <= timezone.localdate())
    if over:
        kind = Tie.DIVORCED if row.married else Tie.SEPARATED
    elif row.married:
        kind = Tie.MARRIED
    else:
        kind = Tie.COHABITING if any({row.person_id, row.other_id} <= roof for roof in roofs) else Tie.PARTNER
    return genogram.Union(row.person_id, row.other_id, kind, _year(row.since), _year(row.until))


def _year(day) -> str:
    return str(day.year) if day else ""


def _violence(patterns: Iterable) -> list[genogram.Violence]:
    """A line for each form of violence between two persons, numbered as in the list under the drawing."""
    lines = dict.fromkeys((row.giver_id, row.receiver_id, form) for row in patterns for form in row.forms)
    return [genogram.Violence(number, *line) for number, line in enumerate(lines, start=1)]
