"""Who lost every second factor: one person who knows them asks, a second one removes what a thief would hold."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from wida.accounts import factors, keeping
from wida.accounts.actor import Actor
from wida.accounts.models import FactorReset, User
from wida.accounts.queries import managed_by
from wida.audit.actions import record as audit
from wida.notify.actions import warn

STANDS = timedelta(hours=48)


def standing() -> QuerySet[FactorReset]:
    return FactorReset.objects.filter(done_at=None, asked_at__gt=timezone.now() - STANDS)


def waiting_for(actor: Actor) -> QuerySet[FactorReset]:
    """What somebody else asked, for accounts around the actor's Safe Home: an administrator's or a coordinator's."""
    found = standing().filter(user__in=managed_by(actor)).exclude(asked_by=actor.user_id)
    return found.select_related("user").order_by("asked_at")


@transaction.atomic
def ask(*, user: User, by: Actor) -> None:
    """Asked again, it stands anew. Recorded as `factor_reset_asked`."""
    FactorReset.objects.update_or_create(
        user=user,
        done_at=None,
        defaults={"asked_by_id": by.user_id, "asked_signature": by.signature, "asked_at": timezone.now()},
    )
    audit("factor_reset_asked", by=by, row=user.pk)


@transaction.atomic
def confirm(*, reset: FactorReset, by: Actor) -> None:
    """Removes all factors and recovery codes, and the password with them: a new link lets its owner begin again.

    Sessions end at once. Recorded as `factors_removed`. The database refuses who asked, and the owner.
    """
    done = standing().filter(pk=reset.pk).update(done_at=timezone.now(), done_by=by.user_id)
    if not done:
        return
    for factor in factors.factors_of(reset.user):
        factors.remove(reset.user, factor.id)
    reset.user.set_unusable_password()
    reset.user.save(update_fields=["password"])
    audit("factors_removed", by=by, row=reset.user_id)
    keeping.end_sessions(user_id=reset.user_id, by=by, why="factors_removed")
    warn(user_id=reset.user_id)
