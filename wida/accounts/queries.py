"""Reading about accounts."""

from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from wida.accounts.actor import Actor
from wida.accounts.models import Invitation, Membership, Organisation, Session, User, valid_on


class OpenSession(NamedTuple):
    """One signed-in browser. `name` stands for its key, which nobody may see."""

    name: str
    started_at: datetime
    address: str
    device: str
    current: bool


def sessions_of(user_id: UUID, *, current: str | None = None) -> list[OpenSession]:
    """The open sessions of a user, newest first."""
    found = Session.objects.filter(user=user_id, expire_date__gt=timezone.now()).order_by("-started_at")
    return [
        OpenSession(
            name=name_of(session.session_key),
            started_at=session.started_at,
            address=data.get("address", ""),
            device=data.get("device", ""),
            current=session.session_key == current,
        )
        for session in found
        for data in [session.get_decoded()]
    ]


def name_of(session_key: str) -> str:
    return sha256(session_key.encode()).hexdigest()[:16]


def invitation_of(token: str) -> Invitation | None:
    """The invitation of a link that still counts."""
    return (
        Invitation.objects.filter(
            digest=digest_of(token), used_at=None, expires_at__gt=timezone.now(), user__is_active=True
        )
        .select_related("user")
        .first()
    )


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def organisations_of(actor: Actor) -> QuerySet[Organisation]:
    """The organisations whose people an administrator manages: those around their Safe Home, or all."""
    found = Organisation.objects.filter(valid_on(timezone.localdate())).order_by("name")
    if actor.house_id is None:
        return found
    return found.filter(
        Q(safe_home_id=actor.house_id) | Q(partnerships__safe_home_id=actor.house_id)
    ).distinct()


def managed_by(actor: Actor) -> QuerySet[User]:
    """The accounts an administrator manages. Their own is not among them."""
    found = User.objects.exclude(pk=actor.user_id).order_by("name", "login")
    if actor.house_id is None:
        return found
    mine = Membership.objects.filter(organisation__in=organisations_of(actor)).values("user_id")
    return found.filter(pk__in=mine)
