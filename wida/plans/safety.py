"""Changes in safety plans. They stand apart from the plan: no list, print, search or task ever holds one."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from wida.access.models import Mandate
from wida.accounts.actor import Actor
from wida.accounts.codes import HOUSE_ROLES, TEAM_ROLES
from wida.accounts.models import Membership
from wida.audit.actions import record as audit
from wida.dossiers.models import Dossier
from wida.plans.models import SafetyPlan, SafetyPlanOpening, SafetyPlanReader
from wida.records import actions as records


class Reader(NamedTuple):
    """Somebody who can be named as a reader: a user acting for an organisation, or everybody there."""

    organisation_id: UUID
    user_id: UUID | None
    name: str
    organisation: str

    @property
    def key(self) -> str:
        return f"{self.organisation_id}:{self.user_id or ''}"

    @property
    def label(self) -> str:
        return f"{self.name}, {self.organisation}" if self.name else self.organisation


@transaction.atomic
def add_safety_plan(
    *, dossier: Dossier, by: Actor, person_id: UUID, title: str, readers: Iterable[Reader], **words
) -> SafetyPlan:
    """Writes a safety plan for one person. Only its readers and the actor's organisation ever know of it."""
    plan = SafetyPlan(dossier=dossier, person_id=person_id, title=title, reader_names=_told(readers), **words)
    records.add(plan, by=by)
    _name_readers(plan, readers)
    return plan


@transaction.atomic
def change_safety_plan(
    *, plan: SafetyPlan, by: Actor, version: int, readers: Iterable[Reader], **words
) -> SafetyPlan:
    """Changes its words and its readers; each version keeps who could read it. Raises `records.Conflict`."""
    changed = records.change(plan, by=by, version=version, reader_names=_told(readers), **words)
    SafetyPlanReader.objects.filter(plan_id=plan.pk).delete()
    _name_readers(changed, readers)
    return changed


@transaction.atomic
def open_safety_plan(*, plan: SafetyPlan, by: Actor, reason: str) -> SafetyPlanOpening:
    """Keeps who opened a safety plan and why; recorded as `safety_plan_opened`. Reading changes nothing."""
    opening = SafetyPlanOpening(dossier_id=plan.dossier_id, plan_id=plan.pk, reason=reason)
    records.stamp(opening, by=by).save(force_insert=True)
    audit(
        "safety_plan_opened",
        by=by,
        dossier=plan.dossier_id,
        part=SafetyPlan.part,
        table=SafetyPlan._meta.label_lower,
        row=plan.pk,
    )
    return opening


def possible_readers(dossier: Dossier, *, owner: UUID, plan: SafetyPlan | None = None) -> list[Reader]:
    """Who can be named: whoever takes part in the dossier and whoever is named already; the owner reads anyway."""
    found: dict[str, Reader] = {}
    mandates = Mandate.objects.active().filter(dossier_id=dossier.pk)
    people = list(
        mandates.values_list(
            "holder_organisation_id", "holder_id", "holder__name", "holder_organisation__name"
        )
    )
    people += (
        Membership.objects.current()
        .filter(organisation__safe_home_id=dossier.safe_home_id, role__in=HOUSE_ROLES | TEAM_ROLES)
        .values_list("organisation_id", "user_id", "user__name", "organisation__name")
    )
    if plan:
        people += SafetyPlanReader.objects.filter(plan_id=plan.pk).values_list(
            "organisation_id", "user_id", "user__name", "organisation__name"
        )
    for organisation_id, user_id, name, organisation in sorted(
        people, key=lambda one: (one[3], one[2] or "")
    ):
        if organisation_id != owner:
            everybody = Reader(organisation_id, None, "", organisation)
            found.setdefault(everybody.key, everybody)
            reader = Reader(organisation_id, user_id, name or "", organisation)
            found.setdefault(reader.key, reader)
    return list(found.values())


def named_readers(plan: SafetyPlan) -> list[str]:
    """The keys of who may read a plan now."""
    found = SafetyPlanReader.objects.filter(plan_id=plan.pk).values_list("organisation_id", "user_id")
    return [f"{organisation}:{user or ''}" for organisation, user in found]


def _name_readers(plan: SafetyPlan, readers: Iterable[Reader]) -> None:
    SafetyPlanReader.objects.bulk_create(
        SafetyPlanReader(
            dossier_id=plan.dossier_id,
            plan=plan,
            organisation_id=reader.organisation_id,
            user_id=reader.user_id,
        )
        for reader in readers
    )


def _told(readers: Iterable[Reader]) -> str:
    return "; ".join(reader.label for reader in readers)
