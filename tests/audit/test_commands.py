"""The three commands as somebody types them, and the script that checks a proof without WIDA."""

import json
import os
import shutil
import subprocess
import sys
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from tests.audit import trail
from wida.audit import standalone
from wida.audit.actions import record
from wida.audit.models import Batch

pytestmark = pytest.mark.usefixtures("committed")


def wida(*arguments: str) -> subprocess.CompletedProcess:
    database = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{trail.database()}"
    return subprocess.run(
        [sys.executable, "-m", "wida", *arguments],
        env=os.environ
        | {
            "DATABASE_URL": database,
            "WIDA_AUDIT_FOLDER": str(settings.WIDA_AUDIT_FOLDER),
        },
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_seal_and_verify():
    record("read")
    made = wida("seal-audit")
    assert (made.returncode, made.stdout) == (0, "sealed 1 events in 1 batches\n")

    whole = wida("verify-audit")
    assert (whole.returncode, whole.stdout) == (
        0,
        "whole: 1 events in 1 batches; 0 wait for a seal\n",
    )


def test_verify_names_the_first_broken_place_and_fails():
    event = trail.make()[4]
    with psycopg.connect(trail.address(), autocommit=True) as thief:
        thief.execute("alter table audit_event disable trigger user")
        thief.execute("update audit_event set signature = 'Somebody else' where id = %s", [event])
        thief.execute("alter table audit_event enable trigger user")
    broken = wida("verify-audit")

    assert (broken.returncode, broken.stdout) == (1, "")
    assert broken.stderr == f"wida: broken at event {event} (batch 2): it was changed\n"


def test_verify_against_a_copy_that_was_fetched_elsewhere(tmp_path):
    trail.make()
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(settings.WIDA_AUDIT_FOLDER, elsewhere)

    assert wida("verify-audit", "--published", str(elsewhere)).returncode == 0
    next(elsewhere.glob("*/00000003.json")).unlink()
    assert wida("verify-audit", "--published", str(elsewhere), "--behind", "60").returncode == 0
    assert wida("verify-audit", "--published", str(elsewhere), "--behind", "0").stderr == (
        "wida: broken at batch 3: its published seal is gone\n"
    )


def test_a_proof_is_checked_without_wida(tmp_path):
    event = trail.make()[5]
    proof = tmp_path / "proof.json"
    proof.write_text(wida("audit-proof", str(event)).stdout)
    script = shutil.copy(standalone.__file__, tmp_path / "check.py")
    seal = next(settings.WIDA_AUDIT_FOLDER.glob("*/00000002.json"))

    def check(*files) -> tuple[int, str]:
        run = subprocess.run(
            [sys.executable, "-I", script, *map(str, files)],
            cwd=tmp_path, env={}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "wida" not in run.stderr
        return run.returncode, run.stdout.partition(":")[0].strip()

    assert check(proof) == (0, "sealed")
    assert check(proof, seal) == (0, "sealed")
    other = next(settings.WIDA_AUDIT_FOLDER.glob("*/00000001.json"))
    assert check(proof, other) == (1, "the seal in the proof is not the one that was published")

    words = json.loads(proof.read_text())
    proof.write_text(json.dumps(words | {"event": words["event"] | {"signature": "Somebody else"}}))
    assert check(proof) == (1, "the event is not in the sealed tree")
    assert check()[0] == 2


def test_each_event_of_a_batch_has_a_proof_and_no_part_of_it_can_be_changed():
    from wida.audit import proof as proofs

    for event in trail.make():
        proof = json.loads(json.dumps(proofs.of(event)))
        assert standalone.fault_in(proof) == ""
        for name in proof["event"]:
            forged = proof | {"event": proof["event"] | {name: "x"}}
            assert standalone.fault_in(forged) == "the event is not in the sealed tree"
        for name in set(proof["seal"]) - {"signature", "key"}:
            forged = proof | {"seal": proof["seal"] | {name: "7"}}
            assert standalone.fault_in(forged) == "the signature of the seal is wrong"
        assert standalone.fault_in(proof | {"public_key": "00" * 32}) == "the seal names another key"


def test_what_has_no_proof_says_so():
    trail.make()
    record("read")

    assert Batch.objects.count() == 3
    unknown = uuid4()
    missing = wida("audit-proof", str(unknown))
    assert (missing.returncode, missing.stderr) == (
        1,
        f"wida: event {unknown} isn't sealed, or doesn't exist\n",
    )
