"""Starting a dossier and keeping its head."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from wida.access.actions import end_all, give_mandate
from wida.access.rules import Ground, Part
from wida.access.walls.identity import open_new
from wida.accounts.actor import Actor
from wida.accounts.models import Membership, PoliceZone, SafeHome
from wida.audit.actions import record as audit
from wida.dossiers.models import Dossier, DossierKey
from wida.records.ids import new_id
from wida.records.sealing import new_data_key


@transaction.atomic
def start_dossier(
    *, safe_home: SafeHome, family_name: str, by: Actor, police_zone: PoliceZone | None = None
) -> Dossier:
    """Starts a case file for the actor's organisation, with a mandate for its author; recorded as `started`."""
    SafeHome.objects.filter(pk=safe_home.pk).update(next_number=F("next_number") + 1)
    taken = SafeHome.objects.values_list("next_number", flat=True).get(pk=safe_home.pk) - 1
    now = timezone.now()
    dossier_id = new_id()
    wrapped = new_data_key(dossier_id)
    dossier = Dossier(
        id=dossier_id,
        number=f"{safe_home.prefix}{taken}",
        safe_home=safe_home,
        family_name=family_name,
        police_zone=police_zone,
        author_id=by.user_id,
        organisation_id=by.organisation_id,
        signature=by.signature,
        created_at=now,
        changed_at=now,
        changed_by=by.signature,
        changed_part=Part.OVERVIEW,
    )
    open_new(dossier_id)
    dossier.save(force_insert=True)
    DossierKey.objects.create(dossier=dossier, wrapped=wrapped)
    audit("started", by=by, dossier=dossier.pk, part=Part.OVERVIEW)
    author = Membership.objects.select_related("user", "organisation__safe_home").get(pk=by.membership_id)
    give_mandate(dossier=dossier, holder=author, ground=Ground.AUTHOR, by=by)
    return dossier


@transaction.atomic
def rename(*, dossier: Dossier, family_name: str, police_zone: PoliceZone | None, by: Actor) -> None:
    """Changes the head of the dossier; recorded as `changed`."""
    dossier.family_name = family_name
    dossier.police_zone = police_zone
    dossier.changed_at, dossier.changed_by, dossier.changed_part = timezone.now(), by.signature, Part.OVERVIEW
    dossier.save(update_fields=["family_name", "police_zone", "changed_at", "changed_by", "changed_part"])
    audit("changed", by=by, dossier=dossier.pk, part=Part.OVERVIEW, detail="head")


@transaction.atomic
def assign_case_manager(
    *, dossier: Dossier, member: Membership, by: Actor, why: str = "", until: date | None = None
) -> None:
    """Makes somebody case manager, with a mandate; the one before loses theirs. Recorded as `assigned`."""
    before = dossier.case_manager_id
    if before and before != member.user_id:
        end_all(dossier=dossier, by=by, ground=Ground.ASSIGNED, holder=before)
    give_mandate(dossier=dossier, holder=member, ground=Ground.ASSIGNED, by=by, why=why, until=until)
    Dossier.objects.filter(pk=dossier.pk).update(case_manager=member.user)
    dossier.case_manager = member.user
    audit("assigned", by=by, dossier=dossier.pk, part=Part.OVERVIEW, row=member.user_id)
