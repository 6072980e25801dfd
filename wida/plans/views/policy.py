"""The bottlenecks that case managers passed on, as policy reads them: no dossier, no name, no exact day."""

from django.http import HttpResponse
from django.shortcuts import render

from wida.access.refusals import refuse
from wida.accounts.codes import Role
from wida.accounts.http import Request
from wida.audit.actions import record as audit
from wida.plans import queries
from wida.plans.codes import SignalTheme

READERS = (Role.CENTRAL_TEAM, Role.COORDINATOR)


def policy_signals(request: Request) -> HttpResponse:
    """For the central team of all houses, for a coordinator of their own. Recorded as `listed`."""
    if request.actor.role not in READERS:
        return refuse(request, detail="policy_signals")
    theme = request.GET.get("theme", "")
    theme = theme if theme in SignalTheme.values else ""
    audit("listed", by=request.actor, detail="policy_signals")
    signals = queries.policy_signals(house_id=request.actor.house_id, theme=theme)
    return render(
        request,
        "plans/policy_signals.html",
        {
            "signals": signals,
            "themes": SignalTheme.choices,
            "theme": theme,
            "labels": dict(SignalTheme.choices),
        },
    )
