"""Recording an assessment, a signal, an instrument, a weighing, a legend. What was recorded is never changed."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from wida.access.rules import Part
from wida.accounts.actor import Actor
from wida.accounts.codes import Role
from wida.audit.actions import record as audit
from wida.dossiers import tasks
from wida.dossiers.codes import TaskKind
from wida.dossiers.models import Dossier
from wida.people.queries import name_map
from wida.records import actions as records
from wida.risk import picture, queries, standing
from wida.risk.codes import FACTORS, REASSESS_AFTER, REASSESS_USUALLY, Score, Side
from wida.risk.models import (
    Assessment,
    DomainView,
    FactorPerson,
    FactorScore,
    Instrument,
    Legend,
    Participant,
    Protection,
    Signal,
    Weighing,
)


@transaction.atomic
def record_assessment(
    *,
    dossier: Dossier,
    by: Actor,
    version: int,
    assessed_on: date,
    factors: list,
    domains: list[tuple[str, str, str]],
    protections: list[tuple[str, str]],
    together: list,
    **judgement: str,
) -> Assessment:
    """Records an organisation's assessment for good, plans the next one and finishes the task for this one.

    `version` is the number of the organisation's last assessment as the form showed it: raises `Conflict` when
    a colleague recorded one meanwhile. `together` holds the organisations it was made with.
    """
    last = last_of(dossier, by)
    if last and last.version != version:
        raise records.Conflict(last)
    reviewed = {row.code: row.reviewed_on for row in last.factors.all()} if last else {}
    assessment = Assessment(
        dossier=dossier,
        version=last.version + 1 if last else 1,
        assessed_on=assessed_on,
        lane=standing.lane_of(by.organisation_type, [one.type for one in together]),
        together=[one.name for one in together],
        known_factors=sum(said.present != Score.UNKNOWN for said in factors if said.code in FACTORS),
        **judgement,
    )
    scores = [_score(assessment, said, reviewed) for said in factors]
    records.add_all(
        assessment,
        *scores,
        *[
            _person(score, person, side)
            for score, said in zip(scores, factors, strict=True)
            for person, side in _persons(said)
        ],
        *[
            DomainView(dossier=dossier, assessment=assessment, domain=domain, state=state, account=account)
            for domain, state, account in domains
        ],
        *[
            Protection(dossier=dossier, assessment=assessment, place=place, title=title, account=account)
            for place, (title, account) in enumerate(protections, start=1)
        ],
        by=by,
    )
    _plan_next(dossier, assessed_on, by)
    return assessment


def last_of(dossier: Dossier, by: Actor) -> Assessment | None:
    """The last assessment of the actor's organisation."""
    return Assessment.objects.of(dossier).by_organisation(by.organisation_id).order_by("-version").first()


def add_signal(*, dossier: Dossier, by: Actor, **told: Any) -> Signal:
    """Tells a critical signal, or that it was looked into and not found."""
    return records.add(Signal(dossier=dossier, **told), by=by)


def add_instrument(*, dossier: Dossier, by: Actor, **result: Any) -> Instrument:
    """Records the result of an instrument that was filled in elsewhere."""
    return records.add(Instrument(dossier=dossier, **result), by=by)


