"""Which system asks: who it is at the issuer, for which organisation it speaks, and how often it may."""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wida.accounts import attempts
from wida.accounts.codes import Role
from wida.accounts.keeping import give_membership
from wida.accounts.models import Membership, Organisation, User
from wida.api.problems import Refusal
from wida.api.tokens import Bearer
from wida.audit.actions import record as audit
from wida.place import Unavailable

MINUTE = timedelta(minutes=1)


def of(bearer: Bearer) -> Membership:
    """The membership by which a system acts, else a refusal: the issuer knows more systems than we do."""
    found = (
        Membership.objects.connections()
        .filter(user__issuer=settings.WIDA_API["issuer"], user__subject=bearer.subject)
        .select_related("user", "organisation__safe_home")
        .first()
    )
    if found is None:
        raise Refusal(403, "unknown_system")
    return found


class Count(NamedTuple):
    """`over`: how many requests more than a minute allows. `seconds`: until it begins anew."""

    over: int
    seconds: int


def count(sender: Membership) -> Count:
    """One request more; the workers count together, and what is refused counts too."""
    done, seconds = attempts.add(attempts.key_of("api", str(sender.user_id)), MINUTE)
    return Count(done - settings.WIDA_API["per_minute"], max(1, seconds))


@transaction.atomic
def connect(*, subject: str, organisation: str) -> Membership:
    """Lets a system of the issuer speak for an organisation; recorded as `membership_given`."""
    issuer, place = settings.WIDA_API["issuer"], Organisation.objects.filter(name=organisation).first()
    if not issuer:
        raise Unavailable("set WIDA_API_ISSUER first: a system is known by what its issuer calls it")
    if place is None:
        raise Unavailable(f"no organisation is called {organisation}")
    name = f"Koppeling {organisation}"[:80]
    user, made = User.objects.get_or_create(
        issuer=issuer, subject=subject, defaults={"login": f"koppeling.{subject}"[:80], "name": name}
    )
    if made:
        user.set_unusable_password()
        user.save()
    elif user.memberships.exclude(role=Role.CONNECTION, organisation=place).exists():
        raise Unavailable(f"{subject} is somebody else already")
    return give_membership(user=user, organisation=place, role=Role.CONNECTION)


@transaction.atomic
def disconnect(*, subject: str) -> int:
    """Its next request is refused; what it sent stays. Recorded as `membership_ended`."""
    ended = list(
        Membership.objects.connections().filter(
            user__issuer=settings.WIDA_API["issuer"], user__subject=subject
        )
    )
    for membership in ended:
        Membership.objects.filter(pk=membership.pk).update(ended_at=timezone.now())
        audit("membership_ended", row=membership.pk, detail=Role.CONNECTION)
    return len(ended)
