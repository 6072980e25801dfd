"""Attaching, examining, handing out and withdrawing files."""

from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from wida.accounts.actor import Actor
from wida.attachments import jobs, storage
from wida.attachments.access import is_shared
from wida.attachments.codes import State
from wida.attachments.models import Attachment, Examination, Intake
from wida.audit.actions import record as audit
from wida.dossiers.models import Dossier
from wida.jobs import enqueue
from wida.records import actions as records
from wida.records.ids import new_id
from wida.records.sealing import seal_bytes, unseal_bytes

FILE, COPY = "file", "copy"


class Lost(Exception):
    """The file of an attachment isn't in the storage any more, or isn't what was put there."""


class Full(Exception):
    """Carries whose room is full: "dossier", or "day" for what one user may attach on a day."""


class Withheld(Exception):
    """The file is in quarantine."""


@transaction.atomic
def attach(
    *,
    dossier: Dossier,
    by: Actor,
    name: str,
    mime: str,
    data: bytes,
    category: str,
    description: str = "",
    ours: bool = False,
) -> Attachment:
    """Stores a file encrypted under the dossier's key, after its row: no file is written for a row that is refused,
    and no row stands for a file that wasn't. It stays in quarantine until a job examined it, unless it is `ours`: made
    by the house itself, as a letter is.

    Raises `Full`, or `storage.Unreachable`.
    """
    _make_room(dossier, by, len(data))
    key = new_id()
    attachment = records.add(
        Attachment(
            id=key,
            dossier=dossier,
            name=name,
            description=description,
            category=category,
            mime=mime,
            size=len(data),
            stored=f"{dossier.pk}/{key}",
        ),
        by=by,
    )
    known = {"state": State.OURS, "examined_at": attachment.created_at} if ours else {}
    Examination.objects.create(attachment=attachment, dossier_id=dossier.pk, **known)
    if not ours:
        enqueue(jobs.examine, dossier=dossier.pk, attachment=key)
    storage.write(attachment.stored, seal_bytes(data, dossier.pk, _place(key, FILE)))
    return attachment


def hand_out(*, attachment: Attachment, by: Actor) -> bytes:
    """The bytes that members share; recorded as `downloaded`. Raises `Withheld`, `Lost` or `storage.Unreachable`."""
    examined = _released(attachment)
    name, kind = (examined.copy, COPY) if examined.copy else (attachment.stored, FILE)
    data = _read(attachment, name, kind)
    audit("downloaded", by=by, dossier=attachment.dossier_id, part=attachment.part, row=attachment.pk)
    return data


def hand_out_original(*, attachment: Attachment, by: Actor) -> bytes:
    """The bytes as they were brought, for who needs them as evidence; recorded as `downloaded`."""
    _released(attachment)
    data = original(attachment)
    audit(
        "downloaded",
        by=by,
        dossier=attachment.dossier_id,
        part=attachment.part,
        row=attachment.pk,
        detail="original",
    )
    return data


def original(attachment: Attachment) -> bytes:
    return _read(attachment, attachment.stored, FILE)


def conclude(*, examination: Examination, state: State, reason: str = "", copy: bytes = b"") -> None:
    """Writes down what was found, with the copy that may be shared; recorded as `examined`."""
    name = f"{examination.dossier_id}/{new_id()}" if copy else ""
    Examination.objects.filter(pk=examination.pk).update(
        state=state, reason=reason, copy=name, size=len(copy) or None, examined_at=timezone.now()
    )
    audit(
        "examined",
        dossier=examination.dossier_id,
        part=Attachment.part,
        table=Attachment._meta.label_lower,
        row=examination.pk,
        detail=" ".join(filter(None, (state, reason))),
    )
    if copy:
        storage.write(name, seal_bytes(copy, examination.dossier_id, _place(examination.pk, COPY)))


def withdraw(*, attachment: Attachment, by: Actor, version: int, reason: str) -> Attachment:
    """Takes a file out of the dossier; the reason stays in its history."""
    return records.withdraw(attachment, by=by, version=version, reason=reason)


def _make_room(dossier: Dossier, by: Actor, size: int) -> None:
    """Counts before anything is written. Two at once wait for each other: for the dossier's row, and for the day's."""
    held = Attachment.objects.filter(dossier=dossier).aggregate(sum=Sum("size"))["sum"] or 0
    if held + size > settings.WIDA_ATTACHMENT_DOSSIER_BYTES:
        raise Full("dossier")
    today = {"user": by.user_id, "day": timezone.localdate()}
    Intake.objects.bulk_create([Intake(**today, size=0)], ignore_conflicts=True)
    room = Intake.objects.filter(**today, size__lte=settings.WIDA_ATTACHMENT_DAY_BYTES - size)
    if not room.update(size=F("size") + size):
        raise Full("day")


def _released(attachment: Attachment) -> Examination:
    if not is_shared(attachment.examination.state):
        raise Withheld
    return attachment.examination


def _read(attachment: Attachment, name: str, kind: str) -> bytes:
    try:
        return unseal_bytes(storage.read(name), attachment.dossier_id, _place(attachment.pk, kind))
    except (FileNotFoundError, InvalidTag) as fault:
        raise Lost from fault


def _place(key: UUID, kind: str) -> str:
    return f"attachments_attachment:{key}:{kind}"
