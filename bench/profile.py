"""Where the time of a step goes: cProfile of a hundred of them inside one process, and the statements of one.

python -m bench.profile 1000           the people tab, written beside the figures
python -m bench.profile 1000 create    starting a dossier, printed; `save`: answering in a lane
"""

import cProfile
import io
import os
import pstats
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from bench.size import HOME, LANE, LOGIN

OUT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks-profile.txt"
TIMES = 100


def main(dossiers: int, name: str = "people") -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "wida.settings", "WIDA_MODE": "demo", "WIDA_HOME": str(HOME / str(dossiers)),
        "WIDA_FILES_PER_HOUR": "100000000", "WIDA_SESSIONS_PER_USER": "500",
    }  # fmt: skip
    from wida import running

    with running.database(quiet=True):
        running.prepare_files()
        with running.logged_in("owner"):
            step = STEPS[name]()
        for turn in range(10):
            step(turn)
        busy = time.process_time()
        took = [_timed(step, turn) for turn in range(TIMES)]
        busy = (time.process_time() - busy) * 1000 / TIMES
        asked = _asked(step)
        profile = cProfile.Profile()
        profile.enable()
        for turn in range(TIMES):
            step(turn)
        profile.disable()
    out = io.StringIO()
    print(
        f"{name}: p50 {statistics.median(took):.1f} ms, p20 {statistics.quantiles(took, n=5)[0]:.1f} ms, of which "
        f"{busy:.1f} ms in Python; {len(asked)} statements, those around the transaction included",
        file=out,
    )
    stats = pstats.Stats(profile, stream=out)
    stats.strip_dirs().sort_stats("cumulative").print_stats(60)
    stats.sort_stats("tottime").print_stats(30)
    told = re.sub(r"[ \t]+$", "", out.getvalue(), flags=re.MULTILINE)
    if name == "people":
        OUT.write_text(told, encoding="utf-8")
    else:
        print("\n".join(asked), told, sep="\n")


def _people() -> Callable[[int], None]:
    from bench.full import families
    from tests import cast
    from wida.records.sealing import keyring

    client = cast.signed_in(LOGIN)
    with keyring(trusted=True):
        numbers = [number for _pk, number in families(Path(os.environ["WIDA_HOME"]))]
    return lambda turn: _check(client.get(f"/dossiers/{numbers[turn % len(numbers)]}/people/"), 200)


def _create() -> Callable[[int], None]:
    from tests import cast
    from wida.accounts.models import SafeHome

    client, home = cast.signed_in(LANE), str(SafeHome.objects.get(name="Limburg").pk)
    words = {"name": "Bench - Proef", "safe_home": home, "police_zone": ""}
    return lambda turn: _check(client.post("/dossiers/start/", {**words, "form_key": str(uuid4())}), 303)


def _save() -> Callable[[int], None]:
    """Each time the next version of the same answer, as often as the lane was answered before."""
    from tests import cast
    from wida.records.models import Revision  # noqa: F401 - the models are loaded
    from wida.sharing.models import Contribution, Lane

    client = cast.signed_in(LANE)
    lane = Lane.objects.filter(
        dossier__stage="dossiervorming", dossier__safe_home__name="Limburg", lane="caw"
    ).values_list("pk", "dossier__number")[0]
    written = Contribution.objects.filter(lane=lane[0]).count()
    path = f"/dossiers/{lane[1]}/sharing/lanes/{lane[0]}/contribute/"
    versions = iter(range(written, 10_000_000))

    def step(_turn: int) -> None:
        words = {"state": "niet_gekend", "reason": "Nagekeken.", "version": next(versions)}
        _check(client.post(path, {**words, "form_key": str(uuid4())}), 303)

    return step


STEPS = {"people": _people, "create": _create, "save": _save}


def _check(answer, status: int) -> None:
    if answer.status_code != status:
        raise SystemExit(f"{answer.status_code} in place of {status}: {answer.content.decode()[:2000]}")


def _timed(step: Callable[[int], None], turn: int) -> float:
    began = time.perf_counter()
    step(turn)
    return (time.perf_counter() - began) * 1000


def _asked(step: Callable[[int], None]) -> list[str]:
    """The statements of a step, with the median of what each took in milliseconds, and those around its transaction."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    took: list[list[float]] = []

    def timed(execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took[-1].append((time.perf_counter() - began) * 1000)

    with connection.execute_wrapper(timed):
        for turn in range(TIMES):
            took.append([])
            step(turn)
        with CaptureQueriesContext(connection) as captured:
            took.append([])
            step(0)
    asked = [" ".join(query["sql"].split())[:200] for query in captured]
    brackets = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    medians = iter([statistics.median(times) for times in zip(*took, strict=False)])
    return [sql if sql.startswith(brackets) else f"{next(medians):5.2f}  {sql}" for sql in asked]


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
