"""Guessing is slow for who guesses, and costs the one whose name is guessed nothing."""

import threading
import time
from statistics import median

import pytest
import requests
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.accounts.test_login import sign_in
from tests.passwords import full_price
from wida.accounts.address import address_of
from wida.accounts.models import User
from wida.audit.models import Event
from wida.demo.organisations import PASSWORD

LOGIN = "liaison.caw-limburg"


def test_after_five_wrong_passwords_the_right_one_waits_too_and_says_the_same(house):
    answers = [sign_in(Client(), LOGIN, "fout fout fout") for _ in range(5)]
    locked = sign_in(Client(), LOGIN)
    unknown = sign_in(Client(), "niemand.nergens")

    assert [answer.status_code for answer in [*answers, locked, unknown]] == [422] * 7
    assert message(locked) == message(answers[0]) == message(unknown)
    assert [e.detail for e in Event.objects.filter(action="sign_in_refused").order_by("at")] == [
        *["wrong_credentials"] * 5, "too_many_attempts", "wrong_credentials",
    ]  # fmt: skip


def message(answer) -> str:
    page = answer.content.decode()
    return page[page.index("error-summary") : page.index("</ul>")]


def test_who_guesses_a_name_doesnt_shut_out_whose_name_it_is(house):
    for _ in range(8):
        sign_in(Client(REMOTE_ADDR="203.0.113.9"), LOGIN, "fout fout fout")

    assert sign_in(Client(REMOTE_ADDR="203.0.113.10"), LOGIN).status_code == 303
    assert sign_in(Client(REMOTE_ADDR="203.0.113.9"), "coordinator.limburg").status_code == 303


def test_a_right_password_forgets_the_wrong_ones(house):
    for _ in range(3):
        for _ in range(4):
            sign_in(Client(), LOGIN, "fout fout fout")
        assert sign_in(Client(), LOGIN).status_code == 303


def test_the_lock_ends_after_a_quarter_of_an_hour(house):
    for _ in range(6):
        sign_in(Client(), LOGIN, "fout fout fout")
    with connection.cursor() as cursor:
        cursor.execute("update accounts_attempt set since = since - interval '15 minutes 1 second'")

    assert sign_in(Client(), LOGIN).status_code == 303


def test_a_confirming_password_is_counted_too(house):
    client = cast.signed_in(LOGIN)
    confirm = reverse("accounts:confirm")
    for _ in range(5):
        client.post(confirm, {"confirm_password": "fout fout fout"})

    assert client.post(confirm, {"confirm_password": PASSWORD}).status_code == 422


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "seen"),
    [
        ([], "203.0.113.9", "198.51.100.7", "203.0.113.9"),
        (["10.0.0.0/8"], "203.0.113.9", "198.51.100.7", "203.0.113.9"),
        (["10.0.0.0/8"], "10.0.0.1", "198.51.100.7", "198.51.100.7"),
        (["10.0.0.0/8"], "10.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (["10.0.0.0/8"], "10.0.0.1", "198.51.100.7, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (["10.0.0.0/8"], "10.0.0.1", "", "10.0.0.1"),
        (["10.0.0.0/8"], "10.0.0.1", "<script>", ""),
        (["10.0.0.0/8"], "", "203.0.113.9", "203.0.113.9"),
    ],
)
def test_an_address_is_believed_of_our_own_proxy_alone(rf, settings, proxies, remote, forwarded, seen):
    settings.WIDA_PROXIES = proxies

    assert address_of(rf.get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)) == seen


def test_sixty_guesses_at_once_are_looked_at_five_times(transactional_db, house, live_server):
    address = live_server.url + reverse("accounts:login")

    def guess():
        browser = requests.Session()
        token = (
            browser.get(address, timeout=60).text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        )
        browser.post(
            address,
            {"login": LOGIN, "password": "fout fout fout", "csrfmiddlewaretoken": token},
            headers={"Origin": live_server.url},
            timeout=60,
        )

    threads = [threading.Thread(target=guess) for _ in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    refused = Event.objects.filter(action="sign_in_refused")
    assert refused.count() == 60
    assert refused.filter(detail="too_many_attempts").count() == 1
    assert sign_in(Client(), LOGIN).status_code == 422


@pytest.fixture
def at_full_price(house):
    with full_price():
        user = User.objects.get(login=LOGIN)
        user.set_password(PASSWORD)
        user.save()
        assert user.password.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")
        yield


def test_an_unknown_name_takes_as_long_as_a_wrong_password(at_full_price):
    # Of the processor: what else keeps the machine busy says nothing of the door.
    def seconds(login: str, place: int) -> float:
        begin = time.process_time()
        sign_in(Client(REMOTE_ADDR=f"203.0.113.{place}"), login, "fout fout fout")
        return time.process_time() - begin

    seconds(LOGIN, 1)
    pairs = [(seconds(LOGIN, place), seconds("niemand.nergens", place)) for place in range(2, 9)]
    known, unknown = (median(times) for times in zip(*pairs, strict=True))

    assert 0.6 < known / unknown < 1.6
