"""What a genogram is drawn from, and which of it can stand on paper together.

People write relations down in a hurry: somebody is made the parent of their own grandmother, or married to
themselves. What contradicts an earlier relation isn't drawn; the words beside the drawing still name it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from wida.people.codes import RelationKind, Sex
from wida.people.genogram.knots import Key, Knots


class Tie(StrEnum):
    """What two partners are to each other."""

    MARRIED = "married"
    COHABITING = "cohabiting"
    PARTNER = "partner"
    SEPARATED = "separated"
    DIVORCED = "divorced"
    UNKNOWN = "unknown"  # two parents of whom nothing more is written


class Descent(StrEnum):
    """How a child is a parent's child."""

    BIRTH = "birth"
    ADOPTED = "adopted"
    FOSTER = "foster"
    STEP = "step"
    GRANDCHILD = "grandchild"  # the parent in between isn't known
    SIBLING = "sibling"  # the parents aren't known


class Person(NamedTuple):
    """`age` is printed as it comes: "26", or "1998". Of somebody deceased, the year or years after the cross."""

    key: Key
    name: str
    sex: str = Sex.UNKNOWN
    age: str = ""
    deceased: bool = False
    unborn: bool = False
    directly_involved: bool = False
    index: bool = False
    twin: str = ""  # the same mark on those born together


class Union(NamedTuple):
    a: Key
    b: Key
    kind: str = Tie.PARTNER
    since: str = ""
    until: str = ""


class Parent(NamedTuple):
    parent: Key
    child: Key
    kind: str = Descent.BIRTH


class Kin(NamedTuple):
    """`person` is `kind` of `other`: for who is family without being a parent or a partner."""

    person: Key
    other: Key
    kind: str = RelationKind.OTHER_FAMILY


class Household(NamedTuple):
    label: str
    members: tuple[Key, ...] = ()


class Violence(NamedTuple):
    number: int
    source: Key
    target: Key
    form: str = ""


class Brood(NamedTuple):
    """Children who hang under the same one or two parents; under none when they are only known as siblings."""

    parents: tuple[Key, ...]
    kind: str
    children: tuple[Key, ...]


class Between(NamedTuple):
    """Stands for somebody nobody wrote down, between a grandparent and the grandchildren. Never drawn as a person."""

    grandparents: tuple[Key, ...]


class Family(NamedTuple):
    """What can be drawn. `rows` gives each generation a number; `left_out` is what contradicts the rest."""

    people: dict[Key, Person]
    unions: list[Union]
    broods: list[Brood]
    rows: dict[Key, int]
    left_out: list[Union | Parent | Kin]


# The nearest known line of descent carries a child's place; the others are drawn towards it.
NEAREST_FIRST = [Descent.BIRTH, Descent.ADOPTED, Descent.FOSTER, Descent.STEP]
SIBLINGS = {RelationKind.SIBLING, RelationKind.HALF_SIBLING}


def family(
    persons: Iterable[Person],
    unions: Iterable[Union] = (),
    parents: Iterable[Parent] = (),
    kin: Iterable[Kin] = (),
) -> Family:
    """Sorts relations into what can be drawn. Relations with somebody who isn't in `persons` vanish silently."""
    people: dict[Key, Person] = {}
    for person in persons:
        people.setdefault(person.key, person)
    left_out: list[Union | Parent | Kin] = []
    knots = Knots(people)
    links = _links(_known(parents, people), knots, left_out)
    drawn = _unions(_known(unions, people), knots, left_out)
    broods = _broods(links, drawn, people, knots)
    kin = _known(kin, people)
    broods += _grandchildren(kin, drawn, people, knots, left_out)
    broods += _siblings(kin, broods, people, knots, left_out)
    return Family(people, drawn, broods, knots.rows(), left_out)


def _known(relations: Iterable, people: dict[Key, Person]) -> list:
    return [row for row in dict.fromkeys(relations) if row[0] in people and row[1] in people]


def _links(parents: list[Parent], knots: Knots, left_out: list) -> list[Parent]:
    """Descent without circles. A step-parent carries a child only when nobody nearer does."""
    links: dict[tuple[Key, Key], Parent] = {}
    children: set[Key] = set()
    for link in sorted(parents, key=lambda link: NEAREST_FIRST.index(_descent(link))):
        if (link.parent, link.child) in links or (_descent(link) == Descent.STEP and link.child in children):
            continue
        if knots.put_below(link.parent, link.child):
            links[link.parent, link.child] = link
            if _descent(link) != Descent.STEP:
                children.add(link.child)
        else:
            left_out.append(link)
    return list(links.values())


def _descent(link: Parent) -> Descent:
    return Descent(link.kind) if link.kind in NEAREST_FIRST else Descent.BIRTH


def _unions(unions: list[Union], knots: Knots, left_out: list) -> list[Union]:
    """One line per couple: the last that was written."""
    drawn: dict[frozenset, Union] = {}
    for union in unions:
        if union.a != union.b and knots.tie(union.a, union.b):
            drawn[frozenset((union.a, union.b))] = union
        else:
            left_out.append(union)
    return list(drawn.values())


