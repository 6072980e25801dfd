"""Everything the tab shows, in eight statements whatever the size of the family."""

from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, FilteredRelation, OuterRef, Q, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.access.rules import Part, Right
from wida.people import family, numbers
from wida.people.addresses import (
    PARENTS,
    SERVICE_WORDS,
    Hidden,
    Kin,
    kin_of,
    look,
    reaches_a_place,
    says_where,
    standing,
)
from wida.people.cards import Card, Home, card, home_name, in_order
from wida.people.codes import Group
from wida.people.genogram import Drawing
from wida.people.models import ChildNote, Contact, Custody, Merge, Person, Relation, Residence, Service
from wida.people.queries import grew_up
from wida.records.queries import asked, read_at_once, rows_of
from wida.records.sealing import unseal
from wida.records.statements import Asked, prepared

PANEL = ("id", "version", "signature", "changed_at", "exposure", "school", "school_contact", "safe_person")


class Page(NamedTuple):
    """`shielded` names whose address not everybody may know; `violence` is who is violent to whom."""

    cards: dict[str, list[Card]]
    homes: list[Home]
    relations: list
    names: dict[UUID, str]
    services: list
    violence: list
    shielded: list[str]
    decides: bool

    def drawing(self) -> Drawing | None:
        """The family as it is today; nothing while there is nobody."""
        people = [card for group in Group for card in self.cards[group]]
        today = timezone.localdate()
        homes = {home.id: (home.label, [row.person_id for row in home.on(today)]) for home in self.homes}
        return family.drawing(people, self.relations, homes, self.violence) if people else None


class Panel(NamedTuple):
    id: UUID
    version: int
    signature: str
    changed_at: datetime
    exposure: str
    school: str
    school_contact: str
    safe_person: str


def page(opened: Opened) -> Page:
    dossier = opened.dossier
    persons, lived, tied, places, ways, noted, helping, violence = _rows(opened)
    people, residences = in_order(persons), _named(lived)
    relations, custody = _ties(tied)
    addresses, hidden = look(opened, residences, _kin(people, relations), places)
    contacts = _by(_contacts(opened, ways, hidden), "person_id")
    notes = _by(noted, "child_id")
    services = [
        row._replace(**{name: _("Shielded") for name in SERVICE_WORDS if getattr(row, name)})
        if says_where(opened, row, hidden)
        else row
        for row in helping
    ]
    people = [_unsaid(row, opened, hidden) for row in people]
    by_id = {row.id: row for row in people}
    residences = [
        row._replace(arrangement=_("Shielded"))
        if row.arrangement and row.household_id in hidden.homes
        else row
        for row in residences
    ]
    homes = _homes(residences, by_id, hidden.homes)
    where = _by(addresses, "person_id")
    ties, custodies = _by_ends(relations), _by(custody, "child_id")
    today, started_on = timezone.localdate(), timezone.localdate(dossier.created_at)
    adults = frozenset(row.id for row in people if row.group != Group.CHILD)
    cards = [
        card(
            row,
            today,
            adults=adults,
            number=numbers.shown(opened, row),
            addresses=where[row.id],
            shielded=row.id in hidden.people,
            contacts=contacts[row.id],
            relations=ties[row.id],
            custody=custodies[row.id],
            homes=homes,
            panel=_panel(row, hidden.people),
            notes=notes[row.id],
            grew_up=grew_up(row, started_on, today),
        )
        for row in people
    ]
    return Page(
        cards=_by(cards, "group"),
        homes=homes,
        relations=relations,
        names={card.row.id: card.label for card in cards},
        services=services,
        violence=violence if cards else [],
        shielded=[card.label for card in cards if card.is_shielded],
        decides=opened.may(Part.PEOPLE, Right.DECIDE),
    )


PERSON = (
    *("organisation_id", "group", "given_name", "family_name", "known_as", "sex", "birth_date", "birth_year"),
    *(
        "age_stated",
        "age_stated_on",
        "unborn",
        "due_on",
        "deceased",
        "national_number",
        "nationality",
        "languages",
    ),
    *("interpreter", "profession", "note"),
)
CONTACT = ("person_id", "kind", "value", "safe", "safe_times", "may_leave_message", "note", "confirmed_on",
           "organisation_id")  # fmt: skip
NOTE = ("child_id", "kind", "on", "by_whom", "text")
SERVICE = ("name", "kind", "for_whom", "contact", "state", "since", "until", "result", "organisation_id")
RESIDENCE = ("household_id", "person_id", "arrangement", "since", "until")
TIE = ("id", "dossier_id", "version", "signature", "changed_at")


class Relationship(NamedTuple):
    """A row of Relation."""

    id: UUID
    dossier_id: UUID
    version: int
    signature: str
    changed_at: datetime
    person_id: UUID
    other_id: UUID
    kind: str
    note: str
    since: date | None
    until: date | None
    married: bool


class Authority(NamedTuple):
    """A row of Custody."""

    id: UUID
    dossier_id: UUID
    version: int
    signature: str
    changed_at: datetime
    child_id: UUID
    holder_id: UUID
    authority: str
    arrangement: str
    decided_on: date | None


def _rows(opened: Opened) -> list[list]:
    """All that the tab is made of; who is violent to whom comes last, for who may read the situation."""
    from wida.situation.queries import lines_of, violence

    pk, situation = opened.dossier.pk, opened.may(Part.SITUATION)
    rows = read_at_once(
        _people(pk),
        _residences(pk),
        _relations_and_custody.of(pk),
        standing(opened.dossier),
        asked(rows_of.of(Contact, pk, "id"), *CONTACT),
        asked(rows_of.of(ChildNote, pk, "-on", "-id"), *NOTE),
        asked(rows_of.of(Service, pk, "id"), *SERVICE),
        *([violence(opened.dossier)] if situation else []),
    )
    return [*rows[:7], lines_of(rows[7]) if situation else []]


