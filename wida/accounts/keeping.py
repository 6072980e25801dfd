"""Changes to an account itself: its factors, its password, its open sessions, and how it begins."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.utils import timezone

from wida.accounts import factors
from wida.accounts.models import Invitation, Membership, Organisation, Session, User
from wida.accounts.queries import digest_of, name_of
from wida.audit.actions import record as audit
from wida.notify.actions import warn

INVITATION = timedelta(hours=48)


def lacks_factor(request) -> bool:
    """Whether this session must add a second factor before anything else."""
    proved = request.session.get("strength")
    return (
        settings.WIDA_SECOND_FACTOR and request.user.is_authenticated and proved not in ("provider", "second")
    )


def add_app(request, *, seed: str, code: str) -> bool:
    """Whether the code proves the app; then it is theirs. Recorded as `factor_added`."""
    return factors.add_app(request.user, seed, code) and _added(request, "totp")


def add_passkey(request, *, name: str, credential: dict | None) -> bool:
    """Whether the browser made a passkey; then it is theirs. Recorded as `factor_added`."""
    return (
        bool(credential)
        and factors.add_passkey(request.user, name, credential)
        and _added(request, "webauthn")
    )


def _added(request, kind: str) -> bool:
    request.session["strength"] = "second"
    request.session.cycle_key()
    audit("factor_added", by=request.actor, row=request.user.pk, detail=kind)
    _end_others(request, "factor_added")
    return True


def remove_factor(request, *, factor_id: int) -> None:
    """Recorded as `factor_removed`; their other sessions end. Without any factor left this one must add one."""
    if factors.remove(request.user, factor_id):
        audit("factor_removed", by=request.actor, row=request.user.pk)
        _end_others(request, "factor_removed")
        if not factors.has_factor(request.user):
            request.session["strength"] = "password"


def new_recovery_codes(request) -> list[str]:
    """Ten codes in place of the old; recorded as `recovery_codes_made`."""
    audit("recovery_codes_made", by=request.actor, row=request.user.pk)
    return factors.new_recovery_codes(request.user)


def change_password(request, *, password: str) -> None:
    """Recorded as `password_changed`; their other sessions end."""
    request.user.set_password(password)
    request.user.save(update_fields=["password"])
    update_session_auth_hash(request, request.user)
    audit("password_changed", by=request.actor, row=request.user.pk)
    _end_others(request, "password_changed")


def end_sessions(
    *, user_id: UUID, but: str | None = None, name: str = "", by=None, why: str = "asked"
) -> None:
    """Ends sessions of a user at once: all but one, or the one that goes by a name. Recorded as `sessions_ended`."""
    found = Session.objects.filter(user=user_id).exclude(session_key=but or "")
    keys = [key for key in found.values_list("session_key", flat=True) if name in ("", name_of(key))]
    if Session.objects.filter(session_key__in=keys).delete()[0]:
        audit("sessions_ended", by=by, row=user_id, detail=why)


def _end_others(request, why: str) -> None:
    warn(user_id=request.user.pk)
    end_sessions(user_id=request.user.pk, but=request.session.session_key, by=request.actor, why=why)


# How an account begins, and begins again -----------------------------------------------------------------


@transaction.atomic
def invite(*, user: User, by=None) -> str:
    """The token of a link by which somebody chooses a password, once, within two days. Earlier links stop counting.

    Recorded as `invited`. Nobody but who opens the link ever knows the password.
    """
    Invitation.objects.filter(user=user, used_at=None).delete()
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(user=user, digest=digest_of(token), expires_at=timezone.now() + INVITATION)
    audit("invited", by=by, row=user.pk)
    return token


@transaction.atomic
def accept(*, invitation: Invitation, password: str) -> None:
    """The password is theirs and the link is spent; sessions under the old one end. Recorded as `password_changed`."""
    spent = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=timezone.now())
    if spent:
        invitation.user.set_password(password)
        invitation.user.save(update_fields=["password"])
        audit("password_changed", row=invitation.user_id, detail="invitation")
        end_sessions(user_id=invitation.user_id, why="password_changed")
        warn(user_id=invitation.user_id)


@transaction.atomic
def disable(*, user: User, by) -> None:
    """Shuts an account at once; recorded as `account_disabled`."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit("account_disabled", by=by, row=user.pk)
    end_sessions(user_id=user.pk, by=by, why="account_disabled")


@transaction.atomic
def enable(*, user: User, by) -> None:
    """Recorded as `account_enabled`."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit("account_enabled", by=by, row=user.pk)


@transaction.atomic
def end_membership(*, membership: Membership, by) -> None:
    """Ends a membership at once, and the sessions with it; recorded as `membership_ended`."""
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    audit("membership_ended", by=by, row=membership.pk)
    end_sessions(user_id=membership.user_id, by=by, why="membership_ended")


@transaction.atomic
def add_account(*, name: str, login: str, by=None) -> User:
    """A local account without a password: its link lets its owner choose one. Recorded as `account_made`."""
    user = User(name=name, login=login)
    user.set_unusable_password()
    user.save(force_insert=True)
    audit("account_made", by=by, row=user.pk, detail="local")
    return user


@transaction.atomic
def give_membership(
    *, user: User, organisation: Organisation, role: str, function: str = "", valid_until=None, by=None
) -> Membership:
    """A role at an organisation from today; one that ended opens again. Recorded as `membership_given`."""
    today = timezone.localdate()
    membership, _made = Membership.objects.update_or_create(
        user=user,
        organisation=organisation,
        role=role,
        defaults={"valid_from": today, "valid_until": valid_until, "function": function, "ended_at": None},
    )
    audit("membership_given", by=by, row=membership.pk, detail=role)
    return membership


@transaction.atomic
def name_organisation(*, organisation: Organisation, code: str, by) -> None:
    """By which code the provider names it; recorded as `organisation_named`."""
    organisation.code = code
    organisation.save(update_fields=["code"])
    audit("organisation_named", by=by, row=organisation.pk)
