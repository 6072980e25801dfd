"""No page of the product shuts anybody out: checked by axe-core on a desk, a phone and a small phone."""

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests import cast, rows
from tests.server import CHECKOUT
from tests.walk import Place, addresses_of, rooms, walk
from wida.demo.families import House, tell
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.records.sealing import keyring

WIDTHS = (1440, 390, 320)
AUTHOR, ANYBODY = "author", "anybody"
PARTNERS = tuple(f"liaison.{name}-limburg" for name in ("police", "caw", "ocj", "vk", "ggz", "ocmw"))
TEAM = ("coordinator.limburg", "casemanager.limburg", "casemanager2.limburg")


class Look(NamedTuple):
    """A family at a stage, what is added to it first, and who then looks."""

    stage: Stage
    logins: tuple[str, ...]
    prepare: Callable[[Dossier, Client], None] | None = None


# Where a room has something to show. The others are looked at while a plan is carried out.
LOOKS = {
    "access": (
        Look(Stage.EXECUTION, (*TEAM, *PARTNERS), rows.access),
        Look(Stage.EXECUTION, ("liaison.ggz-limburg",), rows.namesake),
        Look(Stage.EXECUTION, ("coordinator.antwerpen",), rows.emergency),
        Look(Stage.EXECUTION, ("coordinator.limburg",), rows.visitors),
    ),
    "accounts": (
        Look(Stage.BUILDING, (ANYBODY, AUTHOR, "admin.team", "coordinator.limburg"), rows.accounts),
    ),
    "dossiers": (
        Look(Stage.BUILDING, (AUTHOR,)),
        Look(Stage.FORMING, TEAM),
        Look(Stage.CLOSED, ("coordinator.limburg", AUTHOR)),
    ),
    "audit": (Look(Stage.EXECUTION, (*TEAM, *PARTNERS, "auditor.team"), rows.audit),),
    "drafts": (Look(Stage.EXECUTION, TEAM, rows.drafts),),
    "people": (
        Look(Stage.EXECUTION, (*TEAM, *PARTNERS), rows.people),
        Look(Stage.REFERRED, TEAM, rows.alike),
    ),
    "referrals": (
        Look(Stage.BUILDING, (AUTHOR,)),
        Look(Stage.REFERRED, ("coordinator.limburg", "prosecutor.limburg", AUTHOR), rows.referrals),
        Look(Stage.REFERRED, ("coordinator.limburg",), rows.refused),
        Look(Stage.EXECUTION, ("coordinator.limburg", "coordinator.antwerpen"), rows.offered),
    ),
    "sharing": (Look(Stage.REFERRED, TEAM), Look(Stage.FORMING, (*TEAM, *PARTNERS))),
    "closure": (
        Look(Stage.EXECUTION, TEAM),
        Look(Stage.WATCH, TEAM),
        Look(Stage.CLOSED, ("coordinator.limburg",)),
        Look(Stage.CLOSED, ("coordinator.limburg", "administrative.limburg"), rows.kept_long_enough),
    ),
}
# What shows no page of its own to these families, with the reason.
UNREACHED = {
    "access:end_emergency": "a button without a page",
    "accounts:from_provider": "the provider sends people back here, and it leads on",
    "accounts:invitation": "the link in a mail; tried where people are invited",
    "accounts:remove_factor": "nobody of these has a second factor; tried where factors are added",
    "accounts:second_factor": "nobody of these has a second factor; tried with axe where a passkey is made",
    "accounts:to_provider": "leads to the provider",
    "house_referrals:set_aside": "all that came in lies in a dossier; the same form as taking it",
    "inspection:inspection_answer": "a PDF, made for one person; tried where it is given",
    "referrals:letter_file": "a PDF, tried with its tags",
}


def looks(room: str) -> tuple[Look, ...]:
    return LOOKS.get(room) or (Look(Stage.EXECUTION, (*TEAM, *PARTNERS), rows.FILL.get(room)),)


# The blocks of a style sheet that hold up to a width, or from one on, and what they set.
NARROW = re.compile(r"@media \((?:max|min)-width: ([\d.]+)rem\) \{((?:[^{}]*\{[^{}]*\})*)\s*\}")
SETS = re.compile(r"([a-z-]+): ([^;}]+);")
LAYOUT = {
    "display", "font-size", "grid-template-columns", "justify-content", "margin", "max-inline-size", "padding-inline",
    "border-radius",
}  # fmt: skip

FORM = """[...document.querySelectorAll('main form[method=post]')]
  .find(form => new URL(form.action).pathname === location.pathname)"""
# Empties the form of a page and sends it, past everything the browser would check first.
SEND_EMPTY = f"""() => {{
  const form = {FORM};
  for (const one of form.elements) {{
    if (one.type === 'checkbox' || one.type === 'radio') one.checked = false;
    else if (one.type !== 'hidden' && one.type !== 'submit') one.value = '';
  }}
  form.submit();
}}"""


