"""The second step of local accounts, through the front door."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.accounts.test_login import sign_in
from wida.accounts import factors
from wida.accounts.models import User
from wida.audit.models import Event

LOGIN = "coordinator.limburg"


@pytest.fixture
def clock(monkeypatch):
    """The half minutes of a code, moved by hand."""
    now = [time.time()]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def enrol(client: Client) -> str:
    """Adds an app as a person does, and tells its key."""
    page = client.get(reverse("accounts:add_app")).content.decode()
    secret = re.search(r"<dd>([A-Z2-7 ]{32,})</dd>", page)[1].replace(" ", "")
    answer = client.post(reverse("accounts:add_app"), {"code": code_of(secret)})
    assert (answer.status_code, answer["Location"]) == (303, reverse("accounts:recovery_codes"))
    return secret


def second(client: Client, code: str):
    return client.post(reverse("accounts:second_factor"), {"code": code})


def test_with_an_app_the_password_is_half_the_way(house, clock):
    secret = enrol(cast.signed_in(LOGIN))
    client = Client()
    clock[0] += 30

    half = sign_in(client, LOGIN, next="/tasks/")
    shut = client.get("/dossiers/")
    wrong = second(client, "000000")
    answer = second(client, code_of(secret))

    assert half["Location"] == reverse("accounts:second_factor")
    assert shut["Location"].startswith(reverse("accounts:login"))
    assert wrong.status_code == 422
    assert (answer.status_code, answer["Location"]) == (303, "/tasks/")
    assert client.get("/tasks/").status_code == 200
    assert Event.objects.filter(action="sign_in_refused", detail="wrong_factor").count() == 1
    assert Event.objects.filter(action="factor_added", detail="totp").count() == 1


def test_a_code_counts_once_and_only_in_its_half_minute(house, clock):
    secret = enrol(cast.signed_in(LOGIN))
    first, other, late = Client(), Client(), Client()
    spent = code_of(secret)

    sign_in(late, LOGIN)
    of_enrolment = second(late, spent)
    clock[0] += 30
    code = code_of(secret)
    answers = []
    for client in (first, other):
        sign_in(client, LOGIN)
        answers.append(second(client, code).status_code)
    clock[0] += 30
    old = second(late, code)

    assert (of_enrolment.status_code, answers, old.status_code) == (422, [303, 422], 422)


def test_the_second_step_waits_five_minutes(house, clock, monkeypatch):
    secret = enrol(cast.signed_in(LOGIN))
    client = Client()
    sign_in(client, LOGIN)
    session = client.session
    session["second_factor"] = session["second_factor"] | {"at": time.time() - 301}
    session.save()
    clock[0] += 30

    answer = second(client, code_of(secret))

    assert answer["Location"] == reverse("accounts:login")
    assert client.get("/dossiers/").status_code == 302


def test_recovery_codes_are_shown_once_and_work_once(house):
    member = cast.signed_in(LOGIN)
    enrol(member)
    page = member.post(reverse("accounts:recovery_codes")).content.decode()
    codes = re.findall(r"<code>(\d{10})</code>", page)
    again = member.get(reverse("accounts:recovery_codes")).content.decode()
    first, other = Client(), Client()
    answers = []
    for client in (first, other):
        sign_in(client, LOGIN)
        answers.append(second(client, codes[3]).status_code)

    assert len(set(codes)) == 10
    assert not any(code in again for code in codes)
    assert answers == [303, 422]
    assert Event.objects.filter(action="recovery_code_used").count() == 1
    assert factors.codes_left(cast.member(LOGIN).user) == 9


def test_neither_seed_nor_code_stands_in_the_database(house):
    member = cast.signed_in(LOGIN)
    secret = enrol(member)
    page = member.post(reverse("accounts:recovery_codes")).content.decode()
    codes = re.findall(r"<code>(\d{10})</code>", page)
    member.get(reverse("accounts:add_app"))  # another seed waits in the session
    waiting = factors.Adapter().decrypt(member.session["new_seed"])

    with connection.cursor() as cursor:
        cursor.execute("select data::text from mfa_authenticator")
        stored = " ".join(row[0] for row in cursor.fetchall())
    sessions = str(member.session.items())

    assert Authenticator.objects.count() == 2
    assert not any(text in stored + sessions for text in (secret, waiting, *codes))


def test_a_factor_changes_only_for_who_just_proved_who_they_are(house):
    client = cast.signed_in(LOGIN)
    session = client.session
    session["confirmed_at"] = 0
    session.save()
    confirm = reverse("accounts:confirm")

    for name in ("add_app", "add_passkey", "recovery_codes", "password"):
        assert client.get(reverse(f"accounts:{name}"))["Location"].startswith(confirm)
    assert client.post(reverse("accounts:remove_factor", args=[1])).status_code == 422


def test_a_removed_factor_ends_the_other_sessions(house):
    here, there = cast.signed_in(LOGIN), cast.signed_in(LOGIN)
    enrol(here)
    assert there.get("/dossiers/").status_code == 302  # a new factor ends them as well
    elsewhere = cast.signed_in(LOGIN)
    factor = Authenticator.objects.get(type="totp")

    here.post(reverse("accounts:remove_factor", args=[factor.pk]))

    assert here.get("/dossiers/").status_code == 200
    assert elsewhere.get("/dossiers/").status_code == 302
    assert Authenticator.objects.count() == 0
    assert Event.objects.filter(action="factor_removed").count() == 1


def test_nobody_removes_the_factor_of_another(house):
    enrol(cast.signed_in(LOGIN))
    factor = Authenticator.objects.get(type="totp")

    cast.signed_in("liaison.caw-limburg").post(reverse("accounts:remove_factor", args=[factor.pk]))

    assert Authenticator.objects.filter(pk=factor.pk).exists()


def test_where_a_second_factor_is_required_nothing_opens_before_there_is_one(house, settings):
    settings.WIDA_SECOND_FACTOR = True
    client = Client()
    sign_in(client, LOGIN)

    shut = client.get("/dossiers/")
    page = client.get(reverse("accounts:profile"))
    enrol(client)

    assert shut["Location"] == reverse("accounts:profile")
    assert "Voeg eerst een tweede stap toe" in page.content.decode()
    assert client.get("/dossiers/").status_code == 200


def test_wrong_codes_shut_the_second_step_for_a_while(house, clock):
    secret = enrol(cast.signed_in(LOGIN))
    client = Client()
    clock[0] += 30
    sign_in(client, LOGIN)
    for _ in range(5):
        second(client, "000000")

    right = second(client, code_of(secret))

    assert right.status_code == 422
    assert Event.objects.filter(action="sign_in_refused", detail="too_many_attempts").count() == 1
    assert User.objects.get(login=LOGIN).is_active
