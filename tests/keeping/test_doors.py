"""A computer whose clock is off doesn't serve: it would judge ends of mandates at another moment."""

import time

import pytest

from tests.keeping.steps import ours, wida

SHIFTED = "import time\nreal = time.time\ntime.time = lambda: real() + {}\n"


@pytest.mark.parametrize(
    ("command", "seconds", "told"), [("serve", 7200, "ahead of"), ("worker", -7200, "behind")]
)
def test_nothing_starts_with_another_time_than_the_database(home, tmp_path, command, seconds, told):
    (tmp_path / "sitecustomize.py").write_text(SHIFTED.format(seconds))

    refused = wida(command, database=ours(), home=home, PYTHONPATH=str(tmp_path))

    assert refused.returncode == 1
    assert f"s {told} the database's" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


@pytest.mark.django_db
def test_a_clock_that_runs_off_later_shows_in_healthz(client, monkeypatch):
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 90)

    answer = client.get("/healthz")

    assert answer.status_code == 503
    (problem,) = answer.json()["problems"]
    assert problem.endswith("s behind the database's")