@pytest.fixture
def limburg(transactional_db):
    with keyring(trusted=True):
        cast.organisations()
        yield


@pytest.mark.parametrize("room", rooms())
def test_no_page_of_a_room_shuts_anybody_out(page, faults, limburg, room):
    wrong, seen, no_pages = [], set(), set()
    every = {address.name for address in addresses_of(room)}
    for number, look in enumerate(looks(room), 1):
        if every <= seen | no_pages | set(UNREACHED):
            break  # a page is looked at once
        dossier = tell(House("Limburg"), look.stage, random.Random(number), number)
        dossier.refresh_from_db()
        clients = [_sitting(login, dossier) for login in look.logins]
        if look.prepare:
            look.prepare(dossier, clients[0])
        found, others = walk(room, dossier, clients, seen | no_pages | set(UNREACHED))
        no_pages |= others
        for place in found.values():
            if place.name not in seen:
                wrong += _wrong_with(page, faults, place)
        seen |= set(found)

    assert wrong == []
    assert every - seen - no_pages - set(UNREACHED) == set()


def test_a_phone_shows_the_same_in_the_same_colours_as_the_narrowest():
    """So all of axe-core is asked on the narrowest, where text is smallest, and only what is measured on the other."""
    between = []
    for sheet in Path(CHECKOUT, "wida").glob("*/static/*/*.css"):
        for width, block in NARROW.findall(sheet.read_text()):
            if 320 < float(width) * 16 <= 390:
                between += SETS.findall(block)

    assert len(between) > 5
    assert {name for name, _value in between} <= LAYOUT
    assert "none" not in {value for _name, value in between}


ADD = (
    "css => { const own = new CSSStyleSheet(); own.replaceSync(css); document.adoptedStyleSheets.push(own) }"
)


@pytest.mark.parametrize(
    "fault",
    [
        "@media (max-width: 330px) { label { color: #bbb } }",
        "@media (max-width: 330px) { main { background: #777 } }",
        "@media (min-width: 330px) { h1 { display: none } } h1 { color: #bbb }",
        "h1 { color: #888; font-size: 30px } @media (max-width: 330px) { h1 { font-size: 16px; font-weight: 400 } }",
    ],
)
def test_colours_that_fail_on_a_narrow_screen_alone_are_found(page, faults, limburg, fault):
    page.goto(reverse("accounts:login"))
    page.evaluate(ADD, fault)

    found = []
    for width in (1440, 320):
        page.set_viewport_size({"width": width, "height": 900})
        found.append({one.partition(":")[0] for one in faults(page, width)})

    assert found == [set(), {"color-contrast"}]


def test_the_description_for_systems_shuts_nobody_out(page, faults, limburg):
    page.goto(reverse("api:docs"))

    assert _measure(page, faults, "api:docs", WIDTHS) == []
    led = set(
        page.evaluate("[...document.querySelectorAll('main a[href^=\"#\"]')].map(a => a.hash.slice(1))")
    )
    assert led - set(page.evaluate("[...document.querySelectorAll('main [id]')].map(one => one.id)")) == set()


def _sitting(login: str, dossier: Dossier) -> Client:
    if login == ANYBODY:
        return Client()
    return cast.signed_in(dossier.author.login if login == AUTHOR else login)


def _wrong_with(page, faults, place: Place) -> list[str]:
    """What axe-core and a ruler find on a page, and on what it answers to an empty form."""
    page.context.clear_cookies()
    if place.session:
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": place.session,
                    "domain": "localhost",
                    "path": "/",
                }
            ]
        )
    page.goto(place.url)
    wrong = _measure(page, faults, place.name, WIDTHS)
    if _refuses_empty(place) and page.evaluate(f"!!{FORM}"):
        with page.expect_navigation() as sent:
            page.evaluate(SEND_EMPTY)
        wrong += _measure(page, faults, f"{place.name}, sent empty ({sent.value.status})", (390,))
    return wrong


def _measure(page, faults, what: str, widths: tuple[int, ...]) -> list[str]:
    wrong = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        wrong += [f"{what} at {width}: {fault}" for fault in faults(page, width if len(widths) > 1 else 0)]
        beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        wrong += [f"{what} at {width}: scrolls sideways by {beyond}"] if beyond > 0 else []
    return wrong


def _refuses_empty(place: Place) -> bool:
    """Whether the page takes a form and refuses it when it is empty. Whatever it did is undone."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = place.session
    with transaction.atomic():
        status = client.post(place.url, {"csrfmiddlewaretoken": "any"}).status_code
        transaction.set_rollback(True)
    return status == 422
