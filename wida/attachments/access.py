"""Who gets a file of a dossier, and who the file as it was brought."""

from django.conf import settings

from wida.access.queries import Opened
from wida.access.rules import Ground
from wida.accounts.codes import Role
from wida.attachments.codes import State


def is_shared(state: str) -> bool:
    """Whether a file left quarantine. With a scanner only its explicit "clean" lets it out."""
    return state in (State.OURS, State.CLEAN) or (state == State.UNSCANNED and not settings.WIDA_CLAMD_SOCKET)


def may_have_original(opened: Opened, organisation_id) -> bool:
    """Evidence is for who brought it and for the coordinator of the house; it may hold what the copy left out."""
    runs_it = opened.actor.role == Role.COORDINATOR and Ground.HOUSE in opened.grounds
    return runs_it or organisation_id == opened.actor.organisation_id
