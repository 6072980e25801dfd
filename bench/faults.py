"""Kills a part of a running installation again and again while people write, and counts what was lost.

    python -m bench.faults --kill server|worker|database|standby --times 50 --writers 8 --seed 1
    python -m bench.faults --disk-full
    python -m bench.faults --migration --times 10

Everything is its own: PostgreSQL, two application servers, workers, writers who come in by the front door. Leaves a report in
JSON: kills, what was acknowledged, lost and duplicated, conflicts. Exits 1 when anything was lost or stands twice.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from bench import disk, migration, standby, writers
from bench.counted import PREPARE
from bench.servers import CHECKOUT, House, Program, installation, printed, wait_for

HOME = CHECKOUT / ".wida" / "faults"
# Between the moment that all is well again and the next blow.
CALM = (0.5, 2.5)
FILES = {"worker": 0.15}


def main() -> int:
    parser = argparse.ArgumentParser()
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--kill", choices=("server", "worker", "database", "standby"))
    what.add_argument("--disk-full", action="store_true")
    what.add_argument("--migration", action="store_true")
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--home", type=Path, default=HOME)
    parser.add_argument("--report", type=Path, help="where the report goes, also printed")
    options = parser.parse_args()
    begin = time.monotonic()
    report = run(options)
    report |= {"seconds": round(time.monotonic() - begin), "seed": options.seed}
    text = json.dumps(report, indent=1)
    print(text)
    if options.report:
        options.report.parent.mkdir(parents=True, exist_ok=True)
        options.report.write_text(text + "\n")
    return 1 if report["lost"] or report["duplicated"] or report["faults"] else 0


def run(options) -> dict:
    if options.migration:
        return migration.killed(options.home, options.times, random.Random(options.seed))
    if options.kill == "standby":
        with standby.pair(options.home) as house, writing(house, options) as report:
            report |= standby.promotions(house, options.times, random.Random(options.seed))
        return report
    with installation(options.home, workers=2) as house, writing(house, options) as report:
        if options.disk_full:
            report |= disk.filled(house, options.times)
        else:
            report |= kills(house, options.kill, options.times, random.Random(options.seed))
    if options.disk_full and not report["answers of 5xx, sent again"]:
        report["faults"].append("the disk was never full: nothing was refused")
    return report


def kills(house: House, target: str, times: int, dice: random.Random) -> dict:
    """One blow after another, each at a moment of its own."""
    recovered = []
    for _ in range(times):
        time.sleep(dice.uniform(*CALM))
        if target == "database":
            house.database.kill()
            begin = time.monotonic()
            house.database.start()
        else:
            one: Program = dice.choice(house.apps if target == "server" else house.workers)
            one.kill()
            begin = time.monotonic()
            one.start()
        for app in house.apps:
            wait_for(app.healthy)
        recovered.append(time.monotonic() - begin)
    return {"killed": target, "kills": times, "slowest recovery, s": round(max(recovered, default=0), 1)}


@contextmanager
def writing(house: House, options):
    """People write for as long as the block lasts; what it ends with is a report of what they were told, and what stands."""
    report: dict = {}
    numbers = said(house, "wida", "manage", "shell", "--no-imports", "-c", PREPARE.format(count=4)).split()
    share = FILES.get(options.kill, 0.05)
    at_work = writers.start(
        options.writers, [app.address for app in house.apps], numbers, seed=options.seed, files=share
    )
    wait_for(lambda: all(writer.wrote.is_set() or writer.fault for writer in at_work))
    yield report
    writers.stop(at_work)
    wait_for(lambda: json.loads(said(house, "bench.counted", "--examined"))["examined"], seconds=400)
    found = json.loads(said(house, "bench.counted"))
    report |= judged(at_work, found)


def judged(at_work: list[writers.Writer], found: dict) -> dict:
    saved = [words for writer in at_work for words in writer.told.saved]
    counts: Counter = sum((writer.told.counts for writer in at_work), Counter())
    stands = found["found"]
    return {
        "writers": len(at_work),
        "acknowledged": len(saved),
        "lost": sum(words not in stands for words in saved),
        "duplicated": sum(times > 1 for times in stands.values()),
        "never acknowledged, but there": len(stands.keys() - set(saved)),
        "conflicts": counts[409],
        "no answer, sent again": counts["no answer"],
        "answers of 5xx, sent again": counts["answers of 5xx"],
        "slowest answer, s": round(max(writer.slowest for writer in at_work), 1),
        "faults": found["faults"] + [writer.fault for writer in at_work if writer.fault],
    }


def said(house: House, *module: str) -> str:
    return printed(*module, environment=house.environment)


if __name__ == "__main__":
    sys.exit(main())
