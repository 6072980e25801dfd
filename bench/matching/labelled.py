"""The weights of the house, learned from labels: which levels tell apart, among candidates, one person from two.

Logistic regression over the levels of all fields at once. It gives weights of the same shape as Fellegi and Sunter's,
but two fields that say the same (a name and how it is spelled, an address and a family name) don't count double.
"""

import math
from collections import Counter
from collections.abc import Iterable

import numpy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from wida.people.matching.scoring import FIELDS, MISSING, Levels, Weights

Seen = Counter[tuple[Levels, bool]]


def learn(seen: Seen) -> Weights:
    """`seen`: how often each pattern was met among candidates, and whether they were one person."""
    columns = {
        one: place for place, one in enumerate(sorted({o for levels, _same in seen for o in _ones(levels)}))
    }
    patterns, counts = zip(*seen.items(), strict=True)
    places = [columns[one] for levels, _same in patterns for one in _ones(levels)]
    starts = range(0, len(places) + 1, len(FIELDS))
    rows = csr_matrix((numpy.ones(len(places)), places, starts), shape=(len(patterns), len(columns)))
    model = LogisticRegression(solver="newton-cholesky", tol=1e-9).fit(
        rows, [same for _levels, same in patterns], counts
    )
    prior, levels = float(model.intercept_[0]) / math.log(2), {field: {} for field in FIELDS}
    for (field, level), place in columns.items():
        levels[field][level] = float(model.coef_[0][place]) / math.log(2)
    for place, field in enumerate(FIELDS):
        nothing = _nothing(levels[field], _shares(seen, place))
        levels[field] = {level: weight - nothing for level, weight in levels[field].items()}
        prior += nothing
    return Weights(prior, levels)


def _ones(levels: Levels) -> Iterable[tuple[str, str]]:
    return zip(FIELDS, levels, strict=True)


def _nothing(weights: dict[str, float], shares: dict[str, float]) -> float:
    """The weight that says nothing: of a field that is missing, as it then counts 0; else that of a field on average."""
    missing = [level for level in weights if level.partition("|")[0] == MISSING]
    if missing:
        return weights[min(missing)]
    return math.log2(sum(shares.get(level, 0) * 2**weight for level, weight in weights.items()))


def _shares(seen: Seen, place: int) -> dict[str, float]:
    """Of the levels of a field, between two persons."""
    counts: Counter[str] = Counter()
    for (levels, same), count in seen.items():
        counts[levels[place]] += 0 if same else count
    return {level: count / counts.total() for level, count in counts.items()}
