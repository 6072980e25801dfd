"""Step-up: what opens only for somebody who proved a moment ago who they are.

A stolen session or an unlocked screen is not enough for what `needs_fresh_sign_in` guards. Nothing typed is lost: a
form that comes too late is held, on a page that asks for the proof and then sends the same form on.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
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
    right = request.user.check_password(form.cleaned_data[PROOF])
    if right and request.attempt.allowed:
        request.attempt.forget()
        renew(request)
        return True
    actor = request.actor
    code = "too_many_attempts" if request.attempt.first_refused else "wrong_password"
    request.denials.append(lambda: audit("confirm_refused", by=actor, detail=code))
    form.add_error(
        PROOF,
        _(
            "This is not your password, or there were too many attempts. Try again, or wait a quarter of an hour."
        ),
    )
    return False


def renew(request: Request) -> None:
    """Somebody just proved again who they are: fresh, and under a new key. Recorded as `confirmed`."""
    request.session.cycle_key()
    mark_fresh(request)
    audit("confirmed", by=request.actor, detail=request.session.get("strength", ""))


def hold(request: Request, form: ConfirmForm | None = None, *, why: str = "fresh", status: int = 422):
    """The page that keeps what was typed until its sender can go on. `why`: they must prove anew who they are
    (`fresh`), their session ended (`ended`), or they signed in again since they opened the form (`again`).
    """
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in (PROOF, "csrfmiddlewaretoken")
        for value in values
    ]
    return ask(request, form, why=why, carried=carried, status=status)


def ask(
    request: Request,
    form: ConfirmForm | None = None,
    *,
    why: str = "",
    carried: list[tuple[str, str]],
    after: str = "",
    status: int = 200,
) -> HttpResponse:
    """Asks for the password, or sends who came from the provider back there: in a window of its own when this one
    holds what was typed.
    """
    elsewhere = why in ("ended", "again") or request.session.get("strength") == "provider"
    page = {
        "form": forms.Form() if elsewhere else form or ConfirmForm(),
        "elsewhere": elsewhere,
        "way": _way(request, why, after),
        "why": why,
        "carried": carried,
        "files": bool(request.FILES),
        "title": _("Your session has ended") if why == "ended" else _("Confirm that it is you"),
    }
    return render(request, "accounts/confirm.html", page, status=status)


def _way(request: Request, why: str, after: str) -> str:
    """Where else somebody proves who they are."""
    query = {"next": reverse("accounts:confirmed") if why else after}
    if why == "ended":
        name = "accounts:organisation" if request.user.is_authenticated else "accounts:login"
        return f"{reverse(name)}?{urlencode(query)}"
    return f"{reverse('accounts:to_provider')}?{urlencode(query | {'fresh': '1'})}"


def typed(request: HttpRequest) -> bool:
    """Whether a form holds more than what every form sends along."""
    return request.method == "POST" and any(
        name not in ("csrfmiddlewaretoken", "form_key", PROOF) for name in request.POST
    )


def from_here(request: HttpRequest) -> bool:
    """Whether the browser itself says that one of our own pages sent the form. What another site sent is never held:
    its sender would be asked to go on with words that aren't theirs.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
