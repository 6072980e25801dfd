"""Where files lie: whole or not at all, in a folder or in S3, and nobody waits long for a storage that is away."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from environs import FileAwareEnv

from tests import cast
from tests.attachments.s3 import BUCKET, address, s3
from tests.attachments.steps import CAW, PDF, TEXT, attached, forming, get, upload
from tests.jobs import run_all, waiting
from tests.notify.test_mail import closed_port, silent_server
from tests.referrals.pages import text, value
from wida import storages
from wida.attachments import actions
from wida.attachments.jobs import ORPHAN_AFTER, sweep
from wida.attachments.models import Attachment


@pytest.fixture
def use(settings, monkeypatch):
    """Sets the variables of an installation, and lets the settings read them."""

    def with_s3_at(endpoint: str) -> None:
        for name, setting in {
            "BUCKET": BUCKET, "ENDPOINT": endpoint, "REGION": "eu", "ACCESS_KEY": "key", "SECRET_KEY": "secret",
        }.items():  # fmt: skip
            monkeypatch.setenv(f"WIDA_S3_{name}", setting)
        storage = storages.of_attachments(FileAwareEnv(), settings.WIDA_HOME)
        settings.STORAGES = settings.STORAGES | {"default": storage}

    return with_s3_at


def test_files_go_to_s3_encrypted_and_come_back(house, use):
    with s3() as server:
        use(address(server))
        dossier = forming()
        attachment = attached(dossier, "verslag.pdf", PDF)
        large = attached(dossier, "groot.txt", TEXT * 200_000)

        assert set(server.held) == {
            attachment.stored, attachment.examination.copy, large.stored,
        }  # fmt: skip
        assert [name for name, (body, _at) in server.held.items() if b"%PDF" in body or TEXT in body] == []
        assert all(signature.startswith("AWS4-HMAC-SHA256 Credential=key/") for signature in server.signed)
        assert get(CAW, "original", dossier, attachment.pk).content == PDF
        answer = get(CAW, "download", dossier, large.pk)
        assert (answer.status_code, answer.content) == (200, TEXT * 200_000)
        del server.held[large.stored]
        assert get(CAW, "download", dossier, large.pk).status_code == 404


def test_what_s3_holds_without_a_row_is_swept_away(house, use):
    with s3() as server:
        use(address(server))
        attachment = attached(forming(), "nota.txt", TEXT)
        old = datetime.now(UTC) - ORPHAN_AFTER - timedelta(minutes=1)
        folder = attachment.stored.split("/")[0]
        server.held[f"{folder}/orphan"] = (b"x", old)
        server.held[f"{folder}/young"] = (b"x", datetime.now(UTC))

        sweep(0)

        assert set(server.held) == {attachment.stored, f"{folder}/young"}


@pytest.mark.parametrize("fault", ["absent", "silent", "refuses", "fails"])
def test_a_storage_that_is_away_gives_a_page_in_time_and_keeps_nothing(house, use, fault):
    dossier = forming()
    with s3() as server, silent_server() as silence:
        server.fault = {"refuses": 403, "fails": 503}.get(fault, 0)
        port = {"absent": closed_port(), "silent": silence}.get(fault)
        use(f"http://127.0.0.1:{port}" if port else address(server))
        begin = time.monotonic()
        page = upload(dossier)
        took = time.monotonic() - begin

    assert page.status_code == 503
    assert took < 15
    assert "Het bestand kon niet opgeslagen worden en er is niets bewaard." in text(page)
    assert value(page, "description") == "Van vorige week"
    assert not Attachment.objects.exists()
    assert waiting("examine") == []


def test_a_download_from_a_storage_that_is_away_is_told_plainly(house, use):
    with s3() as server:
        use(address(server))
        attachment = attached(forming(), "nota.txt", TEXT)
    use(f"http://127.0.0.1:{closed_port()}")

    answer = get(CAW, "download", attachment.dossier, attachment.pk)

    assert answer.status_code == 503
    assert "Dit bestand kan nu niet geopend worden" in text(answer)


def test_a_disk_that_is_full_keeps_nothing(house, on_disk, storage):
    """A quota of the system stands for the full disk: the file is begun, and can't be ended."""
    import resource

    dossier = forming()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        page = upload(dossier, "groot.txt", TEXT * 10_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert page.status_code == 503
    assert on_disk() == {}
    assert not Attachment.objects.exists()


def test_a_crash_before_the_commit_leaves_a_file_that_is_swept_away_a_day_later(house, on_disk):
    kept = attached(forming(), "nota.txt", TEXT)
    with transaction.atomic():
        actions.attach(
            dossier=kept.dossier, by=cast.actor(CAW), name="weg.txt", mime="text/plain", data=TEXT,
            category="verslag",
        )  # fmt: skip
        transaction.set_rollback(True)
    assert len(on_disk()) == 2

    sweep(0)
    assert len(on_disk()) == 2
    long_ago = time.time() - ORPHAN_AFTER.total_seconds() - 60
    for path in on_disk():
        os.utime(path, (long_ago, long_ago))
    sweep(0)

    assert [path.name for path in on_disk()] == [str(kept.pk)]
    assert get(CAW, "download", kept.dossier, kept.pk).content == TEXT


def test_the_worker_waits_for_a_storage_that_is_away(house, use):
    with s3() as server:
        use(address(server))
        upload(forming(), "nota.txt", TEXT)
        held = dict(server.held)
    use(f"http://127.0.0.1:{closed_port()}")
    (ran,) = run_all()
    assert ran.fault is not None
    assert Attachment.objects.get().examination.state == "wacht"

    with s3() as server:
        server.held.update(held)
        use(address(server))
        from tests.notify.test_mail import make_due

        make_due()
        run_all()
    assert Attachment.objects.get().examination.state == "niet_gescand"
