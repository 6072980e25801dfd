"""Attaching, handing out and withdrawing files."""

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


@transaction.atomic
def attach(
    *, dossier: Dossier, by: Actor, name: str, mime: str, data: bytes, category: str, description: str = ""
) -> Attachment:
    """Stores a file encrypted under the dossier's key. When the row can't be kept, the file goes again."""
    key = new_id()
    stored = default_storage.save(
        f"{dossier.pk}/{key}", ContentFile(seal_bytes(data, dossier.pk, _place(key)))
    )
    attachment = Attachment(
        id=key,
        dossier=dossier,
        name=name,
        description=description,
        category=category,
        mime=mime,
        size=len(data),
        stored=stored,
    )
    try:
        return records.add(attachment, by=by)
    except BaseException:
        default_storage.delete(stored)
        raise


def hand_out(*, attachment: Attachment, by: Actor) -> bytes:
    """The bytes of a file; recorded as `downloaded`."""
    with default_storage.open(attachment.stored) as file:
        data = unseal_bytes(file.read(), attachment.dossier_id, _place(attachment.pk))
    audit("downloaded", by=by, dossier=attachment.dossier_id, part=attachment.part, row=attachment.pk)
    return data


def withdraw(*, attachment: Attachment, by: Actor, version: int, reason: str) -> Attachment:
    """Takes a file out of the file; the reason stays in its history."""
    return records.withdraw(attachment, by=by, version=version, reason=reason)


def _place(key) -> str:
    return f"attachments_attachment:{key}:file"
