"""How old the keys of this installation are, for who manages it."""

from django.http import HttpResponse
from django.shortcuts import render

from wida.accounts.http import Request
from wida.accounts.views.organisations import central
from wida.audit.actions import record as audit
from wida.keeping.ages import ages


@central
def keys(request: Request) -> HttpResponse:
    """The age of each key, and by when it is changed. Recorded as `listed`."""
    audit("listed", by=request.actor, detail="keys")
    return render(request, "accounts/keys.html", {"ages": ages()})
