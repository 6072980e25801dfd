"""Where the time of the people tab goes: cProfile of 100 openings inside one process, written beside the figures."""

import cProfile
import io
import os
import pstats
import re
import sys
from pathlib import Path

from bench.size import HOME, LOGIN

OUT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks-profile.txt"
TIMES = 100


def main(dossiers: int) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "wida.settings", "WIDA_MODE": "demo", "WIDA_HOME": str(HOME / str(dossiers)),
        "WIDA_FILES_PER_HOUR": "100000000",
    }  # fmt: skip
    from wida import running

    with running.database(quiet=True):
        running.prepare_files()
        from tests import cast
        from wida.dossiers.models import Dossier

        with running.logged_in("owner"):
            numbers = list(
                Dossier.objects.filter(safe_home__name="Limburg", stage="uitvoering").values_list(
                    "number", flat=True
                )[:TIMES]
            )
            client = cast.signed_in(LOGIN)
        for number in numbers[:10]:
            client.get(f"/dossiers/{number}/people/")
        profile = cProfile.Profile()
        profile.enable()
        for number in numbers:
            client.get(f"/dossiers/{number}/people/")
        profile.disable()
    out = io.StringIO()
    stats = pstats.Stats(profile, stream=out)
    stats.strip_dirs().sort_stats("cumulative").print_stats(60)
    stats.sort_stats("tottime").print_stats(30)
    OUT.write_text(re.sub(r"[ \t]+$", "", out.getvalue(), flags=re.MULTILINE), encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]))
