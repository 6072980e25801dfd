"""The measurements themselves. Each leaves its figures in .wida/matching/, from which the page is written."""

import json
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.matching import belgium, febrl, labelled, stock
from bench.matching import learn as lessons
from bench.matching import measure as ways
from bench.matching.figures import keep
from wida.people.matching import scoring
from wida.people.matching.facts import Facts

WEIGHTS = Path(scoring.__file__).parent / "weights.json"
TRAINED_ON, TESTED_ON = 1, 7  # seeds: the weights of the house never saw the set they are tested on
TRAINING = 30_000
# The invented set has no numbers: a number is one person's, and a slip of one digit is met. Nor years without a day.
NUMBER = {"same": 24.0, "near": 12.0, "other": -5.0, "missing": 0.0}
YEARS = {"in_year": 5.0, "near_year": 1.0, "other_year": -5.0}


@dataclass
class Row:
    data: str
    by: str
    candidates: float
    precision: float
    recall: float
    f1: float
    recall_at_99: float
    seconds: float


def learn() -> None:
    """Learns the weights of the house anew and writes them beside the code that uses them."""
    seen: Counter = Counter()
    for families in (True, False):
        records = belgium.people(TRAINING, TRAINED_ON, families=families)
        truth = belgium.pairs(records)
        levels = ways.compared([ways.facts_of(record) for record in records])
        seen.update((found, pair in truth) for pair, found in levels.items())
    weights = labelled.learn(seen)
    levels = {
        field: {level: round(value, 2) for level, value in table.items()}
        for field, table in weights.levels.items()
    }
    levels["number"] = NUMBER
    levels["birth"] |= YEARS
    recipe = f"python -m bench.matching learn: two times {TRAINING} invented Belgians, seed {TRAINED_ON}, with labels"
    found = {"recipe": recipe, "prior": round(weights.prior, 2), "levels": levels}
    WEIGHTS.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def measure() -> None:
    rows = []
    for number in (1, 2, 3):
        frame, truth = febrl.load(number)
        rows += _beside(
            f"FEBRL {number}", febrl.persons(frame), truth, lambda frame=frame: stock.febrl(frame)
        )
    for size in (10_000, 100_000):
        for name, families in (("families", True), ("people alone", False)):
            records = belgium.people(size, TESTED_ON, families=families)
            people = [ways.facts_of(record) for record in records]
            told = f"Belgians, {name}, {size:,}"
            rows += _beside(
                told, people, belgium.pairs(records), lambda records=records: stock.belgian(records), own=True
            )
    keep("quality", [asdict(row) for row in rows])


def _beside(data: str, people: list[Facts], truth: set, by_splink, *, own: bool = False) -> list[Row]:
    """splink, and ours learned on the same records without labels; for Belgians also with the weights of the house."""
    began = time.monotonic()
    rows = [_row(data, "splink", by_splink(), truth, began)]
    began = time.monotonic()
    weights = lessons.learn(people)
    levels = ways.compared(people)
    rows.append(_row(data, "WIDA, learned on the set", ways.scored(people, levels, weights), truth, began))
    if own:
        began = time.monotonic()
        house = scoring.learned()
        scores = [(house.of(found), pair) for pair, found in levels.items()]
        rows.append(_row(data, "WIDA, as the house scores", scores, truth, began))
    return rows


def _row(data: str, by: str, scores: list, truth: set, began: float) -> Row:
    best, sure = ways.best(scores, truth), ways.best(scores, truth, precision=0.99)
    met = len(truth.intersection(pair for _score, pair in scores)) / len(truth)
    row = Row(data, by, met, best.precision, best.recall, best.f1, sure.recall, time.monotonic() - began)
    print(row, flush=True)
    return row
