"""Which drafts wait where, and who else is there."""

import json
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.utils import timezone

from wida.access.queries import Opened, known_to
from wida.access.rules import Part
from wida.accounts.actor import Actor
from wida.audit.models import Event
from wida.drafts.models import Draft, Presence
from wida.records.sealing import hang
from wida.records.statements import prepared

NOW = timedelta(seconds=60)
SAMPLE = 140


class Words(NamedTuple):
    """What was typed: the title of the form, and each control's values as a browser sends them."""

    title: str
    fields: dict[str, list[str]]

    @property
    def texts(self) -> list[str]:
        """Sentences, without codes and keys."""
        return [value for values in self.fields.values() for value in values if " " in value.strip()]

    @property
    def sample(self) -> str:
        """Enough of the longest text to know it by."""
        text = " ".join(max(self.texts, key=len, default="").split())
        return text if len(text) <= SAMPLE else text[:SAMPLE].rsplit(" ", 1)[0] + " …"


class Waiting(NamedTuple):
    """A draft at a place; a colleague's has no words here."""

    id: UUID
    place: str
    signature: str
    saved_at: datetime
    started_from: int | None
    words: Words | None


class Present(NamedTuple):
    signature: str
    writing_here: bool


def words_of(draft: Draft) -> Words:
    """The words of an own draft; the key of its dossier must be on the ring."""
    if draft.wrapped:
        hang(draft.pk, draft.wrapped)
    return Words(**json.loads(draft.words))


def waiting(actor: Actor, place: str) -> list[Waiting]:
    """Drafts of the actor's organisation for one form, the newest first; a colleague's without its words."""
    rows = Draft.objects.standing().filter(place=place, organisation_id=actor.organisation_id)
    return [_waiting(row, actor) for row in rows.order_by("-saved_at")]


def below(actor: Actor, page: str) -> list[Waiting]:
    """The actor's own drafts of the forms that stand on a page and are sent to addresses below its own."""
    return [
        _waiting(row, actor)
        for row in Draft.objects.of(actor).filter(place__startswith=page).order_by("-saved_at")
    ]


def _waiting(row: Draft, actor: Actor) -> Waiting:
    words = words_of(row) if row.author_id == actor.user_id else None
    return Waiting(row.pk, row.place, row.signature, row.saved_at, row.started_from, words)


def mine(actor: Actor) -> list[Draft]:
    """What the actor typed and did not save, outside dossiers and in those they know of; not where the key is gone."""
    known = known_to(actor)
    drafts = Draft.objects.of(actor).filter(
        Q(dossier=None) | Q(dossier__in=known, dossier__key__isnull=False)
    )
    drafts = drafts.annotate(number=F("dossier__number"), dossier_key=F("dossier__key__wrapped"))
    rows = list(drafts.order_by("-saved_at"))
    for row in rows:
        if row.dossier_key:
            hang(row.dossier_id, row.dossier_key)
    return rows


def present(opened: Opened, part: Part, place: str = "") -> list[Present]:
    """Who else opened this part, or typed in it, within the last minute: one statement.

    Only for who may see who looked; a colleague of the own organisation is no secret to anybody.
    """
    rows = _present(opened.dossier.pk, part, opened.actor, opened.may(Part.LOG))
    here: dict[str, bool] = {}
    for signature, at in rows:
        here[signature] = here.get(signature, False) or (bool(place) and at == place)
    return [Present(signature, writing) for signature, writing in sorted(here.items())]


@prepared
def _present(dossier_id: UUID, part: Part, actor: Actor, everybody: bool) -> QuerySet:
    since = timezone.now() - NOW
    looks = Event.objects.filter(dossier=dossier_id, at__gt=since, part=part, action="read")
    typing = Presence.objects.filter(dossier_id=dossier_id, seen_at__gt=since, part=part)
    if not everybody:
        looks = looks.filter(organisation=actor.organisation_id)
        typing = typing.filter(organisation_id=actor.organisation_id)
    looks, typing = looks.exclude(user=actor.user_id), typing.exclude(user_id=actor.user_id)
    return looks.values_list("signature", Value("")).union(typing.values_list("signature", "place"))
