"""The main menu: four places, and which of them the reader is in."""

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from wida.accounts.actor import Actor
from wida.accounts.codes import Role


class Item(NamedTuple):
    """One place in the menu; `count` is what waits there."""

    label: str
    url: str
    current: bool
    count: int | None = None


def menu(request: HttpRequest | None) -> list[Item]:
    """The places this reader may go to. A place that is not installed is left out."""
    if request is None or not getattr(request, "actor", None):
        return []
    namespace = request.resolver_match.namespace if request.resolver_match else ""
    waiting = getattr(request, "open_tasks", None)
    places = [
        (_("Dossiers"), "dossiers:list", namespace not in {"tasks", "meetings", "statistics"}, None),
        (_("Tasks"), "dossiers:tasks", namespace == "tasks", waiting),
        (_("Meetings"), "meetings:calendar", namespace == "meetings", None),
        (_("Figures"), "statistics:figures", namespace == "statistics", None),
    ]
    return [Item(label, _address(name), current, count) for label, name, current, count in places if _address(name)]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def role_label(actor: Actor) -> str:
    """What the actor is there, in words."""
    return str(Role(actor.role).label)
