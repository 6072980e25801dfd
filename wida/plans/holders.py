"""Who can carry an action of a dossier, and who can be its case manager."""

from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from wida.access.models import ConflictBlock, Mandate
from wida.accounts.codes import HOUSE_ROLES, TEAM_ROLES, Role
from wida.accounts.models import Membership
from wida.dossiers.models import Dossier
from wida.plans.models import Action


class Holder(NamedTuple):
    """Somebody who can carry an action: a person at an organisation, or the organisation with nobody named yet."""

    key: str
    organisation_id: UUID
    organisation: str
    user_id: UUID | None
    name: str
    invited: bool


def possible(dossier: Dossier) -> list[Holder]:
    """Whoever can carry an action of this dossier: contact persons of the partners, and the house's own staff.

    Somebody kept out of the dossier by a conflict block is left out. Three statements.
    """
    blocks = ConflictBlock.objects.filter(dossier_id=dossier.pk, withdrawn_at=None)
    kept_out = {
        block for pair in blocks.values_list("user_id", "blocked_organisation_id") for block in pair if block
    }
    mandates = Mandate.objects.active().filter(dossier_id=dossier.pk)
    invited = set(mandates.values_list("holder_id", "holder_organisation_id"))
    partners = Membership.objects.partners_of(dossier.safe_home_id)
    members = Membership.objects.filter(
        Q(pk__in=partners.values("pk")) | Q(pk__in=_staff(dossier).values("pk"))
    )
    found: list[Holder] = []
    for member in members.order_by("organisation__name", "user__name").values_list(
        "id", "organisation_id", "organisation__name", "user_id", "user__name", "role", named=True
    ):
        where = (member.organisation_id, member.organisation__name)
        if kept_out & {member.user_id, member.organisation_id}:
            continue
        if not found or found[-1].organisation_id != member.organisation_id:
            found.append(Holder(f"o:{member.organisation_id}", *where, None, "", True))
        knows = member.role in HOUSE_ROLES or (member.user_id, member.organisation_id) in invited
        found.append(Holder(f"m:{member.id}", *where, member.user_id, member.user__name, knows))
    return found


def _staff(dossier: Dossier):
    return Membership.objects.current().filter(
        organisation__safe_home_id=dossier.safe_home_id, role__in=HOUSE_ROLES | TEAM_ROLES
    )


def case_managers(dossier: Dossier):
    """The case managers of the dossier's house, as memberships."""
    return (
        Membership.objects.current()
        .filter(organisation__safe_home_id=dossier.safe_home_id, role=Role.CASE_MANAGER)
        .select_related("user", "organisation__safe_home")
        .order_by("user__name")
    )


def of(action: Action) -> Holder:
    """The holder of an action who can no longer be chosen: they left, or were kept out since."""
    return Holder(
        "held",
        action.holder_organisation_id,
        action.holder_organisation.name,
        action.holder_id,
        action.holder.name if action.holder_id else "",
        False,
    )
