"""docs/benchmarks.md, from the figures of the last run of each size."""

import os
import platform
import statistics
from pathlib import Path

from bench import tab

OUT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
CLIENTS = (1, 4, 16)


def write(figures: dict) -> None:
    OUT.write_text(text(figures), encoding="utf-8")


def text(figures: dict) -> str:
    tabs = {int(size): [tab.Round(*one) for one in found] for size, found in figures.get("tabs", {}).items()}
    sizes = sorted((one for name, one in figures.items() if name != "tabs"), key=lambda one: one["dossiers"])
    parts = [_head(), *map(_size, sizes), _tabs(tabs), _targets(sizes, tabs)]
    notes = OUT.with_name("benchmarks-notes.md")
    if notes.exists():
        parts.append(notes.read_text(encoding="utf-8"))
    return "\n".join(parts)


def _head() -> str:
    return f"""# How fast it is

Made by `make bench` (`python -m bench`): an own PostgreSQL and own servers for each size, filled by `wida seed`.
Everything is on: row-level security, sealed texts, the durable event of each look, all middleware. Two gunicorn
workers; the clients, the servers and the database share the machine. Every cell is the median of the rounds, in which the
operations follow each other in random order; the worst round stands beside it. Where the time of a page goes:
[benchmarks-profile.txt](benchmarks-profile.txt). How surely people are found: [matching.md](matching.md).
What the second wall costs: `python -m bench.walls`.

Machine: {os.cpu_count()} cores, {platform.machine()}, {_memory()} GB, Linux; Python {platform.python_version()}. PostgreSQL of the
wheel with its own settings, fsync on. Absolute figures are those of one machine on one day, and half as good when
others work on it; the ratios are the result.
"""


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def _size(one: dict) -> str:
    lines = [
        f"## {one['dossiers']} dossiers\n",
        f"Filled in {one['loaded']:.1f} s: {one['rate']:.0f} dossiers and {one['rows'] / one['loaded']:.0f} rows a second, indexes"
        f" and checks included; the stories they are copied from took {one['told']:.1f} s."
        f" {one['bytes'] / 2**20:.0f} MB on disk, {one['bytes'] / one['dossiers'] / 1024:.0f} kB a dossier.\n",
        f"Floor: one durable commit {_ms(one['commit'])}.\n",
        "| operation | "
        + " | ".join(f"{n} client{'s' * (n > 1)}: a second (worst) / p50 / p95 ms" for n in CLIENTS)
        + " |",
        "|---" * (len(CLIENTS) + 1) + "|",
    ]
    names = list(dict.fromkeys(key.rsplit(" ", 1)[0] for key in one["operations"]))
    for name in names:
        cells = [_cell(one["operations"][f"{name} {clients}"]) for clients in CLIENTS]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    before, after = one["memory"]
    lines.append(
        f"\nMemory per worker, resident: {', '.join(f'{kb / 1024:.0f} MB' for kb in before)} after the first pages,"
        f" {', '.join(f'{kb / 1024:.0f} MB' for kb in after)} at the end."
    )
    return "\n".join(lines) + "\n"


def _cell(rounds: list) -> str:
    rates = [one[0] for one in rounds]
    failed = sum(one[3] for one in rounds)
    told = f", **{failed} failed**" if failed else ""
    return (
        f"{statistics.median(rates):.0f} ({min(rates):.0f}) / {statistics.median(one[1] for one in rounds):.1f}"
        f" / {statistics.median(one[2] for one in rounds):.1f}{told}"
    )


def _ms(values: list) -> str:
    return f"{statistics.median(values):.2f} ms (worst {max(values):.2f})"


def _rounds(one: dict, name: str, clients: int, column: int) -> list[float]:
    return [row[column] for row in one["operations"].get(f"{name} {clients}", ())]


def _ratio(above: list[float], below: list[float], digits: int = 1) -> str:
    """Taken inside each round; the median, and the worst."""
    ratios = [a / b for a, b in zip(above, below, strict=True)]
    return (
        f"{statistics.median(ratios):.{digits}f} (worst {max(ratios):.{digits}f})"
        if ratios
        else "not measured"
    )


