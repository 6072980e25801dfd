"""Looks that stand out in the dossiers of a Safe Home, for its coordinator to ask about. None of them is a fault."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractHour, TruncDate, TruncHour
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wida.access.queries import known_to
from wida.accounts.actor import Actor
from wida.accounts.models import Organisation
from wida.audit.models import Event, Judgement, Question
from wida.people import matching
from wida.people.models import PersonToken

PERIOD = timedelta(days=30)
MANY = 40  # dossiers within one hour
NIGHT = Q(hour__gte=22) | Q(hour__lt=6)
SHOWN = 300

KINDS = {
    "same_surname": _("Bears a family name of this dossier"),
    "after_mandate": _("Tried again after their access ended"),
    "never_assigned": _("Tried to open a dossier that they never worked in"),
    "many_files": _("Opened many dossiers in one hour"),
    "night": _("Looked at night"),
}
ICONS = {
    "same_surname": "users-round",
    "after_mandate": "ban",
    "never_assigned": "ban",
    "many_files": "files",
    "night": "moon",
}


class Odd(NamedTuple):
    """One look that stands out; `event` is the first of it, which one can ask about in dossier `number`."""

    kind: str
    event: UUID
    at: datetime
    who: str
    organisation: str
    number: str
    count: int
    asked: bool
    judged: bool


class Found(NamedTuple):
    kind: str
    event: UUID
    at: datetime
    signature: str
    organisation: UUID
    dossier: UUID
    count: int = 1


def of(actor: Actor) -> list[Odd]:
    """The last thirty days, the newest first. A fixed number of statements; names are compared by keyed tokens."""
    numbers = dict(known_to(actor).values_list("id", "number"))
    events = Event.objects.filter(
        at__gt=timezone.now() - PERIOD, dossier__in=known_to(actor).values("id")
    ).exclude(user=actor.user_id)
    reads = events.filter(action="read").exclude(user=None)
    found = sorted(
        [*_namesakes(reads), *_nights(reads), *_many(reads), *_refused(events)],
        key=lambda odd: odd.at,
        reverse=True,
    )[:SHOWN]
    names = dict(
        Organisation.objects.filter(pk__in={odd.organisation for odd in found}).values_list("id", "name")
    )
    about = [odd.event for odd in found]
    asked = set(Question.objects.filter(event__in=about).values_list("event", flat=True))
    judged = set(Judgement.objects.filter(event__in=about).values_list("event", flat=True))
    return [
        Odd(
            odd.kind,
            odd.event,
            odd.at,
            odd.signature.partition(", ")[0],
            names.get(odd.organisation, ""),
            numbers[odd.dossier],
            odd.count,
            odd.event in asked,
            odd.event in judged,
        )
        for odd in found
    ]


def _firsts(events: QuerySet, *by: str) -> Iterator[tuple]:
    """The first event of each group, as a row of Found without its kind; ids are in order of making."""
    groups = events.order_by().values("user", "organisation", "dossier", *by).annotate(first=Min("at"))
    moments = {(row["user"], row["dossier"], row["first"]) for row in groups}
    rows = events.filter(at__in={first for _user, _dossier, first in moments}).order_by("id")
    for row in rows.values_list("id", "at", "signature", "organisation", "dossier", "user", named=True):
        if (row.user, row.dossier, row.at) in moments:
            yield row.id, row.at, row.signature, row.organisation, row.dossier


def _nights(reads: QuerySet) -> list[Found]:
    at_night = reads.annotate(hour=ExtractHour("at"), day=TruncDate("at")).filter(NIGHT)
    return [Found("night", *row) for row in _firsts(at_night, "day")]


def _many(reads: QuerySet) -> list[Found]:
    """Somebody's hour, asked about by way of the first dossier in it."""
    hours = (
        reads.annotate(hour=TruncHour("at"))
        .order_by()
        .values("user", "hour")
        .annotate(files=Count("dossier", distinct=True))
        .filter(files__gt=MANY)
    )
    found = []
    for hour in hours:
        first = reads.filter(user=hour["user"], at__gte=hour["hour"]).order_by("at", "id").first()
        found.append(
            Found(
                "many_files",
                first.pk,
                first.at,
                first.signature,
                first.organisation,
                first.dossier,
                hour["files"],
            )
        )
    return found


def _namesakes(reads: QuerySet) -> list[Found]:
    """Readers whose family name is that of somebody in the dossier."""
    rows = list(_firsts(reads))
    tokens = {row[2]: _family_tokens(row[2]) for row in rows}
    wanted = {value for values in tokens.values() for value in values}
    borne = set(
        PersonToken.objects.filter(token__in=wanted, dossier_id__in={row[4] for row in rows}).values_list(
            "dossier_id", "token"
        )
    )
    return [
        Found("same_surname", *row)
        for row in rows
        if any((row[4], value) in borne for value in tokens[row[2]])
    ]


def _family_tokens(signature: str) -> set[int]:
    """Whatever of a name can be the family name: each word but the first, however it is spelled."""
    return set(matching.family_tokens(" ".join(signature.partition(", ")[0].replace("-", " ").split()[1:])))


def _refused(events: QuerySet) -> list[Found]:
    """Somebody can be both: who tried before an emergency access, and again once it was over."""
    tries = events.filter(action="refused", detail="stranger").exclude(user=None)
    was_in = Exists(
        Event.objects.filter(
            user=OuterRef("user"), dossier=OuterRef("dossier"), at__lt=OuterRef("at")
        ).exclude(action="refused")
    )
    groups = {"after_mandate": tries.filter(was_in), "never_assigned": tries.filter(~was_in)}
    return [Found(kind, *row) for kind, found in groups.items() for row in _firsts(found)]
