"""Who looks like somebody, among the dossiers that the asker may know of.

The database brings the persons who share most with the one asked for; the best are opened and compared.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models import F
from django.utils.translation import gettext as _

from wida.access.queries import known_to, mandates_of, rights_in
from wida.access.rules import Part, Right
from wida.access.walls.identity import open_all
from wida.accounts.actor import Actor
from wida.accounts.codes import Role
from wida.accounts.models import SafeHome
from wida.dossiers.models import Dossier
from wida.people.matching import keys, scoring
from wida.people.matching.facts import Facts
from wida.people.matching.index import COLUMNS, facts_of, homes_of, tokens
from wida.people.matching.reasons import Reason, reasons
from wida.people.models import Person, PersonToken
from wida.people.queries import label
from wida.records.arrays import Among
from wida.records.queries import read
from wida.records.sealing import hang
from wida.records.statements import Ids, prepared
from wida.records.tokens import fold, token

OPENED, SHOWN = 70, 25
LIKELY, POSSIBLE = 3.0, -9.0


class Hit(NamedTuple):
    """A person of a dossier. `person` is empty when the asker knows of the dossier but may not read its persons."""

    number: str
    person: str
    birth_year: int | None
    dossier_id: UUID
    person_id: UUID
    score: float
    reasons: tuple[Reason, ...]

    @property
    def likely(self) -> bool:
        return self.score >= LIKELY


def missing_fields(
    *, national_number: str = "", given_name: str = "", family_name: str = "", birth_date: date | None = None
) -> list[str]:
    """What is still to be filled in before one may search, in words; nothing when it may be done."""
    if any(sign in "0123456789" for sign in national_number):
        return []
    if fold(family_name) and (fold(given_name) or birth_date):
        return []
    missing = [] if fold(family_name) else [_("Family name")]
    if not fold(given_name) and not birth_date:
        missing.append(_("First name or date of birth"))
    return missing


def find(actor: Actor, **asked) -> list[Hit]:
    """Who looks like the person of these facts (see `missing_fields`); the surest first. The caller records it."""
    if missing_fields(**asked):
        return []
    return find_all(actor, {None: Facts(**asked)})[None]


def find_all(actor: Actor, wanted: Mapping, *, but: UUID | None = None) -> dict:
    """The same for several persons at once, by any name for them, not in the dossier `but`. Four statements, and
    two more when some of them live somewhere, or stand in dossiers that the actor may not read.
    """
    near = _near(wanted, but)
    doors = _doors(actor, {row[2] for rows in near.values() for row in rows})
    near = {who: [row for row in rows if row[2] in doors] for who, rows in near.items()}
    readable = {pk for pk, door in doors.items() if _reads(actor, door)}
    open_all([*readable])
    for pk in readable:
        hang(pk, doors[pk].wrapped)
    certain = _certain(
        wanted.values(), [row for rows in near.values() for row in rows if row[2] not in readable]
    )
    live_somewhere = any(facts.homes for facts in wanted.values())
    people = _opened({row[1] for rows in near.values() for row in rows if row[2] in readable}, live_somewhere)
    return {
        who: sorted(
            [
                *_compared(facts, (people[row[1]] for row in near.get(who, ()) if row[1] in people), doors),
                *_unread(facts, [row for row in near.get(who, ()) if row[2] not in readable], doors, certain),
            ],
            key=lambda hit: (-hit.score, hit.number, hit.person),
        )[:SHOWN]
        for who, facts in wanted.items()
    }


def known_elsewhere(actor: Actor, **asked) -> list[str]:
    """The other Safe Homes where somebody who meets is known, by name, to phone their coordinator and nothing more.

    Only for a coordinator, and by keys that name somebody nearly for certain: nothing is opened. Drafts aren't
    known to a house yet; a dossier the coordinator is kept out of isn't counted.
    """
    if missing_fields(**asked):
        return []
    return elsewhere(actor, [Facts(**asked)])


def elsewhere(actor: Actor, people: Iterable[Facts]) -> list[str]:
    found = tokens(key for facts in people for key in keys.exact(facts))
    if actor.role != Role.COORDINATOR or not found:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select wida.homes_where_known(%s, %s, %s)", [found, actor.user_id, actor.house_id])
        homes = [home for (home,) in cursor.fetchall()]
    return list(SafeHome.objects.filter(pk__in=homes).order_by("name").values_list("name", flat=True))


def sounding_like(names: Iterable[tuple[str, str]]) -> list[int]:
    """The tokens of who sounds like one of these first and family names."""
    people = [Facts(given_name=given, family_name=family) for given, family in names]
    return tokens(key for facts in people for key in keys.exact(facts))


def dossiers_with_family_name(words: str) -> models.QuerySet:
    """The ids of all dossiers in which somebody bears one of these words as family name, however it is spelled.

    Knows no walls: only to be used inside `known_to`.
    """
    return PersonToken.objects.filter(token__in=family_tokens(words)).values("dossier_id")


def family_tokens(words: str) -> list[int]:
    return tokens(keys.by_family_name(words))


ALIKE = """
    select asked.who, found.*
    from (
        select who, array_agg(token) as tokens, array_agg(worth) as worths
        from unnest(%s::int[], %s::bigint[], %s::int[]) as one(who, token, worth) group by who
    ) asked, wida.alike(asked.tokens, asked.worths, %s, %s) found
