"""A night that everybody fears, played whole: a backup, more work after it, the database lost, and everything back
but what had ended.
"""

import shutil
from datetime import timedelta

import psycopg
import pytest
from django.utils import timezone

from tests import cast
from tests.attachments.s3 import BUCKET, s3
from tests.attachments.s3 import address as address_of
from tests.attachments.steps import TEXT
from tests.closure.test_destructions import agree, propose
from tests.keeping.steps import address, ask, empty_database, ours, wida
from wida.access.actions import block, end_mandate
from wida.access.models import ConflictBlock, Mandate
from wida.accounts import keeping as accounts
from wida.accounts.models import User
from wida.attachments import actions as attachments
from wida.attachments.models import Attachment
from wida.audit.seal import seal
from wida.closure.models import Destruction
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.keeping import ledger

CAW, POLICE = "liaison.caw-limburg", "liaison.police-limburg"


def families() -> tuple[Dossier, Dossier]:
    running = cast.at(cast.new_dossier(), Stage.EXECUTION)
    attachments.attach(
        dossier=running, by=cast.actor(CAW), name="nota.txt", mime="text/plain", data=TEXT, category="verslag"
    )
    over = cast.at(cast.new_dossier(family_name="Cools"), Stage.CLOSED)
    over.retain_until = timezone.localdate() - timedelta(days=1)
    over.save(update_fields=["retain_until"])
    return running, over


def work_on(running: Dossier, over: Dossier) -> None:
    """What ends, is shut and is destroyed after the backup."""
    coordinator = cast.actor("coordinator.limburg")
    police = Mandate.objects.get(dossier=running, holder__login=POLICE)
    end_mandate(mandate=police, by=coordinator, version=police.version, why="")
    block(dossier=running, by=coordinator, why="familie", user=User.objects.get(login="liaison.ggz-limburg"))
    accounts.end_membership(membership=cast.member("casemanager.limburg"), by=coordinator)
    accounts.disable(user=User.objects.get(login="referrer.hospital-limburg"), by=coordinator)
    assert propose("administrative.limburg", over).status_code == 303
    assert agree("coordinator.limburg", Destruction.objects.get()).status_code == 303


def test_everything_comes_back_but_what_had_ended(home, tmp_path):
    running, over = families()
    seal()
    ledger.write()
    kept = tmp_path / "night.wida"
    made = wida("backup", kept, database=ours(), home=home)
    assert (made.returncode, made.stderr) == (0, "")
    assert b"Aerdman" not in kept.read_bytes()

    work_on(running, over)
    seal()
    assert ledger.write() == 5
    assert ledger.write() == 0

    with empty_database("wida_keep_restored") as restored:
        done = wida("restore", kept, database=restored, home=home)
        assert done.stderr == ""
        assert "verified: rows, counters, policies, grants, files and the trail" in done.stdout
        assert "5 lines of the ledger played" in done.stdout

        alive = (
            "select (select count(*) from dossiers_dossierkey where dossier_id = d.id), destroyed_at is null"
        )
        assert ask(restored, f"{alive} from dossiers_dossier d where id = %s", running.pk) == [(1, True)]
        assert ask(restored, f"{alive} from dossiers_dossier d where id = %s", over.pk) == [(0, False)]
        assert ask(restored, "select destroyed_at is null from closure_destruction") == [(False,)]
        ended = "select ended_at is null from access_mandate where dossier_id = %s and holder_id = %s"
        assert ask(restored, ended, running.pk, cast.member(POLICE).user_id) == [(False,)]
        assert ask(restored, "select blocked_name from access_conflictblock") == [
            (ConflictBlock.objects.get().blocked_name,)
        ]
        assert ask(restored, "select login from accounts_user where not is_active") == [
            ("referrer.hospital-limburg",)
        ]
        assert ask(restored, "select count(*) from accounts_membership where ended_at is not null") == [(1,)]
        assert ask(restored, "select count(*) from accounts_session") == [(0,)]
        # Behind the wall nothing shows to the application, and it may come in again.
        assert ask(restored, "select count(*) from dossiers_dossier", account="wida_app") == [(0,)]
        assert wida("seal-audit", database=restored, home=home).returncode == 0
        whole = wida("verify-audit", database=restored, home=home)
        assert (whole.returncode, whole.stderr) == (0, "")


