"""`wida backup`: the database as `wida_backup` sees it, of one moment, with the files and seals that belong to it."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from wida.attachments import storage
from wida.audit import published
from wida.keeping import box, ledger, programs, state

DATABASE, FILE, SEAL, MANIFEST = "database", "file:", "seal:", "manifest"
NAMED = """
select stored from attachments_attachment union select copy from attachments_examination where copy <> '' order by 1
"""
SEES_ALL = "select rolsuper or rolbypassrls from pg_roles where rolname = current_user"


class Made(NamedTuple):
    rows: int
    files: int
    missing: list[str]  # files that have a row, and aren't in the storage
    size: int


def keys() -> dict[int, bytes]:
    if not settings.WIDA_BACKUP_KEYS:
        raise ImproperlyConfigured("WIDA_BACKUP_KEYS is needed for backups; docs/operators.md tells how")
    return settings.WIDA_BACKUP_KEYS


def make(target: Path) -> Made:
    """Writes the backup, whole or not at all. As the account `wida_backup`, on the connection of this process."""
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            writer = box.Writer(file, keys())
            manifest = _fill(writer)
            writer.close()
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    rows = sum(count for count, _checksum in manifest["state"]["tables"].values())
    return Made(rows, len(manifest["files"]), manifest["missing"], size)


def _fill(writer: box.Writer) -> dict:
    """The database first, then the files its rows name: a file more is only space, a file less is a loss."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        cursor.execute(SEES_ALL)
        if not cursor.fetchone()[0]:
            raise ImproperlyConfigured(
                "DATABASE_BACKUP_URL has to name wida_backup: this account sees only some rows"
            )
        cursor.execute("select pg_export_snapshot(), pg_current_wal_lsn()::text")
        snapshot, position = cursor.fetchone()
        arguments = ("--format=custom", "--compress=gzip:1", "--no-password", f"--snapshot={snapshot}")
        connects = programs.environment(connection.get_connection_params())
        digest = writer.add(DATABASE, programs.read_from("pg_dump", *arguments, environment=connects))
        held = state.read()
        cursor.execute(NAMED)
        names = [name for (name,) in cursor.fetchall()]
        last = ledger.last_mark()
        cursor.execute("select coalesce(max(number), 0) from audit_batch")
        batch = cursor.fetchone()[0]
    files, missing = _add_files(writer, names)
    manifest = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "position": position,
        "database": digest,
        "state": held,
        "files": files,
        "missing": missing,
        "batch": batch,
        "ledger": last,
        "seals": _add_seals(writer, batch),
    }
    writer.add(MANIFEST, iter([json.dumps(manifest).encode()]))
    return manifest


def _add_files(writer: box.Writer, names: list[str]) -> tuple[dict[str, str], list[str]]:
    files, missing = {}, []
    for name in names:
        try:
            data = storage.read(name)
        except FileNotFoundError:
            missing.append(name)
            continue
        files[name] = writer.add(FILE + name, iter([data]))
    return files, missing


def _add_seals(writer: box.Writer, batch: int) -> dict[str, str]:
    return {name: writer.add(SEAL + name, iter([data])) for name, data in _seals(batch)}


def _seals(batch: int) -> Iterator[tuple[str, bytes]]:
    folder = settings.WIDA_AUDIT_FOLDER
    for number in published.all_numbers(folder) if folder.exists() else ():
        for path in folder.glob(f"*/{number:08}.json") if number <= batch else ():
            yield f"{path.parent.name}/{path.name}", path.read_bytes()
