"""The work list of a Safe Home: which of what came in somebody may know of, and how each stands."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from wida.access.queries import blocked, key_of, known_to, open_for
from wida.accounts.actor import Actor
from wida.accounts.codes import HOUSE_ROLES
from wida.accounts.models import Membership
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.records.sealing import hang, unseal
from wida.referrals.codes import InflowOutcome, InflowState, Route, WaitsFor
from wida.referrals.models import Inflow, InflowSeen, InflowStep, Move
from wida.referrals.queries import without_blocked

PAGE = 25
VIEWS = (InflowState.NEW, InflowState.WAITING, InflowState.DECIDED)


class Row(NamedTuple):
    """One line of the work list. `number` and `name` are empty while the house may not read the dossier."""

    id: UUID
    receipt: str
    route: str
    sender: str
    received_at: datetime
    due: date
    state: str
    waits_for: str
    outcome: str
    taken_by: UUID | None
    taken_name: str | None
    acknowledged: bool
    seen: bool
    move: UUID | None
    colour: str
    number: str
    name: str

    @property
    def route_words(self) -> str:
        return Route(self.route).label

    @property
    def waits_words(self) -> str:
        return WaitsFor(self.waits_for).label if self.waits_for else ""

    @property
    def outcome_words(self) -> str:
        return InflowOutcome(self.outcome).label if self.outcome else ""

    @property
    def days(self) -> int:
        """How many days are left; below zero it is late."""
        return (self.due - timezone.localdate()).days

    @property
    def closable(self) -> bool:
        """Only what lies in no dossier is closed without more ado: a referral is decided in its dossier."""
        return not (self.number or self.move or self.state == InflowState.DECIDED) and (
            self.waits_for != WaitsFor.COMPLETION
        )


class Step(NamedTuple):
    kind: str
    at: datetime
    signature: str
    to: str
    reason: str


def inflow_of(actor: Actor) -> QuerySet[Inflow]:
    """What came in at the actor's Safe Home. Every list, count and page of it starts here.

    A returned referral is its author's again: the house goes on knowing that it waits, not what stands in it. A
    conflict block takes away the whole row, also that of a dossier which another house offers.
    """
    if actor.role not in HOUSE_ROLES:
        return Inflow.objects.none()
    offered = ~Exists(Move.objects.filter(blocked(actor, "dossier_id"), inflow_id=OuterRef("pk")))
    returned = Q(waits_for=WaitsFor.COMPLETION) & ~blocked(actor, "dossier_id")
    readable = Q(dossier=None) & offered | Q(dossier__in=known_to(actor)) | returned
    return Inflow.objects.filter(readable, safe_home_id=actor.house_id)


def counts(actor: Actor, *, mine: bool = False) -> dict[str, int]:
    """How many stand in each state. One statement."""
    found = _narrowed(actor, mine).order_by().values_list("state").annotate(n=Count("id"))
    return {state: 0 for state in VIEWS} | dict(found)


def rows(actor: Actor, state: str, page: int, *, mine: bool = False) -> list[Row]:
    """One page: what is due first stands first, what was decided last. One statement."""
    found = _narrowed(actor, mine).filter(state=state)
    order = ("-decided_at", "id") if state == InflowState.DECIDED else ("due", "received_at", "id")
    ordered = found.order_by(*order)
    return _rows(actor, ordered[page * PAGE - PAGE : page * PAGE])


def _narrowed(actor: Actor, mine: bool) -> QuerySet[Inflow]:
    found = inflow_of(actor)
    return found.filter(taken_by_id=actor.user_id) if mine else found


def chosen(actor: Actor, ids: Iterable[UUID]) -> list[Row]:
    """Those of these ids that the actor may know of. One statement."""
    return _rows(actor, inflow_of(actor).filter(pk__in=list(ids)).order_by("due", "id"))


def _rows(actor: Actor, found: QuerySet[Inflow]) -> list[Row]:
    readable = Dossier.objects.filter(pk=OuterRef("dossier_id")).exclude(
        ~Q(organisation_id=actor.organisation_id), stage=Stage.BUILDING
    )
    values = found.annotate(
        acknowledged=ExpressionWrapper(Q(acknowledged_at__isnull=False), output_field=BooleanField()),
        was_seen=Exists(InflowSeen.objects.filter(inflow_id=OuterRef("pk"), user_id=actor.user_id)),
        readable=Exists(readable),
        house_name=F("sender__name"),
        taken_name=F("taken_by__name"),
        wrapped_key=key_of("dossier_id"),
    ).values_list(
        *("id", "receipt", "route", "house_name", "received_at", "due", "state", "waits_for", "outcome"),
        *("taken_by_id", "taken_name", "acknowledged", "was_seen", "move__id", "readable", "dossier_id"),
        *("dossier__colour", "dossier__number", "dossier__family_name", "wrapped_key"),
    )
    return [
        Row(*head, colour or "", number, _name(dossier, sealed, wrapped)) if may else Row(*head, "", "", "")
        for *head, may, dossier, colour, number, sealed, wrapped in values
    ]


def _name(dossier_id: UUID, sealed: bytes | None, wrapped: bytes) -> str:
    hang(dossier_id, wrapped)
    return unseal(sealed, dossier_id, f"dossiers_dossier:{dossier_id}:family_name")


def opened(actor: Actor, inflow_id: UUID) -> Inflow:
    """One of them with its key on the ring, else 404."""
    inflow = inflow_of(actor).filter(pk=inflow_id).select_related("sender", "taken_by").first()
    if inflow is None:
        raise Http404
    hang(inflow.pk, inflow.wrapped)
    return inflow


def steps(inflow: Inflow) -> list[InflowStep]:
    """What was done with it, oldest first; its key must be on the ring."""
    return list(InflowStep.objects.filter(inflow=inflow).order_by("at", "id"))


def offers(dossier: Dossier) -> list[Move]:
    """To which houses an opened dossier was offered, newest first, with their keys on the ring."""
    moves = Move.objects.of(dossier).select_related("inflow", "from_home", "to_home")
    found = list(moves.order_by("-created_at"))
    for move in found:
        hang(move.inflow_id, move.inflow.wrapped)
    return found


def colleagues(actor: Actor, inflow: Inflow) -> list[Membership]:
    """Who else of the house it can be handed over to: nobody whom a conflict keeps from its dossier.

    A dossier that this house can't open yet tells of no conflict; whoever is kept out then goes on not seeing the row.
    """
    members = (
        Membership.objects.current()
        .filter(organisation__safe_home_id=actor.house_id, role__in=HOUSE_ROLES)
        .exclude(user_id=actor.user_id)
    )
    number = known_to(actor).filter(pk=inflow.dossier_id).values_list("number", flat=True).first()
    if number and (opened := open_for(actor, number)):
        members = without_blocked(members, opened.dossier)
    return list(members.select_related("user", "organisation__safe_home").order_by("user__name"))
