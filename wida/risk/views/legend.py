"""The legend of the weighing, for all houses."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access.refusals import refuse
from wida.access.rules import Part
from wida.accounts.http import Request
from wida.risk import actions, legends, queries
from wida.risk.access import may_edit_legend
from wida.risk.forms import LegendForm
from wida.risk.views.posted import sent
from wida.web.handle import handle


def legend(request: Request) -> HttpResponse:
    """Every version, for whoever signed in: it says nothing about anybody."""
    versions = list(queries.legends())
    valid = legends.valid(versions)
    return render(
        request,
        "risk/legend.html",
        {
            "versions": [(version, legends.meanings(version)) for version in versions],
            "delivered": legends.meanings(None),
            "valid": valid,
            "may_edit": may_edit_legend(request.actor),
        },
    )


def add_legend(request: Request) -> HttpResponse:
    """A new version from a day on; 403, recorded, for who doesn't keep the legend."""
    if not may_edit_legend(request.actor):
        return refuse(request, part=Part.WEIGHING, detail="legend")
    newest = queries.legends().first()
    form = LegendForm(sent(request), last=newest.valid_from if newest else None, initial=_initial(newest))
    return handle(
        request,
        None,
        form,
        save=lambda data: actions.add_legend(by=request.actor, **data),
        done=reverse("house_risk:legend"),
        title=_("Change the legend"),
        submit=_("Record this version"),
    )


def _initial(newest) -> dict[str, str]:
    """The wording that holds now, to change from."""
    names = {"rood": "red", "oranje": "orange", "groen": "green"}
    found: dict[str, str] = {}
    for meaning in legends.meanings(newest):
        found |= {f"{names[meaning.colour]}_name": meaning.name, names[meaning.colour]: meaning.text}
    return found
