"""Whether a worker grows: `python -m bench.soak [--requests 100000] [--dossiers 1000]`.

Everything the benchmark measures, at four clients, in turns, until so many requests were answered. Says what each worker
holds at the beginning, after each tenth, and how many answers failed.
"""

import argparse
import json
import os
import sys

from bench import size

# Cheap ones more often, or the hundred thousand would take half an hour.
TURNS = {"an empty view": 12, "create a dossier": 2}
SECONDS = 1.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.soak")
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--dossiers", type=int, default=1000)
    options = parser.parse_args()
    home = size.HOME / str(options.dossiers)
    size.prepare(home)
    from wida import running

    with running.database(quiet=True):
        running.prepare_files()
        with running.logged_in("owner"):
            size.fill(home, options.dossiers)
        report = _soak(options.requests)
    print(json.dumps(report, indent=1))
    return 1 if report["failed"] else 0


def _soak(requests: int) -> dict:
    from wida import running

    os.environ["WIDA_WORKERS"] = "2"
    with running.server(size.PORT) as server:
        if not running.answers(size.PORT, server):
            raise SystemExit("the server didn't start")
        operations = size.operations()
        for name in operations:
            size.measured(operations[name], 4, SECONDS)  # both workers have seen each page
        done, failed, resident = 0, 0, [size.memory(server.pid)]
        while done < requests:
            for name in operations:
                for _turn in range(TURNS.get(name, 1)):
                    found = size.measured(operations[name], 4, SECONDS)
                    done += found.answered
                    failed += found.failed
            if done >= requests * len(resident) / 10:
                resident.append(size.memory(server.pid))
                print(f"{done} requests: {resident[-1]} kB", file=sys.stderr, flush=True)
    return {"requests": done, "failed": failed, "resident, kB": resident}


if __name__ == "__main__":
    raise SystemExit(main())
