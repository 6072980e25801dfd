"""Whether a person is already known: by keyed tokens, among the dossiers that the asker may know of.

A token is made of a national number, or of a family name with a first name or a date of birth. Only what is
exactly the same but for accents, case, spaces and punctuation meets.
"""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models import F
from django.utils.translation import gettext as _

from wida.access.queries import known_to, mandates_of
from wida.access.rules import Ground, Part, Right, rights
from wida.accounts.actor import Actor
from wida.accounts.codes import HOUSE_ROLES, Role
from wida.accounts.models import SafeHome
from wida.dossiers.models import Dossier
from wida.people.models import Person, PersonToken
from wida.people.queries import label
from wida.records.queries import read
from wida.records.sealing import hang
from wida.records.tokens import fold, token, under_each_key

NUMBER, NAMES, BORN, FAMILY = "national_number", "names", "family_name_birth_date", "family_name"


class Hit(NamedTuple):
    """A person of a dossier. `person` is empty when the asker knows of the dossier but may not read its persons."""

    number: str
    person: str
    birth_year: int | None
    dossier_id: UUID
    person_id: UUID
    on: tuple[str, ...]


def index(person: Person) -> None:
    """Renews the tokens of a person; a withdrawn one has none. Called by every action that writes a person."""
    PersonToken.objects.filter(person_id=person.pk).delete()
    if person.withdrawn_at:
        return
    wanted = set()
    for _key in under_each_key():
        wanted.update(
            _tokens(person.national_number, person.given_name, person.family_name, person.birth_date)
        )
        wanted.update(_family_token(person.family_name))
    PersonToken.objects.bulk_create(
        PersonToken(person_id=person.pk, dossier_id=person.dossier_id, token=value)
        for value in sorted(wanted)
    )


def missing_fields(
    *, national_number: str = "", given_name: str = "", family_name: str = "", birth_date: date | None = None
) -> list[str]:
    """What is still to be filled in before one may search, in words; nothing when it may be done."""
    if _digits(national_number) or (fold(family_name) and (fold(given_name) or birth_date)):
        return []
    missing = [] if fold(family_name) else [_("Family name")]
    if not fold(given_name) and not birth_date:
        missing.append(_("First name or date of birth"))
    return missing


def find(
    actor: Actor,
    *,
    national_number: str = "",
    given_name: str = "",
    family_name: str = "",
    birth_date: date | None = None,
) -> list[Hit]:
    """The persons who meet, in dossiers this actor may know of; the surest first. The caller records the search."""
    tokens = _tokens(national_number, given_name, family_name, _iso(birth_date))
    if not tokens:
        return []
    doors = {dossier.pk: dossier for dossier in _doors(actor, tokens)}
    met: dict[UUID, list[int]] = {}
    for person_id, value in _where(tokens).filter(dossier_id__in=doors).values_list("person_id", "token"):
        met.setdefault(person_id, []).append(value)
    for dossier in doors.values():
        hang(dossier.pk, dossier.wrapped)
    rows = read(
        Person.objects.filter(pk__in=met),
        *("given_name", "family_name", "known_as", "birth_year", "unborn"),
    )
    hits = [
        _hit(row, doors[row.dossier_id], actor, tuple(tokens[value] for value in met[row.id])) for row in rows
    ]
    return sorted(hits, key=lambda hit: (-len(hit.on), hit.number, hit.person))


def known_elsewhere(
    actor: Actor,
    *,
    national_number: str = "",
    given_name: str = "",
    family_name: str = "",
    birth_date: date | None = None,
) -> list[str]:
    """The other Safe Homes where somebody who meets is known, by name, to phone their coordinator and nothing more.

    Only for a coordinator. Drafts aren't known to a house yet; a dossier the coordinator is kept out of isn't counted.
    """
    tokens = _tokens(national_number, given_name, family_name, _iso(birth_date))
    if actor.role != Role.COORDINATOR or not tokens:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select wida.homes_where_known(%s, %s, %s)", [list(tokens), actor.user_id, actor.house_id]
        )
        homes = [home for (home,) in cursor.fetchall()]
    return list(SafeHome.objects.filter(pk__in=homes).order_by("name").values_list("name", flat=True))


def dossiers_with_family_name(words: str) -> models.QuerySet:
    """The ids of all dossiers in which somebody bears one of these words, or some in a row, as family name.

    Knows no walls: only to be used inside `known_to`.
    """
    parts = words.replace("-", " ").split()[:8]
    runs = {
        " ".join(parts[start:end]) for start in range(len(parts)) for end in range(start + 1, len(parts) + 1)
    }
    tokens = [value for run in runs for value in _family_token(run)]
    return _where(tokens).values("dossier_id")


def _tokens(national_number: str, given_name: str, family_name: str, birth_date: str) -> dict[int, str]:
    """The token of each combination that is complete, and what it stands for."""
    found = {}
    family = fold(family_name)
    if digits := _digits(national_number):
        found[token(NUMBER, digits)] = NUMBER
    if family and fold(given_name):
        found[token(NAMES, family, fold(given_name))] = NAMES
    if family and birth_date:
        found[token(BORN, family, birth_date)] = BORN
    return found


def _family_token(family_name: str) -> list[int]:
    return [token(FAMILY, fold(family_name))] if fold(family_name) else []


def _digits(national_number: str) -> str:
    return "".join(sign for sign in national_number if sign in "0123456789")


def _iso(birth_date: date | None) -> str:
    return birth_date.isoformat() if birth_date else ""


def _where(tokens) -> models.QuerySet:
    return PersonToken.objects.filter(token__in=list(tokens), person__withdrawn_at=None)


def _doors(actor: Actor, tokens: dict[int, str]) -> models.QuerySet:
    """The dossiers where one of the tokens stands, among those the actor may know of, with what opens them."""
    return known_to(actor, Dossier.objects.filter(pk__in=_where(tokens).values("dossier_id"))).annotate(
        wrapped=F("key__wrapped"), mandate_grounds=ArraySubquery(mandates_of(actor).values("ground"))
    )


def _hit(row, dossier: Dossier, actor: Actor, on: tuple[str, ...]) -> Hit:
    grounds = set(dossier.mandate_grounds)
    if actor.role in HOUSE_ROLES and dossier.safe_home_id == actor.house_id:
        grounds.add(Ground.HOUSE)
    readable = (Part.PEOPLE, Right.READ) in rights(actor.role, frozenset(grounds), dossier.stage)
    person = label(row) if readable else ""
    return Hit(dossier.number, person, row.birth_year if readable else None, dossier.pk, row.id, on)
