"""Where encrypted files lie: a folder, or S3-compatible storage. What goes wrong there has one name here."""

import contextlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

MISSING = ("404", "NoSuchKey", "NotFound")


class Unreachable(Exception):
    """The storage doesn't answer, answers too late, or has no room left."""


def write(name: str, sealed: bytes) -> None:
    """Stores it whole and for good before its row is committed, or raises `Unreachable` and leaves nothing of it."""
    try:
        with _faults():
            default_storage.save(name, ContentFile(sealed))
            _flush(name)
    except Unreachable as fault:
        if not isinstance(fault.__cause__, BotoCoreError | ClientError):  # S3 keeps a whole file or none
            with contextlib.suppress(OSError):
                default_storage.delete(name)
        raise


def _flush(name: str) -> None:
    """A file in a folder survives a power cut only when the file and its folders were written out."""
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:
        return
    for place in (path, path.parent, path.parent.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def read(name: str) -> bytes:
    """The stored bytes. Raises `FileNotFoundError` for what isn't there."""
    with _faults(), default_storage.open(name) as file:
        return file.read()


def remove(name: str) -> None:
    with _faults():
        default_storage.delete(name)


def folders() -> list[str]:
    """One for each dossier that has files."""
    with _faults():
        return default_storage.listdir("")[0]


def files(folder: str) -> list[str]:
    with _faults():
        return [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]


def written_at(name: str) -> datetime:
    with _faults():
        return default_storage.get_modified_time(name)


@contextlib.contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except ClientError as fault:
        if fault.response.get("Error", {}).get("Code") in MISSING:
            raise FileNotFoundError from fault
        raise Unreachable from fault
    except (OSError, BotoCoreError) as fault:
        raise Unreachable from fault
