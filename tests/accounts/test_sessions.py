"""How a session ends: unused, old, from elsewhere, or because who it stands for may no longer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.accounts.test_login import sign_in
from tests.pages import Page
from wida.accounts import keeping
from wida.accounts.models import Membership, Session, User
from wida.accounts.queries import name_of
from wida.audit.models import Event
from wida.demo.organisations import PASSWORD

LOGIN = "liaison.caw-limburg"


def age(**columns: timedelta) -> None:
    """Moves every session back in time."""
    for column, by in columns.items():
        with connection.cursor() as cursor:
            cursor.execute(f"update accounts_session set {column} = {column} - %s", [by])  # noqa: S608 - a column


def opens(client: Client) -> bool:
    return client.get("/dossiers/").status_code == 200


def test_a_session_ends_after_twenty_minutes_without_use(house):
    client = cast.signed_in(LOGIN)

    age(expire_date=timedelta(minutes=19.5))
    assert opens(client)
    age(expire_date=timedelta(minutes=19.5))
    assert opens(client)
    age(expire_date=timedelta(minutes=20.1))
    assert not opens(client)


def test_use_is_written_at_most_once_a_minute(house):
    client = cast.signed_in(LOGIN)
    ends = Session.objects.get().expire_date

    client.get("/dossiers/")
    assert Session.objects.get().expire_date == ends
    age(expire_date=timedelta(minutes=1.1))
    client.get("/dossiers/")
    assert Session.objects.get().expire_date > ends - timedelta(seconds=5)


def test_a_session_ends_after_ten_hours_of_use(house):
    client = cast.signed_in(LOGIN)

    age(started_at=timedelta(hours=9.9), expire_date=timedelta(minutes=15))
    assert opens(client)
    assert Session.objects.get().expire_date - timezone.now() < timedelta(minutes=6.1)
    age(started_at=timedelta(minutes=7))
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=19))
    assert not opens(client)


def test_confirming_who_one_is_makes_no_session_younger(house):
    client = cast.signed_in(LOGIN)
    age(started_at=timedelta(hours=9.9))

    client.post(reverse("accounts:confirm"), {"confirm_password": PASSWORD})

    assert opens(client)
    assert Session.objects.get().expire_date - timezone.now() < timedelta(minutes=6.1)


def test_signing_in_begins_a_session_of_its_own(house):
    client = Client()
    client.post(reverse("accounts:language"), {"language": "en"})
    before = client.session.session_key
    age(started_at=timedelta(hours=9.9))

    sign_in(client, LOGIN)

    assert client.session.session_key != before
    assert client.session["language"] == "en"
    assert not Session.objects.filter(session_key=before).exists()
    assert Session.objects.get().started_at > timezone.now() - timedelta(minutes=1)


def test_what_was_typed_in_a_session_that_ended_goes_on_after_signing_in(house):
    dossier = cast.new_dossier(by=LOGIN)
    address = reverse("people:add_person", args=[dossier.number])
    client = cast.signed_in(LOGIN)
    typed = {"group": "kind", "given_name": "Zora", "family_name": "Kint met spatie", "sex": "vrouw",
             "form_key": "0197b2c4-0000-7000-8000-000000000002"}  # fmt: skip
    age(expire_date=timedelta(hours=1))

    held = client.post(address, typed, headers={"Sec-Fetch-Site": "same-origin"})
    sign_in(client, LOGIN, next=reverse("accounts:confirmed"))
    sent = client.post(address, Page(held).forms[-1].sent())

    assert held.status_code == 403
    assert "Uw sessie is afgelopen" in held.content.decode()
    assert (sent.status_code, sent["Location"].startswith(f"/dossiers/{dossier.number}/")) == (303, True)
    assert "Kint met spatie" in client.get(reverse("people:people", args=[dossier.number])).content.decode()


@pytest.mark.parametrize(
    ("headers", "held", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True, 403),
        ({"Origin": "http://testserver"}, True, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False, 403),
        ({"Sec-Fetch-Site": "same-site"}, False, 403),
        ({"Origin": "https://elders.example"}, False, 302),
        ({"Origin": "null"}, False, 302),
        ({}, False, 302),
    ],
)
def test_what_another_site_sends_is_never_held(house, headers, held, status):
    answer = Client().post("/tasks/", {"text": "woorden van een ander"}, headers=headers)

    assert ("woorden van een ander" in answer.content.decode()) is held
    assert answer.status_code == status


def test_a_form_of_before_signing_in_again_is_given_back(house):
    client = Client(enforce_csrf_checks=True)
    client.cookies = cast.signed_in(LOGIN).cookies
    page = client.get(reverse("accounts:confirm"))
    token = Page(page).forms[-1].sent()["csrfmiddlewaretoken"][0]
    typed = {"text": "een zin die niet weg mag", "csrfmiddlewaretoken": "x" * 64}

    given_back = client.post("/dossiers/", typed, headers={"Sec-Fetch-Site": "same-origin"})
    from_elsewhere = client.post("/dossiers/", typed, headers={"Sec-Fetch-Site": "cross-site"})
    unknown = client.post("/dossiers/", typed)

    assert len(token) == 64
    assert "een zin die niet weg mag" in given_back.content.decode()
    assert "Verder met wat ik typte" in given_back.content.decode()
    for answer in (from_elsewhere, unknown):
        assert answer.status_code == 403
        assert "een zin die niet weg mag" not in answer.content.decode()


def test_somebody_sees_their_sessions_and_ends_one(house):
    here, there = Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/150.0"), Client(
        REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="Mozilla/5.0 (iPhone) Version/20 Safari/605"
    )  # fmt: skip
    sign_in(here, LOGIN)
    sign_in(there, LOGIN)

    page = Page(here.get(reverse("accounts:profile")))
    text = page.answer.content.decode()
    end = next(form for form in page.forms if any(field.name == "session" for field in form.fields))
    name = next(field.value for field in end.fields if field.name == "session")
    here.post(end.action, {"session": name})

    assert ("Safari, iPhone" in text, "203.0.113.9" in text, "Firefox, Linux" in text) == (True, True, True)
    assert there.session.session_key not in text
    assert (opens(here), opens(there)) == (True, False)
    assert Event.objects.filter(action="sessions_ended", detail="asked").count() == 1


def test_nobody_ends_the_session_of_another(house):
    mine, theirs = cast.signed_in(LOGIN), cast.signed_in("coordinator.limburg")
    mine.post(reverse("accounts:end_session"), {"session": name_of(theirs.session.session_key)})
    mine.post(reverse("accounts:end_session"))

    assert (opens(mine), opens(theirs)) == (True, True)


def test_only_so_many_sessions_at_once(house, settings):
    settings.WIDA_SESSIONS_PER_USER = 2
    clients = [Client() for _ in range(3)]
    for client in clients:
        sign_in(client, LOGIN)

    assert [opens(client) for client in clients] == [False, True, True]


def test_a_changed_password_ends_the_other_sessions(house):
    here, there = cast.signed_in(LOGIN), cast.signed_in(LOGIN)
    new = {"password": "vier paarden op een dak", "again": "vier paarden op een dak"}

    answer = here.post(reverse("accounts:password"), new)

    assert answer.status_code == 303
    assert (opens(here), opens(there)) == (True, False)
    assert sign_in(Client(), LOGIN, "vier paarden op een dak").status_code == 303
    assert sign_in(Client(), LOGIN).status_code == 422


@pytest.mark.parametrize(
    "password",
    ["veertien teken", "wachtwoordwachtwoord", "Veilig Huis Limburg 2026", "wida-CAW-Limburg-1712",
     "liaison.caw-limburg", "x" * 201],
)  # fmt: skip
def test_a_weak_password_is_refused(house, password):
    answer = cast.signed_in(LOGIN).post(
        reverse("accounts:password"), {"password": password, "again": password}
    )

    assert answer.status_code == 422
    assert User.objects.get(login=LOGIN).check_password(PASSWORD)


def test_a_disabled_account_is_out_at_the_next_request(house):
    client = cast.signed_in(LOGIN)

    keeping.disable(user=cast.member(LOGIN).user, by=cast.actor("admin.team"))

    assert not opens(client)
    assert sign_in(Client(), LOGIN).status_code == 422
    assert Session.objects.filter(user=cast.member(LOGIN).user_id).count() == 0


def test_an_ended_membership_is_out_at_the_next_request(house):
    client = cast.signed_in(LOGIN)

    keeping.end_membership(membership=cast.member(LOGIN), by=cast.actor("admin.team"))

    assert not opens(client)
    assert Membership.objects.current().filter(user__login=LOGIN).count() == 0


def test_signing_out_leaves_nothing_in_the_browser(house):
    client = cast.signed_in(LOGIN)

    answer = client.post(reverse("accounts:logout"))

    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.cookies["wida"]["max-age"] == 0
    assert Session.objects.count() == 0


def test_the_cookie_ends_with_the_browser(house):
    answer = sign_in(Client(), LOGIN)

    assert (answer.cookies["wida"]["max-age"], answer.cookies["wida"]["expires"]) == ("", "")


def test_who_is_asking_costs_two_statements(house):
    client = cast.signed_in(LOGIN)
    client.get(reverse("web:help"))
    with CaptureQueriesContext(connection) as told:
        client.get(reverse("web:help"))

    assert len([query for query in told if query["sql"].startswith('SELECT "accounts_')]) == 2
