"""The list of requirements and threats: whole, and naming only tests that exist."""

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent
LIST = (TESTS.parent / "docs" / "requirements.md").read_text(encoding="utf-8")
REQUIREMENTS, THREATS = LIST.split("## Threats")
NAMED = re.compile(r"((?:\w+/)?test_\w+)(?: \((\w+?)_?…?\))?")


def rows(part: str) -> list[list[str]]:
    return [line.strip("|").split("|") for line in part.splitlines() if re.match(r"\| \d+ ", line)]


def test_every_requirement_and_threat_has_a_row():
    assert [int(row[0]) for row in rows(REQUIREMENTS)] == list(range(1, 106))
    assert [int(row[0]) for row in rows(THREATS)] == list(range(1, 41))


def test_what_shows_it_is_there():
    missing = []
    for row in rows(LIST):
        room = ""
        for name, part in NAMED.findall(row[-1]):
            room = name.split("/")[0] + "/" if "/" in name else room
            path = next((p for p in (TESTS / f"{name}.py", TESTS / f"{room}{name}.py") if p.is_file()), None)
            if path is None or (part and part not in path.read_text(encoding="utf-8")):
                missing.append((row[0].strip(), name, part))

    assert missing == []
