"""Answering whether two persons of two dossiers are one, and taking that back."""

from django.db import transaction
from django.utils.translation import gettext as _

from wida.access.actions import block, lift_block
from wida.accounts.actor import Actor
from wida.people.codes import SamePerson
from wida.people.known import blocks_to_carry
from wida.people.models import CarriedBlock, Judgement, Person
from wida.records import actions as records


@transaction.atomic
def judge(*, person: Person, other: Person, answer: str, by: Actor, reason: str = "") -> Judgement:
    """Keeps an answer, on both sides; the words only here. Both dossiers must be open to the actor.

    With « same » whoever is kept out of one dossier is kept out of both, and nobody gets to see more than before.
    """
    mine = _answer(person, other, answer, by, reason)
    theirs = _answer(other, person, answer, by, "")
    for judgement in (mine, theirs):
        if answer == SamePerson.SAME:
            _carry_blocks(judgement, by)
        else:
            _lift_carried(judgement, by)
    return mine


@transaction.atomic
def take_back(*, judgement: Judgement, version: int, reason: str, by: Actor) -> None:
    """As if it had not been answered: it is asked again, and the blocks that came along are lifted."""
    twin = _standing(judgement.other_id, judgement.person_id)
    for one, at, why in ((judgement, version, reason), (twin, twin and twin.version, "")):
        if one:
            _lift_carried(one, by)
            records.withdraw(one, by=by, version=at, reason=why)


def _standing(person_id, other_id) -> Judgement | None:
    return Judgement.objects.filter(person_id=person_id, other_id=other_id, withdrawn_at=None).first()


def _answer(person: Person, other: Person, answer: str, by: Actor, reason: str) -> Judgement:
    standing = _standing(person.pk, other.pk)
    if standing:
        return records.change(standing, by=by, version=standing.version, answer=answer, reason=reason)
    return records.add(
        Judgement(
            dossier_id=person.dossier_id,
            person=person,
            other=other,
            other_dossier_id=other.dossier_id,
            answer=answer,
            reason=reason,
        ),
        by=by,
    )


def _carry_blocks(judgement: Judgement, by: Actor) -> None:
    """Takes over into the judgement's dossier what keeps somebody out of the other."""
    why = _("Somebody in this dossier also stands in another one, in which this conflict was recorded.")
    for other in blocks_to_carry(judgement.other_dossier, judgement.dossier):
        carried = block(
            dossier=judgement.dossier,
            by=by,
            why=why,
            user=other.user,
            organisation=other.blocked_organisation,
        )
        CarriedBlock.objects.create(dossier=judgement.dossier, judgement=judgement, block=carried)


def _lift_carried(judgement: Judgement, by: Actor) -> None:
    for carried in CarriedBlock.objects.filter(judgement=judgement, block__withdrawn_at=None).select_related(
        "block"
    ):
        why = _("The two persons turned out not to be the same.")
        lift_block(block=carried.block, by=by, version=carried.block.version, why=why)
