"""Two dossiers of one family: whoever is kept out of the one is kept out of both, and nobody gets to see more."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wida.access import protection
from wida.access.actions import block
from wida.access.models import ConflictBlock, ExtraProtection
from wida.access.queries import Opened, known_to, open_for
from wida.accounts.actor import Actor
from wida.dossiers.models import Dossier


def blocks_to_carry(here: Dossier, there: Dossier) -> list[ConflictBlock]:
    """The blocks of one dossier that don't stand in the other."""
    standing = {(block.user_id, block.blocked_organisation_id) for block in ConflictBlock.objects.of(there)}
    return [
        block
        for block in ConflictBlock.objects.of(here)
        if (block.user_id, block.blocked_organisation_id) not in standing
    ]


@transaction.atomic
def unite(*, one: Dossier, other: Dossier, by: Actor) -> None:
    """Blocks and extra protection of either hold for both. Mandates stay where they are: no right goes along.

    Both must be open to the actor. Of a dossier that becomes extra protected, whoever does this is the only one of the
    house who still sees it, until they name others.
    """
    why = _("This dossier and another one, in which this was recorded, turned out to be about one family.")
    for here, there in ((one, other), (other, one)):
        for standing in blocks_to_carry(here, there):
            block(
                dossier=there,
                by=by,
                why=why,
                user=standing.user,
                organisation=standing.blocked_organisation,
            )
        if ExtraProtection.objects.of(here).exists():
            protection.protect(dossier=there, why=why, by=by)


@transaction.atomic
def keep_out(*, opened: Opened, why: str, **whom) -> None:
    """Keeps somebody out of this dossier, and of what was joined to it before or since."""
    block(dossier=opened.dossier, by=opened.actor, why=why, **whom)
    joined = Q(joined_to=opened.dossier) | Q(pk=opened.dossier.joined_to_id)
    for number in known_to(opened.actor).filter(joined).order_by("number").values_list("number", flat=True):
        other = open_for(opened.actor, number)
        if other:
            block(dossier=other.dossier, by=opened.actor, why=why, **whom)
