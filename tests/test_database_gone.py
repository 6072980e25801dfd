"""The database goes away in the midst of a request: whatever layer meets it, the answer is 503, nothing half."""

import itertools

import psycopg
import pytest
from django.db import connection
from django.urls import reverse

from tests import cast
from tests.api import systems
from tests.api.systems import System, report
from tests.server import address_of
from wida.api.models import PoliceReport
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.people.models import Person

LIMBURG = "coordinator.limburg"
SHORT = report(persons=report()["persons"][:1], measures=[], facts=[report()["facts"][0] | {"forms": []}])


@pytest.fixture
def lasting(transactional_db, house):
    """A request commits here as it does in production."""


class Ends:
    """Ends the connection's other side once so many statements were answered."""

    def __init__(self, after: int):
        self.left, self.done = after, False

    def __call__(self, execute, *asked):
        answer = execute(*asked)
        self.left -= 1
        if self.left == 0:
            self.end()
        return answer

    def end(self) -> None:
        self.done = True
        with psycopg.connect(address_of(connection.settings_dict["NAME"]), autocommit=True) as other:
            other.execute("select pg_terminate_backend(%s, 30000)", [connection.connection.info.backend_pid])


def ended_after_each_statement(ask, step: int = 1):
    """The answers when the database goes after the first statement, the second …; at last it doesn't go any more."""
    for after in itertools.count(1, step):
        ends = Ends(after)
        connection.ensure_connection()
        with connection.execute_wrapper(ends):
            answer = ask()
        connection.close()
        yield answer
        if not ends.done:
            return


def test_a_system_hears_503_and_sends_again(lasting, settings):
    with systems.issuer(settings) as issuer:
        system = System(issuer)
        system.client.raise_request_exception = False
        *refused, taken = ended_after_each_statement(lambda: system.post(SHORT), step=4)

    assert {(answer.status_code, answer["Retry-After"], answer.json()["code"]) for answer in refused} == {
        (503, "5", "not_now")
    }
    assert taken.status_code == 202
    assert PoliceReport.objects.count() == 1
    assert Dossier.objects.count() == 1


def test_a_system_that_is_refused_hears_it_or_503(lasting, settings):
    with systems.issuer(settings) as issuer:
        system = System(issuer, scope="something-else")
        system.client.raise_request_exception = False
        answers = [*ended_after_each_statement(lambda: system.post(report()))]

    told = [answer.json()["status"] for answer in answers]
    assert told == [answer.status_code for answer in answers]
    assert (set(told), told[0], told[-1]) == ({403, 503}, 503, 403)
    # Whoever heard the refusal is in the trail.
    assert Event.objects.filter(action="refused").count() == told.count(403)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_person_sees_a_plain_page(lasting, method):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    client = cast.signed_in(LIMBURG)
    client.raise_request_exception = False
    typed = {"group": "kind", "given_name": "Mila", "family_name": "Aerdman", "sex": "vrouw"}
    address = reverse("people:add_person", args=[dossier.number])
    before = Person.objects.count()

    *refused, done = ended_after_each_statement(lambda: getattr(client, method)(address, typed))

    assert {(answer.status_code, answer["Retry-After"]) for answer in refused} == {(503, "5")}
    assert all("even niet bereikbaar" in answer.content.decode() for answer in refused)
    assert done.status_code == {"get": 200, "post": 303}[method]
    assert Person.objects.count() - before == (method == "post")
