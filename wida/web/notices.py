"""What an administrator must know of this installation, on every page."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wida.accounts.codes import Role


def notices(request: HttpRequest | None) -> list[str]:
    """Sentences for functional administrators; nothing for anybody else."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.role != Role.FUNCTIONAL_ADMIN:
        return []
    found = []
    if not settings.WIDA_CLAMD_SOCKET:
        found.append(_("No virus scanner is set up. Attachments are handed out unscanned, and marked so."))
    return found
