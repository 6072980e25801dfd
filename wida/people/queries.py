"""What other rooms ask about the persons of a dossier."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from wida.dossiers.models import Dossier
from wida.people.addresses import visible_addresses
from wida.people.codes import Group
from wida.people.models import Person
from wida.records.queries import read, rows_of

__all__ = [
    "Name",
    "has_minors",
    "is_minor",
    "label",
    "name_map",
    "names",
    "person_choices",
    "visible_addresses",
]

ADULT = 18
ORDER = list(Group)


class Name(NamedTuple):
    """A person as other rooms name them."""

    id: UUID
    label: str
    group: str
    sex: str
    birth_year: int | None
    unborn: bool


def label(person) -> str:
    """How a person is called on every screen. `person` is a row or a record with names, known_as and unborn."""
    called = f"{person.given_name} {person.family_name}".strip() or person.known_as
    if person.unborn and not person.given_name:
        return (_("Unborn child %(name)s") % {"name": called}).strip()
    return called or _("Unknown person")


def names(dossier: Dossier) -> list[Name]:
    """The persons who stand: directly involved, children (oldest first), others. One statement."""
    rows = sorted(_persons(rows_of.of(Person, dossier.pk)), key=place)
    return [_name(row) for row in rows]


def person_choices(dossier: Dossier, groups: tuple[str, ...] | None = None) -> list[tuple[str, str]]:
    """For the choices of a form, in the order of `names`."""
    return [(str(row.id), row.label) for row in names(dossier) if groups is None or row.group in groups]


def name_map(dossier: Dossier) -> dict[UUID, str]:
    """What to call whom, also those who were withdrawn since: what was written about them keeps its name."""
    rows = {row.id: row for row in _persons(Person.objects.filter(dossier_id=dossier.pk))}
    return {key: _called(rows.get(row.merged_into_id) or row) for key, row in rows.items()}


def _called(row) -> str:
    return label(row) if row.withdrawn_at is None else _("%(name)s (withdrawn)") % {"name": label(row)}


def has_minors(dossier: Dossier) -> bool:
    """Whether somebody stands among the children, is under eighteen, or isn't born yet. One statement."""
    return any(is_minor(row) for row in _persons(rows_of.of(Person, dossier.pk)))


def is_minor(person, on: date | None = None) -> bool:
    """Unknown age counts as adult outside the children's group: nothing is derived from a number or a school."""
    on = on or timezone.localdate()
    if person.group == Group.CHILD or person.unborn:
        return True
    if person.birth_date:
        born = date.fromisoformat(person.birth_date)
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) < ADULT
    if person.age_stated is not None:
        stated = person.age_stated_on
        return (
            person.age_stated + on.year - stated.year - ((on.month, on.day) < (stated.month, stated.day))
            < ADULT
        )
    return False


def grew_up(person, since: date, on: date | None = None) -> date | None:
    """The day on which somebody became eighteen, when that was after `since` and is over, today or `on` a day."""
    years = None
    if person.birth_date:
        born, years = date.fromisoformat(person.birth_date), ADULT
    elif person.age_stated is not None:
        born, years = person.age_stated_on, ADULT - person.age_stated
    if years is None or person.deceased:
        return None
    # Who was born on 29 February is eighteen the day after the 28th.
    leap = (born.month, born.day) == (2, 29)
    day = date(born.year + years, 3, 1) if leap else born.replace(year=born.year + years)
    return day if since < day <= (on or timezone.localdate()) else None


def _persons(persons) -> list:
    return read(
        persons,
        *("group", "given_name", "family_name", "known_as", "sex", "birth_date", "birth_year"),
        *("age_stated", "age_stated_on", "unborn", "withdrawn_at", "merged_into_id"),
    )


def place(row) -> tuple:
    """Where a person stands in a list: children from old to young, the others as they were written."""
    return ORDER.index(row.group), row.unborn, _born(row) if row.group == Group.CHILD else "", row.id


def _born(row) -> str:
    """The date or year of birth as far as it is known or stated, to sort on; unknown comes last."""
    if row.age_stated is not None:
        return str(row.age_stated_on.year - row.age_stated)
    return row.birth_date or "~"


def _name(row) -> Name:
    return Name(row.id, label(row), row.group, row.sex, row.birth_year, row.unborn)
