"""Around the transaction of a request: where it came from, and what was refused in it."""

from wida.access.walls.identity import act_as, walled
from wida.audit import origin
from wida.audit.actions import record
from wida.records.sealing import keyring

REFUSALS = (403, 404)


def trail(get_response):
    """Records each refusal after the request was rolled back, also when the view failed or the commit did.

    `request.denials` holds functions that write. A refusal that no view put there is recorded by the name of its
    address. It is written before the answer leaves: who is refused never knows more than the trail.
    """

    def middleware(request):
        here = origin.of(request)
        request.denials = here.denials
        token = origin.arrive(here)
        try:
            response = get_response(request)
            if response.status_code in REFUSALS and not request.denials:
                _note(request)
            return response
        finally:
            try:
                _write(request)
            finally:
                origin.leave(token)

    return middleware


def _write(request) -> None:
    """In a transaction of its own, as who was refused."""
    if request.denials:
        with keyring(), walled():
            act_as(getattr(request, "actor", None))
            for denial in request.denials:
                denial()


def _note(request) -> None:
    """A row that isn't there, a form without its token: refused by the framework. An unknown address is a mistake."""
    match, actor, dossier = request.resolver_match, getattr(request, "actor", None), origin.now().dossier
    if match:
        request.denials.append(
            lambda: record(
                "refused",
                by=actor,
                dossier=dossier,
                row=origin.row_in(match.kwargs),
                detail=match.url_name or "",
            )
        )
