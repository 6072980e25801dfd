"""What the claims of the access management mean: who somebody is, for which organisation, in which roles."""

from typing import Any, NamedTuple

from django.conf import settings

from wida.accounts.codes import Role
from wida.accounts.provider import Refused

GROUPS = frozenset({"GID", "LB", "OV", "EA", "VER"})  # organisations; BUR is a citizen


class Arrival(NamedTuple):
    """Somebody who comes from the provider. They stand for one organisation: another is another sign-in."""

    issuer: str
    subject: str
    name: str
    organisation_code: str
    roles: frozenset[str]
    national_number: str = ""


def read(claims: dict[str, Any]) -> Arrival:
    """Raises `Refused` for a citizen, and for who has no organisation."""
    group = claims.get("vo_doelgroepcode")
    if group not in GROUPS:
        raise Refused("citizen" if group == "BUR" else "no_group")
    code = claims.get("vo_orgcode")
    if not isinstance(code, str) or not code:
        raise Refused("no_organisation")
    names = [claims.get(part) for part in ("given_name", "family_name")]
    name = " ".join(part.strip() for part in names if isinstance(part, str))
    return Arrival(
        issuer=claims["iss"],
        subject=claims["sub"],
        name=name[:80] or claims["sub"][:80],
        organisation_code=code,
        roles=_roles(claims.get(settings.WIDA_PROVIDER["roles_claim"]), code),
        national_number=_text(claims.get("rrn")),
    )


def _text(told: Any) -> str:
    return told if isinstance(told, str) else ""


def _roles(told: Any, code: str) -> frozenset[str]:
    """The roles at this organisation, from values as `WIDAGebruiker-coordinator:OVO001234, 0206731645`."""
    values = told if isinstance(told, list) else [told]
    found = set()
    for value in values:
        right, _, organisations = value.partition(":") if isinstance(value, str) else ("", "", "")
        if code in {organisation.strip() for organisation in organisations.split(",")}:
            context = right.rpartition("-")[2].strip()
            found.add(settings.WIDA_PROVIDER["roles"].get(context, context.lower()))
    return frozenset(found & set(Role.values))
