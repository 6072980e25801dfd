"""Quarantine: nothing leaves it but by an explicit verdict, and an infected file never does."""

import tempfile
from pathlib import Path

import pytest

from tests import cast
from tests.attachments.clamd import EICAR, clamd
from tests.attachments.steps import CAW, COORDINATOR, PDF, POLICE, TEXT, attached, forming, get, upload, url
from tests.jobs import run_all, waiting
from tests.notify.test_mail import make_due
from tests.referrals.pages import text
from wida.attachments.jobs import examine, examine_what_waits
from wida.attachments.models import Attachment, Examination
from wida.attachments.scanner import NoVerdict
from wida.audit.models import Event

EVIL = TEXT + b"\n" + EICAR


@pytest.fixture
def scanner(settings):
    """Says where the scanner is, and that nobody waits long for it. A socket's path must be short."""
    with tempfile.TemporaryDirectory() as folder:
        settings.WIDA_CLAMD_SOCKET = str(Path(folder) / "clamd")
        settings.WIDA_CLAMD_SECONDS = 0.5
        yield settings.WIDA_CLAMD_SOCKET


def state() -> str:
    return Examination.objects.get().state


def test_until_it_was_examined_a_file_is_listed_and_not_handed_out(house):
    dossier = forming()
    upload(dossier, "nota.txt", TEXT)
    attachment = Attachment.objects.get()

    page = text(get(POLICE, "attachments", dossier))
    answer = get(POLICE, "download", dossier, attachment.pk)

    assert "nota.txt" in page
    assert "wordt nagekeken" in page
    assert url("download", dossier, attachment.pk) + '"' not in page
    assert answer.status_code == 403
    assert "Dit bestand wordt nog nagekeken" in text(answer)
    assert TEXT not in answer.content
    refused = Event.objects.get(action="refused")
    assert (refused.row, refused.detail) == (attachment.pk, "wacht")

    run_all()
    assert get(POLICE, "download", dossier, attachment.pk).content == TEXT


def test_what_the_scanner_finds_clean_is_handed_out_as_scanned(house, scanner):
    with clamd(scanner) as seen:
        attachment = attached(forming(), "verslag.pdf", PDF)

    assert seen == [PDF]
    assert attachment.examination.state == "schoon"
    page = text(get(POLICE, "attachments", attachment.dossier))
    assert "gecontroleerd, niets gevonden" in page
    assert "niet op virussen gecontroleerd" not in page
    assert get(POLICE, "download", attachment.dossier, attachment.pk).status_code == 200


def test_what_is_infected_is_never_handed_out_to_anybody(house, scanner):
    with clamd(scanner):
        attachment = attached(forming(), "nota.txt", EVIL)
    dossier = attachment.dossier

    assert attachment.examination.state == "besmet"
    assert Event.objects.get(action="examined").detail == "besmet"
    for login in (CAW, COORDINATOR, POLICE):
        for name in ("download", "original"):
            answer = get(login, name, dossier, attachment.pk)
            assert answer.status_code == 403
            assert EICAR not in answer.content
    assert not Event.objects.filter(action="downloaded").exists()
    assert "besmet" in text(get(CAW, "attachments", dossier))


@pytest.mark.parametrize("mood", ["hangs", "drips", "hangs_up", "too_long", "gibberish", "unfinished"])
def test_an_answer_that_is_no_verdict_leaves_the_file_where_it_is(house, scanner, mood):
    dossier = forming()
    upload(dossier, "nota.txt", TEXT)
    with clamd(scanner, mood=mood):
        (ran,) = run_all()

    assert isinstance(ran.fault, NoVerdict)
    assert state() == "wacht"
    assert get(CAW, "download", dossier, Attachment.objects.get().pk).status_code == 403
    assert len(waiting("examine")) == 1


