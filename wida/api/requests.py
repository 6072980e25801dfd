"""The questions to an organisation, and its answers, for its own system: by the same rules as on a screen."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from wida.access import protection
from wida.access.codes import AlertKind
from wida.access.queries import Opened, known_to, open_for
from wida.access.rules import Part, Right
from wida.accounts.actor import Actor
from wida.api.problems import Refusal, pointer
from wida.api.schemas import Contribution
from wida.audit import origin
from wida.audit.actions import record as audit
from wida.dossiers.codes import TaskKind
from wida.dossiers.models import Task
from wida.people.models import Person
from wida.people.queries import names, person_choices
from wida.records.actions import Conflict
from wida.records.models import Submission
from wida.records.queries import read
from wida.sharing import actions, forms
from wida.sharing.models import Contribution as Shared
from wida.sharing.models import Lane

MOST = 100


class Question(NamedTuple):
    id: UUID
    dossier: str
    asked_on: date
    due_on: date
    ground: str
    why: str
    persons: list[dict]
    version: int


def waiting(actor: Actor) -> list[Question]:
    """What waits for an answer, due first; each question that is given away is recorded as `read`."""
    return [question for number in _numbers(actor) for question in _questions(actor, number)]


def _numbers(actor: Actor) -> list[str]:
    """The dossiers in which the organisation is asked something, of those the system may know of."""
    tasks = Task.objects.filter(
        kind=TaskKind.LANE_ANSWER,
        organisation_id=actor.organisation_id,
        done_at=None,
        dossier__in=known_to(actor),
    )
    found = tasks.order_by("due", "id").values_list("dossier__number", flat=True)
    return list(dict.fromkeys(found[:MOST]))


def _questions(actor: Actor, number: str) -> list[Question]:
    opened = open_for(actor, number)
    if opened is None or not opened.may(Part.SHARING):
        return []
    dossier = opened.dossier
    origin.opened(dossier.pk, opened.grounds)
    lanes = Lane.objects.of(dossier).filter(partner_id=actor.organisation_id, open=True)
    rows = read(lanes, "requested_on", "due_on", "ground", "why")
    newest = dict(
        Shared.objects.of(dossier)
        .filter(lane__in=[row.id for row in rows])
        .order_by("version")
        .values_list("lane_id", "version")
    )
    born = {row.id: row.birth_date for row in read(Person.objects.of(dossier), "birth_date")}
    persons = [
        {
            "id": person.id,
            "name": person.label,
            "birth_date": born[person.id] or None,
            "birth_year": person.birth_year,
        }
        for person in names(dossier)
    ]
    for row in rows:
        audit(
            "read",
            by=actor,
            dossier=dossier.pk,
            part=Part.SHARING,
            table="sharing.lane",
            row=row.id,
            detail="system",
        )
    if rows and dossier.extra_protected:
        protection.tell(AlertKind.EXTRA_PROTECTED, dossier=dossier, by=actor)
    return [
        Question(
            row.id, number, row.requested_on, row.due_on, row.ground, row.why, persons, newest.get(row.id, 0)
        )
        for row in rows
    ]


def contribute(request: HttpRequest, lane_id: UUID, sent: Contribution, *, key: UUID) -> dict:
    """Answers for the organisation of the system, once per key."""
    actor: Actor = request.actor
    opened = _opened(request, lane_id)
    lane = Lane.objects.of(opened.dossier).filter(pk=lane_id, partner_id=actor.organisation_id).first()
    if lane is None:
        raise Refusal(404)
    submission = Submission(key=key, user=actor.user_id, path=request.path[:300], sent_at=timezone.now())
    Submission.objects.bulk_create([submission], ignore_conflicts=True)
    stored = Submission.objects.filter(key=key, user=actor.user_id, path=request.path[:300]).first()
    if stored is None:
        raise Refusal(409, "key_used", "This Idempotency-Key was used for something else")
    if stored.location:
        return _told(Shared.objects.of(opened.dossier).get(lane=lane, version=int(stored.location)))
    if not opened.may(Part.SHARING, Right.WRITE):
        raise Refusal(409, "moved_on", "The phase of the dossier no longer allows this")
    shared = _share(opened, lane, sent, newest=_newest(opened, lane))
    Submission.objects.filter(key=key).update(location=str(shared.version))
    return _told(shared)


def _opened(request: HttpRequest, lane_id: UUID) -> Opened:
    """The dossier of a question to the organisation, as the door of a screen would open it for a writer."""
    actor: Actor = request.actor
    asked = Task.objects.filter(
        kind=TaskKind.LANE_ANSWER, source=lane_id, organisation_id=actor.organisation_id
    )
    number = asked.filter(dossier__in=known_to(actor)).values_list("dossier__number", flat=True).first()
    opened = open_for(actor, number, lock=True) if number else None
    if opened is None:
        raise Refusal(404)
    origin.opened(opened.dossier.pk, opened.grounds)
    if not opened.may_ever(Part.SHARING, Right.WRITE):
        raise Refusal(403)
    return opened


def _newest(opened: Opened, lane: Lane) -> Shared | None:
    return Shared.objects.of(opened.dossier).filter(lane=lane).order_by("-version").first()


def _share(opened: Opened, lane: Lane, sent: Contribution, *, newest: Shared | None) -> Shared:
    """By the form of the screen: what it asks there for an answer, it asks here."""
    told = sent.model_dump(exclude={"version"})
    typed = {name: value for name, value in told.items() if value is not None}
    if sent.source_on:
        typed["source_on"] = f"{sent.source_on:%d/%m/%Y}"
    typed["persons"] = [str(person) for person in sent.persons]
    form = forms.ContributionForm(
        typed, persons=person_choices(opened.dossier), correction=newest is not None, readers=""
    )
    for name in typed.keys() - form.fields.keys():
        form.add_error(None, f"{name} is for a correction")
    if not form.is_valid():
        raise Refusal(422, faults=_faults(form))
    try:
        with transaction.atomic():
            return actions.share(lane=lane, by=opened.actor, version=sent.version, **form.cleaned_data)
    except Conflict as conflict:
        stands = conflict.current.version if conflict.current else 0
        message = f"Version {stands} stands now: look at it before you answer again"
        fault = {"pointer": "/version", "code": "version", "message": message}
        raise Refusal(409, "conflict", message, faults=[fault]) from None


def _faults(form) -> list[dict]:
    return [
        {
            "pointer": "" if name == "__all__" else pointer(name),
            "code": error["code"] or "fault",
            "message": error["message"],
        }
        for name, errors in form.errors.get_json_data().items()
        for error in errors
    ]


def _told(shared: Shared) -> dict:
    return {
        "id": shared.lane_id,
        "version": shared.version,
        "state": shared.state,
        "shared_at": shared.created_at,
    }
