"""Finding a dossier by its number or family name, among what somebody may know of."""

import re
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from wida.access.queries import Opened, known_to
from wida.accounts.actor import Actor
from wida.accounts.models import PoliceZone, SafeHome, valid_on
from wida.audit.actions import record as audit
from wida.dossiers.queries import Row, open_rows
from wida.people import matching
from wida.records.statements import prepared

NUMBER = re.compile(r"[A-Za-z]{2,6}\s?[0-9]{1,9}")
LIMIT = 50


def by_words(actor: Actor, words: str) -> list[Row]:
    """Dossiers with this number, or in which somebody bears one of the words as family name. Recorded as `searched`."""
    audit("searched", by=actor, detail="number" if NUMBER.fullmatch(words) else "family_name")
    if NUMBER.fullmatch(words):
        return open_rows(actor, known_to(actor).filter(number=words.replace(" ", "").upper())[:1])
    return open_rows(actor, known_to(actor).filter(pk__in=matching.dossiers_with_family_name(words))[:LIMIT])


def homes(actor: Actor) -> list[SafeHome]:
    """The Safe Homes this actor may start a dossier in: their own, or those their organisation takes part in."""
    return _homes(actor)


@prepared
def _homes(actor: Actor) -> QuerySet:
    today = timezone.localdate()
    current = SafeHome.objects.filter(valid_on(today)).order_by("name")
    if actor.house_id:
        return current.filter(pk=actor.house_id)
    partners = valid_on(today, "partnerships__")
    return current.filter(partners, partnerships__organisation_id=actor.organisation_id).distinct()


@prepared
def zones(homes: tuple[UUID, ...]) -> QuerySet:
    """The police zones of these Safe Homes."""
    return PoliceZone.objects.filter(safe_home_id__in=homes).order_by("name")


def zone(opened: Opened, code: str) -> PoliceZone | None:
    return PoliceZone.objects.filter(pk=code, safe_home_id=opened.dossier.safe_home_id).first()


def is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
