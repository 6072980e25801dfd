"""Signing in at an OpenID provider: the way there and back, and everything about the answer that could be forged.

Authlib fetches and knows the rules of an ID token; what it leaves to us is here: RS256 alone, the configured issuer
alone, the strength of the proof, and when it was given.
"""

import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from django.conf import settings
from django.http import HttpRequest
from joserfc import jwt
from joserfc.errors import InvalidClaimError, InvalidKeyIdError, JoseError, MissingClaimError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from wida.accounts import wire

FLOWS = "provider_flows"
FLOW_SECONDS, FLOWS_AT_ONCE = 600, 3
LEEWAY = 60
KEYS_SECONDS = 600


class Refused(Exception):
    """The provider's answer is no ground to let somebody in. `code` says why, for the trail."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


# What else a header claims, such as where a key is, counts for nothing.
RULES = JWSRegistry(algorithms=["RS256"], strict_check_header=False)
RULES.max_header_length, RULES.max_payload_length = 8 * 1024, 64 * 1024

FAILURES = (Refused, requests.RequestException)


def code_of(failure: Exception) -> str:
    return failure.code if isinstance(failure, Refused) else "provider_down"


@dataclass
class Known:
    """What a worker remembers of the provider for ten minutes. Worth nothing to anybody: it is public."""

    issuer: str = ""
    metadata: dict[str, Any] | None = None
    keys: KeySet | None = None
    until: float = 0.0


_known = Known()


def forget() -> None:
    """Asks the provider's description and keys again at the next sign-in."""
    _known.metadata = None


def configured() -> bool:
    return bool(settings.WIDA_PROVIDER["issuer"])


def begin(request: HttpRequest, *, back: str, after: str = "", means: str = "", fresh: bool = False) -> str:
    """The address at the provider to send the browser to. `means` narrows how they may prove themselves there;
    `fresh` asks it anew even of somebody who is signed in there.
    """
    provider = settings.WIDA_PROVIDER
    allowed = provider["acr_fresh"] if fresh else provider["acr"]
    asked = [acr for acr in allowed if acr == means] or allowed
    verifier, nonce, state = (secrets.token_urlsafe(48) for _ in range(3))
    more = {"prompt": "login", "max_age": "0"} if fresh else {}
    with wire.session() as client:
        metadata = _metadata(client)
        address, state = client.create_authorization_url(
            metadata["authorization_endpoint"],
            state=state,
            nonce=nonce,
            code_verifier=verifier,
            redirect_uri=back,
            acr_values=" ".join(asked),
            **more,
        )
    flows = _flows(request)
    flows[state] = {
        "nonce": nonce, "verifier": verifier, "at": time.time(), "after": after, "fresh": fresh, "back": back,
    }  # fmt: skip
    request.session[FLOWS] = dict(list(flows.items())[-FLOWS_AT_ONCE:])
    return address


def finish(request: HttpRequest) -> tuple[dict[str, Any], dict[str, Any]]:
    """The claims of who comes back from the provider, and the flow that `begin` started. Raises `Refused`."""
    flows = _flows(request)
    flow = flows.pop(request.GET.get("state", ""), None)
    request.session[FLOWS] = flows
    if flow is None:
        raise Refused("wrong_state")
    if request.GET.get("iss", settings.WIDA_PROVIDER["issuer"]) != settings.WIDA_PROVIDER["issuer"]:
        raise Refused("wrong_issuer")
    if "error" in request.GET:
        raise Refused("cancelled" if request.GET["error"] == "access_denied" else "provider_error")
    if not request.GET.get("code"):
        raise Refused("no_code")
    try:
        with wire.session() as client:
            claims = _exchanged(client, request.GET["code"], flow)
    except requests.RequestException:
        raise Refused("provider_down") from None
    _check_strength(claims, flow)
    return claims, flow


def logout_address(*, back: str, switch: bool = False) -> str:
    """Where signing out goes on, so that the provider forgets too; `switch` lets them come back as another."""
    with wire.session() as client:
        endpoint = _metadata(client).get("end_session_endpoint")
    if not endpoint:
        return back
    query = {"client_id": settings.WIDA_PROVIDER["client_id"], "post_logout_redirect_uri": back}
    return f"{endpoint}?{urlencode(query | ({'switch': 'true'} if switch else {}))}"


