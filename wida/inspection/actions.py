"""Starting an inspection, deciding what is given, and letting a second person read it over."""

import json
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from wida.accounts.actor import Actor
from wida.accounts.codes import Role
from wida.dossiers import tasks
from wida.dossiers.codes import TaskKind
from wida.dossiers.guards import Missing
from wida.dossiers.life import NotNow
from wida.dossiers.models import Dossier
from wida.inspection.codes import GIVE
from wida.inspection.gather import Passage, gather
from wida.inspection.models import Inspection
from wida.people.models import Person
from wida.records import actions as records

# GDPR art. 12, 3: without delay and within a month.
ANSWER_WITHIN = timedelta(days=30)


def passages(inspection: Inspection) -> list[Passage]:
    return [Passage(*row) for row in json.loads(inspection.passages)]


def undecided(inspection: Inspection) -> int:
    return sum(not one.decision for one in passages(inspection))


@transaction.atomic
def start(*, dossier: Dossier, person: Person, asked_on: date, identity: str, by: Actor) -> Inspection:
    """Gathers what the dossier holds about somebody as it stands now, in Dutch. Nothing of it is given yet."""
    with translation.override("nl"):
        found = json.dumps(gather(dossier, person.pk))
    made = records.add(
        Inspection(dossier=dossier, person=person, asked_on=asked_on, identity=identity, passages=found),
        by=by,
    )
    due = asked_on + ANSWER_WITHIN
    tasks.plan(dossier, kind=TaskKind.INSPECTION, due=due, source=made, by=by, role=Role.COORDINATOR)
    return made


def decide(*, inspection: Inspection, decisions: dict[str, str], by: Actor, version: int) -> Inspection:
    """Keeps what was decided of each passage, as a version. What is locked stays withheld whatever is sent, and whoever
    read it over before reads it over again. Raises `Conflict`.
    """
    decided = [
        one if one.locked or one.key not in decisions else one._replace(decision=decisions[one.key])
        for one in passages(inspection)
    ]
    return records.change(
        inspection,
        by=by,
        version=version,
        passages=json.dumps(decided),
        decided_by=by.user_id,
        released_by=None,
        released_signature="",
    )


def release(*, inspection: Inspection, by: Actor, version: int) -> Inspection:
    """A second person read every passage that is given. Raises `NotNow` for who decided, and while one is undecided."""
    if undecided(inspection) or not inspection.decided_by:
        raise NotNow([Missing(_("Decide on every passage first"), "")])
    if inspection.decided_by == by.user_id:
        raise NotNow([Missing(_("Somebody else than who decided reads it over"), "")])
    return records.change(
        inspection, by=by, version=version, released_by=by.user_id, released_signature=by.signature
    )


@transaction.atomic
def answered(*, inspection: Inspection, on: date, by: Actor, version: int) -> Inspection:
    """The person has it: the task ends."""
    if not inspection.released_by:
        raise NotNow([Missing(_("Let a second person read it over first"), "")])
    done = records.change(inspection, by=by, version=version, answered_on=on)
    tasks.finish(inspection.dossier, kind=TaskKind.INSPECTION, source=inspection, by=by)
    return done


def given(inspection: Inspection) -> list[Passage]:
    """What goes to the person, and nothing else does."""
    return [one for one in passages(inspection) if one.decision == GIVE and not one.locked]


def standing(dossier: Dossier, pk: UUID) -> Inspection | None:
    return Inspection.objects.of(dossier).filter(pk=pk).first()
