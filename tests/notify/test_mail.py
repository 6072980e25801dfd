"""Mail: that something waits and nothing else; to whom may still know of it; now and then; never in a request."""

import socket
import threading
import time
from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.jobs import run_all, waiting
from tests.referrals.pages import text
from wida.access.actions import block, end_all
from wida.accounts.codes import Role
from wida.accounts.models import Membership, User
from wida.dossiers import tasks
from wida.dossiers.codes import Stage, TaskKind
from wida.notify.codes import Outcome
from wida.notify.models import Notice

COORDINATOR, POLICE, CAW = "coordinator.limburg", "liaison.police-limburg", "liaison.caw-limburg"
DUE = date(2030, 1, 2)


@pytest.fixture
def dossier(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    Notice.objects.all().delete()
    return dossier


def plan(dossier, *, kind=TaskKind.ACTION, by=COORDINATOR, source=None, **whom):
    tasks.plan(dossier, kind=kind, due=DUE, source=source or dossier.pk, by=cast.actor(by), **whom)


def user_of(login: str) -> User:
    return cast.member(login).user


def addressees() -> list[str]:
    return [address for message in mail.outbox for address in message.to]


def outcomes(login: str) -> list[str]:
    return list(Notice.objects.filter(user=user_of(login)).values_list("outcome", flat=True))


def test_a_mail_says_that_something_waits_and_nothing_else(dossier, settings):
    settings.WIDA_URL = "https://wida.example"
    plan(dossier, user=user_of(POLICE).pk, detail="Kelly spreken")
    assert mail.outbox == []

    run_all()

    (message,) = mail.outbox
    assert message.to == [f"{POLICE}@wida.example"]
    assert message.subject == "Er is een nieuwe taak in WIDA"
    assert message.body == (
        "Er is een nieuwe taak in WIDA. Meld u aan om ze te zien:\n\nhttps://wida.example/tasks/\n"
    )
    sent = str(message.message())
    assert [word for word in ("Aerdman", "Kelly", dossier.number, str(dossier.pk)) if word in sent] == []


def test_for_an_organisation_or_a_role_everybody_who_has_to_do_it_is_told(dossier):
    plan(dossier, organisation=cast.actor(CAW).organisation_id)
    plan(dossier, source=user_of(CAW).pk, by=POLICE, role=Role.COORDINATOR)

    run_all()

    assert sorted(addressees()) == [f"{COORDINATOR}@wida.example", f"{CAW}@wida.example"]


def test_nobody_is_told_what_they_asked_of_themselves(dossier):
    plan(dossier, by=POLICE, user=user_of(POLICE).pk)
    plan(dossier, by=CAW, source=user_of(CAW).pk, organisation=cast.actor(CAW).organisation_id)

    run_all()

    assert mail.outbox == []


@pytest.mark.parametrize("end", ["mandate", "membership", "block", "account", "done"])
def test_whoever_may_no_longer_know_of_it_hears_nothing(dossier, end):
    police = user_of(POLICE)
    plan(dossier, user=police.pk)
    if end == "mandate":
        end_all(dossier=dossier, by=cast.actor(COORDINATOR), holder=police.pk)
    elif end == "membership":
        yesterday = timezone.localdate() - timedelta(days=1)
        Membership.objects.filter(user=police).update(valid_until=yesterday)
    elif end == "block":
        block(dossier=dossier, by=cast.actor(COORDINATOR), why="Familie.", user=police)
    elif end == "account":
        User.objects.filter(pk=police.pk).update(is_active=False)
    else:
        tasks.finish(dossier, kind=TaskKind.ACTION, source=dossier.pk, by=cast.actor(COORDINATOR))

    run_all()

    assert mail.outbox == []
    assert not Notice.objects.filter(settled_at=None).exists()


def test_a_right_that_ends_while_the_mail_waits_ends_the_mail(dossier, settings):
    """Passed on to the recipient, not sent yet: it is asked again at the moment of sending."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed_port()
    plan(dossier, user=user_of(POLICE).pk)
    assert isinstance(run_all()[-1].fault, ConnectionRefusedError)
    block(dossier=dossier, by=cast.actor(COORDINATOR), why="Familie.", user=user_of(POLICE))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    make_due()
    run_all()

    assert mail.outbox == []
    assert outcomes(POLICE) == [Outcome.NOT_NEEDED]


def test_however_much_there_is_to_do_one_mail_in_a_quarter_of_an_hour(dossier):
    plan(dossier, user=user_of(POLICE).pk)
    plan(dossier, source=user_of(CAW).pk, user=user_of(POLICE).pk)
    run_all()
    assert len(mail.outbox) == 1
    assert outcomes(POLICE) == [Outcome.SENT, Outcome.SENT]

    for login in (CAW, COORDINATOR):
        plan(dossier, source=cast.member(login).pk, user=user_of(POLICE).pk)
        run_all()
    assert len(mail.outbox) == 1
    assert waiting("mail") == [{"user": str(user_of(POLICE).pk)}]

    Notice.objects.filter(outcome=Outcome.SENT).update(settled_at=timezone.now() - timedelta(minutes=16))
    make_due()
    run_all()
    assert len(mail.outbox) == 2


def test_moving_a_date_tells_nobody_again(dossier):
    for _ in range(2):
        plan(dossier, user=user_of(POLICE).pk)
        run_all()
        Notice.objects.filter(outcome=Outcome.SENT).update(settled_at=timezone.now() - timedelta(hours=1))

    assert len(mail.outbox) == 1


def test_without_an_address_there_is_no_mail(dossier):
    User.objects.filter(login=POLICE).update(email="")
    plan(dossier, user=user_of(POLICE).pk)

    run_all()

    assert mail.outbox == []
    assert outcomes(POLICE) == [Outcome.NO_ADDRESS]


def test_without_a_mail_server_nothing_waits_to_be_sent(dossier, settings):
    settings.WIDA_MAIL = False

    plan(dossier, user=user_of(POLICE).pk)

    assert not Notice.objects.exists()
    assert waiting("spread") == []


def test_colleagues_see_that_a_mail_was_not_sent_yet(dossier):
    plan(dossier, user=user_of(POLICE).pk)
    overview = reverse("dossiers:overview", args=[dossier.number])
    client = cast.signed_in(COORDINATOR)
    assert text(client.get(overview)).count("mail nog niet verstuurd") == 1

    run_all()

    assert "mail nog niet verstuurd" not in text(client.get(overview))


@pytest.mark.parametrize("fault", ["absent", "silent"])
def test_a_mail_server_that_fails_makes_the_mail_wait_and_nobody_else(dossier, settings, fault):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 0.2
    with silent_server() if fault == "silent" else no_server() as port:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        begin = time.monotonic()
        plan(dossier, user=user_of(POLICE).pk)
        asked = time.monotonic() - begin
        ran = run_all()

    assert asked < 5
    assert isinstance(ran[-1].fault, OSError)
    assert outcomes(POLICE) == [""]
    assert waiting("mail") == [{"user": str(user_of(POLICE).pk)}]

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    make_due()
    run_all()
    assert (len(mail.outbox), outcomes(POLICE)) == (1, [Outcome.SENT])


def make_due() -> None:
    """The pause before the next attempt is over."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set scheduled_at = now() - interval '1 second'")


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class no_server:
    def __enter__(self) -> int:
        return closed_port()

    def __exit__(self, *fault) -> None:
        pass


class silent_server:
    """Takes a connection and never says a word."""

    def __enter__(self) -> int:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.taken = []
        threading.Thread(target=self._take, daemon=True).start()
        return self.socket.getsockname()[1]

    def _take(self) -> None:
        try:
            while True:
                self.taken.append(self.socket.accept()[0])
        except OSError:
            pass

    def __exit__(self, *fault) -> None:
        self.socket.close()
        for connection in self.taken:
            connection.close()
