"""What a house noted of consults and groups, and how many: each track counted apart."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404
from django.utils import timezone

from wida.accounts.actor import Actor
from wida.accounts.codes import OrganisationType
from wida.consults.codes import RECORDERS, Audience, Theme
from wida.consults.models import Consult, GroupSession, Noted
from wida.records.sealing import hang

PAGE = 25


class ConsultRow(NamedTuple):
    id: UUID
    on: date
    theme: str
    minutes: int
    signature: str
    asked_by: str

    @property
    def theme_words(self) -> str:
        return Theme(self.theme).label

    @property
    def asked_by_words(self) -> str:
        return OrganisationType(self.asked_by).label


class SessionRow(NamedTuple):
    id: UUID
    on: date
    theme: str
    minutes: int
    signature: str
    audience: str
    participants: int

    @property
    def theme_words(self) -> str:
        return Theme(self.theme).label

    @property
    def audience_words(self) -> str:
        return Audience(self.audience).label


class Counted(NamedTuple):
    """Of one calendar year; `all` counts every year, for the pages of the list."""

    year: int
    number: int
    minutes: int
    participants: int
    all: int


def may_note(actor: Actor) -> bool:
    return actor.role in RECORDERS and actor.house_id is not None


def of_house(actor: Actor, kind: type[Noted]) -> QuerySet:
    """What stands of the actor's own house. Every list, count and page starts here."""
    if not may_note(actor):
        return kind.objects.none()
    return kind.objects.filter(safe_home_id=actor.house_id, withdrawn_on=None)


def counted(actor: Actor, kind: type[Noted], year: int | None = None) -> Counted:
    """One statement."""
    year = year or timezone.localdate().year
    during = Q(on__year=year)
    sums = {"number": Count("id", filter=during), "minutes": Sum("minutes", filter=during, default=0)}
    if kind is GroupSession:
        sums["participants"] = Sum("participants", filter=during, default=0)
    found = of_house(actor, kind).aggregate(all=Count("id"), **sums)
    return Counted(year=year, **{"participants": 0} | found)


def consults(actor: Actor, page: int) -> list[ConsultRow]:
    """The newest first. One statement; nothing sealed is read."""
    return [ConsultRow(*values) for values in _page(of_house(actor, Consult), page, ConsultRow._fields)]


def sessions(actor: Actor, page: int) -> list[SessionRow]:
    return [SessionRow(*values) for values in _page(of_house(actor, GroupSession), page, SessionRow._fields)]


def opened(actor: Actor, consult_id: UUID) -> Consult:
    """One consult of the own house with its key on the ring, else 404."""
    consult = of_house(actor, Consult).filter(pk=consult_id).first()
    if consult is None:
        raise Http404
    hang(consult.pk, consult.wrapped)
    return consult


def session(actor: Actor, session_id: UUID) -> GroupSession:
    found = of_house(actor, GroupSession).filter(pk=session_id).first()
    if found is None:
        raise Http404
    return found


def _page(rows: QuerySet, page: int, names: tuple[str, ...]):
    return rows.order_by("-on", "id").values_list(*names)[page * PAGE - PAGE : page * PAGE]
