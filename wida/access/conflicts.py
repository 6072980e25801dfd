"""Proposals to keep somebody out: made when they open a file in which somebody bears their name or number."""

from django.db import transaction
from django.utils import timezone

from wida.access import actions
from wida.access.acquaintance import number_tokens
from wida.access.codes import Declared
from wida.access.models import BlockProposal, UserToken
from wida.access.queries import Opened
from wida.access.rules import Part
from wida.access.walls.identity import open_new
from wida.accounts.actor import Actor
from wida.accounts.models import User
from wida.audit.actions import record as audit
from wida.dossiers.models import Dossier
from wida.people import matching
from wida.records.tokens import token, under_each_key

TABLE = "access.blockproposal"


@transaction.atomic
def propose(*, dossier: Dossier, by: Actor, by_number: bool) -> BlockProposal:
    """Puts it to the coordinator that this user may be family, once; recorded as `block_proposed`.

    Who bears the very number of somebody in the file is kept out until the coordinator decides.
    """
    proposal, made = BlockProposal.objects.get_or_create(
        dossier_id=dossier.pk,
        user_id=by.user_id,
        defaults={"user_signature": by.signature, "by_number": by_number, "made_at": timezone.now()},
    )
    if made:
        audit("block_proposed", by=by, dossier=dossier.pk, part=Part.ACCESS, table=TABLE, row=proposal.pk)
    if by_number and proposal.block_id is None and proposal.accepted is None:
        _keep_out(proposal, dossier, by)
    return proposal


def keep_out(*, dossier: Dossier, by: Actor) -> None:
    """Who bears the very number of somebody in a file. Comes after the request, so that the file is open no more."""
    open_new(dossier.pk)
    propose(dossier=dossier, by=by, by_number=True)


@transaction.atomic
def declare(*, opened: Opened, answer: Declared, words: str) -> BlockProposal:
    """What somebody answers when asked; recorded as `declared`. Who knows the family is out until it is decided."""
    by = opened.actor
    proposal = propose(dossier=opened.dossier, by=by, by_number=False)
    if proposal.declared or proposal.accepted is not None:
        return proposal
    proposal.declared, proposal.words = answer, words
    proposal.save(update_fields=["declared", "words"])
    audit("declared", by=by, dossier=opened.dossier.pk, part=Part.ACCESS, table=TABLE, row=proposal.pk)
    if answer == Declared.YES and proposal.block_id is None:
        _keep_out(proposal, opened.dossier, by)
    return proposal


@transaction.atomic
def decide(*, proposal: BlockProposal, dossier: Dossier, accepted: bool, why: str, by: Actor) -> None:
    """The coordinator keeps somebody out, or lets them in again; recorded as `block_decided`. Decided once."""
    proposal = BlockProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if proposal.accepted is not None:
        return
    if accepted and proposal.block_id is None:
        proposal.block = actions.block(dossier=dossier, by=by, why=why, user=proposal.user)
    if not accepted and proposal.block_id:
        actions.lift_block(block=proposal.block, by=by, version=proposal.block.version, why=why)
    proposal.accepted, proposal.why = accepted, why
    proposal.decided_at, proposal.decided_by = timezone.now(), by.signature
    proposal.save(update_fields=["accepted", "why", "decided_at", "decided_by", "block"])
    audit(
        "block_decided",
        by=by,
        dossier=dossier.pk,
        part=Part.ACCESS,
        table=TABLE,
        row=proposal.pk,
        detail="accepted" if accepted else "dismissed",
    )


def keep_number(*, user: User, national_number: str) -> None:
    """Keeps the token of an account's own number, for who signs it in. The number itself is kept nowhere."""
    digits = "".join(sign for sign in national_number if sign in "0123456789")
    UserToken.objects.filter(user=user).delete()
    if digits:
        for _key in under_each_key():
            UserToken.objects.create(user=user, token=token(matching.NUMBER, digits))


def shares_number(opened: Opened) -> bool:
    """Whether a token that the opening statement found is the one of their own number."""
    return number_tokens(opened.actor).filter(token__in=opened.dossier.shared_tokens).exists()


def _keep_out(proposal: BlockProposal, dossier: Dossier, by: Actor) -> None:
    user = User.objects.get(pk=proposal.user_id)
    proposal.block = actions.block(dossier=dossier, by=by, why="", user=user)
    proposal.save(update_fields=["block"])
