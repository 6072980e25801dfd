"""Many people at once over few connections: no answer is ever meant for somebody else."""

import copy
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.server import address_of
from wida.access.walls import roles
from wida.accounts.models import SafeHome
from wida.dossiers.actions import start_dossier
from wida.dossiers.codes import Stage
from wida.records.sealing import keyring

REQUESTS, THREADS, CONNECTIONS = 200, 8, 2
NAMES = {"Limburg": "Zonnebloem", "Antwerpen": "Waterlelie"}


@pytest.fixture
def families(transactional_db):
    """A dossier in two houses, for the application's own account to read: nobody steps down from anything here."""
    roles.bootstrap(address_of(connection.settings_dict["NAME"]))
    with keyring(trusted=True):
        cast.organisations()
        limburg = cast.at(cast.new_dossier(family_name=NAMES["Limburg"]), Stage.EXECUTION)
        antwerpen = start_dossier(
            safe_home=SafeHome.objects.get(name="Antwerpen"),
            family_name=NAMES["Antwerpen"],
            by=cast.actor("coordinator.antwerpen"),
        )
    return {"Limburg": limburg.number, "Antwerpen": antwerpen.number}


@pytest.fixture
def small_pool(families, settings):
    """Every thread takes one of two connections, on which somebody else was a moment ago."""
    shared = connections.settings["default"]
    before = copy.deepcopy(shared)
    connection.close()
    shared["USER"], shared["CONN_MAX_AGE"] = roles.APP, 0
    shared["OPTIONS"]["pool"] = {"min_size": CONNECTIONS, "max_size": CONNECTIONS, "timeout": 60}
    settings.WIDA_STEPS_DOWN = False
    yield
    connection.close()
    connection.close_pool()
    shared.update(before)


def test_two_hundred_interleaved_requests_of_different_people(families, small_pool):
    readers = {
        "coordinator.limburg": {"Limburg"},
        "liaison.police-limburg": {"Limburg"},
        "casemanager.limburg": {"Limburg"},
        "coordinator.antwerpen": {"Antwerpen"},
        "liaison.clb-limburg": set(),
        "auditor.team": set(),
        None: set(),
    }
    clients = {login: cast.signed_in(login).cookies if login else None for login in readers}
    connection.close()
    chance = random.Random(200)
    wanted = [
        (chance.choice(list(readers)), chance.choice(["list", *families])) for _request in range(REQUESTS)
    ]

    def ask(login: str | None, what: str) -> tuple:
        client = Client(raise_request_exception=False)
        if clients[login]:
            client.cookies = clients[login]
        address = (
            reverse("dossiers:list")
            if what == "list"
            else reverse("dossiers:overview", args=[families[what]])
        )
        answer = client.get(address)
        backend = connection.connection.info.backend_pid if connection.connection else None
        connection.close()
        body = answer.content.decode()
        return (
            login,
            what,
            answer.status_code,
            {house for house, name in NAMES.items() if name in body},
            backend,
        )

    with ThreadPoolExecutor(THREADS) as threads:
        answers = list(threads.map(lambda request: ask(*request), wanted))

    wrong = []
    for login, what, status, shown, _backend in answers:
        may = readers[login]
        expected = may if what == "list" else may & {what}
        codes = {302} if login is None else {200} if what == "list" or expected else {404}
        if shown != expected or status not in codes:
            wrong.append((login, what, status, shown))
    assert wrong == []
    assert len(answers) == REQUESTS
    assert len({backend for *_answer, backend in answers if backend}) <= CONNECTIONS
