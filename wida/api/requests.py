"""The questions to an organisation, and its answers, for its own system: by the same rules as on a screen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from wida.access import protection
from wida.access.codes import AlertKind
from wida.access.queries import Opened, known_to, open_all_for, open_for
from wida.access.rules import Part, Right
from wida.accounts.actor import Actor
from wida.api.problems import Refusal, pointer
from wida.api.schemas import Contribution
from wida.audit import origin
from wida.audit.actions import event, record_all
from wida.dossiers.codes import TaskKind
from wida.dossiers.models import Task
from wida.people.models import Person
from wida.people.queries import label, person_choices, place
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
    """What waits for an answer, due first; each question that is given away is recorded as `read`. As many statements
    for a hundred dossiers as for one.
    """
    numbers = _numbers(actor)
    opened = {one.dossier.pk: one for one in open_all_for(actor, numbers) if one.may(Part.SHARING)}
    lanes = Lane.objects.filter(
        dossier_id__in=opened, partner_id=actor.organisation_id, open=True, withdrawn_at=None
    )
    rows = read(lanes, "requested_on", "due_on", "ground", "why")
    newest, persons = _newest_versions(rows), _persons(opened)
    _leave_trail(actor, rows, opened)
    return [
        Question(
            row.id, opened[row.dossier_id].number, row.requested_on, row.due_on, row.ground, row.why,
            persons[row.dossier_id], newest.get(row.id, 0),
        )
        for row in sorted(rows, key=lambda row: numbers.index(opened[row.dossier_id].number))
    ]  # fmt: skip


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


def _newest_versions(lanes: list) -> dict[UUID, int]:
    given = Shared.objects.filter(lane__in=[lane.id for lane in lanes], withdrawn_at=None)
    return dict(given.order_by("version").values_list("lane_id", "version"))


def _persons(dossiers: Iterable[UUID]) -> dict[UUID, list[dict]]:
    """Who stands in each dossier, in the order of a screen."""
    found = defaultdict(list)
    standing = Person.objects.filter(dossier_id__in=list(dossiers), withdrawn_at=None)
    names = ("group", "given_name", "family_name", "known_as", "birth_date", "birth_year")
    for row in sorted(read(standing, *names, "age_stated", "age_stated_on", "unborn"), key=place):
        person = {"id": row.id, "name": label(row), "birth_date": row.birth_date or None}
        found[row.dossier_id].append(person | {"birth_year": row.birth_year})
    return found


def _leave_trail(actor: Actor, lanes: list, opened: Mapping[UUID, Opened]) -> None:
    about = {"by": actor, "part": Part.SHARING, "table": "sharing.lane", "detail": "system"}
    record_all(
        [
            event(
                "read",
                dossier=lane.dossier_id,
                row=lane.id,
                why=" ".join(sorted(opened[lane.dossier_id].grounds)),
                **about,
            )
            for lane in lanes
        ]
    )
    protected = {lane.dossier_id for lane in lanes if opened[lane.dossier_id].dossier.extra_protected}
    if protected:
        protection.tell_all(AlertKind.EXTRA_PROTECTED, dossiers=protected, by=actor)


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
        typed,
        persons=cache(lambda: person_choices(opened.dossier)),
        correction=newest is not None,
        readers="",
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
