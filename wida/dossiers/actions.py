"""Starting a dossier and keeping its head."""

from datetime import date
from uuid import UUID

from django.db import connection
from django.utils import timezone

from wida.access.actions import end_all, first_mandate, give_mandate
from wida.access.rules import Ground, Part
from wida.access.walls.identity import OPENING
from wida.accounts.actor import Actor
from wida.accounts.models import Membership, PoliceZone, SafeHome
from wida.audit.actions import event
from wida.audit.actions import record as audit
from wida.dossiers.models import Dossier, DossierKey
from wida.records import actions as records
from wida.records.ids import new_id
from wida.records.sealing import new_data_key
from wida.records.writing import together

# A dossier that is being made is open to its maker: its rows are about to follow.
NEXT = f"""
    update accounts_safehome set next_number = next_number + 1 where id = %s returning next_number - 1, {OPENING}
"""  # noqa: S608 - nothing of anybody's stands in it


@together
def start_dossier(
    *, safe_home: SafeHome, family_name: str, by: Actor, police_zone: PoliceZone | None = None
) -> Dossier:
    """Starts a case file for the actor's organisation, with a mandate for its author; recorded as `started`."""
    now = timezone.now()
    dossier_id = new_id()
    wrapped = new_data_key(dossier_id)
    dossier = Dossier(
        id=dossier_id,
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
    started = event("started", by=by, dossier=dossier.pk, part=Part.OVERVIEW)
    mandate = first_mandate(dossier, by, ground=Ground.AUTHOR)
    dossier.number = f"{safe_home.prefix}{_next_number(safe_home, dossier_id)}"
    records.add(mandate, dossier, DossierKey(dossier=dossier, wrapped=wrapped), started, by=by)
    return dossier


def _next_number(safe_home: SafeHome, opened: UUID) -> int:
    """Who starts another dossier of this house waits from here on: as late as can be."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [safe_home.pk, opened])
        return cursor.fetchone()[0]


@together
def rename(*, dossier: Dossier, family_name: str, police_zone: PoliceZone | None, by: Actor) -> None:
    """Changes the head of the dossier; recorded as `changed`."""
    dossier.family_name = family_name
    dossier.police_zone = police_zone
    dossier.changed_at, dossier.changed_by, dossier.changed_part = timezone.now(), by.signature, Part.OVERVIEW
    dossier.save(update_fields=["family_name", "police_zone", "changed_at", "changed_by", "changed_part"])
    audit("changed", by=by, dossier=dossier.pk, part=Part.OVERVIEW, detail="head")


@together
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
