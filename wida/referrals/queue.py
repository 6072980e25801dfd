"""The work list of a Safe Home: which of what came in somebody may know of, and how each stands."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from wida.access.queries import blocked, known_to
from wida.accounts.actor import Actor
from wida.accounts.codes import HOUSE_ROLES
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.records.sealing import hang
from wida.referrals.models import Inflow


def inflow_of(actor: Actor) -> QuerySet[Inflow]:
    """What came in at the actor's Safe Home. Every list, count and page of it starts here.

    A returned referral is its author's again: the house goes on knowing that it waits, not what stands in it. A
    conflict block takes away the whole row.
    """
    if actor.role not in HOUSE_ROLES:
        return Inflow.objects.none()
    returned = Dossier.objects.filter(stage=Stage.BUILDING, safe_home_id=actor.house_id).exclude(
        blocked(actor)
    )
    readable = Q(dossier=None) | Q(dossier__in=known_to(actor)) | Q(dossier__in=returned)
    return Inflow.objects.filter(readable, safe_home_id=actor.house_id)


def opened(actor: Actor, inflow_id: UUID) -> Inflow:
    """One of them with its key on the ring, else 404."""
    inflow = inflow_of(actor).filter(pk=inflow_id).first()
    if inflow is None:
        raise Http404
    hang(inflow.pk, inflow.wrapped)
    return inflow
