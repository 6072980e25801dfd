"""Extra protected files, and what a coordinator is told at once of somebody's looking."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wida.access.actions import end_mandate, give_mandate
from wida.access.codes import AlertKind
from wida.access.models import Alert, ExtraProtection, Mandate
from wida.access.rules import Ground, Part
from wida.accounts.actor import Actor
from wida.accounts.models import Membership
from wida.audit.actions import event, record_all
from wida.audit.actions import record as audit
from wida.dossiers.models import Dossier
from wida.records import actions as records

VISIT = timedelta(minutes=30)


@transaction.atomic
def protect(*, dossier: Dossier, why: str, by: Actor) -> None:
    """Leaves a file to those of the house with a mandate of their own; whoever does it gets one. Done once."""
    if ExtraProtection.objects.of(dossier).exists():
        return
    records.add(ExtraProtection(dossier=dossier, why=why), by=by)
    own = Membership.objects.select_related("user", "organisation__safe_home").get(pk=by.membership_id)
    give_mandate(dossier=dossier, holder=own, ground=Ground.CIRCLE, by=by, why=why)


def unprotect(*, dossier: Dossier, why: str, by: Actor) -> None:
    for protection in ExtraProtection.objects.of(dossier):
        records.withdraw(protection, by=by, version=protection.version, reason=why)


def enter(*, dossier: Dossier, by: Actor) -> None:
    """Somebody stands in the smaller circle of an extra protected file from now on; of another file nothing is said."""
    if ExtraProtection.objects.of(dossier).exists():
        own = Membership.objects.select_related("user", "organisation__safe_home").get(pk=by.membership_id)
        give_mandate(dossier=dossier, holder=own, ground=Ground.CIRCLE, by=by)


def leave_to(*, dossier: Dossier, by: Actor) -> None:
    """Everybody else leaves that circle: the file went over to another house."""
    circle = Mandate.objects.of(dossier).filter(ground=Ground.CIRCLE, ended_at=None)
    for mandate in circle.exclude(holder_id=by.user_id, holder_organisation_id=by.organisation_id):
        end_mandate(mandate=mandate, by=by, version=mandate.version, why="")


@transaction.atomic
def tell(kind: AlertKind, *, dossier: Dossier, by: Actor) -> None:
    """Tells the coordinator, once per visit; recorded as `alerted`."""
    tell_all(kind, dossiers=[dossier.pk], by=by)


@transaction.atomic
def tell_all(kind: AlertKind, *, dossiers: Collection[UUID], by: Actor) -> None:
    """The same of several dossiers. Three statements."""
    now = timezone.now()
    recent = Alert.objects.filter(dossier_id__in=dossiers, user=by.user_id, kind=kind, at__gt=now - VISIT)
    told = set(recent.values_list("dossier_id", flat=True))
    fresh = [dossier for dossier in dossiers if dossier not in told]
    Alert.objects.bulk_create(
        Alert(dossier_id=dossier, kind=kind, user=by.user_id, signature=by.signature, at=now)
        for dossier in fresh
    )
    record_all([event("alerted", by=by, dossier=one, part=Part.ACCESS, detail=kind) for one in fresh])


@transaction.atomic
def see(alert: Alert, *, by: Actor) -> None:
    """Somebody of the house took note; recorded as `alert_seen`."""
    Alert.objects.filter(pk=alert.pk, seen_at=None).update(seen_at=timezone.now(), seen_by=by.signature)
    audit("alert_seen", by=by, dossier=alert.dossier_id, part=Part.ACCESS, row=alert.pk)
