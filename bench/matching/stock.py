"""splink as its own guides set it up: comparisons from its library, blocking on pairs of columns, its own training."""

import logging
import warnings

import pandas
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.matching.belgium import Record
from bench.matching.measure import Pair

BELGIAN = {
    "comparisons": lambda: [
        compare.ForenameSurnameComparison("given_name", "family_name"),
        compare.DateOfBirthComparison("birth_date", input_is_string=True),
        compare.LevenshteinAtThresholds("street", [1, 3]),
        compare.ExactMatch("postal_code").configure(term_frequency_adjustments=True),
        compare.ExactMatch("sex"),
    ],
    "candidates": [
        ("birth_date",),
        ("given_name", "family_name"),
        ("family_name", "substr(birth_date, 1, 4)"),
        ("given_name", "substr(birth_date, 1, 4)"),
        ("street", "postal_code"),
        ("family_name", "postal_code"),
    ],
    "lessons": [("given_name", "family_name"), ("birth_date",)],
    "certain": [("given_name", "family_name", "birth_date")],
}
FEBRL = {
    "comparisons": lambda: [
        compare.NameComparison("given_name"),
        compare.NameComparison("surname"),
        compare.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
        compare.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
        compare.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        compare.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
        compare.LevenshteinAtThresholds("address_1", [1, 3]),
    ],
    "candidates": [
        ("soc_sec_id",),
        ("given_name", "surname"),
        ("date_of_birth",),
        ("postcode", "surname"),
        ("postcode", "given_name"),
        ("street_number", "address_1"),
        ("surname", "address_1"),
    ],
    "lessons": [("date_of_birth",), ("given_name", "surname"), ("postcode", "street_number")],
    "certain": [("soc_sec_id",), ("given_name", "surname", "date_of_birth")],
}


def belgian(records: list[Record]) -> list[tuple[float, Pair]]:
    frame = pandas.DataFrame(records).drop(columns=["person", "origin"]).replace("", None)
    return _scores(frame, BELGIAN)


def febrl(frame: pandas.DataFrame) -> list[tuple[float, Pair]]:
    frame = frame.reset_index(drop=True)
    return _scores(frame.astype(object).where(frame.notna(), None), FEBRL)


def _scores(frame: pandas.DataFrame, model: dict) -> list[tuple[float, Pair]]:
    """Every pair it proposes, with its weight."""
    warnings.filterwarnings("ignore")
    logging.getLogger("splink").setLevel(logging.ERROR)
    frame = frame.assign(unique_id=range(len(frame)))
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=model["comparisons"](),
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in model["candidates"]],
    )
    linker = Linker(DuckDBAPI().register(frame), settings, log_level=None)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on(*rule) for rule in model["certain"]], recall=0.7
    )
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for lesson in model["lessons"]:
        training.estimate_parameters_using_expectation_maximisation(block_on(*lesson))
    found = linker.inference.predict(threshold_match_weight=-20).as_pandas_dataframe()
    return [
        (weight, (min(one, other), max(one, other)))
        for weight, one, other in zip(found.match_weight, found.unique_id_l, found.unique_id_r, strict=True)
    ]
