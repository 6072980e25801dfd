from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.pages import Page
from wida.audit.models import Event
from wida.demo.organisations import PASSWORD

LOGIN = "coordinator.limburg"
TEXT = 'Ze belde om 3 uur; het kind sliep.\r\nTweede regel met <tekens> & "aanhaling".'


@pytest.fixture(autouse=True)
def _sensitive_page(settings):
    settings.ROOT_URLCONF = "tests.accounts.guarded"


def stale(minutes: float = 5.01) -> Client:
    """A session whose person proved who they are longer ago."""
    client = cast.signed_in(LOGIN)
    session = client.session
    session["confirmed_at"] = (timezone.now() - timedelta(minutes=minutes)).timestamp()
    session.save()
    return client


def test_somebody_who_just_signed_in_isnt_asked_again(house):
    client = Client()
    client.post(reverse("accounts:login"), {"login": LOGIN, "password": PASSWORD})

    assert client.get("/sensitive/").content == b"the address"


@pytest.mark.parametrize("minutes", [5.01, 600, -1])
def test_an_older_proof_asks_again_and_leads_back(house, minutes):
    client = stale(minutes)

    sent_away = client.get("/sensitive/?why=1")
    page = client.get(sent_away["Location"])
    key = client.session.session_key
    answer = client.post(
        reverse("accounts:confirm"), {"confirm_password": PASSWORD, "next": "/sensitive/?why=1"}
    )

    assert sent_away["Location"] == "/accounts/confirm/?next=%2Fsensitive%2F%3Fwhy%3D1"
    assert 'name="next" value="/sensitive/?why=1"' in page.content.decode()
    assert (answer.status_code, answer["Location"]) == (303, "/sensitive/?why=1")
    assert client.session.session_key != key
    assert client.get("/sensitive/").content == b"the address"
    assert Event.objects.filter(action="confirmed").count() == 1


def test_a_wrong_password_confirms_nothing_and_is_recorded(house):
    client = stale()

    answer = client.post(reverse("accounts:confirm"), {"confirm_password": "iets anders", "next": "/"})

    assert answer.status_code == 422
    assert "Dit is niet uw wachtwoord" in answer.content.decode()
    assert client.get("/sensitive/").status_code == 302
    event = Event.objects.get(action="confirm_refused")
    assert (event.user, event.detail) == (cast.actor(LOGIN).user_id, "wrong_password")


def test_a_form_that_comes_too_late_is_held_and_sent_on_whole(house):
    client = stale()
    typed = {"form_key": "0197b2c4-0000-7000-8000-000000000001", "text": TEXT, "many": ["a", "b"]}

    held = client.post("/sensitive/", typed)
    form = Page(held).forms[-1]
    wrong = client.post("/sensitive/", {**form.sent(), "confirm_password": "nee nee nee"})
    sent = client.post("/sensitive/", {**Page(wrong).forms[-1].sent(), "confirm_password": PASSWORD})

    assert (held.status_code, wrong.status_code, sent.status_code) == (422, 422, 303)
    written = client.session["written"]
    assert (written["text"], written["form_key"]) == (TEXT, typed["form_key"])
    assert "confirm_password" not in written


def test_the_password_never_comes_back_in_what_a_view_answers(house):
    client = stale()

    answer = client.post("/sensitive/", {"wrong": "1", "confirm_password": PASSWORD})

    assert (answer.status_code, answer.content) == (422, b"wrong=1")
    assert client.get("/sensitive/").content == b"the address"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elders.example/", "//elders.example", "\\\\elders.example", "/\\elders.example",
     "/\t/elders.example", "javascript:alert(1)", "http:elders.example", "\x00//elders.example"],
)  # fmt: skip
def test_confirming_leads_to_an_address_of_this_site_only(house, elsewhere):
    answer = stale().post(reverse("accounts:confirm"), {"confirm_password": PASSWORD, "next": elsewhere})

    assert (answer.status_code, answer["Location"]) == (303, reverse("dossiers:list"))
