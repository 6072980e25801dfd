"""Somebody types, and something breaks: the connection, the server, the sign-in. At most five seconds are lost."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from tests import cast
from tests.drafts.typing import narrative
from wida.accounts.models import Session
from wida.demo.organisations import PASSWORD
from wida.dossiers.codes import Stage
from wida.drafts.models import Draft
from wida.drafts.queries import words_of
from wida.records.sealing import keyring
from wida.situation import actions as situation
from wida.situation.models import Narrative

CHECKOUT = Path(__file__).resolve().parents[2]
CAW = "liaison.caw-limburg"
FIRST = "Ze belde om kwart over drie. "
SECOND = "Hij stond toen al in de gang, met de sleutel van de buren."
LOST_SECONDS = 5


@pytest.fixture
def dossier(transactional_db, house):
    return cast.at(cast.new_dossier(), Stage.EXECUTION)


def enter(page, login: str = CAW) -> None:
    """Signs in without the door: the cookie of a session."""
    session = cast.signed_in(login).cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "path": "/", "domain": "localhost"}
    page.context.add_cookies([cookie])


def kept() -> list[str]:
    """The text of every draft, newest first."""
    with keyring(trusted=True):
        return [words_of(draft).fields["text"][0] for draft in Draft.objects.order_by("-saved_at")]


def status(page):
    return page.locator("[data-saved]")


def saved(page):
    expect(status(page)).to_have_text(re.compile(r"^Concept bewaard om \d+\.\d\d uur$"))


def unsaved(page, why: str):
    expect(status(page)).to_contain_text(why)


def write(page, text: str):
    page.locator("#id_text").press_sequentially(text)


def test_the_line_is_always_true(page, dossier):
    enter(page)
    page.goto(narrative(dossier))
    expect(status(page)).to_be_empty()

    write(page, FIRST)
    unsaved(page, "Nog niet bewaard")
    saved(page)

    assert kept() == [FIRST]
    assert page.get_by_role("button", name="Bewaar als concept").is_hidden()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then(all => all.length)") == 0


def test_words_typed_without_a_pause_are_kept_within_five_seconds(page, dossier):
    enter(page)
    page.goto(narrative(dossier))
    begin = page.evaluate("Date.now()")

    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        while page.evaluate("Date.now()") - begin < LOST_SECONDS * 1000:
            page.locator("#id_text").press_sequentially("woord ", delay=40)

    assert answer.value.request.timing["startTime"] - begin <= LOST_SECONDS * 1000
    assert Draft.objects.exists()


def test_offline_while_typing(page, dossier):
    enter(page)
    page.goto(narrative(dossier))
    write(page, FIRST)
    saved(page)
    page.context.set_offline(True)

    write(page, SECOND)
    unsaved(page, "Niet bewaard: geen verbinding")
    assert kept() == [FIRST]
    page.context.set_offline(False)

    saved(page)
    assert kept() == [FIRST + SECOND]


def test_leaving_with_unsaved_words_asks_first(page, dossier):
    enter(page)
    page.goto(narrative(dossier))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    write(page, FIRST)
    saved(page)
    page.reload()
    assert asked == []

    page.context.set_offline(True)
    write(page, SECOND)
    unsaved(page, "Niet bewaard")
    with contextlib.suppress(Exception):  # there is nowhere to go: the connection is gone
        page.goto(narrative(dossier))

    assert asked == ["beforeunload"]


def test_a_closed_tab_loses_nothing_and_the_form_offers_it(page, dossier):
    enter(page)
    tab = page.context.new_page()
    tab.goto(narrative(dossier))
    write(tab, FIRST)
    tab.close()

    deadline = time.monotonic() + 40
    while not Draft.objects.exists() and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    page.goto(narrative(dossier))

    expect(page.locator(".offer")).to_contain_text("U hebt hier een concept van")
    page.get_by_role("link", name="Verdergaan").click()
    expect(page.locator("#id_text")).to_have_value(FIRST)
    saved(page)


def test_sign_in_ended_while_typing(page, dossier):
    enter(page)
    page.goto(narrative(dossier))
    write(page, FIRST)
    saved(page)
    Session.objects.all().delete()

    write(page, SECOND)
    unsaved(page, "Niet bewaard: u bent afgemeld")
    assert kept() == [FIRST]
    with page.context.expect_page() as opened:
        page.locator("[data-login]").click()
    sign_in(opened.value)
    page.bring_to_front()

    saved(page)
    assert kept() == [FIRST + SECOND]
    page.get_by_role("button", name="Beschrijving bewaren").click()
    page.wait_for_url("**/situation/#narratives")
    assert told() == [FIRST + SECOND]
    assert kept() == []


def test_somebody_else_who_signs_in_does_not_get_the_words(page, dossier):
    enter(page)
    page.goto(narrative(dossier))
    write(page, FIRST)
    saved(page)
    Session.objects.all().delete()
    enter(page, "liaison.ggz-limburg")

    write(page, SECOND)
    unsaved(page, "iemand anders meldde zich aan")

    assert kept() == [FIRST]


def test_server_killed_while_typing(page, dossier):
    port = free_port()
    origin = f"http://localhost:{port}"
    enter(page)
    with server(port):
        page.goto(origin + narrative(dossier))
        write(page, FIRST)
        saved(page)

    write(page, SECOND)
    unsaved(page, "Niet bewaard: geen verbinding")
    with server(port):
        saved(page)
        assert kept() == [FIRST + SECOND]

        page.goto(origin + narrative(dossier))
        page.get_by_role("link", name="Verdergaan").click()
        expect(page.locator("#id_text")).to_have_value(FIRST + SECOND)
        page.goto("about:blank")


def test_a_form_is_not_sent_while_nobody_answers(page, dossier):
    enter(page)
    page.goto(narrative(dossier))
    page.context.set_offline(True)
    write(page, FIRST)
    unsaved(page, "Niet bewaard: geen verbinding")

    page.get_by_role("button", name="Beschrijving bewaren").click()

    expect(page.locator("#id_text")).to_have_value(FIRST)
    page.context.set_offline(False)
    saved(page)
    page.get_by_role("button", name="Beschrijving bewaren").click()
    page.wait_for_url("**/situation/#narratives")
    assert told() == [FIRST.strip()]


def told() -> list[str]:
    with keyring(trusted=True):
        return [row.text for row in Narrative.objects.order_by("created_at")]


def sign_in(page) -> None:
    page.locator("[name=login]").fill(CAW)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/dossiers/")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def server(port: int):
    """A server of its own on the database of this test, killed at the end as a power cut would."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    command = [sys.executable, "-m", "gunicorn", "wida.wsgi", "--no-control-socket", "--workers", "1"]
    process = subprocess.Popen(
        [*command, "--bind", f"localhost:{port}", "--log-level", "warning"],
        cwd=CHECKOUT,
        env=os.environ | {"DATABASE_URL": database.geturl(), "DJANGO_SETTINGS_MODULE": "wida.settings"},
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=5),
            ):
                break
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_two_browsers_in_one_text(page, browser, live_server, dossier, faults):
    """Who comes second sees both, marks and all, and ends in one text with the words of both."""
    base = "De politie kwam drie keer tussen. De kinderen waren thuis."
    mine = "De politie kwam vier keer tussen, het laatst op 2 augustus. De kinderen waren thuis."
    theirs = (
        "De politie kwam vier keer tussen, het laatst op 20 juli. De kinderen waren thuis en zagen alles."
    )
    with keyring(trusted=True):
        standing = situation.tell(dossier=dossier, by=cast.actor(CAW), text=base, version=0)
    colleague = browser.new_context(base_url=live_server.url, locale="nl-BE").new_page()
    enter(page)
    enter(colleague)
    page.goto(narrative(dossier))
    colleague.goto(narrative(dossier))
    colleague.locator("#id_text").fill(theirs)
    colleague.get_by_role("button", name="Beschrijving bewaren").click()
    colleague.wait_for_url("**/situation/#narratives")
    colleague.context.close()

    page.locator("#id_text").fill(mine)
    page.get_by_role("button", name="Beschrijving bewaren").click()

    expect(page.get_by_text("Er is niets verloren.")).to_be_visible()
    assert told() == [theirs]
    assert page.locator(".versus del").all_text_contents() == ["[geschrapt: drie]"] * 2
    merged = page.get_by_label("De samengevoegde tekst")
    expect(merged).to_have_value(
        "De politie kwam vier keer tussen, het laatst op 2 augustus / 20 juli. De kinderen waren thuis en zagen alles."
    )
    assert faults(page) == []
    page.locator("label.choice", has_text="Uw tekst").click()
    expect(merged).to_be_hidden()
    page.locator("label.choice", has_text="Samenvoegen").click()
    merged.fill(merged.input_value().replace("2 augustus / 20 juli", "2 augustus"))
    page.get_by_role("button", name="Keuze bewaren").click()
    page.wait_for_url("**/situation/#narratives")

    assert told() == [
        "De politie kwam vier keer tussen, het laatst op 2 augustus. De kinderen waren thuis en zagen alles."
    ]
    assert Narrative.objects.get(pk=standing.pk).version == 3
    assert kept() == []
