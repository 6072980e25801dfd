"""From which computer a request comes."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

BROWSERS = (("Firefox/", "Firefox"), ("Edg/", "Edge"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
           ("Mac OS X", "macOS"), ("Linux", "Linux"))  # fmt: skip


def address_of(request: HttpRequest) -> str:
    """The nearest address that isn't one of our proxies. What a browser claims about itself is not believed."""
    seen = request.META.get("REMOTE_ADDR", "")
    claims = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    while claims and _is_ours(seen):
        seen = claims.pop()
    return seen if _is_address(seen) else ""


def device_of(request: HttpRequest) -> str:
    """Browser and system, as far as the browser says: enough to tell one's own sessions apart."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part)


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