def homes_of(opened: Opened) -> list[Home]:
    """The households alone, named as this actor may name them."""
    lived, persons = read_at_once(_residences(opened.dossier.pk), _people(opened.dossier.pk))
    residences, people = _named(lived), {row.id: row for row in in_order(persons)}
    kin = kin_of(opened.dossier)
    return _homes(residences, people, look(opened, residences, kin)[1].homes)


def _kin(people: list, relations: list) -> list[Kin]:
    children = {row.id for row in people if row.group == Group.CHILD}
    return [
        Kin(tie.person_id, tie.other_id)
        for tie in relations
        if tie.kind in PARENTS and tie.other_id in children
    ]


def _contacts(opened: Opened, rows: list, hidden: Hidden) -> list:
    return [
        row._replace(value=_("Shielded")) if reaches_a_place(opened, row, hidden) else row for row in rows
    ]


def _unsaid(row, opened: Opened, hidden: Hidden):
    """A person without their workplace, when nothing may point to where they are."""
    theirs = row.organisation_id == opened.actor.organisation_id
    shielded = row.profession and row.id in hidden.people and not theirs
    return row._replace(profession=_("Shielded")) if shielded else row


PANELS = {f"panel_{name}": F(f"panel__{name}") for name in PANEL}


def _people(dossier_id: UUID) -> Asked:
    """The persons, each with what stands about them as a child, if anything does."""
    return asked(_with_panels.of(dossier_id), *PERSON, *PANELS, "merges")


@prepared
def _with_panels(dossier_id: UUID) -> models.QuerySet:
    standing = FilteredRelation("panels", condition=Q(panels__withdrawn_at=None))
    merged = ArraySubquery(
        Merge.objects.filter(into=OuterRef("pk"), withdrawn_at=None).order_by("id").values("id")
    )
    persons = Person.objects.filter(dossier_id=dossier_id, withdrawn_at=None)
    return persons.annotate(panel=standing, merges=merged).annotate(**PANELS)


def _panel(row, shielded: frozenset[UUID]) -> Panel | None:
    """The panel that came along with a person. Where a shielded child goes to school says where it lives."""
    if row.panel_id is None:
        return None
    place = f"people_childpanel:{row.panel_id}:"
    sealed = {
        name: unseal(getattr(row, f"panel_{name}"), row.dossier_id, place + name) for name in PANEL[-3:]
    }
    if row.id in shielded:
        sealed |= {name: _("Shielded") for name in ("school", "school_contact") if sealed[name]}
    clear = (getattr(row, f"panel_{name}") for name in PANEL[:-3])
    return Panel(*clear, **sealed)


def _ties(rows: list[tuple]) -> tuple[list[Relationship], list[Authority]]:
    """Relations and custody, which are both between two persons, from one statement."""
    found: tuple[list, list] = [], []
    for *values, what in rows:
        table = "people_relation" if what == "note" else "people_custody"
        values[8] = unseal(values[8], values[1], f"{table}:{values[0]}:{what}")
        if what == "note":
            found[0].append(Relationship(*values))
        else:
            found[1].append(Authority(*values[:10]))
    return found


@prepared
def _relations_and_custody(dossier_id: UUID) -> models.QuerySet:
    here = {"dossier_id": dossier_id, "withdrawn_at": None}
    relations = (
        Relation.objects.filter(**here)
        .annotate(what=Value("note"))
        .values_list(*TIE, "person_id", "other_id", "kind", "note", "since", "until", "married", "what")
    )
    custody = (
        Custody.objects.filter(**here)
        .annotate(never=Value(None, models.DateField()), no=Value(False), what=Value("arrangement"))
        .values_list(
            *TIE, "child_id", "holder_id", "authority", "arrangement", "decided_on", "never", "no", "what"
        )
    )
    return relations.union(custody, all=True).order_by("id")


def _residences(dossier_id: UUID) -> Asked:
    """Who lives where, with the name of the household, still sealed: for `_named`."""
    return asked(_lived.of(dossier_id), *RESIDENCE, "label", "home_version")


def _named(rows: list) -> list:
    return [
        row._replace(label=unseal(row.label, row.dossier_id, f"people_household:{row.household_id}:label"))
        for row in rows
    ]


@prepared
def _lived(dossier_id: UUID) -> models.QuerySet:
    return (
        Residence.objects.filter(dossier_id=dossier_id, withdrawn_at=None, household__withdrawn_at=None)
        .annotate(label=F("household__label"), home_version=F("household__version"))
        .order_by("household_id", "id")
    )


def _homes(residences: list, people: dict, unnamed: frozenset[UUID]) -> list[Home]:
    homes: dict[UUID, list] = defaultdict(list)
    order = list(people)
    for row in sorted(
        (row for row in residences if row.person_id in people), key=lambda row: order.index(row.person_id)
    ):
        homes[row.household_id].append(row)
    found = [
        Home(pk, home_name(rows, people, unnamed=pk in unnamed), pk in unnamed, rows)
        for pk, rows in homes.items()
    ]
    return sorted(found, key=lambda home: (home.over, home.id))


def _by_ends(relations: list) -> dict[UUID, list]:
    """Each relation under both persons whom it ties."""
    found = defaultdict(list)
    for tie in relations:
        found[tie.person_id].append(tie)
        found[tie.other_id].append(tie)
    return found


def _by(rows: list, name: str) -> dict:
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
