"""The fault runs of `bench.faults` in short: all is killed once while people write, and nothing is lost."""

import random
from argparse import Namespace
from pathlib import Path

import pytest

from bench import disk, faults, standby
from tests.server import address_of


@pytest.fixture
def options(monkeypatch, tmp_path_factory):
    """Tables are copied from those of the tests; the folder has a short path that PostgreSQL's account may enter."""
    import os
    import shutil
    import tempfile

    monkeypatch.setenv("WIDA_BENCH_TABLES", address_of(os.environ["WIDA_TEST_TEMPLATE"]))
    home = Path(tempfile.mkdtemp(prefix="wida-"))
    home.chmod(0o755)
    yield Namespace(home=home, writers=2, seed=1, kill="worker")
    shutil.rmtree(home)


def test_nothing_is_lost_when_everything_is_killed_once(options):
    dice = random.Random(1)
    with standby.pair(options.home) as house, faults.writing(house, options) as report:
        told = [faults.kills(house, target, 1, dice) for target in ("server", "worker", "database")]
        told.append(disk.filled(house, 1, seconds=2))
        assert standby.reads_figures(house) == "standby"
        told.append(standby.promotions(house, 1, dice))

    assert sum(done.get("kills", 0) for done in told) == 4
    assert report["faults"] == []
    assert (report["lost"], report["duplicated"], report["never acknowledged, but there"]) == (0, 0, 0)
    assert report["acknowledged"] > 10
    assert report["answers of 5xx, sent again"] > 0  # the full disk refused some, plainly
    assert report["slowest answer, s"] < 15
