"""The tab itself, and the pages that only tell."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.rules import Part
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.dossiers.frame import Section, tab
from wida.records.models import Record
from wida.records.queries import history
from wida.situation import page, queries
from wida.situation.chronology import event
from wida.situation.codes import SOURCE_LABELS
from wida.situation.facts import KINDS, facts, kind_of, restored
from wida.situation.models import Incident


@dossier_view(Part.SITUATION)
def situation(request: Request, opened: Opened) -> HttpResponse:
    """Everything of the tab; `person`, `form`, `source` and `order` in the address narrow the chronology."""
    shown = page.of(opened, request.GET)
    return tab(
        request, opened, Part.SITUATION, "situation/situation.html", sections=_sections(shown), page=shown
    )


@dossier_view(Part.SITUATION)
def incident(request: Request, opened: Opened, pk: UUID) -> HttpResponse:
    """One fact with its remarks and its earlier versions."""
    record = one(opened, Incident.objects, pk)
    names = queries.family(opened.dossier).names
    (row,) = queries.incident_rows(queries.incidents(opened.dossier).filter(pk=pk))
    shown = event(row, names, opened.actor, SOURCE_LABELS)
    return _told(request, opened, record, names, template="situation/incident.html", event=shown)


@dossier_view(Part.SITUATION)
def entry(request: Request, opened: Opened, kind: str, pk: UUID) -> HttpResponse:
    """Any other row, the same way."""
    if kind not in KINDS:
        raise Http404
    record = one(opened, KINDS[kind].model.objects, pk)
    names = queries.family(opened.dossier).names
    return _told(request, opened, record, names, template="situation/entry.html")


@dossier_view(Part.SITUATION)
def withdrawn(request: Request, opened: Opened) -> HttpResponse:
    """What was taken out of the situation, with who, when and why."""
    names = queries.family(opened.dossier).names
    rows = [(kind, facts(row, names), row, why) for kind, row, why in queries.withdrawn(opened.dossier)]
    return tab(request, opened, Part.SITUATION, "situation/withdrawn.html", sections=[], rows=rows)


def _told(
    request: Request, opened: Opened, record: Record, names: dict, *, template: str, **context
) -> HttpResponse:
    """A page of one row: what it says now, what others say about it, and how it read before."""
    versions = [(old, facts(restored(record, old.state), names)) for old in history(record)]
    return tab(
        request,
        opened,
        Part.SITUATION,
        template,
        sections=[],
        kind=kind_of(record),
        record=record,
        facts=facts(record, names),
        remarks=queries.remark_rows(opened.dossier, record.pk),
        versions=versions,
        **context,
    )


def _sections(shown: page.Page) -> list[Section]:
    answered = sum(person.answered for person in shown.knowing)
    wishes = sum(bool(row.wishes) for person in shown.knowing for row in person.rows)
    return [
        Section("dangers", _("Acute danger"), bool(shown.dangers), len(shown.dangers)),
        Section("narratives", _("Narrative"), bool(shown.narratives), len(shown.narratives)),
        Section("patterns", _("Forms of violence"), bool(shown.patterns), len(shown.patterns)),
        Section("incidents", _("Chronology"), bool(shown.total), shown.total),
        Section("measures", _("Measures"), bool(shown.measures), len(shown.measures)),
        Section("dynamics", _("Dynamics"), bool(shown.dynamics), len(shown.dynamics)),
        Section("informed", _("Who was informed"), not shown.unanswered and bool(answered), answered),
        Section("wishes", _("Wishes and needs"), bool(wishes), wishes),
    ]
