"""From where something is done: what every event of a request has in common."""

import hashlib
import hmac
import ipaddress
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings

from wida.accounts.address import address_of
from wida.records.ids import new_id


@dataclass(slots=True)
class Origin:
    """`source` is the network somebody came from; `dossier` the one this request opened and `grounds` the codes of
    why that was allowed; `looked` that it left an event of a look already; `denials` what is written after it all.
    """

    source: str = ""
    session: str = ""
    request: UUID | None = None
    dossier: UUID | None = None
    grounds: str = ""
    looked: bool = False
    denials: list = field(default_factory=list)


_origin: ContextVar[Origin | None] = ContextVar("wida_origin", default=None)


def now() -> Origin:
    """That of this request; an empty one for a command or a job."""
    return _origin.get() or Origin()


def of(request) -> Origin:
    return Origin(network(address_of(request)), _hash(request.session.session_key), new_id())


def arrive(origin: Origin):
    return _origin.set(origin)


def leave(token) -> None:
    _origin.reset(token)


def opened(dossier: UUID, grounds: Iterable[str]) -> None:
    """This request opened a dossier: what it does there, it does on these grounds."""
    here = now()
    here.dossier, here.grounds = dossier, " ".join(sorted(grounds))


def row_in(kwargs: dict) -> UUID | None:
    """The row that an address names: the last one, since the others say where it is."""
    return next((value for value in reversed(kwargs.values()) if isinstance(value, UUID)), None)


def network(address: str) -> str:
    """The network of an address, which tells an office from elsewhere without following one computer."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return str(ipaddress.ip_network((ip, 24 if ip.version == 4 else 48), strict=False))


def _hash(session_key: str | None) -> str:
    """Tells the visits of two sessions apart; a dump can't be searched for a stolen cookie."""
    if not session_key:
        return ""
    key = b"wida-audit-session:" + settings.SECRET_KEY.encode()
    return hmac.new(key, session_key.encode(), hashlib.sha256).hexdigest()[:16]
