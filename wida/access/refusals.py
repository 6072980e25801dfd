"""Saying no: one way, always recorded, and never by what isn't said betraying what exists."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from wida.accounts.http import Request
from wida.audit.actions import record as audit
from wida.records.models import Record


def refuse(
    request: Request,
    status: int = 403,
    *,
    dossier: UUID | None = None,
    part: str = "",
    row: Record | None = None,
    detail: str,
) -> HttpResponse:
    """The plain page of a refusal: 404 for what somebody may not know of, 403 for what they may not do.

    Recorded as `refused` after the request was rolled back. `detail` is a code; `row` what they tried to reach.
    """
    table, pk = (row._meta.label_lower, row.pk) if row is not None else ("", None)
    actor = request.actor
    request.denials.append(
        lambda: audit("refused", by=actor, dossier=dossier, part=part, table=table, row=pk, detail=detail)
    )
    return render(request, f"web/{status}.html", {"typed": _typed(request)}, status=status)


def _typed(request: Request) -> list[str]:
    """The sentences somebody sent, to give back: their right may have ended while they wrote. Codes are left out."""
    values = (
        [value for _name, texts in request.POST.lists() for value in texts]
        if request.method == "POST"
        else []
    )
    return [value for value in values if " " in value.strip()]
