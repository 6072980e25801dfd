"""Answering whether two persons of two dossiers are one, and taking that back."""

from django.db import transaction
from django.utils.translation import gettext as _

from wida.access.actions import block, lift_block
from wida.access.united import blocks_to_carry
from wida.accounts.actor import Actor
from wida.dossiers.models import Dossier
from wida.people.codes import SamePerson
from wida.people.models import CarriedBlock, Comparison, Person
from wida.records import actions as records


@transaction.atomic
def judge(*, person: Person, other: Person, answer: str, by: Actor, reason: str = "") -> Comparison:
    """Keeps an answer, on both sides; the words only here. Both dossiers must be open to the actor.

    With « same » whoever is kept out of one dossier is kept out of both, and nobody gets to see more than before.
    """
    mine = _answer(person, other, answer, by, reason)
    theirs = _answer(other, person, answer, by, "")
    for comparison in (mine, theirs):
        if answer == SamePerson.SAME:
            _carry_blocks(comparison, by)
        else:
            _lift_carried(comparison, by)
    return mine


@transaction.atomic
def take_back(*, comparison: Comparison, version: int, reason: str, by: Actor) -> None:
    """As if it had not been answered: it is asked again, and the blocks that came along are lifted."""
    twin = _standing(comparison.other_id, comparison.person_id)
    for one, at, why in ((comparison, version, reason), (twin, twin and twin.version, "")):
        if one:
            _lift_carried(one, by)
            records.withdraw(one, by=by, version=at, reason=why)


def _standing(person_id, other_id) -> Comparison | None:
    return Comparison.objects.filter(person_id=person_id, other_id=other_id, withdrawn_at=None).first()


def _answer(person: Person, other: Person, answer: str, by: Actor, reason: str) -> Comparison:
    standing = _standing(person.pk, other.pk)
    if standing:
        return records.change(standing, by=by, version=standing.version, answer=answer, reason=reason)
    return records.add(
        Comparison(
            dossier_id=person.dossier_id,
            person=person,
            other=other,
            other_dossier_id=other.dossier_id,
            answer=answer,
            reason=reason,
        ),
        by=by,
    )


def _carry_blocks(comparison: Comparison, by: Actor) -> None:
    """Takes over into the comparison's dossier what keeps somebody out of the other."""
    why = _("Somebody in this dossier also stands in another one, in which this conflict was recorded.")
    for other in blocks_to_carry(comparison.other_dossier, comparison.dossier):
        carried = block(
            dossier=comparison.dossier,
            by=by,
            why=why,
            user=other.user,
            organisation=other.blocked_organisation,
        )
        CarriedBlock.objects.create(dossier=comparison.dossier, comparison=comparison, block=carried)


def _lift_carried(comparison: Comparison, by: Actor) -> None:
    """Once the one dossier was joined to the other, they are of one family whoever stands in them."""
    both = [comparison.dossier_id, comparison.other_dossier_id]
    if Dossier.objects.filter(pk__in=both, joined_to__in=both).exists():
        return
    for carried in CarriedBlock.objects.filter(
        comparison=comparison, block__withdrawn_at=None
    ).select_related("block"):
        why = _("The two persons turned out not to be the same.")
        lift_block(block=carried.block, by=by, version=carried.block.version, why=why)
