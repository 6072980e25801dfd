"""Whose words they are: an organisation changes and withdraws what it wrote itself, and nothing else."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpResponse

from wida.access.queries import Opened, one
from wida.access.refusals import refuse
from wida.access.rules import Part
from wida.accounts.http import Request
from wida.records.models import Record


def own(model: type[Record]) -> Callable:
    """Under `dossier_view`: opens the row `pk` and hands it to the view; 403, recorded, for another organisation's."""

    def decorate(view):
        @wraps(view)
        def guarded(request: Request, opened: Opened, pk: UUID, *args, **kwargs) -> HttpResponse:
            row = one(opened, model.objects, pk)
            if row.organisation_id != opened.actor.organisation_id:
                return refuse(
                    request,
                    dossier=opened.dossier.pk,
                    part=Part.SITUATION,
                    row=row,
                    detail="other_organisation",
                )
            return view(request, opened, row, *args, **kwargs)

        return guarded

    return decorate