"""


def _near(wanted: Mapping, but: UUID | None) -> dict[Any, list[tuple]]:
    """Of each wanted person those who share most with them, in dossiers that may be known: (number of who, person,
    dossier), the most first.
    """
    names = list(wanted)
    asked = {
        (number, token(*key)): worth
        for number, facts in enumerate(wanted.values())
        for key, worth in keys.asked(facts).items()
    }
    near = defaultdict(list)
    if asked:
        who, kept = zip(*asked, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(ALIKE, [list(who), list(kept), list(asked.values()), but, OPENED])
            for row in cursor.fetchall():
                near[names[row[0]]].append(row)
    return near


class Door(NamedTuple):
    """What it takes to open a dossier of which the actor knows."""

    id: UUID
    number: str
    safe_home_id: UUID
    stage: str
    wrapped: bytes
    mandate_grounds: list[str]


def _doors(actor: Actor, ids: set[UUID]) -> dict[UUID, Door]:
    found = _known(actor, Ids(ids)) if ids else ()
    return {row[0]: Door._make(row) for row in found}


@prepared
def _known(actor: Actor, ids: Ids) -> models.QuerySet:
    return (
        known_to(actor, Dossier.objects.filter(Among("pk", ids)))
        .annotate(
            wrapped=F("key__wrapped"), mandate_grounds=ArraySubquery(mandates_of(actor).values("ground"))
        )
        .values_list(*Door._fields)
    )


@prepared
def _people(ids: Ids) -> models.QuerySet:
    return Person.objects.filter(Among("pk", ids), withdrawn_at=None)


def _reads(actor: Actor, dossier) -> bool:
    rights = rights_in(actor, dossier.safe_home_id, dossier.mandate_grounds, dossier.stage)
    return (Part.PEOPLE, Right.READ) in rights


def _opened(ids: set[UUID], live_somewhere: bool) -> dict[UUID, tuple]:
    """Each person as a row, with the facts to compare; addresses only when there are any to compare with."""
    rows = read(_people.of(Ids(ids)), *COLUMNS, "unborn") if ids else ()
    homes = homes_of(ids) if live_somewhere else {}
    return {row.id: (row, facts_of(row, homes.get(row.id, ()))) for row in rows}


def _compared(facts: Facts, people: Iterable[tuple], doors: Mapping) -> list[Hit]:
    weights = scoring.learned()
    found = []
    for row, other in people:
        levels = scoring.compare(facts, other)
        score = weights.of(levels)
        # The same number is always told, also with another name: one of both is wrong.
        if score >= POSSIBLE or levels[0] == "same":
            found.append((-score, doors[row.dossier_id].number, row.id, row, other, levels))
    return [
        Hit(number, label(row), row.birth_year, row.dossier_id, pk, -score, reasons(levels, facts, other))
        for score, number, pk, row, other, levels in sorted(found)[:SHOWN]
    ]


def _certain(wanted: Iterable[Facts], rows: list[tuple]) -> set[tuple[UUID, int]]:
    """Which of these persons stand under a key that names somebody nearly for certain."""
    if not rows:
        return set()
    found = PersonToken.objects.filter(
        person_id__in=[row[1] for row in rows],
        token__in=tokens(key for facts in wanted for key in keys.exact(facts)),
    )
    return set(found.values_list("person_id", "token"))


def _unread(facts: Facts, rows: list[tuple], doors: Mapping, certain: set) -> list[Hit]:
    """Persons this asker may not read: the number alone of the dossier that they know of."""
    exact = tokens(keys.exact(facts))
    return [
        Hit(doors[dossier].number, "", None, dossier, person, LIKELY, ())
        for _who, person, dossier in rows
        if any((person, value) in certain for value in exact)
    ]
