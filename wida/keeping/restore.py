"""`wida restore`: reads all of a backup before it touches anything, then fills an empty database and checks itself."""

import hashlib
import json
import re
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from wida.attachments import storage
from wida.audit import signing
from wida.audit.verify import Broken, Verifier
from wida.keeping import backup, box, ledger, programs, state
from wida.keeping.reopen import Reopened, are_shut, reopen, shut

# The last seals may not have been published when the backup was made.
LONG_AGO = timedelta(days=36500)
EMPTY = "select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')"
SEAL_NAME = re.compile(r"\d{4}-\d\d-\d\d/\d{8}\.json")
FILE_NAME = re.compile(r"[0-9a-f-]{36}/[0-9a-f-]{36}")
DOOR = re.compile(r"^    wida_(app|worker|auditor): connect$")


class NotEmpty(Exception):
    """There is something in the database already."""


class Differs(Exception):
    """What was restored isn't what was backed up; carries the differences. The doors stay shut."""

    def __init__(self, differences: list[str]):
        super().__init__("; ".join(differences[:5]))
        self.differences = differences


def check(source: Path) -> dict:
    """Reads the whole backup and returns its manifest. Raises `box.Refused` unless every byte is as it was written."""
    digests, manifest = {}, None
    with source.open("rb") as file:
        for part in box.parts(file, backup.keys()):
            if part.name == backup.MANIFEST:
                manifest = json.loads(box.whole(part.data))
                continue
            digest = hashlib.sha256()
            for piece in part.data:
                digest.update(piece)
            digests[part.name] = digest.hexdigest()
    if manifest is None or digests != _promised(manifest):
        raise box.Refused("its parts aren't those of its manifest")
    return manifest


def _promised(manifest: dict) -> dict[str, str]:
    return (
        {backup.DATABASE: manifest["database"]}
        | {backup.FILE + name: digest for name, digest in manifest["files"].items()}
        | {backup.SEAL + name: digest for name, digest in manifest["seals"].items()}
    )


def fill(source: Path) -> dict:
    """Fills the database, the storage and the folder of seals. As the owner. The doors are shut from before the first
    row; `finish` opens them. Raises `NotEmpty`, `box.Refused`, `programs.Failed` or `storage.Unreachable`.
    """
    manifest = check(source)
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
        if cursor.fetchone()[0]:
            raise NotEmpty
    shut()
    with source.open("rb") as file:
        for part in box.parts(file, backup.keys()):
            if part.name == backup.DATABASE:
                _load(part)
            elif part.name.startswith(backup.FILE):
                _put_file(part.name.removeprefix(backup.FILE), box.whole(part.data))
            elif part.name.startswith(backup.SEAL):
                _put_seal(part.name.removeprefix(backup.SEAL), box.whole(part.data))
            else:
                box.whole(part.data)
    return manifest


def _load(part: box.Part) -> None:
    """In one transaction, into the schemas that `wida bootstrap` made."""
    connects = programs.environment(
        connection.get_connection_params(), PGOPTIONS="-c wida.migrating=on -c statement_timeout=0"
    )
    arguments = (
        "--dbname=",
        "--single-transaction",
        "--exit-on-error",
        "--no-password",
        "-n",
        "public",
        "-n",
        "wida",
    )
    connection.close()
    programs.write_to("pg_restore", *arguments, environment=connects, data=part.data)


def _put_file(name: str, data: bytes) -> None:
    if not FILE_NAME.fullmatch(name):
        raise box.Refused(f"{name} isn't the name of a file of ours")
    try:
        if storage.read(name) == data:
            return
        storage.remove(name)
    except FileNotFoundError:
        pass
    storage.write(name, data)


def _put_seal(name: str, data: bytes) -> None:
    if not SEAL_NAME.fullmatch(name):
        raise box.Refused(f"{name} isn't the name of a seal")
    path = settings.WIDA_AUDIT_FOLDER / name
    if path.exists():
        if path.read_bytes() != data:
            raise Differs([f"seal {name}: another one was published here"])
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def verify(manifest: dict) -> None:
    """Rows, counters, policies, grants, files and the trail, each against the manifest. Raises `Differs`."""
    with transaction.atomic():
        found = state.read()
    wanted = manifest["state"]
    if are_shut():
        wanted = wanted | {"grants": [line for line in wanted["grants"] if not DOOR.match(line)]}
    told = state.differences(wanted, found)
    for name, digest in manifest["files"].items():
        try:
            if hashlib.sha256(storage.read(name)).hexdigest() != digest:
                told.append(f"file {name}: not what was backed up")
        except FileNotFoundError:
            told.append(f"file {name}: not in the storage")
    told += _faults_of_trail(manifest)
    if told:
        raise Differs(told)


def _faults_of_trail(manifest: dict) -> list[str]:
    """Against the seals of then: those of later speak of what isn't in this backup."""
    with tempfile.TemporaryDirectory() as folder:
        for name in manifest["seals"]:
            copy = Path(folder) / name
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(settings.WIDA_AUDIT_FOLDER / name, copy)
        verifier = Verifier(Path(folder), signing.trusted(), behind=LONG_AGO, real_clock=settings.PRODUCTION)
        try:
            verifier.run(_address())
        except Broken as fault:
            return [f"trail: broken at {fault}"]
    return []


def _address() -> str:
    """A plain connection of the owner that sees every row."""
    known = connection.get_connection_params()
    parameters = {name: known[name] for name in programs.CONNECTS if known.get(name)}
    return make_conninfo("", **parameters, options="-c wida.migrating=on")


def finish(manifest: dict) -> Reopened:
    """Plays what ended since, and opens the doors. Raises `Behind` when the ledger here is older than the backup."""
    if manifest["ledger"] > ledger.last_number():
        raise ledger.Behind(f"the ledger at {ledger.path()} is older than this backup: bring its newest copy")
    return reopen()
