"""Asking partners what they know, reminding them, and what they share: each its own, version after version."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from wida.access.actions import give_mandate
from wida.access.rules import Ground, Part
from wida.accounts.actor import Actor
from wida.accounts.models import Membership
from wida.audit.actions import record as audit
from wida.dossiers import tasks
from wida.dossiers.codes import TaskKind
from wida.dossiers.models import Dossier
from wida.records import actions as records
from wida.records.writing import Change, together
from wida.referrals.queries import basis
from wida.sharing.codes import REMINDER_DAYS, LaneState
from wida.sharing.models import Contribution, Lane
from wida.sharing.queries import Reader, readers


@together
def ask(
    *, dossier: Dossier, members: Iterable[Membership], ground: str, due_on: date, by: Actor, why: str = ""
) -> list[Lane]:
    """Asks the organisations of these contact persons what they know, and lets those persons into the dossier.

    An organisation that was asked before is asked again; what it answered stays. Each gets a task.
    """
    members = sorted(members, key=lambda member: (member.organisation.name, member.user.name))
    lanes = []
    for _organisation, group in groupby(members, key=lambda member: member.organisation_id):
        contacts = list(group)
        lane = _ask_one(dossier, contacts, ground=ground, due_on=due_on, by=by, why=why)
        for member in (*contacts, *_systems(lane)):
            give_mandate(dossier=dossier, holder=member, ground=Ground.INVITED, by=by, why=why)
        _plan(lane, by)
        lanes.append(lane)
    return lanes


def _systems(lane: Lane) -> Iterable[Membership]:
    """The systems by which the organisation answers (wida/api)."""
    connected = Membership.objects.connections().filter(organisation_id=lane.partner_id)
    return connected.select_related("user", "organisation__safe_home")


def _ask_one(
    dossier: Dossier, contacts: list[Membership], *, ground: str, due_on: date, by: Actor, why: str
) -> Lane:
    partner = contacts[0].organisation
    question = {
        "requested_on": timezone.localdate(),
        "due_on": due_on,
        "reminded_on": None,
        "open": True,
        "ground": ground,
        "why": why,
        "contacts": json.dumps([member.actor.signature for member in contacts]),
    }
    standing = Lane.objects.of(dossier).filter(lane=partner.type, partner=partner).first()
    if standing:
        return records.change(standing, by=by, version=standing.version, **question)
    return records.add(Lane(dossier=dossier, lane=partner.type, partner=partner, **question), by=by)


@together
def remind(*, lane: Lane, by: Actor) -> None:
    """Notes that a partner was reminded and gives it more days; recorded as `reminded`. Nothing once answered."""
    if not lane.open:
        return
    today = timezone.localdate()
    lane.reminded_on, lane.due_on = today, max(lane.due_on, today + timedelta(days=REMINDER_DAYS))
    lane.save(update_fields=["reminded_on", "due_on"])
    _plan(lane, by)
    audit(
        "reminded",
        by=by,
        dossier=lane.dossier_id,
        part=Part.SHARING,
        table="sharing.lane",
        row=lane.pk,
        detail=lane.lane,
    )


def _plan(lane: Lane, by: Actor) -> None:
    tasks.plan(
        lane.dossier,
        kind=TaskKind.LANE_ANSWER,
        due=lane.due_on,
        source=lane,
        by=by,
        organisation=lane.partner_id,
        detail=lane.lane,
    )


@together
def share(
    *,
    lane: Lane,
    by: Actor,
    version: int = 0,
    state: str,
    text: str = "",
    why_not: str = "",
    source: str = "",
    source_on: date | None = None,
    categories: Iterable[int] = (),
    persons: Iterable[UUID] = (),
    necessity: str = "",
    reason: str = "",
    recipients: list[Reader] | None = None,
) -> Contribution:
    """Answers for the actor's own organisation; later answers are corrections, with a reason.

    Keeps with it the legal ground and who can read it at this moment: the `recipients` that a form was just checked
    against, or they are looked up. `version` is the newest the writer saw (0 for none); raises `Conflict` when a
    colleague was first, `PermissionDenied` for another organisation's lane.
    """
    if lane.partner_id != by.organisation_id:
        raise PermissionDenied
    newest = lane.newest
    number = newest.version if newest else 0
    if number != version:
        raise records.Conflict(newest)
    ground = basis(lane.dossier)
    if recipients is None:
        recipients = readers(lane.dossier, but=by)
    answered = {"state": state, "answered_on": timezone.localdate(), "open": False}
    contribution = records.add(
        Contribution(
            dossier=lane.dossier,
            lane=lane,
            version=number + 1,
            state=state,
            text=text,
            why_not=why_not,
            source=source,
            source_on=source_on,
            categories=sorted(categories),
            persons=list(persons),
            necessity=necessity,
            basis=ground.text,
            basis_on=ground.decided_on,
            recipients=json.dumps([reader._asdict() for reader in recipients], default=str),
            reason=reason,
            role=by.role,
            function=by.function,
        ),
        Change(Lane, lane.pk, answered),
        by=by,
    )
    if lane.open:
        tasks.finish(lane.dossier, kind=TaskKind.LANE_ANSWER, source=lane, by=by)
    lane.newest = contribution
    lane.state, lane.answered_on, lane.open = answered.values()
    return contribution


def take_back(*, lane: Lane, by: Actor, version: int, reason: str) -> Contribution:
    """Withdraws what an organisation shared: a version without text. The earlier ones stay readable in the history."""
    return share(lane=lane, by=by, version=version, state=LaneState.WITHDRAWN, reason=reason)
