"""Which persons of a dossier are perhaps known already, and what was answered when that was asked."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wida.access.queries import Opened, known_to
from wida.dossiers.codes import Stage
from wida.dossiers.life import STEPS
from wida.dossiers.models import Dossier
from wida.people import matching, numbers
from wida.people.codes import SamePerson, Sex
from wida.people.matching.facts import Facts
from wida.people.matching.find import elsewhere
from wida.people.matching.index import COLUMNS, facts_of, homes_of
from wida.people.matching.reasons import Reason, reasons
from wida.people.matching.scoring import compare
from wida.people.models import Comparison, Person, whom
from wida.people.queries import label, place
from wida.records.queries import read
from wida.web.dates import day

SHOWN_EACH = 5
JOINABLE = STEPS["join"].before
LABELS = {
    "given_name": _("First name"),
    "family_name": _("Family name"),
    "known_as": _("Also known as"),
    "birth_date": _("Date of birth"),
    "sex": _("Sex"),
    "national_number": _("National register number"),
    "address": _("Address"),
}


class Asked(NamedTuple):
    """A person of this dossier, and who elsewhere may be the same."""

    id: UUID
    label: str
    hits: list[matching.Hit]


class Answered(NamedTuple):
    """What was answered about two persons; `number` is where the other stands."""

    id: UUID
    version: int
    person: str
    person_id: UUID
    other_id: UUID
    number: str
    answer: str
    label: str
    signature: str
    changed_at: object
    reason: str


class Known(NamedTuple):
    asked: list[Asked]
    answered: list[Answered]
    elsewhere: list[str]
    join: list[str]

    @property
    def open(self) -> int:
        return sum(len(one.hits) for one in self.asked)


def known(opened: Opened) -> Known:
    """Everybody of the dossier compared with all whom the reader may know of, but for the pairs that were judged."""
    rows = sorted(
        read(Person.objects.of(opened.dossier), *COLUMNS, "group", "unborn", "age_stated", "age_stated_on"),
        key=place,
    )
    homes = homes_of(row.id for row in rows)
    people = {row.id: facts_of(row, homes[row.id]) for row in rows if not row.unborn}
    found = matching.find_all(opened.actor, people, but=opened.dossier.pk)
    names = {row.id: label(row) for row in rows}
    answered = comparisons(opened, names)
    judged = {(one.person_id, one.other_id) for one in answered}
    asked = [
        Asked(pk, names[pk], [hit for hit in hits if (pk, hit.person_id) not in judged][:SHOWN_EACH])
        for pk, hits in found.items()
    ]
    return Known(
        [one for one in asked if one.hits],
        answered,
        elsewhere(opened.actor, people.values()),
        _joinable(opened, answered),
    )


def comparisons(opened: Opened, names: dict[UUID, str]) -> list[Answered]:
    """Of persons in dossiers that the reader may know of; about others nothing is said."""
    standing = Q(person__withdrawn_at=None) | Q(person__merged_into__withdrawn_at=None)
    rows = Comparison.objects.of(opened.dossier).filter(
        standing & ~Q(person__withdrawn_at__isnull=False, person__merged_into=None),
        other_dossier__in=known_to(opened.actor),
    )
    return [
        Answered(
            row.id, row.version, names.get(row.who, ""), row.who, row.other_id, row.number, row.answer,
            str(SamePerson(row.answer).label), row.signature, row.changed_at, row.reason,
        )
        for row in read(
            rows.annotate(number=F("other_dossier__number"), who=whom()).order_by("-changed_at"),
            *("who", "other_id", "number", "answer", "reason"),
        )
    ]  # fmt: skip


def _joinable(opened: Opened, answered: list[Answered]) -> list[str]:
    """The running dossiers in which somebody of this one stands."""
    numbers_of = {one.number for one in answered if one.answer == SamePerson.SAME}
    running = Dossier.objects.exclude(stage__in=[Stage.BUILDING, Stage.CLOSED]).filter(number__in=numbers_of)
    return sorted(known_to(opened.actor, running).values_list("number", flat=True)) if numbers_of else []


class Side(NamedTuple):
    """One of two records beside each other."""

    number: str
    label: str
    rows: dict[str, str]


def beside(
    here: Opened, person: Person, there: Opened, other: Person
) -> tuple[Side, Side, tuple[Reason, ...]]:
    """Two persons beside each other, each as the reader may see them, and why they look alike."""
    homes = homes_of([person.pk, other.pk])
    one, two = facts_of(person, homes[person.pk]), facts_of(other, homes[other.pk])
    return (
        _side(here, person, homes[person.pk], one),
        _side(there, other, homes[other.pk], two),
        reasons(compare(one, two), one, two),
    )


def _side(opened: Opened, person: Person, homes: list[tuple[str, ...]], facts: Facts) -> Side:
    return Side(
        opened.number,
        label(person),
        {
            "given_name": person.given_name,
            "family_name": person.family_name,
            "known_as": person.known_as,
            "birth_date": day(date.fromisoformat(facts.born)) if facts.born else str(facts.year or ""),
            "sex": str(Sex(person.sex).label),
            "national_number": numbers.shown(opened, person),
            "address": "; ".join(" ".join(part for part in home if part) for home in homes),
        },
    )