def test_a_scanner_that_is_away_is_asked_again_when_it_is_back(house, scanner):
    dossier = forming()
    assert upload(dossier, "nota.txt", TEXT).status_code == 303
    (ran,) = run_all()
    assert isinstance(ran.fault, NoVerdict)
    assert state() == "wacht"

    make_due()
    with clamd(scanner):
        run_all()

    assert state() == "schoon"
    assert get(CAW, "download", dossier, Attachment.objects.get().pk).content == TEXT


def test_with_a_new_scanner_what_was_never_scanned_goes_back_into_quarantine(house, settings, scanner):
    socket, settings.WIDA_CLAMD_SOCKET = scanner, ""
    attachment, evil = attached(dossier := forming(), "nota.txt", TEXT), attached(dossier, "evil.txt", EVIL)
    assert get(CAW, "download", dossier, attachment.pk).status_code == 200

    settings.WIDA_CLAMD_SOCKET = socket
    assert get(CAW, "download", dossier, attachment.pk).status_code == 403
    examine_what_waits(0)
    with clamd(socket):
        run_all()

    assert get(CAW, "download", dossier, attachment.pk).content == TEXT
    assert get(CAW, "download", dossier, evil.pk).status_code == 403


def test_examined_twice_it_is_examined_once(house):
    attachment = attached(forming(), "verslag.pdf", PDF)

    examine(dossier=str(attachment.dossier_id), attachment=str(attachment.pk))

    assert Event.objects.filter(action="examined").count() == 1


def test_what_lost_its_job_is_asked_for_again(house):
    upload(forming(), "nota.txt", TEXT)
    Attachment.objects.get()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")

    examine_what_waits(0)
    examine_what_waits(0)

    assert len(waiting("examine")) == 1
    run_all()
    assert state() == "niet_gescand"


def test_the_original_is_for_who_brought_it_and_the_coordinator(house):
    attachment = attached(forming(), "verslag.pdf", PDF)
    dossier = attachment.dossier

    given = {
        login: get(login, "original", dossier, attachment.pk)
        for login in (CAW, COORDINATOR, POLICE, "administrative.limburg", "coordinator.antwerpen")
    }

    assert {login: answer.status_code for login, answer in given.items()} == {
        CAW: 200, COORDINATOR: 200, POLICE: 403, "administrative.limburg": 403, "coordinator.antwerpen": 404,
    }  # fmt: skip
    assert given[CAW].content == given[COORDINATOR].content == PDF
    assert PDF not in given[POLICE].content
    assert Event.objects.filter(action="downloaded", detail="original").count() == 2
    assert url("original", dossier, attachment.pk) in text(get(CAW, "attachments", dossier))
    assert url("original", dossier, attachment.pk) not in text(get(POLICE, "attachments", dossier))


@pytest.mark.parametrize("room", ["dossier", "day"])
def test_when_the_room_is_full_nothing_is_kept_and_the_words_come_back(house, settings, on_disk, room):
    dossier = forming()
    attached(dossier, "nota.txt", TEXT)
    if room == "dossier":
        settings.WIDA_ATTACHMENT_DOSSIER_BYTES = 2 * len(TEXT) - 1
    else:
        settings.WIDA_ATTACHMENT_DAY_BYTES = 2 * len(TEXT) - 1
    other = dossier if room == "dossier" else forming(family_name="Coremans")

    page = upload(other, "nota.txt", TEXT)

    assert page.status_code == 422
    words = "Er is geen plaats" if room == "dossier" else "U voegde zoveel toe"
    assert words in text(page)
    assert "Van vorige week" in text(page)
    assert Attachment.objects.count() == len(on_disk()) == 1
    if room == "day":
        assert upload(other, "nota.txt", TEXT, by=POLICE).status_code == 303


def test_an_administrator_reads_that_nothing_scans(house, settings):
    client = cast.signed_in("admin.team")
    assert "Er is geen virusscanner ingesteld" in text(client.get("/legend/"))
    assert "Er is geen virusscanner" not in text(cast.signed_in(COORDINATOR).get("/dossiers/"))

    settings.WIDA_CLAMD_SOCKET = "/run/clamd"
    assert "Er is geen virusscanner ingesteld" not in text(client.get("/legend/"))
