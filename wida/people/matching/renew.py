"""All tokens anew: after a change of how names sound, or of the index key. Safe to stop and start again."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from wida.dossiers.models import Dossier
from wida.people.matching.index import index
from wida.people.models import Person
from wida.records.sealing import keyring

BATCH = 50


def renew() -> Iterator[tuple[int, int]]:
    """Renews dossier by dossier, and says after each batch how many are done of how many.

    Where it is, stands in a file of the run's home: stopped halfway, it goes on from there.
    """
    place = settings.WIDA_HOME / "reindex-people"
    last = UUID(place.read_text()) if place.exists() else UUID(int=0)
    total, done = _standing().count(), _standing().filter(pk__lte=last).count()
    while batch := _batch(last):
        with keyring(trusted=True), transaction.atomic():
            # Whoever writes in one of these dossiers waits, as for every other writer of it.
            list(Dossier.objects.filter(pk__in=batch).order_by("pk").select_for_update(no_key=True))
            index(*Person.objects.filter(dossier_id__in=batch))
        last = batch[-1]
        _remember(place, last)
        done += len(batch)
        yield done, total
    place.unlink(missing_ok=True)


def _standing() -> QuerySet[Dossier]:
    """Those that were destroyed have nobody to be found by."""
    return Dossier.objects.filter(destroyed_at=None)


def _batch(last: UUID) -> list[UUID]:
    dossiers = _standing().filter(pk__gt=last).order_by("pk")
    return list(dossiers.values_list("pk", flat=True)[:BATCH])


def _remember(place: Path, last: UUID) -> None:
    fresh = place.with_suffix(".new")
    fresh.write_text(str(last))
    fresh.replace(place)
