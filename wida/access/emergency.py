"""Breaking the glass: a coordinator reads a file that isn't theirs, for an hour, and everybody concerned knows."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from wida.access import actions
from wida.access.acquaintance import number_tokens
from wida.access.codes import EmergencyOutcome
from wida.access.models import EmergencyReview, Mandate
from wida.access.queries import blocked
from wida.access.rules import Ground, Part
from wida.accounts.actor import Actor
from wida.accounts.codes import Role
from wida.audit.actions import record as audit
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.people.models import PersonToken
from wida.records import actions as records
from wida.records.sealing import hang

LASTS = timedelta(hours=1)


def behind_glass(actor: Actor) -> QuerySet:
    """What a coordinator may reach in an emergency: every file but drafts and those they are kept out of."""
    if actor.role != Role.COORDINATOR:
        return Dossier.objects.none()
    theirs = PersonToken.objects.filter(token__in=number_tokens(actor)).values("dossier_id")
    return (
        Dossier.objects.exclude(stage=Stage.BUILDING)
        .exclude(blocked(actor))
        .exclude(pk__in=theirs)
        .annotate(wrapped=F("key__wrapped"))
    )


@transaction.atomic
def break_glass(*, number: str, reason: str, by: Actor) -> Mandate | None:
    """Lets a coordinator read a file for an hour; recorded as `glass_broken`. None when there is none to reach.

    Asked again within the hour, the hour that runs is theirs: it doesn't grow.
    """
    dossier = behind_glass(by).filter(number=number).first()
    if dossier is None:
        return None
    hang(dossier.pk, dossier.wrapped)
    earlier = Mandate.objects.of(dossier).filter(
        holder_id=by.user_id,
        holder_organisation_id=by.organisation_id,
        ground=Ground.EMERGENCY,
        ended_at=None,
    )
    standing = earlier.active().first()
    if standing:
        return standing
    for over in earlier:
        actions.end_mandate(mandate=over, by=by, version=over.version, why="")
    now = timezone.now()
    mandate = Mandate(
        dossier=dossier,
        holder_id=by.user_id,
        holder_organisation_id=by.organisation_id,
        holder_signature=by.signature,
        ground=Ground.EMERGENCY,
        why=reason,
        since=timezone.localdate(),
        expires_at=now + LASTS,
    )
    records.add(mandate, by=by)
    audit("glass_broken", by=by, dossier=dossier.pk, part=Part.ACCESS, row=mandate.pk)
    return mandate


@transaction.atomic
def judge(*, mandate: Mandate, outcome: EmergencyOutcome, note: str, by: Actor) -> EmergencyReview:
    """What a colleague thinks of it; recorded as `emergency_judged`. The database refuses one's own."""
    review = EmergencyReview(
        dossier_id=mandate.dossier_id,
        mandate=mandate,
        holder_id=mandate.holder_id,
        outcome=outcome,
        note=note,
    )
    records.add(review, by=by)
    audit(
        "emergency_judged",
        by=by,
        dossier=mandate.dossier_id,
        part=Part.ACCESS,
        row=mandate.pk,
        detail=outcome,
    )
    return review
