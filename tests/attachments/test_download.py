"""A file is handed out, never shown, and only to who may read the dossier."""

import pytest

from tests import cast
from tests.attachments.steps import (
    CAW,
    COORDINATOR,
    POLICE,
    TEXT,
    attached,
    forming,
    get,
    upload,
    url,
    withdraw,
)
from tests.referrals.pages import text, wrong
from wida.access.actions import block
from wida.attachments.models import Attachment
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.records.models import Revision


def test_it_comes_out_as_it_went_in_and_is_never_shown(house):
    attachment = attached(forming(), "verslag.txt", TEXT)

    answer = get(POLICE, "download", attachment.dossier, attachment.pk)

    assert (answer.status_code, answer.content) == (200, TEXT)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="verslag.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ('ver"slag.pdf', 'attachment; filename="ver\\"slag.pdf"'),
        ("één verslag.pdf", "attachment; filename*=utf-8''%C3%A9%C3%A9n%20verslag.pdf"),
    ],
)
def test_its_name_stays_inside_the_header(house, name, disposition):
    attachment = attached(forming(), name)

    answer = get(CAW, "download", attachment.dossier, attachment.pk)

    assert answer["Content-Disposition"] == disposition


def test_every_download_is_in_the_trail(house):
    attachment = attached(forming())

    get(POLICE, "download", attachment.dossier, attachment.pk)

    event = Event.objects.get(action="downloaded")
    assert (event.user, event.dossier, event.row, event.part) == (
        cast.actor(POLICE).user_id,
        attachment.dossier_id,
        attachment.pk,
        "attachments",
    )


@pytest.mark.parametrize(
    ("login", "stage", "status"),
    [
        (COORDINATOR, Stage.CLOSED, 200),
        ("administrative.limburg", Stage.FORMING, 200),
        ("casemanager.limburg", Stage.EXECUTION, 200),
        ("prosecutor.limburg", Stage.FORMING, 200),
        (CAW, Stage.CLOSED, 403),
        (POLICE, Stage.CLOSED, 404),
        ("referrer.hospital-limburg", Stage.FORMING, 404),
        ("coordinator.antwerpen", Stage.FORMING, 404),
        ("auditor.team", Stage.FORMING, 404),
    ],
)
def test_who_may_have_it(house, login, stage, status):
    attachment = attached(forming(), "nota.txt", TEXT)
    cast.at(attachment.dossier, stage)

    answer = get(login, "download", attachment.dossier, attachment.pk)

    assert answer.status_code == status
    assert (answer.content == TEXT) == (status == 200)
    assert Event.objects.filter(action="downloaded").count() == (status == 200)


def test_who_is_kept_out_gets_nothing(house):
    attachment = attached(forming())
    block(dossier=attachment.dossier, by=cast.actor(COORDINATOR), why="Neef.", user=cast.member(POLICE).user)

    assert get(POLICE, "download", attachment.dossier, attachment.pk).status_code == 404


def test_a_file_of_another_dossier_is_not_found_here(house):
    attachment, other = attached(forming()), forming(family_name="Coremans")

    assert get(COORDINATOR, "download", other, attachment.pk).status_code == 404
    assert get(COORDINATOR, "withdraw_attachment", other, attachment.pk).status_code == 404


def test_a_withdrawn_file_is_gone_for_everybody(house, on_disk):
    attachment = attached(forming())

    answer = withdraw(attachment)

    assert (answer.status_code, answer["Location"]) == (303, url("attachments", attachment.dossier))
    for login in (CAW, COORDINATOR):
        assert get(login, "download", attachment.dossier, attachment.pk).status_code == 404
    assert "verslag.pdf" not in text(get(COORDINATOR, "attachments", attachment.dossier))
    kept = Revision.objects.get(row=attachment.pk)
    assert (kept.reason, "verslag.pdf" in kept.state) == ("Verkeerd bestand.", True)
    assert len(on_disk()) == 2  # the file and its shared copy: evidence stays


@pytest.mark.parametrize("login", [POLICE, COORDINATOR])
def test_only_who_brought_it_takes_it_back(house, login):
    attachment = attached(forming())

    answer = withdraw(attachment, by=login)

    assert answer.status_code == 403
    attachment.refresh_from_db()
    assert attachment.withdrawn_at is None
    event = Event.objects.get(action="refused", detail="other_organisation")
    assert (event.user, event.row) == (cast.actor(login).user_id, attachment.pk)
    page = text(get(login, "attachments", attachment.dossier))
    assert url("withdraw_attachment", attachment.dossier, attachment.pk) not in page


def test_a_withdrawal_takes_a_reason_and_the_version_that_stands(house):
    attachment = attached(forming())

    without = withdraw(attachment, reason=" ")
    assert (without.status_code, wrong(without)) == (422, ["reason"])
    late = withdraw(attachment, version="0", reason="Dit typte ik.")
    assert late.status_code == 409
    assert "Dit typte ik." in text(late)
    attachment.refresh_from_db()
    assert attachment.withdrawn_at is None


def test_after_closing_nothing_is_taken_back(house):
    attachment = attached(forming(), by=COORDINATOR)
    cast.at(attachment.dossier, Stage.CLOSED)

    answer = withdraw(attachment, by=COORDINATOR, reason="Dit typte ik.")

    assert answer.status_code == 409
    assert "Dit typte ik." in text(answer)


@pytest.mark.parametrize("damage", ["lost", "changed", "swapped"])
def test_a_file_that_is_lost_or_damaged_is_not_handed_out(house, storage, damage, caplog):
    dossier = forming()
    attachment, other = attached(dossier, "verslag.txt", TEXT + b"!"), attached(dossier, "nota.txt", TEXT)
    path = storage / attachment.stored
    if damage == "lost":
        path.unlink()
    elif damage == "changed":
        path.write_bytes(path.read_bytes()[:-1] + b"x")
    else:
        path.write_bytes((storage / other.stored).read_bytes())

    answer = get(CAW, "download", dossier, attachment.pk)

    assert answer.status_code == 404
    assert "Dit bestand kan niet geopend worden" in text(answer)
    assert TEXT not in answer.content
    assert not Event.objects.filter(action="downloaded").exists()
    assert str(attachment.pk) in caplog.text


def test_the_same_name_twice_is_two_files(house):
    dossier = forming()

    first, second = attached(dossier, "nota.txt", TEXT), attached(dossier, "nota.txt", TEXT + b" Vervolg.")

    assert get(CAW, "download", dossier, first.pk).content == TEXT
    assert get(CAW, "download", dossier, second.pk).content == TEXT + b" Vervolg."
    assert upload(dossier).status_code == 303
    assert Attachment.objects.count() == 3
