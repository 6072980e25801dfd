"""Whose words they are: an organisation changes and withdraws what it wrote itself, and nothing else."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from wida.access.queries import Opened, one
from wida.access.rules import Part
from wida.accounts.http import Request
from wida.audit.actions import record as audit
from wida.records.models import Record


def own(model: type[Record]) -> Callable:
    """Under `dossier_view`: opens the row `pk` and hands it to the view; 403, recorded, for another organisation's."""

    def decorate(view):
        @wraps(view)
        def guarded(request: Request, opened: Opened, pk: UUID, *args, **kwargs) -> HttpResponse:
            row = one(opened, model.objects, pk)
            if row.organisation_id != opened.actor.organisation_id:
                return refuse(request, opened, row)
            return view(request, opened, row, *args, **kwargs)

        return guarded

    return decorate


def refuse(request: Request, opened: Opened, row: Record) -> HttpResponse:
    """Says that these are another organisation's words; the refusal is recorded after the rollback."""
    actor, dossier, table, pk = opened.actor, opened.dossier.pk, row._meta.label_lower, row.pk
    request.denials.append(
        lambda: audit(
            "refused",
            by=actor,
            dossier=dossier,
            part=Part.SITUATION,
            table=table,
            row=pk,
            detail="other_organisation",
        )
    )
    return render(request, "web/403.html", {}, status=403)