@transaction.atomic
def record_weighing(
    *,
    dossier: Dossier,
    by: Actor,
    version: int,
    weighed_on: date,
    participants: list[queries.Member],
    excused: list[tuple[Any, str]],
    corrects: Weighing | None = None,
    **judged: Any,
) -> Weighing:
    """Records a weighing for good, with a snapshot of what the members could see, and renews the dossier's colour.

    `version` is the number of weighings the form showed: raises `Conflict` when another was added meanwhile, or
    when the one to correct was corrected already. The actor always weighs along.
    """
    newest = Weighing.objects.of(dossier).order_by("-version").first()
    if newest and newest.version != version:
        raise records.Conflict(newest)
    if corrects and (earlier := Weighing.objects.of(dossier).filter(corrects=corrects).first()):
        raise records.Conflict(earlier)
    weighing = Weighing(
        dossier=dossier,
        version=newest.version + 1 if newest else 1,
        weighed_on=weighed_on,
        corrects=corrects,
        legend=queries.legend_on(weighed_on),
        **judged,
        **_freeze(dossier),
    )
    me = queries.Member(by.user_id, by.name, by.organisation_id, by.organisation, by.organisation_type)
    present = {member.user_id: member for member in [me, *participants]}.values()
    records.add_all(
        weighing,
        *[
            Participant(
                dossier=dossier,
                weighing=weighing,
                user_id=member.user_id,
                name=member.name,
                organisation_name=member.organisation,
            )
            for member in present
        ],
        *[
            Participant(dossier=dossier, weighing=weighing, name=name, organisation_name=name, excused=True)
            for _organisation_id, name in excused
        ],
        by=by,
    )
    _renew_colour(dossier)
    return weighing


@transaction.atomic
def add_legend(*, by: Actor, **meaning: Any) -> Legend:
    """Gives the colours a new meaning from a day on, for every house; recorded as `changed`. Earlier versions stay."""
    legend = Legend(**meaning, user=by.user_id, signature=by.signature, created_at=timezone.now())
    legend.save(force_insert=True)
    audit("changed", by=by, part=Part.WEIGHING, table="risk.legend", row=legend.pk)
    return legend


def _score(assessment: Assessment, said, reviewed: dict[str, date]) -> FactorScore:
    """A score that was not looked at again keeps the day it was looked at last."""
    return FactorScore(
        dossier_id=assessment.dossier_id,
        assessment=assessment,
        code=said.code,
        present=said.present,
        past=said.past,
        motivation=said.motivation,
        source=said.source,
        seen_on=said.seen_on,
        reviewed_on=assessment.assessed_on
        if said.reviewed
        else reviewed.get(said.code, assessment.assessed_on),
        not_for_id=said.not_for or None,
    )


def _persons(said) -> list[tuple[str, Side]]:
    return [(person, Side.WHO) for person in said.who or []] + [
        (person, Side.TOWARDS) for person in said.towards or []
    ]


def _person(score: FactorScore, person: str, side: Side) -> FactorPerson:
    return FactorPerson(dossier_id=score.dossier_id, factor=score, person_id=person, side=side)


def _plan_next(dossier: Dossier, assessed_on: date, by: Actor) -> None:
    """The sooner the heavier the judgement that stands, whoever made it: for the case manager, or the coordinator."""
    facts = queries.facts(dossier)
    days = REASSESS_AFTER.get(queries.heaviest_level(facts.spoken), REASSESS_USUALLY)
    tasks.finish(dossier, kind=TaskKind.REASSESS, source=dossier.pk, by=by)
    tasks.plan(
        dossier,
        kind=TaskKind.REASSESS,
        due=assessed_on + timedelta(days=days),
        source=dossier.pk,
        by=by,
        user=dossier.case_manager_id,
        role="" if dossier.case_manager_id else Role.COORDINATOR,
    )


def _freeze(dossier: Dossier) -> dict[str, Any]:
    """What the members could see at this moment, and who they were."""
    drawn = picture.picture(dossier, queries.facts(dossier, words=True), name_map(dossier))
    counted = queries.answered(dossier)
    answered, asked = counted or (None, None)
    readers = [f"{member.name}, {member.organisation}" for member in queries.members(dossier)]
    return {
        "known_factors": drawn.known,
        "lanes_answered": answered,
        "lanes_asked": asked,
        "snapshot": picture.freeze(drawn, readers=readers, answered=answered, asked=asked),
    }


def _renew_colour(dossier: Dossier) -> None:
    """The dossier bears the colour of its newest weighing that was not corrected."""
    standing_ones = Weighing.objects.of(dossier).filter(corrected_by=None)
    colour = standing_ones.order_by("-weighed_on", "-version").values_list("colour", flat=True)[0]
    Dossier.objects.filter(pk=dossier.pk).update(colour=colour)
    dossier.colour = colour
