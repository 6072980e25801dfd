"""Keeping, throwing away and sweeping drafts. A draft is no change of the file, so keeping one is no event."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wida.accounts.actor import Actor
from wida.audit.actions import record as audit
from wida.drafts.models import Draft, Presence
from wida.records.models import Submission
from wida.records.sealing import hang, new_data_key, place_of, seal


@transaction.atomic
def keep(
    *,
    key: UUID,
    words: str,
    place: str,
    by: Actor,
    dossier: UUID | None = None,
    part: str = "",
    started_from: int | None = None,
) -> datetime | None:
    """Keeps the words of a form and says when; None when that form was saved, or its key is somebody else's."""
    now = timezone.now()
    own = Draft.objects.filter(
        pk=key, author_id=by.user_id, organisation_id=by.organisation_id, dossier_id=dossier, place=place
    )
    draft = own.defer("words").first()
    if draft:
        if draft.wrapped:
            hang(draft.pk, draft.wrapped)
        sealed = seal(words, *place_of(draft, "words"))
        return now if own.update(words=sealed, saved_at=now, started_from=started_from) else None
    if sent(key):
        return None
    draft = Draft(
        id=key, dossier_id=dossier, part=part, place=place, organisation_id=by.organisation_id,
        author_id=by.user_id, signature=by.signature, started_from=started_from, saved_at=now, words=words,
        wrapped=None if dossier else new_data_key(key),
    )  # fmt: skip
    Draft.objects.bulk_create([draft], ignore_conflicts=True)
    return now if own.exists() else None


def be_present(*, dossier: UUID, part: str, place: str, by: Actor) -> None:
    """Tells the others in this part that somebody is typing there."""
    typing = Presence(
        dossier_id=dossier, part=part, place=place, user_id=by.user_id, organisation_id=by.organisation_id,
        signature=by.signature, seen_at=timezone.now(),
    )  # fmt: skip
    Presence.objects.bulk_create(
        [typing],
        update_conflicts=True,
        unique_fields=["dossier", "part", "user"],
        update_fields=["place", "organisation", "signature", "seen_at"],
    )


def sent(key: UUID) -> bool:
    return Submission.objects.filter(key=key).exclude(location="").exists()


@transaction.atomic
def discard(*, draft: Draft, by: Actor) -> None:
    """Thrown away by its author; recorded as `draft_discarded`."""
    draft.delete()
    audit("draft_discarded", by=by, dossier=draft.dossier_id, part=draft.part, row=draft.pk)


def last_day(saved_at: datetime) -> datetime:
    """When a draft that nobody touches is destroyed."""
    return saved_at + timedelta(days=settings.WIDA_DRAFT_DAYS)


@transaction.atomic
def sweep() -> int:
    """Destroys drafts that nobody touched for `WIDA_DRAFT_DAYS`; each is recorded as `draft_expired`."""
    Presence.objects.filter(seen_at__lt=timezone.now() - timedelta(days=1)).delete()
    old = Draft.objects.filter(saved_at__lt=timezone.now() - timedelta(days=settings.WIDA_DRAFT_DAYS))
    gone = list(old.values_list("pk", "dossier_id", "part"))
    for pk, dossier, part in gone:
        audit("draft_expired", dossier=dossier, part=part, row=pk, by=None)
    Draft.objects.filter(pk__in=[pk for pk, _dossier, _part in gone]).delete()
    return len(gone)
