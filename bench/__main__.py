"""How fast WIDA is: `python -m bench`, or `make bench`. Writes docs/benchmarks.md and a profile beside it.

    python -m bench [--quick] [--sizes 1000,10000] [--rounds 5] [--seconds 1.5]
    python -m bench --tabs [--sizes 3000,300000]      the people tab alone, archive against archive

Each size has a database and servers of its own under .wida/bench/, kept for the next time; FULL=1 adds a million.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from bench import page, tab

KEPT = Path(__file__).resolve().parent.parent / ".wida" / "bench" / "figures.json"
SIZES = "1000,10000,100000,1000000" if os.environ.get("FULL") else "1000,10000,100000"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument(
        "--quick", action="store_true", help="one small size and short rounds, to see that it runs"
    )
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each operation in each round")
    parser.add_argument(
        "--tabs", action="store_true", help="only the people tab, in archives that take turns"
    )
    options = parser.parse_args()
    sizes = [300] if options.quick else [int(size) for size in options.sizes.split(",")]
    rounds, seconds = (2, 0.4) if options.quick else (options.rounds, options.seconds)
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    figures = json.loads(KEPT.read_text()) if KEPT.exists() and not options.quick else {}
    for size in () if options.tabs else sizes:
        print(f"{size} dossiers", file=sys.stderr, flush=True)
        figures[str(size)] = _apart("bench.size", size, rounds, seconds)
        if not options.quick:
            KEPT.write_text(json.dumps(figures))
    figures["tabs"] = {str(size): found for size, found in tab.rounds(sizes, rounds).items()}
    if options.quick:
        print(page.text(figures))
        return 0
    KEPT.write_text(json.dumps(figures))
    if len(figures) > 1:  # else only tabs were measured so far
        page.write(figures)
    if not options.tabs:
        _profile(sizes[0])
    return 0


def _apart(module: str, *arguments: object) -> dict:
    """In a process of its own: Django reads the address of its database once."""
    program = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(program, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _profile(size: int) -> None:
    subprocess.run([sys.executable, "-m", "bench.profile", str(size)], check=True)


if __name__ == "__main__":
    raise SystemExit(main())
