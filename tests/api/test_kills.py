"""No acknowledged report is lost or doubled when servers and database are killed: the short form of `bench.reports`."""

import json
import os
import subprocess
import sys

from tests.server import CHECKOUT, address_of

COMMAND = (sys.executable, "-m", "bench.reports", "--reports", "60", "--senders", "4")
OWN = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_WORKER_URL", "WIDA_HOME", "WIDA_MODE")


def test_every_receipts_report_is_there_once():
    environment = {name: value for name, value in os.environ.items() if name not in OWN}
    environment["WIDA_BENCH_TABLES"] = address_of(os.environ["WIDA_TEST_TEMPLATE"])
    command = [*COMMAND, "--kill", "both", "--kills", "3", "--seed", "7"]
    run = subprocess.run(
        command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, timeout=600, check=False
    )

    assert run.returncode == 0, run.stderr[-2000:] + run.stdout[-2000:]
    told = json.loads(run.stdout)
    assert (told["acknowledged"], told["kept"], told["lost"], told["duplicated"]) == (60, 60, 0, 0)
    assert told["in_a_work_list"] + told["waiting_to_be_placed"] == 60
    assert sum(told["kills"].values()) >= 2
    assert sum(told["retries"].values()) >= 1
