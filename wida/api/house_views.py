"""The reports that no Safe Home has yet: seen by their zone and sender alone, and placed."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from wida.access.refusals import refuse
from wida.accounts.http import Request
from wida.api import queries, reports
from wida.audit.actions import record as audit
from wida.records.middleware import once
from wida.web import fields


class PlaceForm(forms.Form):
    safe_home = fields.pick([], label=gettext_lazy("At which Safe Home does this report belong?"))

    def __init__(self, *args, homes, **kwargs):
        super().__init__(*args, **kwargs)
        self.homes = {str(home.pk): home for home in homes}
        self.fields["safe_home"].choices = [(key, home.name) for key, home in self.homes.items()]

    def clean_safe_home(self):
        return self.homes[self.cleaned_data["safe_home"]]


@require_safe
def unplaced(request: Request) -> HttpResponse:
    """Recorded as `listed`."""
    if request.actor.role not in queries.PLACERS:
        return refuse(request, detail="unplaced")
    audit("listed", by=request.actor, detail="unplaced")
    return render(request, "api/unplaced.html", {"rows": queries.rows(request.actor)})


def place_report(request: Request, report_id: UUID) -> HttpResponse:
    if request.actor.role not in queries.PLACERS:
        return refuse(request, detail="place_report")
    return (
        once(request, lambda: _place(request, report_id))
        if request.method == "POST"
        else _place(request, report_id)
    )


def _place(request: Request, report_id: UUID) -> HttpResponse:
    report = queries.placeable(request.actor).filter(pk=report_id).first()
    if report is None:
        raise Http404
    home = reverse("house_api:unplaced")
    form = PlaceForm(request.POST if request.method == "POST" else None, homes=queries.homes(request.actor))
    page = {"form": form, "title": _("Place a report"), "kicker": report.receipt, "back": home}
    if request.method != "POST":
        audit("read", by=request.actor, table="api.policereport", row=report.pk, detail="place_report")
        return render(request, "web/form.html", page)
    if not form.is_valid():
        return render(request, "web/form.html", page, status=422)
    if not reports.place(report=report, by=request.actor, **form.cleaned_data):
        messages.warning(
            request, _("This report could not be placed: ask who keeps WIDA to look in its log.")
        )
    return HttpResponseRedirect(home, status=303)
