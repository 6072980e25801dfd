"""The counts in the menu may be some seconds old, but not for who changed something."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import cast
from wida.accounts.codes import Role
from wida.dossiers.codes import Stage, TaskKind
from wida.dossiers.tasks import plan
from wida.web import waiting


@pytest.fixture
def kept(settings):
    settings.WIDA_COUNTS_SECONDS = 15
    waiting._kept.clear()
    yield
    waiting._kept.clear()


def tasks(client) -> int:
    menu = client.get("/dossiers/").content.decode().split('class="mainnav', 1)[1].split("</nav>", 1)[0]
    found = re.search(r'/tasks/"[^>]*>.*?<span class="counter">(\d+)', menu)
    return int(found[1]) if found else 0


def new_task():
    dossier = cast.at(cast.new_dossier(), Stage.REFERRED)
    plan(
        dossier,
        kind=TaskKind.CHECK_REFERRAL,
        due=timezone.localdate(),
        source=dossier,
        role=Role.COORDINATOR,
        by=cast.actor("liaison.caw-limburg"),
    )


def test_others_changes_show_after_some_seconds_and_ones_own_at_once(house, kept, settings):
    new_task()
    client, colleague = (cast.signed_in("coordinator.limburg") for _browser in range(2))
    assert tasks(client) == 1

    new_task()
    assert tasks(client) == 1

    language = client.post(reverse("accounts:language"), {"language": "en", "next": "/dossiers/"})
    assert language.status_code in (302, 303)
    cookie = client.cookies[settings.WIDA_CHANGED_COOKIE]
    assert (cookie.value, cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("1", 15, True, "Lax")
    assert tasks(client) == 2
    assert tasks(colleague) == 2


def test_a_page_costs_one_statement_less_meanwhile(house, kept):
    client = cast.signed_in("coordinator.limburg")
    client.get("/tasks/")
    with CaptureQueriesContext(connection) as again:
        client.get("/tasks/")
    waiting._kept.clear()
    with CaptureQueriesContext(connection) as anew:
        client.get("/tasks/")
    assert len(anew) - len(again) == 1
