"""One person as the tab shows them: who, how old, where, how to reach them safely, with whom."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wida.people.codes import (
    INVERSE,
    AddressType,
    Authority,
    ChildNoteKind,
    ContactKind,
    Exposure,
    Group,
    RelationKind,
    SafeToUse,
    ServiceKind,
    ServiceState,
    Sex,
)
from wida.people.queries import is_minor, label, place
from wida.web.dates import age, day


class Home(NamedTuple):
    """A household and the residences in it, past ones too. `unnamed`: its name is not for this reader."""

    id: UUID
    label: str
    unnamed: bool
    residences: list

    def on(self, today: date) -> list:
        return [row for row in self.residences if holds(row, today)]

    @property
    def over(self) -> bool:
        return not self.on(timezone.localdate())


class Card(NamedTuple):
    """`years` is None when no age is known; `shielded`: nothing may point to where this person is."""

    row: tuple
    label: str
    group: str
    born: str
    years: int | None
    child: bool
    number: str
    addresses: list
    shielded: bool
    contacts: list
    relations: list
    custody: list
    homes: list[tuple[Home, tuple]]
    lives_with: list[UUID]
    parents: list[UUID]
    roles: list[str]
    panel: tuple | None
    notes: list
    grew_up: date | None

    @property
    def is_shielded(self) -> bool:
        return any(address.closed or address.hidden for address in self.addresses)

    @property
    def current_addresses(self) -> list:
        today = timezone.localdate()
        return [address for address in self.addresses if address.until is None or address.until >= today]

    @property
    def last_seen(self):
        """Who saw this child last and when; None when nobody wrote it down."""
        return next((note for note in self.notes if note.kind == ChildNoteKind.SEEN), None)


def card(
    row, today: date, *, homes: list[Home], adults: frozenset[UUID], relations: list, contacts: list, **facts
) -> Card:
    """`adults`: with whom a child is said to live; its brothers and sisters only when there are none."""
    mine = [(home, own) for home in homes for own in home.residences if own.person_id == row.id]
    mates = _housemates(row.id, mine, today)
    return Card(
        row=row,
        label=label(row),
        group=row.group,
        born=born(row, today),
        years=years(row, today),
        child=is_minor(row, today),
        relations=relations,
        contacts=sorted(contacts, key=lambda contact: list(SafeToUse).index(contact.safe)),
        homes=mine,
        lives_with=[mate for mate in mates if mate in adults] or mates,
        parents=[
            tie.person_id for tie in relations if tie.kind == RelationKind.PARENT and tie.other_id == row.id
        ],
        roles=_roles(row, relations),
        **facts,
    )


def in_order(rows: list) -> list:
    return sorted(rows, key=place)


def born(row, on: date | None = None) -> str:
    """The birth in words, with the age; how sure it is shows."""
    if row.unborn:
        return (
            _("Not born yet, expected on %(day)s") % {"day": day(row.due_on)}
            if row.due_on
            else _("Not born yet")
        )
    if row.birth_date:
        born = date.fromisoformat(row.birth_date)
        return day(born) if row.deceased else f"{day(born)} ({age(born, on)})"
    if row.age_stated is not None:
        stated = ngettext("%(years)d year", "%(years)d years", row.age_stated) % {"years": row.age_stated}
        return _("%(age)s, as stated on %(day)s") % {"age": stated, "day": day(row.age_stated_on)}
    return ""


def years(row, today: date) -> int | None:
    if row.birth_date:
        return _since(date.fromisoformat(row.birth_date), today)
    if row.age_stated is not None:
        return row.age_stated + _since(row.age_stated_on, today)
    return None


def home_name(residences: list, people: dict, *, unnamed: bool) -> str:
    """How a household is called. One with a shielded address is called after nobody and nothing."""
    if unnamed:
        return _("Household")
    if residences[0].label:
        return residences[0].label
    eldest = next((row for row in residences if people[row.person_id].group != Group.CHILD), residences[0])
    return _("Household of %(name)s") % {"name": label(people[eldest.person_id])}


def relation_text(tie, person_id: UUID, names: dict) -> str:
    """A relation as seen from one of the two: "Parent of Noa", "Child of Kelly"."""
    first = tie.person_id == person_id
    kind = RelationKind(tie.kind)
    word = kind.label if first or kind not in INVERSE else INVERSE[kind][1]
    other = names[tie.other_id if first else tie.person_id]
    return _("%(relation)s of %(name)s") % {"relation": word, "name": other}


def period(row) -> str:
    """From when until when, as far as it is known."""
    if row.since and row.until:
        return _("%(since)s to %(until)s") % {"since": day(row.since), "until": day(row.until)}
    if row.since:
        return _("since %(since)s") % {"since": day(row.since)}
    return _("until %(until)s") % {"until": day(row.until)} if row.until else ""


def rule(contact) -> str:
    """How a way to reach somebody may be used. It stands before the number, everywhere."""
    parts = [SafeToUse(contact.safe).label]
    if contact.safe_times:
        parts.append(contact.safe_times)
    if contact.may_leave_message is not None:
        parts.append(_("may leave a message") if contact.may_leave_message else _("leave no message"))
    return ", ".join(str(part) for part in parts)


def _roles(row, relations: list) -> list[str]:
    """What somebody is in this family: never who did what, which is said per fact."""
    kinds = [
        RelationKind(tie.kind)
        for tie in relations
        if tie.person_id == row.id or RelationKind(tie.kind) not in INVERSE
    ]
    shown = [kind.label for kind in RelationKind if kind in kinds]
    return [str(word) for word in ([_("Child")] if row.group == Group.CHILD else []) + shown]


def _housemates(person_id: UUID, mine: list[tuple[Home, tuple]], today: date) -> list[UUID]:
    now = [row.person_id for home, own in mine if holds(own, today) for row in home.on(today)]
    return list(dict.fromkeys(other for other in now if other != person_id))


def holds(row, today: date) -> bool:
    return (row.since or date.min) <= today <= (row.until or date.max)


def _since(start: date, today: date) -> int:
    return today.year - start.year - ((today.month, today.day) < (start.month, start.day))


def exposure(panel) -> str:
    unknown = panel.exposure == Exposure.UNKNOWN
    return _("Exposure not known") if unknown else str(Exposure(panel.exposure).label)


def sex(row) -> str:
    return str(Sex(row.sex).label)


def address_type(address) -> str:
    return str(AddressType(address.type).label)


def authority(tie) -> str:
    return str(Authority(tie.authority).label)


def service_state(service) -> str:
    return str(ServiceState(service.state).label)


def service_kind(service) -> str:
    return str(ServiceKind(service.kind).label)


def contact_kind(contact) -> str:
    return str(ContactKind(contact.kind).label)
