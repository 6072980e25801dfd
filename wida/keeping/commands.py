"""`wida backup`, `wida restore`, `wida reopen`: what they print, and their exit codes."""

import sys
from pathlib import Path

from wida.attachments.storage import Unreachable
from wida.keeping import backup as backups
from wida.keeping import box, ledger, programs
from wida.keeping import restore as restores
from wida.keeping.reopen import Reopened
from wida.keeping.reopen import reopen as open_again

KNOWN = (box.Refused, programs.Failed, ledger.Broken, ledger.Behind, Unreachable)


def backup(options) -> int:
    target: Path = options.file
    if options.check:
        return _tell(lambda: _describe(restores.check(target)))
    if target.exists():
        return _fail(f"{target} is there already")
    try:
        made = backups.make(target)
    except KNOWN as fault:
        return _fail(f"no backup: {fault or type(fault).__name__}")
    print(f"{target}: {made.rows} rows and {made.files} files in {made.size:,} bytes, encrypted")
    for name in made.missing:
        print(f"wida: the file {name} has a row and isn't in the storage", file=sys.stderr)
    return 1 if made.missing else 0


def restore(options) -> int:
    try:
        manifest = restores.fill(options.file)
        print(_describe(manifest))
        restores.verify(manifest)
        print("verified: rows, counters, policies, grants, files and the trail are those of the backup")
        print(_told(restores.finish(manifest)))
    except restores.NotEmpty:
        return _fail("not restored: the database isn't empty")
    except restores.Differs as fault:
        for line in fault.differences:
            print(f"  {line}", file=sys.stderr)
        return _fail("what was restored isn't what was backed up; the doors stay shut")
    except (ledger.Behind, ledger.Broken) as fault:
        return _fail(f"restored and verified, but the doors stay shut: {fault}")
    except KNOWN as fault:
        return _fail(f"not restored: {fault or type(fault).__name__}")
    return 0


def reopen(options) -> int:
    return _tell(lambda: _told(open_again()))


def _tell(work) -> int:
    try:
        print(work())
    except KNOWN as fault:
        return _fail(str(fault))
    return 0


def _describe(manifest: dict) -> str:
    tables = manifest["state"]["tables"]
    rows = sum(count for count, _checksum in tables.values())
    return f"backup of {manifest['made_at']}: {rows} rows in {len(tables)} tables, {len(manifest['files'])} files"


def _told(done: Reopened) -> str:
    rows = ", ".join(f"{table} {count}" for table, count in done.changed.items()) or "nothing had come back"
    return f"open: {done.lines} lines of the ledger played ({rows}); {done.cut} later seals laid aside"


def _fail(line: str) -> int:
    print(f"wida: {line}", file=sys.stderr)
    return 1


RUN = {"backup": backup, "restore": restore, "reopen": reopen}