def test_files_come_back_in_s3_and_go_from_there_into_the_next_backup(home, tmp_path):
    families()
    kept, again = tmp_path / "night.wida", tmp_path / "again.wida"
    assert wida("backup", kept, database=ours(), home=home).returncode == 0
    stored = Attachment.objects.get().stored

    with s3() as server, empty_database("wida_keep_in_s3") as restored:
        there = {
            "WIDA_S3_BUCKET": BUCKET, "WIDA_S3_ENDPOINT": address_of(server), "WIDA_S3_REGION": "eu",
            "WIDA_S3_ACCESS_KEY": "key", "WIDA_S3_SECRET_KEY": "secret",
        }  # fmt: skip
        done = wida("restore", kept, database=restored, home=home, **there)
        assert (done.returncode, done.stderr) == (0, "")
        assert "verified: rows, counters, policies, grants, files and the trail" in done.stdout
        assert stored in server.held
        assert TEXT not in server.held[stored][0]

        made = wida("backup", again, database=restored, home=home, **there)
        assert (made.returncode, made.stderr) == (0, "")
        del server.held[stored]
        again.unlink()
        assert (
            f"the file {stored} has a row and isn't in the storage"
            in wida("backup", again, database=restored, home=home, **there).stderr
        )


def test_doors_stay_shut_until_the_ledger_was_played(home, tmp_path):
    running, over = families()
    work_on(running, over)
    seal()
    ledger.write()
    kept = tmp_path / "night.wida"
    assert wida("backup", kept, database=ours(), home=home).returncode == 0
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(home / "keys", elsewhere / "keys")

    with empty_database("wida_keep_shut") as restored:
        done = wida("restore", kept, database=restored, home=elsewhere)
        assert done.returncode == 1
        assert "is older than this backup: bring its newest copy" in done.stderr
        for account in ("wida_app", "wida_worker"):
            with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
                ask(restored, "select 1", account=account)

        shutil.copy(ledger.path(), elsewhere / "audit" / ledger.path().name)
        opened = wida("reopen", database=restored, home=elsewhere)
        assert (opened.returncode, opened.stderr) == (0, "")
        assert ask(restored, "select 1", account="wida_app") == [(1,)]


def test_what_was_tampered_with_is_refused_before_anything_is_touched(home, tmp_path):
    families()
    kept, other = tmp_path / "night.wida", tmp_path / "other.wida"
    assert wida("backup", kept, database=ours(), home=home).returncode == 0
    assert wida("backup", kept, database=ours(), home=home).stderr == f"wida: {kept} is there already\n"
    whole = kept.read_bytes()
    middle = len(whole) // 2

    with empty_database("wida_keep_refused") as restored:

        def refusal(data: bytes = whole, **environment) -> str:
            other.write_bytes(data)
            done = wida("restore", other, database=restored, home=home, **environment)
            assert done.returncode == 1
            return done.stderr

        assert "changed or damaged" in refusal(
            whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
        )
        assert "cut off" in refusal(whole[:-30])
        assert "isn't the one it was made with" in refusal(WIDA_BACKUP_KEYS=f"1:{'6b' * 32}")
        assert "under backup key 1" in refusal(WIDA_BACKUP_KEYS=f"2:{'5a' * 32}")
        tables = "select count(*) from pg_class where relnamespace = 'public'::regnamespace"
        assert ask(restored, tables) == [(0,)]
        # An account behind the wall makes no backup: it would be an empty one.
        app = address(ours(), "wida_app")
        blind = wida("backup", tmp_path / "blind.wida", database=ours(), home=home, DATABASE_BACKUP_URL=app)
        assert blind.returncode == 1
        assert "this account sees only some rows" in blind.stderr
        assert not (tmp_path / "blind.wida").exists()
    assert Attachment.objects.count() == 1
