"""Somebody hears by mail, without a word of why, that their account is used in a new way."""

from django.core import mail
from django.test import Client

from tests import cast
from tests.accounts.test_login import sign_in
from tests.accounts.test_second_factor import enrol
from tests.jobs import run_all
from wida.accounts.models import Browser

LOGIN = "liaison.caw-limburg"
AT_WORK = {"REMOTE_ADDR": "192.0.2.10", "HTTP_USER_AGENT": "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0"}
AT_HOME = AT_WORK | {"REMOTE_ADDR": "198.51.100.7"}


def mails_after(**where) -> list:
    mail.outbox.clear()
    assert sign_in(Client(**where), LOGIN).status_code == 303
    run_all()
    return list(mail.outbox)


def test_of_a_new_place_its_user_is_told_once(house, settings):
    settings.WIDA_URL = "https://wida.example"
    other_browser = AT_WORK | {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux) Firefox/140.0"}

    first, again, next_desk = (
        mails_after(**where) for where in (AT_WORK, AT_WORK, AT_WORK | {"REMOTE_ADDR": "192.0.2.99"})
    )
    home, home_again, other = (mails_after(**where) for where in (AT_HOME, AT_HOME, other_browser))

    assert [len(mails) for mails in (first, again, next_desk, home_again)] == [0, 0, 0, 0]
    assert [message.to for message in home + other] == [[f"{LOGIN}@wida.example"]] * 2
    assert home[0].subject == "Uw WIDA-account werd op een nieuwe manier gebruikt"
    assert "https://wida.example/accounts/profile/" in home[0].body
    told = home[0].subject + home[0].body
    assert not [word for word in ("198.51", "Chrome", "Windows", "CAW", LOGIN) if word in told]
    kept = "".join(Browser.objects.values_list("digest", flat=True))
    assert (len(kept), "192.0.2" in kept) == (3 * 64, False)


def test_of_a_place_of_half_a_year_ago_too(house):
    mails_after(**AT_WORK)
    mails_after(**AT_HOME)
    Browser.objects.filter(pk=Browser.objects.latest("pk").pk).update(seen_at="2026-01-01T00:00Z")

    assert len(mails_after(**AT_HOME)) == 1


def test_of_a_changed_factor_its_user_is_told(house):
    enrol(cast.signed_in(LOGIN))
    mail.outbox.clear()

    run_all()

    assert [message.to for message in mail.outbox] == [[f"{LOGIN}@wida.example"]]
