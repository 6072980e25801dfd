"""The whole trail, for the auditor: who did what when, and never what stands in a dossier."""

import csv
import io
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils import timezone

from wida.accounts.models import Organisation
from wida.audit import words, written
from wida.audit.models import Event

PAGE = 100
EXPORTED = 100_000
DAYS = 30
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Filters(NamedTuple):
    """Days and codes only, so that an address can carry them."""

    since: date
    until: date
    action: str = ""
    organisation: UUID | None = None
    user: UUID | None = None
    dossier: UUID | None = None

    @property
    def query(self) -> str:
        """As it stands in an address, to which `&page=` can be added."""
        chosen = {name: value for name, value in self._asdict().items() if value}
        return "&".join(f"{name}={value}" for name, value in chosen.items())


def of(filters: Filters) -> QuerySet:
    """The events of these days, the newest first."""
    begin, end = _midnight(filters.since), _midnight(filters.until + timedelta(days=1))
    events = Event.objects.filter(at__gte=begin, at__lt=end)
    chosen = {
        name: getattr(filters, name)
        for name in ("action", "organisation", "user", "dossier")
        if getattr(filters, name)
    }
    return events.filter(**chosen).order_by("-at", "-id")


def page(filters: Filters, number: str | None) -> dict:
    """What the page shows. The names of organisations come with the rows; that of a dossier or person never."""
    found = Paginator(of(filters).values(*written.COLUMNS), PAGE).get_page(number)
    names = organisations()
    rows = [
        row | {"label": words.action(row["action"]), "place": names.get(row["organisation"], "")}
        for row in found
    ]
    return {"page": found, "rows": rows, "organisations": names, "actions": _actions()}


def as_csv(filters: Filters) -> str:
    """Every column of the events, for a spreadsheet that may not calculate with them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(written.COLUMNS)
    for row in of(filters).values_list(*written.COLUMNS)[:EXPORTED].iterator(chunk_size=5000):
        writer.writerow([harmless(written.text(value) or "") for value in row])
    return out.getvalue()


def organisations() -> dict[UUID, str]:
    return dict(Organisation.objects.order_by("name").values_list("id", "name"))


def default() -> Filters:
    today = timezone.localdate()
    return Filters(today - timedelta(days=DAYS), today)


def _actions() -> list[tuple[str, str]]:
    return sorted(
        ((code, str(label)) for code, label in words.ACTION_LABELS.items()), key=lambda pair: pair[1]
    )


def harmless(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
