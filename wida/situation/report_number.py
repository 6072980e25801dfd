"""The number of a police report (PV-nummer), read as far as it can be: nobody is refused for an odd one.

Built as district, prevention code, service, serial and year, as in `TG.69.L3.00572/24`.
"""

import re
from typing import NamedTuple

# Written without points, a letter after the prevention code may belong to either side: the service goes first.
_PARTS = re.compile(
    r"(?P<district>[A-Z]{2})[. ]?(?P<prevention_code>[0-9]{2}[A-Z]??)[. ]?(?P<service>[A-Z0-9]{2})[. ]?"
    r"(?P<serial>[0-9]{4,6})[/ ](?:20)?(?P<year>[0-9]{2})"
)


class ReportNumber(NamedTuple):
    """The judicial district, the nature of the facts, who drew it up, its serial, and the whole year."""

    district: str = ""
    prevention_code: str = ""
    service: str = ""
    serial: str = ""
    year: int | None = None


def parse(typed: str) -> ReportNumber | None:
    """The parts of a number, or None for what has another build. Capitals and spaces around it don't matter."""
    parts = _PARTS.fullmatch(typed.strip().upper())
    if parts is None:
        return None
    return ReportNumber(**{**parts.groupdict(), "year": 2000 + int(parts["year"])})


def columns(typed: str) -> dict[str, object]:
    """What a record keeps of a number: as it was typed, and its parts (empty when it has another build)."""
    parts = parse(typed) or ReportNumber()
    return {"report_number": typed, **{f"report_{name}": value for name, value in parts._asdict().items()}}
