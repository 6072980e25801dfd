"""Figures for policy. Nobody can go from a figure to a dossier."""

import csv
import io
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wida.access.refusals import refuse
from wida.accounts.codes import Role
from wida.accounts.http import Request
from wida.accounts.models import SafeHome
from wida.audit.actions import record
from wida.figures import words
from wida.figures.codes import Measure
from wida.figures.queries import Figures
from wida.figures.queries import figures as figures_of
from wida.figures.rounding import BASE

READERS = (Role.CENTRAL_TEAM, Role.COORDINATOR)


def figures(request: Request) -> HttpResponse:
    """Of all houses for the central team, of their own for a coordinator. Recorded as `listed`."""
    if request.actor.role not in READERS:
        return refuse(request, detail="figures")
    home, year, found = _asked(request)
    record("listed", by=request.actor, detail="figures")
    homes = list(SafeHome.objects.order_by("name")) if request.actor.role == Role.CENTRAL_TEAM else []
    context = {"found": found, "year": year, "home": home, "homes": homes, "base": BASE,
               "groups": [_group(measure, found) for measure in Measure if measure != Measure.REFERRALS]}  # fmt: skip
    return render(request, "figures/figures.html", context)


def export_figures(request: Request) -> HttpResponse:
    """The same, for a spreadsheet: nothing that the page leaves out. Recorded as `exported`."""
    if request.actor.role not in READERS:
        return refuse(request, detail="export_figures")
    _home, _year, found = _asked(request)
    record("exported", by=request.actor, detail="figures")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("measure", "value", "dossiers", "amount", "counted_at"))
    at = found.counted_at.isoformat() if found.counted_at else ""
    lists = {**found.measures, "veilig_huis": found.homes}
    for measure, cells in lists.items():
        for cell in cells:
            writer.writerow(
                (measure, cell.value, cell.dossiers, "" if cell.amount is None else cell.amount, at)
            )
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="figures-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


def _asked(request: Request) -> tuple[UUID | None, int | None, Figures]:
    """What can't be read of the address is left out; a coordinator has their own house, whatever it says."""
    home = request.actor.house_id
    if request.actor.role == Role.CENTRAL_TEAM:
        try:
            home = UUID(request.GET.get("home", ""))
        except ValueError:
            home = None
    year = request.GET.get("year", "")
    year = int(year) if year.isdecimal() and int(year[:4]) >= 2000 and len(year) == 4 else None
    return home, year, figures_of(home=home, year=year)


def _group(measure: Measure, found: Figures) -> dict:
    labels = words.LABELS[measure]
    cells = found.measures[measure]
    if measure == Measure.FACTOR:
        cells = sorted(cells, key=lambda cell: -cell.dossiers)
    else:
        order = [str(code) for code in labels]
        cells = sorted(cells, key=lambda cell: order.index(cell.value) if cell.value in order else len(order))
    most = max((cell.dossiers for cell in cells), default=0)
    return {"measure": measure, "how": words.how(measure), "cells": cells, "labels": labels, "most": most}
