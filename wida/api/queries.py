"""The reports that wait to be placed, for who may say where they go. Nothing of what they tell is shown."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from wida.accounts.actor import Actor
from wida.accounts.codes import HOUSE_ROLES, Role
from wida.accounts.models import Partnership, SafeHome, valid_on
from wida.api.codes import Unplaced
from wida.api.models import PoliceReport

PLACERS = HOUSE_ROLES | {Role.FUNCTIONAL_ADMIN}


class Row(NamedTuple):
    id: UUID
    receipt: str
    received_at: datetime
    sender: str
    zone: str
    why: str

    @property
    def words(self) -> str:
        return str(Unplaced(self.why).label)


def placeable(actor: Actor) -> QuerySet[PoliceReport]:
    """All for who keeps the zones; for a house, those of organisations that take part in it today."""
    waiting = PoliceReport.objects.filter(inflow=None)
    if actor.role == Role.FUNCTIONAL_ADMIN:
        return waiting
    if actor.role not in HOUSE_ROLES:
        return waiting.none()
    partners = Partnership.objects.filter(valid_on(timezone.localdate()), safe_home_id=actor.house_id)
    return waiting.filter(organisation_id__in=partners.values("organisation_id"))


def rows(actor: Actor) -> list[Row]:
    """The oldest first. One statement."""
    found = placeable(actor).order_by("received_at", "id")
    columns = ("id", "receipt", "received_at", "organisation__name", "zone", "unplaced")
    return [Row(*row) for row in found.values_list(*columns)]


def homes(actor: Actor) -> list[SafeHome]:
    """Where the actor may place one: a house only at itself."""
    today = SafeHome.objects.filter(valid_on(timezone.localdate())).order_by("name")
    return list(today.filter(pk=actor.house_id) if actor.house_id else today)
