"""Who acts, for which organisation, as what: one per session, passed to every action as `by`."""

from dataclasses import dataclass
from uuid import UUID

from wida.accounts.codes import CONTENT_ROLES


@dataclass(frozen=True, slots=True)
class Actor:
    """A professional in one of their memberships. `house_id` is set for staff of a Safe Home only."""

    user_id: UUID
    name: str
    membership_id: UUID
    organisation_id: UUID
    organisation: str
    organisation_type: str
    role: str
    function: str
    house_id: UUID | None
    house: str

    @property
    def signature(self) -> str:
        return f"{self.name}, {self.organisation}"

    @property
    def reads_dossiers(self) -> bool:
        """Whether this role works with families at all; the central team, auditors and administrators don't."""
        return self.role in CONTENT_ROLES

    @property
    def initials(self) -> str:
        words = self.name.split()
        return (words[0][0] + words[-1][0]).upper() if len(words) > 1 else self.name[:2].upper()


# Who asks for what follows from the passing of days. May open nothing: a job opens by `as_system`.
CALENDAR = Actor(UUID(int=0), "WIDA", UUID(int=0), UUID(int=0), "kalender", "", "", "", None, "")
