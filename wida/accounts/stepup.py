"""Step-up: what opens only for somebody who proved a moment ago who they are.

A stolen session or an unlocked screen is not enough for what `needs_fresh_sign_in` guards. Nothing typed is lost: a
form that comes too late is held, on a page that asks for the proof and then sends the same form on.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.accounts.forms import ConfirmForm
from wida.accounts.http import Request
from wida.audit.actions import record as audit

FRESH = timedelta(minutes=5)
PROOF = "confirm_password"


def mark_fresh(request: Request) -> None:
    """Called where somebody just proved who they are. The moment is the server's, never the browser's."""
    request.session["confirmed_at"] = timezone.now().timestamp()


def is_fresh(request: Request) -> bool:
    """Whether this session's person proved who they are in the last five minutes."""
    age = timezone.now().timestamp() - request.session.get("confirmed_at", 0)
    return 0 <= age < FRESH.total_seconds()


def needs_fresh_sign_in(view: Callable) -> Callable:
    """Runs the view for a fresh session only; put it outermost, above `@dossier_view`.

    A GET goes by way of `accounts:confirm`. A POST is held: the answer asks for the password and carries everything
    that was typed, so the view runs as if it had been sent fresh. Files can't travel that way and are asked again.
    """

    @wraps(view)
    def guarded(request: Request, *args, **kwargs) -> HttpResponse:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        if request.method != "POST":
            after = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('accounts:confirm')}?{after}")
        form = ConfirmForm(request.POST if PROOF in request.POST else None)
        if not confirmed(request, form):
            return hold(request, form)
        # The password goes no further: what a view gives back to its reader may not hold it.
        request.POST = request.POST.copy()
        del request.POST[PROOF]
        return view(request, *args, **kwargs)

    guarded.fresh = True
    return guarded


def confirmed(request: Request, form: ConfirmForm) -> bool:
    """Whether the password on the form is theirs: then the session is fresh, under a new key. Either way recorded."""
    if not form.is_valid():
        return False
    if not request.user.check_password(form.cleaned_data[PROOF]):
        actor = request.actor
        request.denials.append(lambda: audit("confirm_refused", by=actor, detail="wrong_password"))
        form.add_error(PROOF, _("This is not your password. Try again."))
        return False
    request.session.cycle_key()
    mark_fresh(request)
    audit("confirmed", by=request.actor)
    return True


def hold(request: Request, form: ConfirmForm | None) -> HttpResponse:
    """The page that keeps a form until its sender proved who they are."""
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in (PROOF, "csrfmiddlewaretoken")
        for value in values
    ]
    page = {"form": form, "carried": carried, "files": bool(request.FILES), "title": title()}
    return render(request, "accounts/confirm.html", page, status=422)


def title() -> str:
    return _("Confirm that it is you")
