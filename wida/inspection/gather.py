"""Every text and fact of a dossier that concerns one person, in passages that are decided one by one.

What concerns somebody else too, a source that stays hidden or a professional secret starts as withheld, on its ground.
What may lead to a protected address can't be given at all. The rest is undecided: nothing is given by itself.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from wida.access.rules import Part
from wida.accounts.codes import OrganisationType
from wida.dossiers.frame import PART_LABELS
from wida.dossiers.models import Dossier
from wida.inspection.codes import Ground
from wida.inspection.secrets import secrets_of
from wida.people.codes import GrownUp
from wida.people.models import Address, ChildNote, ChildPanel, ComingOfAge
from wida.people.words import FIELDS, KIND, Reader
from wida.plans import family
from wida.plans.anonymity import named_in
from wida.plans.models import Action, Goal
from wida.records.models import Record
from wida.records.sealing import SealedText
from wida.situation.models import Involved

SENTENCES = re.compile(r"(?<=[.!?])\s+|\s*\n+\s*")
# Of these nothing is gathered: who may see a file and who looked, safety plans (which not every coordinator reads),
# letters to others, who refers, offers to other houses (sealed apart), and protected addresses themselves.
APART = {"access", "audit", "inspection", "drafts"}
APART_TABLES = {
    "people_comparison", "people_merge", "people_household", "people_comingofage", "plans_safetyplan",
    "plans_safetyplanopening", "referrals_referral", "referrals_letter", "referrals_move",
}  # fmt: skip
MASKED = frozenset({"national_number"})
APART_FIELDS = {"snapshot", "content", "recipients", "viewer_names", "protected_why"}
JUSTICE = {
    OrganisationType.POLICE, OrganisationType.PROSECUTION, OrganisationType.PRISON, OrganisationType.JUSTICE_AGENCY,
    OrganisationType.YOUTH_SUPPORT,
}  # fmt: skip
BY_PART = {
    Part.MEETINGS: Ground.SECRECY,
    Part.SHARING: Ground.SECRECY,
    Part.REFERRAL: Ground.SOURCE,
    Part.CLEARANCE: Ground.JUSTICE,
}


class Passage(NamedTuple):
    """`ground` is why it starts as withheld, empty when it is still to be decided; `locked` can't be given."""

    key: str
    part: str
    on: str
    text: str
    names: list[str]
    ground: str
    locked: bool = False
    decision: str = ""


class Row(NamedTuple):
    """One row of the dossier, with what decides whom it concerns."""

    model: type[Record]
    row: object
    texts: dict[str, str]
    subjects: set[UUID]
    withheld: bool


def gather(dossier: Dossier, person_id: UUID) -> list[Passage]:
    people = family.of(dossier)
    person = people.get(person_id)
    own = {word for word in person.words if word}
    others = [word for one in people.members if one.id != person.id for word in one.words if word not in own]
    secrets, shielded = secrets_of(dossier, person_id), _kept_from_parents(dossier)
    found = []
    for row in _rows(dossier, person_id):
        about = person_id in row.subjects
        for name, text in row.texts.items():
            for number, sentence in enumerate(_sentences(row.model, text)):
                if not about and not named_in(sentence, own):
                    continue
                names = named_in(sentence, others)
                locked = (
                    secrets.in_text(sentence) or row.withheld or bool(row.subjects & shielded - {person_id})
                )
                ground = Ground.ADDRESS if secrets.in_text(sentence) else _ground(row, person_id, names)
                found.append(
                    Passage(
                        key=f"{row.row.id.hex}-{name}-{number}",
                        part=row.model.part,
                        on=timezone.localdate(row.row.created_at).isoformat(),
                        text=sentence,
                        names=names,
                        ground=ground or (Ground.OTHERS if locked else ""),
                        locked=locked,
                        decision=ground or (Ground.OTHERS if locked else ""),
                    )
                )
    order = list(PART_LABELS)
    return sorted(found, key=lambda one: (order.index(Part(one.part)), one.on))


def _sentences(model: type[Record], text: str) -> list[str]:
    """The facts of a person's record stay together: they are one card on the screen too."""
    return [text] if model in FIELDS else [one.strip() for one in SENTENCES.split(text) if one.strip()]


def _ground(row: Row, person_id: UUID, names: list[str]) -> str:
    if row.row.organisation_type in JUSTICE or getattr(row.row, "source", "") in JUSTICE:
        return Ground.JUSTICE
    if row.model.part in BY_PART:
        return BY_PART[row.model.part]
    if row.model in (ChildNote, ChildPanel) and row.row.child_id != person_id:
        return Ground.CHILD
    return Ground.OTHERS if names or row.subjects - {person_id} else ""


def _kept_from_parents(dossier: Dossier) -> set[UUID]:
    """Who decided at eighteen that what they told as a child is kept from their parents."""
    decided = ComingOfAge.objects.of(dossier).filter(decision=GrownUp.SHIELDED)
    return set(decided.values_list("person_id", flat=True))


def _rows(dossier: Dossier, person_id: UUID) -> Iterator[Row]:
    reader = Reader({member.id: member.name for member in family.of(dossier).members})
    involved = _involved(dossier)
    kept_back = {goal.pk for goal in Goal.objects.of(dossier) if person_id in goal.withheld_from}
    for model in apps.get_models():
        if (
            not issubclass(model, Record)
            or model._meta.app_label in APART
            or model._meta.db_table in APART_TABLES
        ):
            continue
        rows = model.objects.of(dossier).order_by("created_at", "id")
        if model is Address:
            rows = rows.filter(protected=False)
        for record in rows.annotate(organisation_type=models.F("organisation__type")):
            subjects = _subjects(record) | involved.get(record.pk, set())
            withheld = person_id in getattr(record, "withheld_from", ()) or (
                model is Action and record.goal_id in kept_back
            )
            yield Row(model, record, _texts(record, reader), subjects, withheld)


def _texts(record: Record, reader: Reader) -> dict[str, str]:
    model = type(record)
    if model in FIELDS:
        said = "; ".join(f"{label}: {value}" for label, value in reader.pairs(record, but=MASKED) if value)
        return {"facts": f"{KIND[model]}. {said}"}
    found = {
        field.name: getattr(record, field.name)
        for field in model._meta.concrete_fields
        if isinstance(field, SealedText) and field.name not in APART_FIELDS
    }
    return {name: text for name, text in found.items() if text and text[0] not in "{["}


def _subjects(record: Record) -> set[UUID]:
    found: set[UUID] = set()
    for field in record._meta.concrete_fields:
        if field.related_model and field.related_model._meta.label == "people.Person":
            found.add(getattr(record, field.attname))
        elif isinstance(field, ArrayField) and isinstance(field.base_field, models.UUIDField):
            found |= set(getattr(record, field.name) or ())
    if record._meta.label == "people.Person":
        found.add(record.pk)
    return found - {None}


def _involved(dossier: Dossier) -> dict[UUID, set[UUID]]:
    """Who stands in an incident or under a measure, in any edition of it."""
    found: dict[UUID, set[UUID]] = {}
    rows = Involved.objects.filter(dossier_id=dossier.pk).values_list(
        "incident_id", "measure_id", "person_id"
    )
    for incident, measure, person in rows:
        found.setdefault(incident or measure, set()).add(person)
    return found
