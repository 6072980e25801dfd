"""The referrals somebody made, each with where it stands: no more of a dossier than its author may know."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from wida.access.queries import known_to
from wida.accounts.actor import Actor
from wida.dossiers.codes import ClosureReason, Stage
from wida.dossiers.models import Transition
from wida.referrals.models import Inflow

SHOWN = 100
DRAFT, RETURNED, CHECKED, OPENED, REFUSED, JOINED = (
    "draft",
    "returned",
    "checked",
    "opened",
    "refused",
    "joined",
)
WORDS = {
    DRAFT: _("Draft, not submitted yet"),
    RETURNED: _("Returned: please complete it"),
    CHECKED: _("The Safe Home checks it"),
    OPENED: _("Taken up by the Safe Home"),
    REFUSED: _("Not taken up, with advice"),
    JOINED: _("Joined to a dossier that already runs"),
}


class Row(NamedTuple):
    id: UUID
    number: str
    house: str
    started: datetime
    submitted: datetime | None
    receipt: str
    state: str

    @property
    def words(self) -> str:
        return WORDS[self.state]

    @property
    def asks(self) -> bool:
        """Whether it is the referrer's turn."""
        return self.state in (DRAFT, RETURNED)


def rows(actor: Actor) -> list[Row]:
    """Newest first. One statement: what was decided follows from the stage, nothing sealed is opened."""
    mine = known_to(actor).filter(author_id=actor.user_id, organisation_id=actor.organisation_id)
    receipts = Inflow.objects.filter(dossier_id=OuterRef("pk")).order_by("-received_at").values("receipt")
    returns = Transition.objects.filter(dossier_id=OuterRef("pk"), name="send_back").values("id")
    found = mine.annotate(receipt=Subquery(receipts[:1]), returned=Subquery(returns[:1])).values_list(
        *("id", "number", "safe_home__name", "created_at", "submitted_at", "receipt"),
        *("stage", "closure_reason", "opened_at", "returned"),
    )
    return [
        Row(*head, receipt or "", _state(stage, reason, opened, returned))
        for *head, receipt, stage, reason, opened, returned in found.order_by("-created_at")[:SHOWN]
    ]


def _state(stage: str, reason: str, opened: datetime | None, returned: UUID | None) -> str:
    if stage == Stage.BUILDING:
        return RETURNED if returned else DRAFT
    if stage == Stage.REFERRED:
        return CHECKED
    if reason == ClosureReason.JOINED:
        return JOINED
    return OPENED if opened else REFUSED
