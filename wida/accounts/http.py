"""The request as views know it."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from wida.accounts.actor import Actor
from wida.accounts.models import User


class Request(HttpRequest):
    user: User
    actor: Actor


def next_address(request: HttpRequest, otherwise: str = "") -> str:
    """Where the form or the link says to go next: only ever an address of this site, else `otherwise`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return wanted
    return otherwise