def _broods(links: list[Parent], unions: list[Union], people: dict[Key, Person], knots: Knots) -> list[Brood]:
    """Children under the pair or the one they descend from. Two parents without a written tie get an unknown one."""
    of_child: dict[tuple[Key, str], list[Key]] = defaultdict(list)
    for link in links:
        of_child[link.child, _descent(link)].append(link.parent)
    place = {key: number for number, key in enumerate(people)}
    under: dict[tuple[str, tuple[Key, ...]], list[Key]] = defaultdict(list)
    couples = {frozenset(union[:2]) for union in unions}
    for (child, kind), parents in of_child.items():
        parents = sorted(parents, key=place.__getitem__)
        pair = tuple(parents[:2]) if len(parents) > 1 and knots.tie(*parents[:2]) else ()
        if pair:
            under[kind, pair].append(child)
            if frozenset(pair) not in couples:
                couples.add(frozenset(pair))
                unions.append(Union(*pair, Tie.UNKNOWN))
        for parent in parents[len(pair) :]:
            under[kind, (parent,)].append(child)
    found = sorted(under.items(), key=lambda item: NEAREST_FIRST.index(item[0][0]))
    return [
        Brood(parents, kind, oldest_first(sorted(c, key=place.__getitem__), people))
        for (kind, parents), c in found
    ]


def _grandchildren(
    kin: list[Kin], unions: list[Union], people: dict[Key, Person], knots: Knots, left_out: list
) -> list[Brood]:
    """Grandparents whose child, the parent, isn't known. Where the generation between is known nothing is added."""
    grandchildren: dict[Key, list[Key]] = defaultdict(list)
    for link in kin:
        if link.kind == RelationKind.GRANDPARENT and not knots.leads(link.person, link.other):
            if knots.knot[link.person] == knots.knot[link.other] or knots.leads(link.other, link.person):
                left_out.append(link)
            else:
                grandchildren[link.person].append(link.other)
    broods = []
    for parents, children in _as_couples(grandchildren, unions).items():
        between = Between(parents)
        knots.knot[between] = between
        knots.put_below(parents[0], between)
        if below := [child for child in children if knots.put_below(between, child)]:
            broods.append(Brood(parents, Descent.GRANDCHILD, (between,)))
            broods.append(Brood((between,), Descent.GRANDCHILD, oldest_first(below, people)))
    return broods


def _as_couples(grandchildren: dict[Key, list[Key]], unions: list[Union]) -> dict[tuple[Key, ...], list[Key]]:
    """Two grandparents who are a couple and have the same grandchildren share one line."""
    couples: dict[tuple[Key, ...], list[Key]] = {}
    paired: set[Key] = set()
    for a, b, *_ in unions:
        if a in grandchildren and grandchildren[a] == grandchildren.get(b) and not paired & {a, b}:
            couples[a, b] = grandchildren[a]
            paired |= {a, b}
    return couples | {(one,): children for one, children in grandchildren.items() if one not in paired}


def _siblings(
    kin: list[Kin], broods: list[Brood], people: dict[Key, Person], knots: Knots, left_out: list
) -> list[Brood]:
    """Brothers and sisters who share no drawn parent: a line over them, to nobody."""
    parents: dict[Key, set[Key]] = defaultdict(set)
    for brood in broods:
        for child in brood.children:
            parents[child].update(brood.parents)
    pairs = []
    for link in kin:
        if link.kind not in SIBLINGS or parents[link.person] & parents[link.other]:
            continue
        if link.person != link.other and knots.tie(link.person, link.other):
            pairs.append({link.person, link.other})
        else:
            left_out.append(link)
    return [
        Brood((), Descent.SIBLING, oldest_first([key for key in people if key in group], people))
        for group in _groups(pairs)
    ]


def _groups(pairs: list[set[Key]]) -> list[set[Key]]:
    groups: list[set[Key]] = []
    for pair in pairs:
        apart = [group for group in groups if not group & pair]
        groups = [*apart, pair.union(*(group for group in groups if group & pair))]
    return groups


def seniority(person: Person) -> int | None:
    """Something that is smaller for who is older, when the age is an age or a year; None when it says neither."""
    if person.unborn:
        return 9999
    if found := re.fullmatch(r"[°*]?\s*(1[89]\d\d|20\d\d)", person.age.strip(), re.ASCII):
        return int(found[1])
    return None


def oldest_first(children: Iterable[Key], people: dict[Key, Person]) -> tuple[Key, ...]:
    """By age or by year of birth when all of them have the same kind; else in the order they came in."""
    children = tuple(children)
    ages = [people[key].age.strip() for key in children if not people[key].unborn]
    if all(re.fullmatch(r"\d{1,3}", age, re.ASCII) for age in ages):
        return tuple(
            sorted(children, key=lambda key: 1 if people[key].unborn else -int(people[key].age.strip()))
        )
    if all(seniority(people[key]) is not None for key in children):
        return tuple(sorted(children, key=lambda key: seniority(people[key]) or 0))
    return children
