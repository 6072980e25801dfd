"""What must be there before a dossier may take a step, and what to do about it, in words."""

from typing import NamedTuple

from wida.dossiers.models import Dossier


class Missing(NamedTuple):
    """Something that is still to be done, and the address where it is done."""

    text: str
    url: str


def missing(dossier: Dossier, step) -> list[Missing]:
    return []
