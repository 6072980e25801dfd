"""Bearer tokens: signed by the configured issuer, RS256 alone, for us, now, and for what is asked.

Where a token says that its key is counts for nothing. The issuer's keys are remembered for ten minutes; for a key that
isn't among them they are asked again, at most once a minute, so that nobody can make us ask.
"""

import contextlib
import time
from dataclasses import dataclass
from typing import Any, NamedTuple

import requests
from django.conf import settings
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from wida.accounts import wire
from wida.accounts.provider import LEEWAY, RULES
from wida.api.problems import Refusal

KEYS_SECONDS, STALE_SECONDS, AGAIN_SECONDS = 600, 3600, 60


class Bearer(NamedTuple):
    """Who a token speaks for at its issuer, and for what."""

    subject: str
    scopes: frozenset[str]


@dataclass
class Known:
    """What a worker remembers of the issuer. It is public."""

    issuer: str = ""
    keys: KeySet | None = None
    at: float = 0.0
    asked: float = float("-inf")


_known = Known()


def forget() -> None:
    _known.keys, _known.asked = None, float("-inf")


def read(header: str) -> Bearer:
    """The bearer of an Authorization header, else a refusal that names the fault."""
    kind, _space, token = header.partition(" ")
    if kind.lower() != "bearer" or not token.strip() or not settings.WIDA_API["issuer"]:
        raise Refusal(401)
    claims = _verified(token.strip())
    subject, scope = claims.get("sub"), claims.get("scope", "")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255 or "\0" in subject:
        raise Refusal(401, "claim_sub")
    scopes = scope.split() if isinstance(scope, str) else scope
    if not isinstance(scopes, list):
        raise Refusal(401, "claim_scope")
    return Bearer(subject, frozenset(one for one in scopes if isinstance(one, str)))


def _verified(token: str) -> dict[str, Any]:
    rules = JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": settings.WIDA_API["issuer"]},
        aud={"essential": True, "value": settings.WIDA_API["audience"]},
        exp={"essential": True},
    )
    try:
        try:
            signed = jwt.decode(token, _keys(), registry=RULES)
        except InvalidKeyIdError:
            signed = jwt.decode(token, _keys(anew=True), registry=RULES)
        if not isinstance(signed.claims, dict):
            raise Refusal(401, "token_unreadable")
        rules.validate(signed.claims)
    except ExpiredTokenError:
        raise Refusal(401, "token_expired") from None
    except JoseError as error:
        claim = getattr(error, "claim", "")
        raise Refusal(401, f"claim_{claim}" if claim else f"token_{error.error}") from None
    except (ValueError, TypeError, KeyError):
        raise Refusal(401, "token_unreadable") from None
    return dict(signed.claims)


def _keys(*, anew: bool = False) -> KeySet:
    now, issuer = time.monotonic(), settings.WIDA_API["issuer"]
    if _known.issuer != issuer:
        _known.issuer = issuer
        forget()
    wanted = _known.keys is None or now - _known.at > KEYS_SECONDS or anew
    if wanted and now - _known.asked > (AGAIN_SECONDS if _known.keys else 1):
        _known.asked = now
        # What is remembered holds for a while: an issuer that is down stops nobody who has a token.
        with contextlib.suppress(requests.RequestException, ValueError, TypeError, KeyError, JoseError):
            _known.keys, _known.at = _fetched(), now
    if _known.keys is None or now - _known.at > STALE_SECONDS:
        raise Refusal(503, "issuer_down")
    return _known.keys


def _fetched() -> KeySet:
    with wire.session() as client:
        address = settings.WIDA_API["keys"]
        if not address:
            place = settings.WIDA_API["issuer"].rstrip("/") + "/.well-known/openid-configuration"
            described = client.get(place, withhold_token=True)
            described.raise_for_status()
            told = described.json()
            if told["issuer"] != settings.WIDA_API["issuer"]:
                raise ValueError("another issuer")
            address = told["jwks_uri"]
        answer = client.get(address, withhold_token=True)
        answer.raise_for_status()
        return KeySet.import_key_set(answer.json())
