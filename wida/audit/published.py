"""The seals as small files that another system fetches: `<folder>/<day>/<number>.json`, written once.

Whoever holds a copy can tell when the trail was rewritten, also by somebody who owns the database and the key.
"""

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from wida.audit import written

Seal = dict[str, str | None]


class Differs(Exception):
    """A seal that was published says something else than the batch of that number."""


def seal_of(header: dict, signature: str) -> Seal:
    return written.texts(header) | {"signature": signature}


def put(folder: Path, seal: Seal) -> None:
    """Writes a seal, whole or not at all. One that stands there is never overwritten."""
    path = _path(folder, seal)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{uuid4().hex}")
    draft.write_text(json.dumps(seal, indent=1, sort_keys=True) + "\n")
    try:
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    if get(folder, seal) != seal:
        raise Differs(f"batch {seal['number']}: the published seal differs")


def get(folder: Path, seal: Seal) -> Seal | None:
    """What was published under the number and day of this seal."""
    try:
        return json.loads(_path(folder, seal).read_text())
    except FileNotFoundError:
        return None
    except ValueError:
        return {}


def last_number(folder: Path) -> int:
    """The highest number that was published; 0 when none was."""
    days = sorted((day for day in folder.glob("*") if day.is_dir()), reverse=True)
    return next((max(numbers) for numbers in map(_numbers, days) if numbers), 0)


def all_numbers(folder: Path) -> Iterator[int]:
    for day in sorted(folder.glob("*")):
        yield from sorted(_numbers(day))


def _numbers(day: Path) -> list[int]:
    return [int(path.stem) for path in day.glob("*.json") if path.stem.isdigit()]


def _path(folder: Path, seal: Seal) -> Path:
    return folder / str(seal["sealed_at"])[:10] / f"{int(seal['number'] or 0):08}.json"
