"""Who looked into a dossier, as its members may see it: by day and by visit, what is remarkable first."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from wida.access.queries import Opened
from wida.access.rules import Part
from wida.accounts.codes import Role
from wida.accounts.models import Organisation
from wida.audit import asking, words
from wida.audit.models import Batch, Check, Event
from wida.dossiers.frame import PART_LABELS

VISIT_GAP = timedelta(minutes=30)
PERIOD = timedelta(days=30)
SHOWN = 400

# That a safety plan exists shows only to the organisation whose people wrote or opened it.
APART = Q(table__startswith="plans.safetyplan") | Q(action="safety_plan_opened")
# That somebody is kept out, or is asked whether they are family, is for who decides on that.
SILENT = Q(table__in=("access.conflictblock", "access.blockproposal")) | Q(action="alerted")
SHIELDED = Q(action="revealed") | Q(detail="shielded_address")
KINDS = {
    "changes": ~Q(action__in=words.LOOKS),
    "prints": Q(action__in=words.PRINTS),
    "remarkable": Q(action__in=(words.REFUSED, "glass_broken")) | Q(why__contains=words.EMERGENCY),
}


class Filters(NamedTuple):
    """Codes only, so that an address can carry them."""

    period: str = "30"
    organisation: str = ""
    kind: str = ""
    page: int = 1


class Act(NamedTuple):
    """One kind of thing that was done in a visit, and in which parts."""

    icon: str
    words: str
    parts: list[str]


class Look(NamedTuple):
    """A visit: what one person did in one go. `id` is its first event, about which one can ask."""

    id: UUID
    start: datetime
    end: datetime
    who: str
    where: str
    role: str
    mine: bool
    refused: str
    emergency: bool
    acts: list[Act]
    reads: list[tuple[datetime, str]]
    talk: asking.Talk

    @property
    def striking(self) -> bool:
        return bool(self.refused) or self.emergency


class Seal(NamedTuple):
    """Until when the trail is sealed, when all of it was verified last, and what was broken then."""

    complete_until: datetime | None
    checked_at: datetime | None
    fault: str | None


def visible(opened: Opened) -> QuerySet:
    """The events of a dossier that its reader may know of. The coordinator sees all, another what they may read.

    Who looked at a protected address, or met its protection, is between them and the coordinator.
    """
    events = Event.objects.filter(dossier=opened.dossier.pk)
    own = Q(organisation=opened.actor.organisation_id)
    events = events.exclude(APART & ~own)
    if not opened.may(Part.ACCESS):
        events = events.exclude(SILENT)
    if opened.actor.role == Role.COORDINATOR:
        return events
    theirs = Q(user=opened.actor.user_id)
    unread = [part for part in Part if not opened.may(part)]
    return events.exclude(~theirs & (SHIELDED | Q(part__in=unread) & ~Q(action=words.REFUSED)))


def of(opened: Opened, filters: Filters) -> dict:
    """What the page shows. A fixed number of statements, whatever the number of events."""
    events = visible(opened)
    since = timezone.now() - PERIOD
    names = dict(
        Organisation.objects.filter(pk__in=events.order_by().values("organisation")).values_list("id", "name")
    )
    if filters.organisation not in {str(key) for key in names}:
        filters = filters._replace(organisation="")
    shown = list(
        _chosen(events, filters, since).values_list(
            "id", "at", "action", "user", "signature", "organisation", "role", "part", "detail", "why",
            named=True,
        )[(filters.page - 1) * SHOWN : filters.page * SHOWN + 1]
    )  # fmt: skip
    talks = asking.talks(opened)
    visits = [_visit(visit, opened, names, talks) for visit in _visits(shown[:SHOWN])]
    return {
        "days": [
            (day, list(looks))
            for day, looks in groupby(visits, key=lambda look: timezone.localdate(look.start))
        ],
        "striking": sorted((look for look in visits if look.striking), key=lambda look: not look.emergency),
        "organisations": sorted(names.items(), key=lambda item: item[1]),
        "filters": filters,
        "more": len(shown) > SHOWN,
        "seal": _seal(),
        "names_all": opened.actor.role == Role.COORDINATOR,
        **_recent(events.filter(at__gt=since), names),
    }


def _chosen(events: QuerySet, filters: Filters, since: datetime) -> QuerySet:
    if filters.period == "30":
        events = events.filter(at__gt=since)
    if filters.organisation:
        events = events.filter(organisation=filters.organisation)
    if filters.kind:
        events = events.filter(KINDS[filters.kind])
    return events.order_by("-at", "-id")


def _recent(events: QuerySet, names: dict) -> dict:
    """How many persons opened the dossier, and each organisation how often: a person counts once a day."""
    opened = list(
        events.exclude(action=words.REFUSED)
        .exclude(user=None)
        .order_by()
        .annotate(day=TruncDate("at"))
        .values_list("user", "organisation", "day")
        .distinct()
    )
    often = Counter(names.get(organisation, "") for _user, organisation, _day in opened)
    return {
        "people": len({user for user, _organisation, _day in opened}),
        "often": [
            (name, number, 100 * number // max(often.values())) for name, number in often.most_common()
        ],
    }


def _seal() -> Seal | None:
    """The last seal with the last verification, in one statement; None while nothing was sealed."""
    last = Check.objects.order_by("-at")[:1]
    found = (
        Batch.objects.order_by("-number")
        .annotate(checked_at=Subquery(last.values("at")), fault=Subquery(last.values("fault")))
        .values_list("complete_until", "checked_at", "fault")
        .first()
    )
    return Seal(*found) if found else None


def _visits(events: list):
    """Events of one person in one way, less than half an hour apart; the newest visit first."""
    visit: list = []
    for event in events:
        if visit and (_way(event) != _way(visit[-1]) or visit[-1].at - event.at > VISIT_GAP):
            yield visit
            visit = []
        visit.append(event)
    if visit:
        yield visit


def _way(event) -> tuple:
    """Who, for whom, whether refused, whether by emergency access, on which day."""
    return (
        event.user,
        event.organisation,
        event.action == words.REFUSED,
        words.EMERGENCY in event.why.split(),
        timezone.localdate(event.at),
    )


def _visit(events: list, opened: Opened, names: dict, talks: asking.Talks) -> Look:
    last, first = events[0], events[-1]
    refused = last.action == words.REFUSED
    mine = last.user is not None and last.user == opened.actor.user_id
    named = not refused or mine or opened.actor.role == Role.COORDINATOR
    who, _comma, where = last.signature.partition(", ")
    reads = [(event.at, _part(opened, event.part)) for event in reversed(events) if event.action == "read"]
    return Look(
        id=first.id,
        start=first.at,
        end=last.at,
        who=who if named else "",
        where=names.get(last.organisation, where),
        role=str(dict(Role.choices).get(last.role, "")),
        mine=mine,
        refused=str(words.REFUSALS.get(last.detail, words.OTHER_REFUSAL)) if refused else "",
        emergency=words.EMERGENCY in last.why.split() or any(one.action == "glass_broken" for one in events),
        acts=_acts(events, opened),
        reads=reads if len(reads) > 1 else [],
        talk=talks.about({event.id for event in events}),
    )


def _acts(events: list, opened: Opened) -> list[Act]:
    """Each kind once with its parts; what was done before what was read."""
    acts: dict[str, dict[str, None]] = {}
    for event in sorted(reversed(events), key=lambda event: event.action == "read"):
        acts.setdefault(event.action, {})[_part(opened, event.part)] = None
    return [
        Act(words.ICONS.get(code, words.OTHER_ICON), words.action(code), list(filter(None, parts)))
        for code, parts in acts.items()
    ]


def _part(opened: Opened, part: str) -> str:
    """The name of a part; one that the reader may not know of, in a refusal, stays unsaid."""
    return str(PART_LABELS.get(part, "")) if opened.may(part) else ""
