"""Signing in and out, and choosing for which organisation one works."""

from django.contrib import auth
from django.utils import translation

from wida.accounts.models import Membership, User
from wida.accounts.stepup import mark_fresh
from wida.audit.actions import record as audit


def sign_in(request, *, user: User) -> None:
    """Starts a new session. With one membership the organisation is chosen at once; recorded as `signed_in`."""
    auth.login(request, user)
    mark_fresh(request)
    memberships = list(
        Membership.objects.current().filter(user=user).select_related("user", "organisation__safe_home")[:2]
    )
    if len(memberships) == 1:
        work_for(request, membership=memberships[0])
    else:
        audit("signed_in", detail="no_organisation_yet", row=user.pk)


def work_for(request, *, membership: Membership) -> None:
    """One session, one organisation: choosing another starts a new session; recorded as `signed_in`."""
    if request.session.get("membership"):
        kept = {
            name: request.session[name] for name in ("language", "confirmed_at") if name in request.session
        }
        request.session.flush()
        auth.login(request, membership.user)
        request.session.update(kept)
    request.session["membership"] = str(membership.pk)
    audit("signed_in", by=membership.actor)


def sign_out(request) -> None:
    """Ends the session; recorded as `signed_out`."""
    audit("signed_out", by=request.actor)
    auth.logout(request)


def refuse_sign_in(*, reason: str) -> None:
    """Recorded as `sign_in_refused`; the name that was tried is not kept, since people type passwords in it."""
    audit("sign_in_refused", detail=reason)


def speak(request, *, language: str) -> None:
    """Sets the language of the session to one of the offered."""
    if language in ("nl", "en"):
        request.session["language"] = language
        translation.activate(language)
