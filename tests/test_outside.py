"""What the house shows and tells to the outside: methods, other sites, addresses to go on to, logs, and faults."""

import io
import json
import logging
import os
import subprocess
import sys

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.addresses import arguments_for, every_address
from tests.attachments.steps import TEXT, attached, forming
from tests.referrals.pages import text
from wida import logs
from wida.audit.models import Event
from wida.dossiers.codes import Stage

COORDINATOR = "coordinator.limburg"
LINK = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "PROPFIND"])
def test_a_method_that_no_page_has_is_refused_everywhere(house, method):
    dossier, client = cast.new_dossier(), cast.signed_in(COORDINATOR)
    addresses = {reverse(a.name, kwargs=arguments_for(a, dossier.number)) for a in every_address()}

    answers = {address: client.generic(method, address).status_code for address in addresses}

    assert len(answers) > 100
    assert {address: status for address, status in answers.items() if status != 405} == {}


def test_a_page_to_read_takes_no_post_which_would_be_a_look_that_nobody_counts(house):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    client = cast.signed_in(COORDINATOR)

    answer = client.post(reverse("people:people", args=[dossier.number]), {})

    assert answer.status_code == 405
    assert b"Kelly" not in answer.content
    assert not Event.objects.filter(action="read").exists()


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize(
    "asked",
    [
        {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
        {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
        {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "object"},
    ],
)
def test_another_site_can_embed_or_fetch_nothing(house, site, asked):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    client = cast.signed_in(COORDINATOR)
    tab = reverse("people:people", args=[dossier.number])

    answer = client.get(tab, headers={"Sec-Fetch-Site": site, **asked})

    assert (answer.status_code, answer.content) == (403, b"")
    assert client.get(tab, headers={**asked, "Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_a_link_elsewhere_opens_a_page_and_sends_no_form(house):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    client = cast.signed_in(COORDINATOR)
    add = reverse("people:add_person", args=[dossier.number])

    assert client.get(add, headers=LINK).status_code == 200
    assert client.post(add, {}, headers=LINK).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/", "//evil.example", "\\\\evil.example", "/\\evil.example", "/\t/evil.example",
        "http:evil.example", "javascript:alert(1)", "https:///evil.example", "\x00//evil.example",
        "//evil.example\\@testserver",
    ],
)  # fmt: skip
def test_nothing_leads_to_another_site(wanted):
    answer = Client().post(reverse("accounts:language"), {"language": "nl", "next": wanted})

    assert (answer.status_code, answer["Location"]) == (303, "/")


@pytest.mark.django_db
def test_a_browser_may_tell_that_it_refused_something_and_nothing_of_it_is_kept(caplog):
    said = json.dumps({"csp-report": {"document-uri": "https://wida/dossiers/LIMB10001/"}})

    answer = Client(enforce_csrf_checks=True).post("/csp-report", said, content_type="application/csp-report")

    assert (answer.status_code, answer.content) == (204, b"")
    assert [record.getMessage() for record in caplog.records if record.name == "wida.headers"] == [
        "a browser refused something by the content security policy"
    ]
    assert Client().get("/csp-report").status_code == 405


# Logs -----------------------------------------------------------------------------------------------------


@pytest.fixture
def log():
    """Everything that is logged, as an installation writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.Json())
    root, django = logging.getLogger(), logging.getLogger("django")
    before = root.level, django.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    django.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(before[0])
    django.setLevel(before[1])


def lines(log) -> list[dict]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_fault_is_told_with_a_reference_and_without_anybodys_words(house, log):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    with connection.cursor() as cursor:
        cursor.execute("alter table people_person add constraint no_more check (birth_year < 1900) not valid")
    client = cast.signed_in(COORDINATOR)
    client.raise_request_exception = False

    answer = client.post(
        reverse("people:add_person", args=[dossier.number]),
        {"group": "kind", "given_name": "Kanarievogel", "family_name": "Kanarievogel", "sex": "vrouw",
         "birth_date": "1/2/2003"},
    )  # fmt: skip

    assert answer.status_code == 500
    assert answer["X-Request-ID"] in text(answer)
    told = [line for line in lines(log) if line.get("exception")]
    assert {line["reference"] for line in told} == {answer["X-Request-ID"]}
    assert any(f"{IntegrityError.__module__}.IntegrityError" in line["exception"] for line in told)
    for word in ("Kanarievogel", "2003", "Failing row", "no_more"):
        assert word not in log.getvalue()


def test_a_day_of_work_leaves_no_name_in_the_log(house, log):
    dossier = forming(family_name="Kanarievogel")
    attached(dossier, "kanarievogel.txt", TEXT, description="Kanarievogel")
    stranger, client = cast.signed_in("coordinator.antwerpen"), cast.signed_in(COORDINATOR)
    for name in ("people:people", "attachments:attachments", "dossiers:overview"):
        client.get(reverse(name, args=[dossier.number]))
        stranger.get(reverse(name, args=[dossier.number]))
    client.post(reverse("dossiers:search"), {"q": "Kanarievogel"})
    client.post(reverse("people:add_person", args=[dossier.number]), {"given_name": "Kanarievogel"})
    Client().post(reverse("accounts:login"), {"login": "kanarievogel", "password": "kanarievogel"})

    assert len(lines(log)) > 10
    # The log of statements is for developers; an installation never writes it.
    kept = [line for line in lines(log) if line["logger"] != "django.db.backends"]
    assert [line for line in kept if "kanarievogel" in json.dumps(line).lower()] == []


def test_nobody_writes_a_line_of_their_own_in_the_log(log):
    logging.getLogger("wida").warning(
        "not found: %s", 'x\n{"level": "ERROR", "message": "all is lost"}\x1b[2J'
    )

    (line,) = lines(log)
    assert (line["level"], line["logger"]) == ("WARNING", "wida")
    assert line["message"] == 'not found: x {"level": "ERROR", "message": "all is lost"} [2J'


# Production -----------------------------------------------------------------------------------------------

SAY = """
import json
from wida import settings as s
print(json.dumps([s.DEBUG, s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_SSL_REDIRECT,
  s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE,
  s.SECURE_CONTENT_TYPE_NOSNIFF, s.LOGGING["handlers"]["stderr"]["formatter"], s.WIDA_MAIL, s.WIDA_STEPS_DOWN]))
"""


def test_an_installation_is_strict_by_default(tmp_path):
    secret = {
        "WIDA_MODE": "production", "WIDA_HOME": str(tmp_path), "WIDA_SECRET_KEY": "x" * 50,
        "WIDA_HOSTS": "wida.example",
        "WIDA_MASTER_KEYS": "1:" + "0" * 64, "WIDA_INDEX_KEYS": "1:" + "1" * 64, "DATABASE_URL": "postgres://u:p@h/d",
    }  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WIDA_")} | secret

    run = subprocess.run(
        [sys.executable, "-c", SAY], env=environment, capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == [
        False, 365 * 24 * 3600, True, True, "__Host-wida", True, "__Host-wida-csrf", True, True, "json", False, False,
    ]  # fmt: skip
