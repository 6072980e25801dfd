"""Twice is once: a double click, a resend after no answer, two tabs with one form: one effect, the same answer."""

import threading
from collections import Counter

import pytest
from django.db import connection, transaction
from django.urls import resolve, reverse

from tests import cast, counting, rich
from tests.addresses import every_address
from tests.drafts.typing import filled, form_at, keep, narrative
from tests.pages import Page
from tests.walk import rooms, walk
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.drafts.models import Draft
from wida.records.models import Submission
from wida.situation.models import Narrative

CAW = "liaison.caw-limburg"
# Sending these again does nothing more: they say what is so, or only ask.
SAY_THE_SAME_AGAIN = {
    "accounts:login",
    "accounts:logout",
    "accounts:language",
    "accounts:organisation",
    "accounts:remove_factor",
    "accounts:end_session",
    "accounts:change_person",
    "accounts:end_membership",
    "access:end_emergency",
    "access:see_alert",
    "dossiers:search",
    "dossiers:hide_names",
    "dossiers:new",
}


def test_every_form_that_writes_carries_a_key(house):
    """Found by walking every page of every room, as whoever sees most of it."""
    dossier = rich.everything()[0][Stage.EXECUTION]
    clients = [cast.signed_in(login) for login in (rich.COORDINATOR, CAW, "central.team", "admin.team")]
    without, seen = Counter(), set()
    root = reverse("dossiers:overview", args=[dossier.number])
    inside = [
        client for client in clients if client.get(root).status_code == 200
    ]  # for the others nothing is there
    for room in rooms():
        for place in walk(room, dossier, clients)[0].values():
            for client in inside if place.url.startswith(root) else clients:
                answer = client.get(place.url)
                if answer.status_code != 200:
                    continue
                for form in Page(answer).forms:
                    if form.method != "post":
                        continue
                    name = resolve(form.action).view_name
                    seen.add(name)
                    if name not in SAY_THE_SAME_AGAIN and "form_key" not in form.sent():
                        without[name] += 1

    assert len(inside) == 2
    assert dict(without) == {}
    assert len(seen) > 60


def twice(client, form) -> str:
    """Sends a form with a plausible answer to every question, and again as it was; says what was wrong."""
    data = rich.filled(form)
    first = client.post(form.action, data)
    if first.status_code != 303:
        return "refused"
    before = counting.rows()
    for file in (value for value in data.values() if hasattr(value, "seek")):
        file.seek(0)
    again = client.post(form.action, data)
    same = (again.status_code, again.get("Location")) == (303, first["Location"])
    return "" if same and counting.rows() == before else f"{again.status_code} {again.get('Location')}"


def outcomes(found) -> dict[str, str]:
    told = {}
    for name, client, form in found:
        with transaction.atomic():
            told[f"{name} {form.action}"] = twice(client, form)
            transaction.set_rollback(True)
    return told


def test_every_form_of_a_dossier_counts_once(house):
    _told, found = rich.everything()
    told = outcomes(
        (place.name, cast.signed_in(place.login), form) for place in found for form in place.forms
    )

    assert {name: wrong for name, wrong in told.items() if wrong not in ("", "refused")} == {}
    assert list(told.values()).count("") > 30


def test_every_form_outside_a_dossier_counts_once(house):
    clients = [cast.signed_in(login) for login in (rich.COORDINATOR, "central.team", "admin.team")]
    found = []
    for room in rooms():
        for place in walk(room, None, clients)[0].values():
            for client in clients:
                answer = client.get(place.url)
                forms = Page(answer).forms if answer.status_code == 200 else []
                found += [(place.name, client, form) for form in forms if "form_key" in form.sent()]
    told = outcomes(found)

    assert {name: wrong for name, wrong in told.items() if wrong not in ("", "refused")} == {}
    assert list(told.values()).count("") >= 2, told


@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_the_same_moment(house):
    """Real threads and connections: one text, one event, the same answer four times."""
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    address = narrative(dossier)
    data = filled(form_at(cast.signed_in(CAW), address), text="Een keer is genoeg.")
    clients = [cast.signed_in(CAW) for _click in range(4)]
    together, answers = threading.Barrier(len(clients)), []

    def click(client) -> None:
        together.wait()
        answer = client.post(address, data)
        answers.append((answer.status_code, answer["Location"]))
        connection.close()

    threads = [threading.Thread(target=click, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(answers)) == 1
    assert answers[0][0] == 303
    assert Narrative.objects.count() == 1
    assert Event.objects.filter(action="added", table="situation.narrative").count() == 1
    assert Submission.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_draft_kept_twice_at_the_same_moment(house):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    address = narrative(dossier)
    data = filled(form_at(cast.signed_in(CAW), address), text="Twee keer verstuurd.")
    clients = [cast.signed_in(CAW) for _click in range(2)]
    together, answers = threading.Barrier(2), []

    def send(client) -> None:
        together.wait()
        answers.append(keep(client, address, data).status_code)
        connection.close()

    threads = [threading.Thread(target=send, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [200, 200]
    assert Draft.objects.count() == 1


def test_the_walk_meets_every_room(house):
    assert len(rooms()) > 12
    assert {name for name in SAY_THE_SAME_AGAIN} <= {address.name for address in every_address()}
