"""Every page of a room that somebody can reach, found by following links and forms as they would."""

import re
from collections import deque
from collections.abc import Set
from typing import NamedTuple

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from tests.addresses import Address, every_address
from wida.dossiers.models import Dossier

# The page of another room on which a room without a tab begins.
ENTRANCES = {"inspection": "access:access"}
LINK = re.compile(r'(?:href|action)="([^"#?]+)')


class Place(NamedTuple):
    """A page, and the session of whoever reached it."""

    name: str
    url: str
    session: str


def addresses_of(room: str) -> list[Address]:
    return [address for address in every_address() if _room(address.name) == room]


def rooms() -> list[str]:
    return sorted({_room(address.name) for address in every_address()})


def walk(
    room: str, dossier: Dossier | None, clients: list[Client], done: Set[str] = frozenset()
) -> tuple[dict[str, Place], set[str]]:
    """One page per address of the room, by whoever reaches it first; and the addresses that are no pages.

    Follows links, and then tries with the ids that were met where no link leads: to forms of a page of their own.
    Nobody sets out any more when all addresses are known, but for those that are `done`: there is nothing to add.
    """
    every = {address.name for address in addresses_of(room)}
    number = dossier.number if dossier else ""
    found: dict[str, Place] = {}
    no_pages: set[str] = set()
    ids: dict[str, object] = {"number": number} if number else {}
    for client in clients:
        if every <= {*found, *no_pages, *done}:
            break
        waiting, tried = deque(_reachable(room, ids, set())), set()
        if room in ENTRANCES and number:
            waiting.extend(LINK.findall(client.get(reverse(ENTRANCES[room], args=[number])).content.decode()))
        while waiting:
            url = waiting.popleft()
            match = _match(url, number)
            if url not in tried and match and _room(match.view_name) == room and match.view_name not in tried:
                tried.add(url)
                answer = client.get(url)
                if answer.status_code == 200:
                    tried.add(match.view_name)
                    ids |= match.kwargs
                if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                    found.setdefault(match.view_name, Place(match.view_name, url, _session(client)))
                    waiting.extend(LINK.findall(answer.content.decode()))
                elif answer.status_code in (200, 405):
                    no_pages.add(match.view_name)
            if not waiting:
                guesses = _reachable(room, ids, {*found, *no_pages})
                waiting.extend(url for url in guesses if url not in tried)
    return found, no_pages


def _reachable(room: str, ids: dict, known: set[str]) -> list[str]:
    """The addresses that need no more than what is known."""
    return [
        reverse(address.name, kwargs={name: ids[name] for name in address.arguments})
        for address in addresses_of(room)
        if address.name not in known and set(address.arguments) <= set(ids)
    ]


def _room(name: str) -> str:
    """The pages across dossiers stand in the same room."""
    return name.partition(":")[0].removeprefix("house_")


def _match(url: str, number: str):
    """What an address of ours stands for, unless it leads into another dossier."""
    try:
        match = resolve(url)
    except Resolver404:
        return None
    return match if match.kwargs.get("number", number) == number else None


def _session(client: Client) -> str:
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie.value if cookie else ""
