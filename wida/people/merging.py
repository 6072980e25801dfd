"""Two records of one dossier that are the same person: brought together, and taken apart again.

Whatever names the one that goes names the other from then on, so that no page has to know of it; each place is kept in
the `Merge`, so that taking apart puts back exactly those. Where rows never change, who reads them resolves (`whom`).
Mandates and blocks hang on the dossier, not on a person: neither changes. A shielded address goes along shielded.
"""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.access.walls.tables import WALLS
from wida.accounts.actor import Actor
from wida.dossiers.guards import Missing
from wida.dossiers.life import NotNow
from wida.people import matching
from wida.people.actions import renew_places
from wida.people.models import Comparison, Custody, Merge, Person, Relation, Residence
from wida.records import actions as records
from wida.records.models import Record

# Said of both, by the same two and in the same way: once is enough, unless there are words with it.
SAID_ONCE = {
    Relation: ("person", "other", "kind", "married", "since", "until", "note"),
    Residence: ("person", "household", "since", "until", "arrangement"),
    Custody: ("child", "holder", "authority", "decided_on", "arrangement"),
}


@transaction.atomic
def merge(*, person: Person, other: Person, by: Actor, reason: str = "") -> Merge:
    """`other` goes and `person` stays, with all that was written about either. Recorded as `added`.

    Raises `NotNow` when something stands between the two, or about both, that can stand only once.
    """
    moved: list[list] = []
    try:
        with transaction.atomic():
            for model, name in _pointers():
                moved += _move(model, name, other, person)
            for model, name in _lists():
                moved += _move_in_list(model, name, other, person)
            moved += _say_once(person, moved)
    except IntegrityError as clash:
        raise NotNow([Missing(_why_not(clash), "")]) from clash
    other.merged_into, other.withdrawn_at = person, timezone.now()
    other.save(update_fields=["merged_into", "withdrawn_at"])
    made = Merge(dossier_id=person.dossier_id, person=other, into=person, moved=moved, reason=reason)
    records.add(made, by=by)
    matching.index(other)
    renew_places(person.dossier)
    return made


@transaction.atomic
def take_apart(*, merge: Merge, version: int, reason: str, by: Actor) -> None:
    """As it was before, with what was written since left where it was written."""
    other, person = merge.person, merge.into
    records.withdraw(merge, by=by, version=version, reason=reason)
    other.merged_into, other.withdrawn_at = None, None
    other.save(update_fields=["merged_into", "withdrawn_at"])
    for label, pk, name, *before in merge.moved:
        rows = apps.get_model(label).objects.filter(pk=pk)
        if name == "withdrawn_at":
            rows.update(withdrawn_at=None)
        elif before:
            _put_back_in_list(rows, name, before[0], other, person)
        else:
            rows.filter(**{name: person}).update(**{name: other})
    renew_places(person.dossier)


def _rooms() -> Iterator[type[Record]]:
    """What was answered about persons of two dossiers stays as it was answered, and so do earlier merges."""
    for model in apps.get_models():
        ours = issubclass(model, Record) and model not in (Comparison, Merge)
        if ours and "update" in WALLS[model._meta.db_table].may:
            yield model


def _pointers() -> Iterator[tuple[type[Record], str]]:
    for model in _rooms():
        for field in model._meta.concrete_fields:
            if field.related_model is Person:
                yield model, field.name


def _lists() -> Iterator[tuple[type[Record], str]]:
    for model in _rooms():
        for field in model._meta.concrete_fields:
            if isinstance(field, ArrayField) and isinstance(field.base_field, models.UUIDField):
                yield model, field.name


def _move(model: type[Record], name: str, other: Person, person: Person) -> list[list]:
    rows = model.objects.filter(dossier_id=person.dossier_id, **{name: other})
    if model._meta.label == "situation.Informed":
        # One organisation says once of somebody whether they were told: what it said of who stays counts.
        told = model.objects.of(person.dossier).filter(person=person).values("organisation_id")
        rows = rows.exclude(withdrawn_at=None, organisation_id__in=told)
    found = [[model._meta.label, str(pk), name] for pk in rows.values_list("pk", flat=True)]
    rows.filter(pk__in=[pk for _label, pk, _name in found]).update(**{name: person})
    return found


def _move_in_list(model: type[Record], name: str, other: Person, person: Person) -> list[list]:
    found = []
    for row in model.objects.filter(dossier_id=person.dossier_id, **{f"{name}__contains": [other.pk]}):
        before = getattr(row, name)
        now = list(dict.fromkeys(person.pk if pk == other.pk else pk for pk in before))
        model.objects.filter(pk=row.pk).update(**{name: now})
        found.append([model._meta.label, str(row.pk), name, [str(pk) for pk in before]])
    return found


def _put_back_in_list(
    rows: models.QuerySet, name: str, before: list[str], other: Person, person: Person
) -> None:
    """Changed since: then both are named, since a list may say from whom something is kept."""
    for row in rows:
        now = getattr(row, name)
        same = [pk for pk in now if pk != person.pk] == [
            pk for pk in (type(person.pk)(text) for text in before) if pk not in (person.pk, other.pk)
        ]
        kept = before if same else [*now, other.pk]
        rows.filter(pk=row.pk).update(**{name: kept})


def _say_once(person: Person, moved: list[list]) -> list[list]:
    """Rows that now say word for word what another one says are taken out of sight."""
    found = []
    for model, names in SAID_ONCE.items():
        said = set()
        mine = {pk for label, pk, _name, *_rest in moved if label == model._meta.label}
        rows = sorted(model.objects.of(person.dossier).order_by("id"), key=lambda row: str(row.pk) in mine)
        for row in rows:
            words = tuple(getattr(row, name) for name in names)
            if words in said and str(row.pk) in mine:
                model.objects.filter(pk=row.pk).update(withdrawn_at=timezone.now())
                found.append([model._meta.label, str(row.pk), "withdrawn_at"])
            said.add(words)
    return found


def _why_not(clash: IntegrityError) -> str:
    if "childpanel" in str(clash):
        return _("About both stands what this child lives through. Bring that together in one of them first.")
    return _(
        "Something in this dossier stands between the two of them, such as a relation, parental authority or "
        "violence. If they are one person, withdraw that first."
    )
