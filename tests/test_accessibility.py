"""No page of the product shuts anybody out: checked by axe-core on a desk, a phone and a small phone."""

import random

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from tests import cast, rows
from tests.walk import Place, addresses_of, rooms, walk
from wida.demo.families import House, tell
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.records.sealing import keyring

WIDTHS = (1440, 390, 320)
AUTHOR, ANYBODY = "author", "anybody"
PARTNERS = tuple(f"liaison.{name}-limburg" for name in ("police", "caw", "ocj", "vk", "ggz", "ocmw"))
TEAM = ("coordinator.limburg", "casemanager.limburg", "casemanager2.limburg")

# At which stages a room has something to show, and who looks. The others are looked at while a plan is carried out.
USUALLY = ((Stage.EXECUTION, (*TEAM, *PARTNERS)),)
LOOKS = {
    "accounts": ((Stage.BUILDING, (ANYBODY, AUTHOR)),),
    "dossiers": (
        (Stage.BUILDING, (AUTHOR,)),
        (Stage.FORMING, TEAM),
        (Stage.CLOSED, ("coordinator.limburg", AUTHOR)),
    ),
    "referrals": (
        (Stage.BUILDING, (AUTHOR,)),
        (Stage.REFERRED, ("coordinator.limburg", "prosecutor.limburg")),
    ),
    "sharing": ((Stage.REFERRED, TEAM), (Stage.FORMING, (*TEAM, *PARTNERS))),
    "closure": (
        (Stage.EXECUTION, TEAM),
        (Stage.WATCH, TEAM),
        (Stage.CLOSED, ("coordinator.limburg",)),
    ),
}

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
    wrong, reached = [], set()
    for stage, logins in LOOKS.get(room, USUALLY):
        dossier = tell(House("Limburg"), stage, random.Random(1), 1)
        dossier.refresh_from_db()
        clients = [_sitting(login, dossier) for login in logins]
        if stage not in (Stage.BUILDING, Stage.CLOSED) and stage == LOOKS.get(room, USUALLY)[-1][0]:
            rows.fill(room, dossier, clients[0])
        found, no_pages = walk(room, dossier, clients)
        reached |= {*found, *no_pages}
        for place in found.values():
            wrong += _wrong_with(page, faults, place)

    assert wrong == []
    assert {address.name for address in addresses_of(room)} - reached == set()


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
    wrong = _measure(page, faults, place.name)
    if _refuses_empty(place) and page.evaluate(f"!!{FORM}"):
        with page.expect_navigation() as sent:
            page.evaluate(SEND_EMPTY)
        wrong += _measure(page, faults, f"{place.name}, sent empty ({sent.value.status})")
    return wrong


def _measure(page, faults, what: str) -> list[str]:
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wrong += [f"{what} at {width}: {fault}" for fault in faults(page)]
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
