"""From which computer a request comes."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The nearest address that isn't one of our proxies. What a browser claims about itself is not believed."""
    seen = request.META.get("REMOTE_ADDR", "")
    claims = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    while claims and _is_ours(seen):
        seen = claims.pop()
    return seen if _is_address(seen) else ""


def _is_ours(address: str) -> bool:
    # A server on a Unix socket has no address; only the proxy reaches it.
    if not address:
        return bool(settings.WIDA_PROXIES)
    return _is_address(address) and any(
        ip_address(address) in ip_network(proxy, strict=False) for proxy in settings.WIDA_PROXIES
    )


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
