"""Which dossiers somebody may know of, and what they may do in one of them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.http import Http404
from django.utils import timezone

from wida.access.acquaintance import name_tokens, shared_tokens
from wida.access.limits import files_read
from wida.access.models import ConflictBlock, ExtraProtection, Mandate
from wida.access.rules import MATRIX, Ground, Part, Right, ever, rights
from wida.access.walls.identity import Opens
from wida.accounts.actor import Actor
from wida.accounts.codes import CONTENT_ROLES, HOUSE_ROLES, Role
from wida.accounts.models import Membership
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier, DossierKey
from wida.people.models import Address, AddressViewer
from wida.records.arrays import Among
from wida.records.models import Record
from wida.records.sealing import hang
from wida.records.statements import Word, prepared


@dataclass(slots=True)
class Opened:
    """A dossier as opened for one actor. `frozen`: their role may do this, but the dossier moved on."""

    dossier: Dossier
    actor: Actor
    grounds: frozenset[str]
    frozen: bool = False
    rights: frozenset[tuple[Part, Right]] = field(init=False)

    def __post_init__(self):
        self.rights = rights(self.actor.role, self.grounds, self.dossier.stage)

    def may(self, part: Part, right: Right = Right.READ) -> bool:
        return (part, right) in self.rights

    def may_ever(self, part: Part, right: Right) -> bool:
        return (part, right) in ever(self.actor.role, self.grounds)

    @property
    def number(self) -> str:
        return self.dossier.number

    @property
    def case_manager(self) -> str:
        return self.dossier.case_manager_name or ""

    @property
    def police_zone(self) -> str:
        """Empty too while somebody has an address that this actor may not know: it tells where to look."""
        zone = self.dossier.police_zone_name or ""
        return "" if zone and self.keeps_places else zone

    @property
    def keeps_places(self) -> bool:
        """Costs a statement, but for who may know all."""
        house = self.actor.role == Role.COORDINATOR and Ground.HOUSE in self.grounds
        return not house and unknown_addresses(self.actor, self.dossier).exists()


def known_to(actor: Actor, dossiers: models.QuerySet | None = None, *, one: bool = False) -> models.QuerySet:
    """The dossiers an actor may know of. Every list, search, count and page starts here.

    One condition per line: what adds, then what subtracts. When `one` dossier is asked for, its mandates are looked
    through and not all of the actor's, of which a liaison has thousands.
    """
    dossiers = Dossier.objects.all() if dossiers is None else dossiers
    if actor.role not in CONTENT_ROLES:
        return dossiers.none()
    mandated = Q(
        Exists(mandates_of(actor)) if one else Among("pk", active_mandates(actor).values("dossier_id"))
    )
    own_house = Q(safe_home_id=actor.house_id)
    draft_of_others = Q(stage=Stage.BUILDING) & ~Q(organisation_id=actor.organisation_id)
    by_house = own_house & ~draft_of_others & ~Q(Exists(extra_protection()))
    grounds = by_house | mandated if actor.role in HOUSE_ROLES else mandated
    return dossiers.filter(grounds, destroyed_at=None).exclude(blocked(actor))


def mandates_of(actor: Actor) -> models.QuerySet:
    """The actor's mandates on the outer dossier, for the organisation they act for now."""
    return active_mandates(actor).filter(dossier_id=OuterRef("pk"))


def active_mandates(actor: Actor) -> models.QuerySet:
    """All the actor's mandates, for the organisation they act for now."""
    return Mandate.objects.active().filter(
        holder_id=actor.user_id, holder_organisation_id=actor.organisation_id
    )


def extra_protection() -> models.QuerySet:
    """That the outer dossier is for a smaller circle: of its house, those with a mandate of their own."""
    return ExtraProtection.objects.filter(dossier_id=OuterRef("pk"), withdrawn_at=None)


def unknown_addresses(actor: Actor, dossier: Dossier) -> models.QuerySet:
    """The addresses of a dossier that are shielded today from the actor's organisation."""
    named = AddressViewer.objects.filter(address_id=OuterRef("pk"), organisation_id=actor.organisation_id)
    return Address.objects.filter(
        Q(until=None) | Q(until__gte=timezone.localdate()),
        ~Exists(named),
        dossier_id=dossier.pk,
        withdrawn_at=None,
        protected=True,
    ).exclude(organisation_id=actor.organisation_id)


def blocked(actor: Actor, dossier: str = "pk") -> Q:
    """A conflict block on the outer dossier, or on the one that an outer row names as `dossier`: beats every ground,
    for whichever organisation its user acts now.
    """
    blocks = ConflictBlock.objects.filter(dossier_id=OuterRef(dossier), withdrawn_at=None)
    theirs = Membership.objects.current().filter(user_id=actor.user_id).values("organisation_id")
    return Q(Exists(blocks.filter(Q(user_id=actor.user_id) | Q(blocked_organisation_id__in=theirs))))


