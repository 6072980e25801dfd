"""`python -m bench.matching learn | measure | archive | all`: each part keeps its figures, and writes the page anew."""

import os
import sys

os.environ.setdefault("WIDA_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wida.settings")


def main(part: str) -> int:
    if part not in ("learn", "measure", "archive", "all"):
        print(__doc__, file=sys.stderr)
        return 2
    import django

    django.setup()
    if part == "learn":
        from bench.matching.commands import learn

        learn()
        return 0
    from bench.matching import commands, page

    if part in ("measure", "all"):
        commands.measure()
    if part in ("archive", "all"):
        from bench.matching.archive import measure

        measure()
    page.write()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1] if len(sys.argv) > 1 else "all"))
