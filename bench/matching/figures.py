"""What was measured, kept in the home of the run until the page is written."""

import json
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = Path(os.environ.get("WIDA_HOME", ROOT / ".wida")) / "matching"


def keep(name: str, figures) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"{name}.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")


def kept(name: str):
    place = KEPT / f"{name}.json"
    return json.loads(place.read_text(encoding="utf-8")) if place.exists() else None
