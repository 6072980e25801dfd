"""The ledger beside the database: what a crash leaves of it, who changed it, and a database that is older than it."""

import json

import pytest

from tests import cast
from tests.keeping.steps import ours, wida
from wida.access.actions import end_mandate
from wida.access.models import Mandate
from wida.dossiers.codes import Stage
from wida.keeping import ledger
from wida.keeping.models import LedgerMark

POLICE, CAW = "liaison.police-limburg", "liaison.caw-limburg"


@pytest.fixture
def lines(home):
    """Of two mandates that ended one after the other."""
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    ledger.write()
    before = ledger.last_number()
    for login in (POLICE, "liaison.ggz-limburg"):
        mandate = Mandate.objects.get(dossier=dossier, holder__login=login)
        end_mandate(mandate=mandate, by=cast.actor("coordinator.limburg"), version=mandate.version, why="")
        assert ledger.write() == 1
    assert ledger.last_number() == before + 2
    return before


def test_each_ending_is_one_line_which_only_the_master_key_opens(lines):
    text = ledger.path().read_text().splitlines()
    mandate = Mandate.objects.get(holder__login=POLICE)

    assert len(text) == lines + 2
    assert str(mandate.pk) not in ledger.path().read_text()
    ending = ledger.open_line(
        ledger.beyond(lines, LedgerMark.objects.get(number=lines).digest if lines else "")[0]
    )
    assert (ending.table, ending.row["id"]) == ("access_mandate", str(mandate.pk))
    assert ending.row["ended_at"] is not None
    assert ledger.write() == 0


def test_what_a_crash_left_halfway_is_settled_by_itself(lines):
    """Once in the middle of a line, once between the file and the database."""
    with ledger.path().open("ab") as file:
        file.write(b'[99, "2026-')
    LedgerMark.objects.filter(number=lines + 2).delete()

    assert ledger.write() == 0

    assert LedgerMark.objects.filter(number=lines + 2).exists()
    caw = Mandate.objects.get(holder__login=CAW, ground="uitgenodigd")
    end_mandate(mandate=caw, by=cast.actor("coordinator.limburg"), version=caw.version, why="")
    assert ledger.write() == 1
    assert [json.loads(line)[0] for line in ledger.path().read_text().splitlines()] == list(
        range(1, lines + 4)
    )


def test_a_database_that_is_older_lets_nobody_in_before_it_was_played(lines, home):
    """As after a restore of which `wida restore` knows nothing: of the disk, or to a point in time."""
    LedgerMark.objects.filter(number__gt=lines + 1).delete()
    Mandate.objects.filter(holder__login="liaison.ggz-limburg").update(ended_at=None)
    with pytest.raises(ledger.Behind):
        ledger.write()
    for command in ("serve", "worker"):
        refused = wida(command, database=ours(), home=home)
        assert refused.returncode == 1
        assert "the database is older than its ledger by 1 lines: run wida reopen" in refused.stderr

    opened = wida("reopen", database=ours(), home=home)

    assert (opened.stderr, opened.returncode) == ("", 0)
    assert "1 lines of the ledger played (access_mandate 1)" in opened.stdout
    assert not Mandate.objects.filter(holder__login="liaison.ggz-limburg", ended_at=None).exists()
    assert ledger.write() == 0


def test_a_line_that_was_changed_is_named_and_opens_nothing(lines, home):
    text = ledger.path().read_text().splitlines(keepends=True)
    first = json.loads(text[-2])
    first[4] = first[4][:-2] + ("00" if first[4][-2:] != "00" else "11")
    text[-2] = json.dumps(first) + "\n"
    ledger.path().write_text("".join(text))
    LedgerMark.objects.filter(number__gt=lines).delete()

    refused = wida("reopen", database=ours(), home=home)

    assert (refused.returncode, refused.stderr) == (1, f"wida: line {lines + 1} was changed\n")
