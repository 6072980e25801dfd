from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from wida.accounts.models import Membership
from wida.audit.models import Event
from wida.demo.organisations import PASSWORD


def sign_in(client: Client, login: str, password: str = PASSWORD, **more):
    return client.post(reverse("accounts:login"), {"login": login, "password": password, **more})


def test_a_professional_signs_in_and_lands_where_they_were_going(house):
    client = Client()

    sent_away = client.get("/tasks/")
    answer = sign_in(client, "liaison.caw-limburg", next="/tasks/")

    assert sent_away["Location"] == "/accounts/login/?next=%2Ftasks%2F"
    assert (answer.status_code, answer["Location"]) == (303, "/tasks/")
    assert (
        Event.objects.filter(action="signed_in", user=cast.member("liaison.caw-limburg").user_id).count() == 1
    )


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(house):
    wrong = sign_in(Client(), "liaison.caw-limburg", "niet-het-wachtwoord")
    unknown = sign_in(Client(), "niemand.nergens", "niet-het-wachtwoord")

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert "Gebruikersnaam en wachtwoord horen niet samen" in wrong.content.decode()
    assert "Gebruikersnaam en wachtwoord horen niet samen" in unknown.content.decode()
    assert Event.objects.filter(action="sign_in_refused").count() == 2


def test_nobody_is_sent_to_another_site(house):
    answer = sign_in(Client(), "liaison.caw-limburg", next="https://elders.example/")

    assert answer["Location"] == reverse("dossiers:list")


def test_somebody_with_two_organisations_chooses_one_and_changing_starts_a_new_session(house):
    member = cast.member("liaison.caw-limburg")
    other = cast.member("liaison.ocmw-limburg").organisation
    Membership.objects.create(
        user=member.user, organisation=other, role=member.role, valid_from=member.valid_from
    )
    client = Client()

    sign_in(client, "liaison.caw-limburg")
    before = client.get("/dossiers/")
    choice = client.post(reverse("accounts:organisation"), {"membership": str(member.pk)})
    first_key = client.session.session_key
    second = Membership.objects.get(organisation=other, user=member.user)
    client.post(reverse("accounts:organisation"), {"membership": str(second.pk)})

    assert before["Location"] == reverse("accounts:organisation")
    assert choice.status_code == 303
    assert client.session.session_key != first_key
    assert other.name in client.get("/dossiers/").content.decode()


def test_an_ended_membership_stops_at_the_next_request(house):
    client = cast.signed_in("liaison.caw-limburg")
    assert client.get("/dossiers/").status_code == 200

    Membership.objects.filter(pk=cast.member("liaison.caw-limburg").pk).update(
        valid_until=timezone.localdate() - timedelta(days=1)
    )

    assert client.get("/dossiers/")["Location"] == reverse("accounts:organisation")


def test_signing_out_ends_the_session(house):
    client = cast.signed_in("liaison.caw-limburg")

    client.post(reverse("accounts:logout"))

    assert client.get("/dossiers/").status_code == 302
