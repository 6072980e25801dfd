"""Breaking the glass: a coordinator reads a file that isn't theirs, for an hour, and everybody concerned knows."""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from wida.access import actions
from wida.access.codes import AlertKind, EmergencyOutcome
from wida.access.models import Alert, EmergencyReview, Mandate
from wida.access.rules import Ground, Part
from wida.access.walls.identity import open_new
from wida.accounts.actor import Actor
from wida.accounts.codes import Role
from wida.audit.actions import record as audit
from wida.dossiers.models import Dossier
from wida.records import actions as records
from wida.records.sealing import hang

LASTS = timedelta(hours=1)


def _reached(number: str, actor: Actor) -> Dossier | None:
    """The file behind the glass, opened: no draft, none they are kept out of or stand in themselves."""
    if actor.role != Role.COORDINATOR:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select wida.behind_glass(%s, %s)", [number, actor.user_id])
        found = cursor.fetchone()[0]
    if found is None:
        return None
    open_new(found)
    return Dossier.objects.annotate(wrapped=F("key__wrapped")).get(pk=found)


@transaction.atomic
def break_glass(*, number: str, reason: str, by: Actor) -> Mandate | None:
    """Lets a coordinator read a file for an hour; recorded as `glass_broken`. None when there is none to reach.

    Asked again within the hour, the hour that runs is theirs: it doesn't grow.
    """
    dossier = _reached(number, by)
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
    Alert.objects.create(
        dossier_id=dossier.pk,
        kind=AlertKind.EMERGENCY,
        user=by.user_id,
        signature=by.signature,
        at=mandate.created_at,
        source=mandate.pk,
    )
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
    Alert.objects.filter(source=mandate.pk, seen_at=None).update(seen_at=timezone.now(), seen_by=by.signature)
    audit(
        "emergency_judged",
        by=by,
        dossier=mandate.dossier_id,
        part=Part.ACCESS,
        row=mandate.pk,
        detail=outcome,
    )
    return review
