"""What every test can ask for: the front door over HTTP, and the same door in a browser."""

import contextlib
import gc
import os
import shutil
import threading

import pytest
from django.db import connection
from django.test import TransactionTestCase
from playwright.sync_api import Error, expect, sync_playwright

from tests import axe, emptying, passwords
from tests.server import address_of
from wida.access.walls import roles

# A busy machine is slow, not wrong.
expect.set_options(timeout=40_000)

# Without these Chromium looks for its maker's servers at every start.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)

# A page that glides to where it goes is there later on a slow machine, and every frame costs.
STILL = {"reduced_motion": "reduce"}

# What takes minutes begins first, so that no worker is left with it at the end.
LONGEST = (
    *("test_setup", "test_kills", "test_faults", "test_migrations"),
    *("test_worked_example", "test_accessibility"),
)


def pytest_collection_modifyitems(items):
    """The browser tests come last: what breaks without a browser is told sooner."""
    items.sort(
        key=lambda item: (
            "browser" in getattr(item, "fixturenames", ()),
            not item.module.__name__.endswith(LONGEST),
        )
    )


def pytest_collection_finish():
    """What is there now stays. To look through it for waste, over and over, would cost a twentieth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Each test database is a copy of the one that `tests.server` migrated."""
    connection.settings_dict["TEST"]["TEMPLATE"] = os.environ.get("WIDA_TEST_TEMPLATE")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The copy is handed to the accounts as the original was: rights on a database aren't copied with it."""
    with django_db_blocker.unblock():
        roles.bootstrap(address_of(connection.settings_dict["NAME"]))
        emptying.remember()
    TransactionTestCase._fixture_teardown = emptying.bring_back
    passwords.cost(passwords.LITTLE)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the run. Its absence is a failure, since a skipped test would look like a passed one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    assert program, "the browser tests need Chromium: install the package chromium"
    # Chromium refuses its sandbox to root, and these pages are our own.
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(QUIET)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, live_server):
    """A fresh visitor at the front door. Fails the test when the page's scripts or its security policy complain."""
    context = browser.new_context(
        base_url=live_server.url, locale="nl-BE", timezone_id="Europe/Brussels", **STILL
    )
    context.set_default_timeout(40_000)
    visitor = context.new_page()
    complaints = []
    visitor.on("pageerror", lambda error: complaints.append(str(error)))
    visitor.on("console", lambda line: complaints.append(line.text) if _is_complaint(line) else None)
    yield visitor
    _leave(context)
    assert complaints == []


@pytest.fixture
def page_without_scripts(browser, live_server):
    """The same visitor with JavaScript off."""
    context = browser.new_context(
        base_url=live_server.url, locale="nl-BE", java_script_enabled=False, **STILL
    )
    context.set_default_timeout(40_000)
    yield context.new_page()
    _leave(context)


@pytest.fixture
def faults():
    """Asks axe-core what a page does wrong against WCAG 2.2 AA: `faults(page) == []`."""
    return axe.faults


def _leave(context) -> None:
    """Closes a visitor's pages and waits for what they sent when leaving, so that emptying the tables meets nobody."""
    for left in context.pages:
        with contextlib.suppress(Error):  # a form with unsaved words asks whether to stay
            left.goto("about:blank", timeout=2_000)
    context.close()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:  # of the server: its browser is gone
            thread.join(timeout=5)
    busy = """select count(*) from pg_stat_activity, pg_sleep(0.03)
        where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'"""
    quiet = 0
    with connection.cursor() as cursor:
        for _time in range(500):
            cursor.execute(busy)
            quiet = 0 if cursor.fetchone()[0] else quiet + 1
            if quiet == 10:
                return
    raise AssertionError("the server still works on what a visitor sent")


def _is_complaint(line) -> bool:
    """Errors of scripts and of the security policy; not the browser's note of an answer such as 409 or 422."""
    return line.type == "error" and "Failed to load resource" not in line.text


@pytest.fixture
def house(db):
    """The organisations and accounts of the tests, and a key ring so that a test can read what it made."""
    from tests import cast
    from wida.records.sealing import keyring

    with keyring(trusted=True):
        cast.organisations()
        yield