def may_read(actor: Actor, part: Part) -> Q:
    """That the actor may read a part of the outer dossier, by the matrix: for lists, counts and tasks."""
    found = Q(pk__in=[])
    for rule in MATRIX:
        if actor.role in rule.roles and part in rule.parts and rule.right == Right.READ:
            held = (
                Q(safe_home_id=actor.house_id)
                if rule.ground == Ground.HOUSE
                else Q(Exists(mandates_of(actor).filter(ground=rule.ground)))
            )
            found |= held & Q(stage__in=rule.stages)
    return found


def key_of(dossier: str) -> Subquery:
    """The wrapped key of the dossier that an outer row names so. Behind the wall each key is a question of its own, and
    a sub-select among the columns is only asked for the rows that a limit leaves.
    """
    return Subquery(DossierKey.objects.filter(pk=OuterRef(dossier)).values("wrapped"))


def rights_in(actor: Actor, safe_home_id: UUID, mandates: list[str], stage: str) -> frozenset:
    """What the actor may do in a dossier of which a list holds no more than the house, grounds and stage."""
    house = {Ground.HOUSE} if actor.role in HOUSE_ROLES and safe_home_id == actor.house_id else set()
    return rights(actor.role, frozenset({*mandates, *house}), stage)


def open_for(actor: Actor, number: str, *, lock: bool = False) -> Opened | None:
    """The dossier as this actor may know it, in one statement that also brings its key and opens its rows in the
    second wall; None for a stranger.

    `lock` lets one writer in at a time, so that what a form was checked against still holds when it is saved. It is
    taken by a statement of its own: who waited for it must see what the one before did, a mandate ended included.
    """
    if lock:
        wait_for_turn(number)
    found = _opening(actor, Word(number), name_tokens(actor.name))
    return _opened(actor, found[0]) if found else None


def open_all_for(actor: Actor, numbers: Collection[str]) -> list[Opened]:
    """Those of these dossiers that the actor may know of, opened together. One statement."""
    found = _openable(actor, known_to(actor).filter(number__in=numbers), name_tokens(actor.name))
    return [_opened(actor, dossier) for dossier in found]


def _opened(actor: Actor, dossier: Dossier) -> Opened:
    hang(dossier.pk, dossier.wrapped)
    grounds = set(dossier.mandate_grounds)
    if actor.role in HOUSE_ROLES and dossier.safe_home_id == actor.house_id:
        grounds.add(Ground.HOUSE)
    return Opened(dossier, actor, frozenset(grounds))


@prepared
def _opening(actor: Actor, number: Word, sounding: tuple[int, ...]) -> models.QuerySet:
    return _openable(actor, known_to(actor, one=True).filter(number=number), sounding)


def _openable(actor: Actor, dossiers: models.QuerySet, sounding: tuple[int, ...]) -> models.QuerySet:
    return dossiers.annotate(
        wrapped=F("key__wrapped"),
        house_name=F("safe_home__name"),
        case_manager_name=F("case_manager__name"),
        police_zone_name=F("police_zone__name"),
        mandate_grounds=ArraySubquery(mandates_of(actor).values("ground")),
        extra_protected=Exists(extra_protection()),
        shared_tokens=shared_tokens(sounding),
        files_read=files_read(),
        opened=Opens(),
    )


def wait_for_turn(number: str) -> None:
    """Holds the row of a dossier until the transaction ends. Says nothing of it, so anybody may."""
    _turn(Word(number))


@prepared
def _turn(number: Word) -> models.QuerySet:
    dossiers = Dossier.objects.filter(number=number).order_by()
    return dossiers.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True)


def one(opened: Opened, objects, pk: UUID, *related: str):
    """A standing row of the opened dossier, with what it names as `related`, else 404: an id of another dossier
    doesn't exist here. `objects` is a model's, or a queryset that narrows them.
    """
    if isinstance(objects, models.Manager):
        found = _standing(objects.model, opened.dossier.pk, pk, *related)
    else:
        found = objects.of(opened.dossier).filter(pk=pk)[:1]
    for row in found:
        row.dossier = opened.dossier
        return row
    raise Http404


@prepared
def _standing(model: type[Record], dossier_id: UUID, pk: UUID, *related: str) -> models.QuerySet:
    rows = model.objects.filter(dossier_id=dossier_id, withdrawn_at=None, pk=pk)
    return rows.select_related(*related) if related else rows
