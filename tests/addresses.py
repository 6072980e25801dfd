"""Every address of the product, read from the URL list, so that a new one is covered by itself."""

import re
from typing import NamedTuple
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

NOTHING = UUID("01980000-0000-7000-8000-000000000000")


# Arguments that are words or counts, not ids.
WORDS = {
    "name": "submit",
    "kind": "incident",
    "subject": "escalatie",
    "lane": "caw",
    "page": "parts",
    "version_number": 999,
    "factor_id": 999,
}


class Address(NamedTuple):
    name: str
    arguments: tuple[str, ...]
    view: object


def every_address() -> list[Address]:
    """All named views with the names of their arguments, rooms by room."""
    return list(_walk(get_resolver(), "", ()))


def of_dossiers() -> list[Address]:
    return [address for address in every_address() if "number" in address.arguments]


def arguments_for(address: Address, number: str) -> dict[str, object]:
    """Arguments that lead to a dossier, and in it to a row that isn't there."""
    values = {"number": number, **WORDS}
    return {name: values.get(name, NOTHING) for name in address.arguments}


def without_tokens(answer) -> str:
    """The page without what is new each time: the CSRF token, the form key, the time, and the address
    that was asked for.
    """
    page = answer.content.decode().replace(answer.request["PATH_INFO"], "")
    page = re.sub(r'<p class="paper-only".*?</p>', "", page)  # tells the minute
    return re.sub(r'value="[A-Za-z0-9-]{32,64}"', "", page)


def _walk(resolver, namespace: str, inherited: tuple[str, ...]):
    for pattern in resolver.url_patterns:
        own = tuple(pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            deeper = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, deeper, inherited + own)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield Address(f"{namespace}{pattern.name}", inherited + own, pattern.callback)
