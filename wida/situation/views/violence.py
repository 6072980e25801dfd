"""Forms about what happened: patterns, incidents, measures, hypotheses."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.situation import actions, forms, queries
from wida.situation.access import own
from wida.situation.models import Dynamic, Incident, Measure, Pattern
from wida.situation.views.parts import add, edit, made


@dossier_view(Part.SITUATION, Right.WRITE)
def add_pattern(request: Request, opened: Opened) -> HttpResponse:
    form = made(request, forms.PatternForm, persons=queries.family(opened.dossier).choices)
    context = {
        "title": _("Add a form of violence"),
        "template": "situation/add_pattern.html",
        "anchor": "patterns",
    }
    return add(request, opened, form, actions.add_patterns, **context)


@dossier_view(Part.SITUATION, Right.WRITE)
@own(Pattern)
def edit_pattern(request: Request, opened: Opened, pattern: Pattern) -> HttpResponse:
    def save(data: dict) -> Pattern:
        (receiver,) = data.pop("receivers")
        return actions.change(pattern, by=opened.actor, receiver_id=receiver, **data)

    context = {"title": _("Change the form of violence"), "template": "situation/add_pattern.html"}
    return edit(request, opened, forms.PatternForm, pattern, save=save, **context)


@dossier_view(Part.SITUATION, Right.WRITE)
def add_incident(request: Request, opened: Opened) -> HttpResponse:
    """One fact, by default from the own organisation as its source."""
    source = {"source": opened.actor.organisation_type}
    form = made(request, forms.IncidentForm, persons=queries.family(opened.dossier).choices, initial=source)
    context = {"title": _("Add a fact"), "template": "situation/add_incident.html", "anchor": "incidents"}
    return add(request, opened, form, actions.add_incident, **context)


@dossier_view(Part.SITUATION, Right.WRITE)
@own(Incident)
def edit_incident(request: Request, opened: Opened, incident: Incident) -> HttpResponse:
    def save(data: dict) -> Incident:
        return actions.change_incident(incident=incident, by=opened.actor, **data)

    context = {"title": _("Change the fact"), "template": "situation/add_incident.html"}
    return edit(request, opened, forms.IncidentForm, incident, save=save, **context)


@dossier_view(Part.SITUATION, Right.WRITE)
def add_measure(request: Request, opened: Opened) -> HttpResponse:
    form = made(request, forms.MeasureForm, persons=queries.family(opened.dossier).choices)
    context = {"title": _("Add a measure"), "template": "situation/add_measure.html", "anchor": "measures"}
    return add(request, opened, form, actions.add_measure, **context)


@dossier_view(Part.SITUATION, Right.WRITE)
@own(Measure)
def edit_measure(request: Request, opened: Opened, measure: Measure) -> HttpResponse:
    def save(data: dict) -> Measure:
        return actions.change_measure(measure=measure, by=opened.actor, **data)

    context = {"title": _("Change the measure"), "template": "situation/add_measure.html"}
    return edit(request, opened, forms.MeasureForm, measure, save=save, **context)


@dossier_view(Part.SITUATION, Right.WRITE)
def add_dynamic(request: Request, opened: Opened) -> HttpResponse:
    """A new hypothesis; the earlier ones about the same two people stay."""
    persons, today = queries.family(opened.dossier).choices, {"on": timezone.localdate()}
    form = made(request, forms.DynamicForm, persons=persons, initial=today)
    context = {"title": _("Add a hypothesis"), "template": "situation/add_dynamic.html", "anchor": "dynamics"}
    return add(request, opened, form, actions.add_dynamic, **context)


@dossier_view(Part.SITUATION, Right.WRITE)
@own(Dynamic)
def edit_dynamic(request: Request, opened: Opened, dynamic: Dynamic) -> HttpResponse:
    context = {"title": _("Change the hypothesis"), "template": "situation/add_dynamic.html"}
    return edit(request, opened, forms.DynamicForm, dynamic, **context)
