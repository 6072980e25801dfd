"""Writing in a dossier: every change keeps what was there, names who did it, and leaves an audit event."""

import json
from typing import TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from wida.accounts.actor import Actor
from wida.audit.actions import event
from wida.records.models import Record, Revision
from wida.records.writing import Change, together, write

PROVENANCE = {
    "id",
    "dossier",
    "organisation",
    "author",
    "signature",
    "created_at",
    "changed_at",
    "version",
    "withdrawn_at",
}

R = TypeVar("R", bound=Record)


class Conflict(Exception):
    """Somebody changed the record since the form was shown. Carries the record as it stands now."""

    def __init__(self, current: Record):
        super().__init__("changed meanwhile")
        self.current = current


@together
def add(record: R, *also: models.Model | Change, by: Actor) -> R:
    """Writes a new record for the actor's organisation; recorded as `added`. What follows from it goes `also`: when
    that is its dossier too, the dossier is new and says by itself what was last changed in it.
    """
    stamp(record, by=by)
    told, last = _trace(record, "added", by)
    starts = any(row.pk == record.dossier_id for row in also if not isinstance(row, Change))
    marks = () if starts else (last,)
    write(*also, told, *marks, record)
    return record


def stamp(record: R, *, by: Actor) -> R:
    """Sets owner, author and moment, for rooms that save several rows as one act with `add_all`."""
    record.organisation_id = by.organisation_id
    record.author_id = by.user_id
    record.signature = by.signature
    record.created_at = record.changed_at = timezone.now()
    return record


@together
def add_all(first: R, *others: Record, by: Actor) -> R:
    """Writes rows that belong together (an assessment and its factors) as one act with one event, on `first`."""
    add(first, by=by)
    for model in dict.fromkeys(type(other) for other in others):
        model.objects.bulk_create([stamp(other, by=by) for other in others if type(other) is model])
    return first


@together
def change(record: R, *, by: Actor, version: int, reason: str = "", **values) -> R:
    """Keeps the old state as a revision and writes the new one; recorded as `changed`.

    `version` is the one the form started from: raises `Conflict` when somebody was first. Nothing happens,
    and nothing is recorded, when no value differs.
    """
    current = _lock(record, version)
    if all(getattr(current, name) == value for name, value in values.items()):
        return current
    before = _kept(current, by=by, reason=reason)
    for name, value in values.items():
        setattr(current, name, value)
    return _renew(current, before, "changed", by)


@together
def withdraw(record: R, *, by: Actor, version: int, reason: str) -> R:
    """Takes a record out of the file. It stays readable in the history; recorded as `withdrawn`."""
    current = _lock(record, version)
    before = _kept(current, by=by, reason=reason)
    current.withdrawn_at = timezone.now()
    return _renew(current, before, "withdrawn", by)


def _lock(record: R, version: int) -> R:
    current = (
        type(record).objects.select_for_update(of=("self",)).get(pk=record.pk, dossier_id=record.dossier_id)
    )
    if current.version != version or current.withdrawn_at:
        raise Conflict(current)
    return current


def _kept(record: Record, *, by: Actor, reason: str) -> Revision:
    state = {
        field.name: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if field.name not in PROVENANCE
    }
    return Revision(
        dossier_id=record.dossier_id,
        table=record._meta.label_lower,
        row=record.pk,
        version=record.version,
        signature=record.signature,
        written_at=record.changed_at,
        replaced_at=timezone.now(),
        replaced_by=by.signature,
        reason=reason,
        state=json.dumps(state, cls=DjangoJSONEncoder),
    )


def _renew(record: R, before: Revision, action: str, by: Actor) -> R:
    record.version += 1
    record.changed_at = timezone.now()
    record.signature = by.signature
    write(before, *_trace(record, action, by), record)
    return record


def _trace(record: Record, action: str, by: Actor) -> tuple[models.Model, Change]:
    """The event, and on the dossier what was last changed in it."""
    told = event(
        action,
        by=by,
        dossier=record.dossier_id,
        part=record.part,
        table=record._meta.label_lower,
        row=record.pk,
    )
    last = {"changed_at": record.changed_at, "changed_by": by.signature, "changed_part": record.part}
    return told, Change(type(record).dossier.field.related_model, record.dossier_id, last)
