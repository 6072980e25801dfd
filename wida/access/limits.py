"""How much somebody may look in one hour: a taken-over account or a curious colleague shows by the number.

Counted from the trail, which all workers share and no rolled-back request can shorten.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import F, Func, IntegerField
from django.utils import timezone

from wida.accounts.actor import Actor
from wida.audit.models import Event

HOUR = timedelta(hours=1)


def may_search(actor: Actor) -> bool:
    """Whether this user has searches left; those in another of their organisations count too. One statement."""
    done = Event.objects.filter(user=actor.user_id, action="searched", at__gt=timezone.now() - HOUR)
    return done.count() < settings.WIDA_SEARCHES_PER_HOUR


def files_read() -> Func:
    """How many other files than the outer dossier who asks read this hour; none when they read this one too, so that
    work in a file that is open already always goes on.
    """
    return Func(F("pk"), function="wida.files_read", output_field=IntegerField())


def too_many(files: int) -> bool:
    return files >= settings.WIDA_FILES_PER_HOUR
