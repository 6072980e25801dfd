"""How people prove at the provider who they are. The settings read it, so it needs nothing of Django at import."""

from typing import NamedTuple
from urllib.parse import urlsplit

MEANS = "urn:be:vlaanderen:authmech:"
STRONGEST = [MEANS + name for name in ("eid", "itsme", "eidashigh")]
STRONG = [*STRONGEST, MEANS + "csamtotp"]


class Tile(NamedTuple):
    """One way in on the sign-in page."""

    name: str
    title: str
    text: str
    icon: str


def offered() -> list[Tile]:
    """The ways in that this installation allows, in the order of the provider's own page."""
    from django.conf import settings
    from django.utils.translation import gettext as _

    tiles = [
        Tile("itsme", "itsme", _("With the itsme app on your smartphone"), "smartphone"),
        Tile("eid", _("eID and card reader"), _("With your identity card and pin"), "id-card"),
        Tile("csamtotp", _("Code from a mobile app"), _("User name, password and a code from your app"), "lock"),
        Tile("csamsms", _("Code by text message"), _("User name, password and a code by text message"),
             "message-square-text"),
    ]  # fmt: skip
    return [tile for tile in tiles if MEANS + tile.name in settings.WIDA_PROVIDER["acr"]]


def origins(issuer: str) -> list[str]:
    """Where a form of ours may lead besides this site; nowhere without a provider."""
    parts = urlsplit(issuer)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
