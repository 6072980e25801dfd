"""Every form of a dossier, sent as nobody should: it is refused in words, nothing is lost, and nothing is written."""

import re
import uuid

import pytest
from django.db import transaction
from django.test import Client

from tests import cast, counting, rich
from tests.addresses import NOTHING
from tests.pages import Form, Page

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LONG = "a" * 30_000
HOSTILE = "<script>alert(1)</script> é 👩‍👧 'or 1=1--"
ANSWERS = {303, 404, 409, 422}
TYPED = ("text", "textarea")
# What is written on purpose although the request is refused, or before it is known to be.
TRACES = {"audit_event", "accounts_session"}


def empty(form: Form) -> dict:
    return {field.name: "" for field in form.fields if field.kind != "submit"}


def too_long(form: Form) -> dict:
    return rich.filled(form) | {field.name: LONG for field in form.fields if field.kind in TYPED}


# A reason is taken as it is, and the address is shown for that one answer.
SHOWN_AT_ONCE = {("people:reveal_address", 200)}


def nul(form: Form) -> dict:
    return rich.filled(form) | {field.name: "voor\0na" for field in form.fields if field.kind in TYPED}


def hostile(form: Form) -> dict:
    return rich.filled(form) | {field.name: HOSTILE for field in form.fields if field.kind in TYPED}


def wrong_choices(form: Form) -> dict:
    chosen = {field.name for field in form.fields if field.kind in ("select", "radio", "checkbox", "hidden")}
    return rich.filled(form) | {name: str(uuid.uuid4()) for name in chosen if name != "form_key"}


def not_a_choice(form: Form) -> dict:
    chosen = {field.name for field in form.fields if field.kind in ("select", "radio", "checkbox", "hidden")}
    return rich.filled(form) | {name: "\0" + HOSTILE for name in chosen}


WAYS = (empty, too_long, nul, hostile, wrong_choices, not_a_choice)


def typed(form: Form) -> set[str]:
    return {field.name for field in form.fields if field.kind in TYPED}


@pytest.fixture
def forms(house):
    """(name, login, form) of every form that writes, and the buttons without a page as forms without a field."""
    _told, found = rich.everything()
    sent = [(place.name, place.login, form) for place in found for form in place.forms]
    sent += [(place.name, place.login, Form(place.path, "post", ())) for place in found if place.page is None]
    return sent


def send(client: Client, form: Form, data: dict, before: dict[str, int]):
    """The answer, and the tables that a refusal wrote in. Everything is undone afterwards."""
    with transaction.atomic():
        written = counting.written()
        answer = client.post(form.action, data)
        wrote = {table for table, _times in counting.written() ^ written} & before.keys() - TRACES
        refused = wrote if answer.status_code >= 400 else ()
        more = (
            [table for table, count in counting.rows(refused).items() if count != before[table]]
            if refused
            else []
        )
        transaction.set_rollback(True)
    return answer, more


def kept(answer, form: Form) -> set[str]:
    """The text fields that stand in an answer as they were typed."""
    shown = [field for other in Page(answer).forms if other.action == form.action for field in other.fields]
    return {field.name for field in shown if field.kind in TYPED and field.value == HOSTILE}


def test_every_form_refuses_what_it_cannot_use(forms):
    clients = {login: cast.signed_in(login) for _name, login, _form in forms}
    for client in clients.values():
        client.raise_request_exception = False
    before = counting.rows()

    wrong, written, lost, open_to_scripts = [], [], [], []
    for name, login, form in forms:
        for way in WAYS:
            answer, changed = send(clients[login], form, way(form), before)
            case = (name, way.__name__, answer.status_code)
            if answer.status_code not in ANSWERS and (name, answer.status_code) not in SHOWN_AT_ONCE:
                wrong.append(case)
            if changed:
                written.append((*case, changed))
            if b"<script>alert" in answer.content:
                open_to_scripts.append(case)
            if answer.status_code == 422 and way is hostile and (gone := typed(form) - kept(answer, form)):
                lost.append((*case, sorted(gone)))
        if (nowhere := UUID.sub(str(NOTHING), form.action)) != form.action:
            elsewhere = form._replace(action=nowhere)
            answer, changed = send(clients[login], elsewhere, rich.filled(form), before)
            if answer.status_code not in (404, 409) or changed:
                wrong.append((name, "nowhere", answer.status_code, changed))

    assert len(forms) > 90
    assert wrong == []
    assert written == []
    assert open_to_scripts == []
    assert lost == []
