"""Signing in and out, and choosing for which organisation one works."""

from django.conf import settings
from django.contrib import auth
from django.db import transaction
from django.utils import timezone, translation

from wida.access.walls.identity import act_as
from wida.accounts import browsers
from wida.accounts.address import address_of, device_of
from wida.accounts.attempts import PENDING
from wida.accounts.claims import Arrival
from wida.accounts.codes import fits
from wida.accounts.models import Membership, Organisation, Session, User, valid_on
from wida.accounts.provider import Refused
from wida.accounts.stepup import mark_fresh
from wida.audit.actions import record as audit
from wida.notify.actions import warn

PENDING_SECONDS = 300
KEPT = ("language", "confirmed_at", "strength", "organisation", "address", "device")


def sign_in(
    request, *, user: User, strength: str, organisation: Organisation | None = None, detail: str = ""
) -> None:
    """Starts a new session. With one membership the organisation is chosen at once; recorded as `signed_in`.

    `strength` is what they proved: `provider`, `second` (password and factor) or `password`. `organisation` binds the
    session to the one that the provider named.
    """
    if request.actor:  # somebody else sat here before
        act_as(None)
    language = request.session.get("language")
    request.session.flush()
    auth.login(request, user)
    request.session["strength"] = strength
    request.session["address"] = address_of(request)
    request.session["device"] = device_of(request)
    if language:
        request.session["language"] = language
    if organisation:
        request.session["organisation"] = str(organisation.pk)
    if detail == "recovery_codes":
        audit("recovery_code_used", row=user.pk)
    if browsers.note(request, user) or detail == "recovery_codes":
        warn(user_id=user.pk)
    mark_fresh(request)
    _end_oldest_sessions(user)
    memberships = list(choices(request)[:2])
    if len(memberships) == 1:
        work_for(request, membership=memberships[0])
    else:
        audit("signed_in", detail="no_organisation_yet", row=user.pk)


def choices(request):
    """The memberships this session may work for."""
    found = Membership.objects.current().filter(user=request.user).order_by("organisation__name", "role")
    if bound := request.session.get("organisation"):
        found = found.filter(organisation_id=bound)
    return found.select_related("user", "organisation__safe_home")


def work_for(request, *, membership: Membership) -> None:
    """One session, one organisation: choosing another starts a new session; recorded as `signed_in`."""
    if request.session.get("membership"):
        kept = {name: request.session[name] for name in KEPT if name in request.session}
        request.session.flush()
        auth.login(request, membership.user)
        request.session.update(kept)
    request.session["membership"] = str(membership.pk)
    audit("signed_in", by=membership.actor, detail=request.session.get("strength", ""))


@transaction.atomic
def arrive(arrival: Arrival) -> tuple[User, Organisation]:
    """The user and organisation of who comes from the provider, with the roles it gives there and no others.

    The first time makes the account. It gives no dossier: that is for mandates. Raises `Refused`, when there is no
    role left to come in with; what ended then stays ended, so call `withdraw` after the rollback.
    """
    organisation = Organisation.objects.filter(
        valid_on(timezone.localdate()), code=arrival.organisation_code
    ).first()
    if organisation is None:
        raise Refused("unknown_organisation")
    roles = {role for role in arrival.roles if fits(role, organisation.type)}
    if not roles:
        raise Refused("no_role")
    user, made = User.objects.select_for_update().get_or_create(
        issuer=arrival.issuer, subject=arrival.subject, defaults=_new_account(arrival)
    )
    if not user.is_active:
        raise Refused("disabled")
    if made:
        audit("account_made", row=user.pk, detail="provider")
    elif user.name != arrival.name:
        user.name = arrival.name
        user.save(update_fields=["name"])
    _end_memberships(user, organisation, keep=roles)
    for role in sorted(roles):
        _give(user, organisation, role)
    return user, organisation


@transaction.atomic
def withdraw(arrival: Arrival) -> None:
    """Ends what the provider gave at an organisation, and no longer does."""
    user = User.objects.filter(issuer=arrival.issuer, subject=arrival.subject).first()
    organisation = Organisation.objects.filter(code=arrival.organisation_code).first()
    if user and organisation:
        _end_memberships(
            user, organisation, keep={role for role in arrival.roles if fits(role, organisation.type)}
        )


def _new_account(arrival: Arrival) -> dict:
    user = User(name=arrival.name, issuer=arrival.issuer, subject=arrival.subject)
    user.set_unusable_password()
    return {"id": user.pk, "login": f"acm.{user.pk.hex}", "name": arrival.name, "password": user.password}


def _give(user: User, organisation: Organisation, role: str) -> None:
    """One row per role, opened again when it comes back; a membership that an administrator gave stays theirs."""
    today = timezone.localdate()
    membership, made = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role, defaults={"valid_from": today, "from_provider": True}
    )
    if membership.from_provider and membership.ended_at:
        membership.ended_at = None
        membership.save(update_fields=["ended_at"])
        made = True
    if made:
        audit("membership_given", row=membership.pk, detail="provider")


def _end_memberships(user: User, organisation: Organisation, *, keep: set[str]) -> None:
    """At once: the next request of a session in one of these finds no membership."""
    ending = Membership.objects.filter(
        user=user, organisation=organisation, from_provider=True, ended_at=None
    ).exclude(role__in=keep)
    for membership in ending:
        membership.ended_at = timezone.now()
        membership.save(update_fields=["ended_at"])
        audit("membership_ended", row=membership.pk, detail="provider")


def _end_oldest_sessions(user: User) -> None:
    """Leaves room for the one that begins, and clears away what nobody uses any more."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    kept = max(settings.WIDA_SESSIONS_PER_USER - 1, 0)
    ending = Session.objects.filter(user=user.pk).order_by("-started_at")[kept:]
    if Session.objects.filter(pk__in=[session.pk for session in ending]).delete()[0]:
        audit("sessions_ended", row=user.pk, detail="too_many")


def await_factor(request, *, user: User, after: str) -> None:
    """The password was right: what is left is the second factor, within five minutes. Nobody is signed in yet."""
    language = request.session.get("language")
    request.session.flush()
    request.session[PENDING] = {"user": str(user.pk), "at": timezone.now().timestamp(), "next": after}
    if language:
        request.session["language"] = language


def awaited(request) -> User | None:
    """Who is on their way in with a right password, if anybody."""
    pending = request.session.get(PENDING)
    if not pending or timezone.now().timestamp() - pending["at"] > PENDING_SECONDS:
        return None
    return User.objects.filter(pk=pending["user"], is_active=True).first()


def sign_out(request) -> None:
    """Ends the session; recorded as `signed_out`."""
    audit("signed_out", by=request.actor)
    auth.logout(request)


def refuse_sign_in(*, reason: str, user: User | None = None) -> None:
    """Recorded as `sign_in_refused`; the name that was tried is not kept, since people type passwords in it."""
    audit("sign_in_refused", detail=reason, row=user.pk if user else None)


def speak(request, *, language: str) -> None:
    """Sets the language of the session to one of the offered."""
    if language in ("nl", "en"):
        request.session["language"] = language
        translation.activate(language)
