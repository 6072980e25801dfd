"""Giving and ending mandates, and keeping somebody out."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from wida.access.models import ConflictBlock, Mandate
from wida.access.rules import Ground, Part
from wida.accounts.actor import Actor
from wida.accounts.models import Membership, Organisation, User
from wida.audit.actions import record as audit
from wida.dossiers.models import Dossier
from wida.records import actions as records
from wida.records.writing import together


@together
def give_mandate(
    *,
    dossier: Dossier,
    holder: Membership,
    ground: Ground,
    by: Actor,
    why: str = "",
    until: date | None = None,
) -> Mandate:
    """Lets somebody act on a dossier. One that stands on the same ground is kept: asking twice is once.

    A last day that is given holds for the standing one too; one that ran out is ended, so that a new one can start.
    """
    same = Mandate.objects.of(dossier).filter(
        holder=holder.user, holder_organisation=holder.organisation, ground=ground, ended_at=None
    )
    standing = same.active().first()
    if standing:
        if until and standing.until != until:
            return records.change(standing, by=by, version=standing.version, reason=why, until=until)
        return standing
    for over in same:
        end_mandate(mandate=over, by=by, version=over.version, why="")
    return records.add(first_mandate(dossier, holder.actor, ground=ground, why=why, until=until), by=by)


def first_mandate(
    dossier: Dossier, holder: Actor, *, ground: Ground, why: str = "", until: date | None = None
) -> Mandate:
    """One from today on, to be written."""
    return Mandate(
        dossier=dossier,
        holder_id=holder.user_id,
        holder_organisation_id=holder.organisation_id,
        holder_signature=holder.signature,
        ground=ground,
        why=why,
        since=timezone.localdate(),
        until=until,
    )


def end_mandate(*, mandate: Mandate, by: Actor, version: int, why: str) -> Mandate:
    """Takes a mandate away; it stops to count at the holder's next request."""
    return records.change(mandate, by=by, version=version, reason=why, ended_at=timezone.now())


def end_lapsed() -> int:
    """Ends the mandates of whoever no longer works for the organisation they were given in, so that they don't
    come back with a new contract. For a job at night: at requests they have stopped to count already.
    """
    current = Membership.objects.current().filter(
        user_id=OuterRef("holder_id"), organisation_id=OuterRef("holder_organisation_id")
    )
    lapsed = Mandate.objects.filter(~Exists(current), ended_at=None, withdrawn_at=None)
    ended = 0
    for key, dossier in list(lapsed.values_list("pk", "dossier_id")):
        if Mandate.objects.filter(pk=key, ended_at=None).update(ended_at=timezone.now()):
            audit("mandate_lapsed", dossier=dossier, part=Part.ACCESS, table="access.mandate", row=key)
            ended += 1
    return ended


def end_all(*, dossier: Dossier, by: Actor, ground: Ground | None = None, holder: UUID | None = None) -> None:
    """Ends mandates of a dossier (on one ground, of one holder).

    Authors go on knowing of their referral, and the house keeps the smaller circle of an extra protected file.
    """
    mandates = Mandate.objects.active().filter(dossier=dossier)
    mandates = mandates.exclude(ground__in=[Ground.AUTHOR, Ground.CIRCLE])
    if ground:
        mandates = mandates.filter(ground=ground)
    for mandate in mandates.filter(holder_id=holder) if holder else mandates:
        end_mandate(mandate=mandate, by=by, version=mandate.version, why="")


def block(
    *,
    dossier: Dossier,
    by: Actor,
    why: str,
    user: User | None = None,
    organisation: Organisation | None = None,
) -> ConflictBlock:
    """Keeps a user, or everybody at an organisation, out of a dossier: for them it no longer exists."""
    name = user.name if user else organisation.name
    return records.add(
        ConflictBlock(
            dossier=dossier, user=user, blocked_organisation=organisation, blocked_name=name, why=why
        ),
        by=by,
    )


def lift_block(*, block: ConflictBlock, by: Actor, version: int, why: str) -> ConflictBlock:
    return records.withdraw(block, by=by, version=version, reason=why)