def _exchanged(client: OAuth2Session, code: str, flow: dict[str, Any]) -> dict[str, Any]:
    metadata = _metadata(client)
    try:
        token = client.fetch_token(
            metadata["token_endpoint"],
            grant_type="authorization_code",
            code=code,
            code_verifier=flow["verifier"],
            redirect_uri=flow["back"],
        )
    except (OAuthError, ValueError):
        raise Refused("code_refused") from None
    if not isinstance(token.get("id_token"), str):
        raise Refused("no_id_token")
    claims = _verified(client, token, flow["nonce"])
    if settings.WIDA_PROVIDER["roles_claim"] in claims:
        return claims
    return _completed(client, metadata, claims)


def _verified(client: OAuth2Session, token: dict[str, Any], nonce: str) -> dict[str, Any]:
    """The claims of the ID token, when the configured issuer signed them for us, now, for this sign-in."""
    provider = settings.WIDA_PROVIDER
    try:
        try:
            signed = jwt.decode(token["id_token"], _keys(client), registry=RULES)
        except InvalidKeyIdError:  # the provider may have a new key since
            signed = jwt.decode(token["id_token"], _keys(client, anew=True), registry=RULES)
        claims = CodeIDToken(
            signed.claims,
            signed.header,
            {"iss": {"essential": True, "value": provider["issuer"]},
             "aud": {"essential": True, "value": provider["client_id"]}},
            {"nonce": nonce, "client_id": provider["client_id"], "access_token": token.get("access_token")},
        )  # fmt: skip
        claims.validate(leeway=LEEWAY)
    except (MissingClaimError, InvalidClaimError) as error:
        raise Refused(f"claim_{error.claim}") from None
    except JoseError as error:
        raise Refused(f"token_{error.error}") from None
    except (ValueError, TypeError, KeyError):
        raise Refused("token_unreadable") from None
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise Refused("claim_sub")
    return dict(claims)


def _completed(client: OAuth2Session, metadata: dict[str, Any], claims: dict[str, Any]) -> dict[str, Any]:
    """Adds what the provider only tells at its userinfo address. It may speak of the same person alone, and may not
    contradict the signed token.
    """
    if "userinfo_endpoint" not in metadata:
        return claims
    answer = client.get(metadata["userinfo_endpoint"])
    answer.raise_for_status()
    told = _object(answer)
    if told.get("sub") != claims["sub"]:
        raise Refused("subject_swapped")
    return told | claims


def _check_strength(claims: dict[str, Any], flow: dict[str, Any]) -> None:
    """The provider names the proof only when asked, and we always ask: no name is no proof."""
    provider = settings.WIDA_PROVIDER
    if "acr" not in claims:
        raise Refused("acr_missing")
    if claims["acr"] not in (provider["acr_fresh"] if flow["fresh"] else provider["acr"]):
        raise Refused("acr_weak")
    if flow["fresh"] and not claims.get("auth_time", 0) > flow["at"] - LEEWAY:
        raise Refused("not_fresh")


def _metadata(client: OAuth2Session) -> dict[str, Any]:
    """The provider's own description, when it describes the issuer that the settings name."""
    issuer = settings.WIDA_PROVIDER["issuer"]
    if _known.metadata is None or _known.issuer != issuer or _known.until < time.monotonic():
        answer = client.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration", withhold_token=True)
        answer.raise_for_status()
        metadata = _object(answer)
        if metadata.get("issuer") != issuer:
            raise Refused("wrong_issuer")
        _known.issuer, _known.metadata, _known.keys = issuer, metadata, None
        _known.until = time.monotonic() + KEYS_SECONDS
    return _known.metadata


def _keys(client: OAuth2Session, *, anew: bool = False) -> KeySet:
    """The keys that the provider publishes. Where a token says its key is, is not asked."""
    metadata = _metadata(client)
    if _known.keys is None or anew:
        answer = client.get(metadata["jwks_uri"], withhold_token=True)
        answer.raise_for_status()
        _known.keys = KeySet.import_key_set(_object(answer))
    return _known.keys


def _object(answer: requests.Response) -> dict[str, Any]:
    try:
        told = answer.json()
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise Refused("provider_unreadable")
    return told


def _flows(request: HttpRequest) -> dict[str, Any]:
    """The sign-ins that this browser started and did not finish."""
    since = time.time() - FLOW_SECONDS
    return {state: flow for state, flow in request.session.get(FLOWS, {}).items() if flow["at"] > since}