def _tabs(tabs: dict[int, list[tab.Round]]) -> str:
    """Wall time needs a machine of one's own; what the processors did, of the program and the database, doesn't."""
    lines = [
        "## The people tab and its rows\n",
        "A full file (some 54 rows over twelve tables) through the WSGI handler, and after each page the raw SQL of its rows",
        "in ten prepared statements; archives take turns, round by round. Medians of the rounds, the worst beside.\n",
        "| dossiers | page ms | raw ms | page ÷ raw | processor: page ms | raw ms | page ÷ raw |",
        "|---|---|---|---|---|---|---|",
    ]
    for size, found in sorted(tabs.items()):
        cells = [_ms([getattr(one, name) for one in found]) for name in tab.Round._fields]
        ratios = [
            _ratio([getattr(one, above) for one in found], [getattr(one, below) for one in found])
            for above, below in (("page", "raw"), ("page_busy", "raw_busy"))
        ]
        cells = [*cells[:2], ratios[0], *cells[2:], ratios[1]]
        lines.append(f"| {size} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _targets(sizes: list[dict], tabs: dict[int, list[tab.Round]]) -> str:
    large = sizes[-1]
    most, least = tabs[max(tabs)], tabs[min(tabs)]
    people = "open the people tab"
    rate = _rounds(large, people, 4, 0)
    direct, kept = (statistics.median(large["figures"][name]) for name in ("direct", "kept"))
    scripts = sum(size for path, size in large["wire"]["files"].items() if path.endswith(".js"))
    every = large["wire"]["page"] + sum(large["wire"]["files"].values())
    resident = max(kb for one in sizes for kb in one["memory"][1]) / 1024
    grown = [
        _ratio([getattr(one, name) for one in most], [getattr(one, name) for one in least], 2)
        for name in ("page", "page_busy")
    ]
    rows = [
        ("people tab, time at the server ÷ raw SQL of its rows", "≤ 5, aim 4", _ratio([one.page for one in most], [one.raw for one in most])),
        ("the same, work of the processors", "", _ratio([one.page_busy for one in most], [one.raw_busy for one in most])),
        ("people tabs a second at 4 clients", "≥ 140", f"{statistics.median(rate):.0f} (worst {min(rate):.0f})"),
        (f"people tab, {max(tabs)} dossiers ÷ {min(tabs)}", "≤ 1.05 (300,000 ÷ 3,000)", f"time {grown[0]}, work {grown[1]}"),
        ("saving a lane ÷ one durable commit", "≤ 3", _ratio(_rounds(large, "save a lane", 1, 1), large["commit"])),
        ("dossiers created a second at 4 clients", "≥ 300", f"{statistics.median(_rounds(large, 'create a dossier', 4, 0)):.0f}"),
        (
            f"find a misspelt name among {large['find']['persons']} persons, database and ranking, p95",
            "≤ 15 ms (1,000,000)",
            f"{large['find']['p95']:.1f} ms (p50 {large['find']['p50']:.1f}; {large['find']['found']:.0%} found)",
        ),
        (f"figures: direct count ÷ kept counts, {large['dossiers']} dossiers", "≥ 50 (1,000,000)",
         f"{direct / kept:.0f} ({direct:.0f} ms against {kept:.1f}), numbers {'identical' if large['figures']['same'] else 'DIFFER'}"),
        ("dossiers seeded a second", "≥ 2,000", f"{large['rate']:.0f} ({large['rows'] / large['loaded']:.0f} rows a second)"),
        ("memory per worker, resident", "≤ 150 MB", f"{resident:.0f} MB"),
        ("first page on the wire, with its styles and scripts", "≤ 60 kB", f"{every / 1000:.1f} kB"),
        ("of which script", "≤ 30 kB", f"{scripts / 1000:.1f} kB"),
    ]  # fmt: skip
    lines = ["## Targets and what was reached\n", "| what | target | reached |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"
