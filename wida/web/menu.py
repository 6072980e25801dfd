"""The main menu: the places to go, and which of them the reader is in."""

from typing import NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wida.accounts.actor import Actor
from wida.accounts.codes import HOUSE_ROLES, Role
from wida.consults.queries import may_note
from wida.web.addresses import address, address_if_any
from wida.web.waiting import waiting

# Pages of a dossier that whoever refers sees as part of their referral.
REFERRING = {"referrals:step", "referrals:own_referral", "referrals:complete"}


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
    here = request.resolver_match.view_name if request.resolver_match else ""
    if not request.actor.reads_dossiers:
        signals = Item(
            _("Policy signals"), address("house_plans:policy_signals"), here.startswith("house_plans:")
        )
        figures = Item(_("Figures"), address("house_figures:figures"), here.startswith("house_figures:"))
        legend = Item(_("Legend"), address("house_risk:legend"), here.startswith("house_risk:"))
        trail = Item(_("The trail"), address("house_audit:events"), here.startswith("house_audit:"))
        accounts = Item(_("Accounts"), address("accounts:people"), here.startswith("accounts:"))
        reports = Item(_("Reports to place"), address("house_api:unplaced"), here.startswith("house_api:"))
        access = Item(_("Access"), address("house_access:categories"), here.startswith("house_access:"))
        return {
            Role.CENTRAL_TEAM: [figures, signals, legend, access],
            Role.AUDITOR: [trail, legend, access],
            Role.FUNCTIONAL_ADMIN: [accounts, reports, legend],
        }.get(request.actor.role, [legend])
    coordinates = request.actor.role == Role.COORDINATOR
    to_do, to_see = waiting(request)
    places = [
        (_("Dossiers"), "dossiers:list", _in_dossiers(request, here), None),
        (
            _("Referrals"),
            "house_referrals:queue" if request.actor.role in HOUSE_ROLES else "house_referrals:referrals",
            here.startswith(("house_referrals:", "house_api:")) or here in REFERRING,
            None,
        ),
        (_("Tasks"), "dossiers:tasks", here == "dossiers:tasks", to_do),
        (_("Meetings"), "house_meetings:meetings", here.startswith("house_meetings:"), None),
    ]
    if may_note(request.actor):
        places.insert(2, (_("Consults"), "consults:consults", here.startswith("consults:"), None))
    if coordinates:
        places.append((_("Access"), "house_access:review", here.startswith("house_access:"), to_see))
        places.append((_("Figures"), "house_figures:figures", here.startswith("house_figures:"), None))
    return [
        Item(label, address_if_any(name), current, count)
        for label, name, current, count in places
        if address_if_any(name)
    ]


def _in_dossiers(request: HttpRequest, here: str) -> bool:
    if here.startswith("dossiers:"):
        return here != "dossiers:tasks"
    return request.path.startswith("/dossiers/") and here not in REFERRING


def role_label(actor: Actor) -> str:
    """What the actor is there, in words."""
    return str(Role(actor.role).label)
