"""Talking to the provider: short, bounded and never somewhere else than asked."""

import time
from contextvars import ContextVar

import requests
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from requests.adapters import HTTPAdapter

MOST = 256 * 1024
# A request of ours, with everything it asks the provider, ends before this moment.
_deadline: ContextVar[float] = ContextVar("deadline", default=0.0)


class Bounded(HTTPAdapter):
    """Reads an answer whole, within the deadline and a size: a provider that drips can't hold a worker."""

    def send(self, request, stream=False, timeout=None, **more):
        response = super().send(request, stream=True, timeout=_left(), **more)
        body = bytearray()
        while chunk := response.raw.read1(8192, decode_content=True):
            body += chunk
            if len(body) > MOST:
                raise requests.exceptions.ContentDecodingError("the answer is too long")
            _left()
        response._content, response._content_consumed = bytes(body), True
        response.close()
        return response


def session() -> OAuth2Session:
    """A client of the provider. The deadline starts here."""
    provider = settings.WIDA_PROVIDER
    _deadline.set(time.monotonic() + provider["seconds"])
    client = OAuth2Session(
        client_id=provider["client_id"],
        client_secret=provider["client_secret"],
        scope=provider["scopes"],
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic",  # noqa: S106 - the name of a method
    )
    client.max_redirects = 0
    for scheme in ("https://", "http://"):
        client.mount(scheme, Bounded())
    return client


def _left() -> float:
    left = _deadline.get() - time.monotonic()
    if left <= 0:
        raise requests.exceptions.ReadTimeout("the provider takes too long")
    return left
