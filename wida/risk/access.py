"""Whose words they are: an organisation changes and takes out only what it told itself."""

from django.http import HttpResponse
from django.shortcuts import render

from wida.access.queries import Opened
from wida.accounts.actor import Actor
from wida.accounts.codes import Role
from wida.accounts.http import Request
from wida.audit.actions import record as audit
from wida.records.models import Record

KEEPERS_OF_THE_LEGEND = frozenset({Role.COORDINATOR, Role.FUNCTIONAL_ADMIN})


def is_own(opened: Opened, row: Record) -> bool:
    return row.organisation_id == opened.actor.organisation_id


def may_edit_legend(actor: Actor) -> bool:
    """The legend holds for every house: coordinators and the functional administrator keep it."""
    return actor.role in KEEPERS_OF_THE_LEGEND


def refuse(request: Request, *, dossier=None, part: str, table: str, row=None, detail: str) -> HttpResponse:
    """403; the refusal is recorded after the rollback."""
    actor = request.actor
    request.denials.append(
        lambda: audit("refused", by=actor, dossier=dossier, part=part, table=table, row=row, detail=detail)
    )
    return render(request, "web/403.html", {}, status=403)
