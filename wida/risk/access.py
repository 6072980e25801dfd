"""Whose words they are: an organisation changes and takes out only what it told itself."""

from wida.access.queries import Opened
from wida.accounts.actor import Actor
from wida.accounts.codes import Role
from wida.records.models import Record

KEEPERS_OF_THE_LEGEND = frozenset({Role.COORDINATOR, Role.FUNCTIONAL_ADMIN})


def is_own(opened: Opened, row: Record) -> bool:
    return row.organisation_id == opened.actor.organisation_id


def may_edit_legend(actor: Actor) -> bool:
    """The legend holds for every house: coordinators and the functional administrator keep it."""
    return actor.role in KEEPERS_OF_THE_LEGEND
