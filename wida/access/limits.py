"""How much somebody may look in one hour: a taken-over account or a curious colleague shows by the number.

Counted from the trail, which all workers share and no rolled-back request can shorten.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.utils import timezone

from wida.accounts.actor import Actor
from wida.audit.models import Event

HOUR = timedelta(hours=1)


def may_search(actor: Actor) -> bool:
    """Whether this user has searches left; those in another of their organisations count too. One statement."""
    done = Event.objects.filter(user=actor.user_id, action="searched", at__gt=timezone.now() - HOUR)
    return done.count() < settings.WIDA_SEARCHES_PER_HOUR


def files_read(actor: Actor) -> Subquery:
    """How many other files than the outer dossier the actor read this hour; nothing when they read this one too.

    So that work in a file that is open already always goes on.
    """
    read = Event.objects.filter(user=actor.user_id, action="read", at__gt=timezone.now() - HOUR).order_by()
    others = read.exclude(Exists(read.filter(dossier=OuterRef(OuterRef("pk")))))
    return Subquery(
        others.values("user").annotate(n=Count("dossier", distinct=True)).values("n"),
        output_field=IntegerField(),
    )


def too_many(files: int | None) -> bool:
    return (files or 0) >= settings.WIDA_FILES_PER_HOUR
