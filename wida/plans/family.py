"""The members of a family as a plan names them."""

from collections import Counter
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from wida.dossiers.models import Dossier
from wida.people.codes import Group
from wida.people.models import Person
from wida.people.queries import is_minor, label
from wida.records.queries import read


class Member(NamedTuple):
    """Somebody of the dossier. `short` is the given name where only one person bears it."""

    id: UUID
    name: str
    short: str
    minor: bool
    standing: bool
    alive: bool
    words: tuple[str, ...]


class Family:
    """Everybody of a dossier, also those withdrawn since: what was written about them keeps its name."""

    def __init__(self, members: list[Member]):
        self.members = members
        self._by_id = {member.id: member for member in members}

    @property
    def standing(self) -> list[Member]:
        return [member for member in self.members if member.standing]

    @property
    def children(self) -> list[Member]:
        return [member for member in self.standing if member.minor and member.alive]

    @property
    def adults(self) -> list[Member]:
        return [member for member in self.standing if not member.minor]

    def get(self, person_id) -> Member | None:
        return self._by_id.get(person_id)

    def called(self, ids) -> str:
        """“Hanne, Kobe and Mila”, in the order of the family."""
        wanted = set(ids)
        return listed([member.short for member in self.members if member.id in wanted])

    def choices(self, members: list[Member] | None = None) -> list[tuple[str, str]]:
        return [(str(member.id), member.name) for member in (self.standing if members is None else members)]


def of(dossier: Dossier) -> Family:
    """The family of a dossier, children from old to young. One statement."""
    rows = read(
        Person.objects.filter(dossier_id=dossier.pk),
        *("group", "given_name", "family_name", "known_as", "birth_date", "age_stated", "age_stated_on"),
        *("unborn", "deceased", "withdrawn_at"),
    )
    order = list(Group)
    rows.sort(
        key=lambda row: (
            order.index(row.group),
            row.birth_date or "~" if row.group == Group.CHILD else "",
            row.id,
        )
    )
    given = Counter(row.given_name for row in rows if row.withdrawn_at is None)
    return Family([_member(row, given) for row in rows])


def _member(row, given: Counter) -> Member:
    name = label(row)
    return Member(
        id=row.id,
        name=name,
        short=row.given_name if given[row.given_name] == 1 and row.given_name else name,
        minor=is_minor(row),
        standing=row.withdrawn_at is None,
        alive=not row.deceased,
        words=(row.given_name, row.family_name, row.known_as),
    )


def listed(names: list[str]) -> str:
    """Names as a sentence lists them."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
