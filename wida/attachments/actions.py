"""Attaching, handing out and withdrawing files."""

from cryptography.exceptions import InvalidTag
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from wida.accounts.actor import Actor
from wida.attachments.models import Attachment
from wida.audit.actions import record as audit
from wida.dossiers.models import Dossier
from wida.records import actions as records
from wida.records.ids import new_id
from wida.records.sealing import seal_bytes, unseal_bytes


class Lost(Exception):
    """The file of an attachment isn't in the storage any more, or isn't what was put there."""


@transaction.atomic
def attach(
    *, dossier: Dossier, by: Actor, name: str, mime: str, data: bytes, category: str, description: str = ""
) -> Attachment:
    """Stores a file encrypted under the dossier's key, after its row: no file is written for a row that is refused,
    and no row stands for a file that wasn't.
    """
    key = new_id()
    stored = f"{dossier.pk}/{key}"
    attachment = records.add(
        Attachment(
            id=key,
            dossier=dossier,
            name=name,
            description=description,
            category=category,
            mime=mime,
            size=len(data),
            stored=stored,
        ),
        by=by,
    )
    try:
        default_storage.save(stored, ContentFile(seal_bytes(data, dossier.pk, _place(key))))
    except BaseException:
        default_storage.delete(stored)  # whatever was written before it failed
        raise
    return attachment


def hand_out(*, attachment: Attachment, by: Actor) -> bytes:
    """The bytes of a file; recorded as `downloaded`. Raises `Lost`."""
    try:
        with default_storage.open(attachment.stored) as file:
            data = unseal_bytes(file.read(), attachment.dossier_id, _place(attachment.pk))
    except (FileNotFoundError, InvalidTag) as fault:
        raise Lost from fault
    audit("downloaded", by=by, dossier=attachment.dossier_id, part=attachment.part, row=attachment.pk)
    return data


def withdraw(*, attachment: Attachment, by: Actor, version: int, reason: str) -> Attachment:
    """Takes a file out of the dossier; the reason stays in its history."""
    return records.withdraw(attachment, by=by, version=version, reason=reason)


def _place(key) -> str:
    return f"attachments_attachment:{key}:file"
