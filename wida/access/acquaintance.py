"""Whether somebody may know the people in a file privately: they bear the name or the number of one of them.

By keyed tokens alone, as a part of the statement that opens the file.
"""

from collections.abc import Iterable
from functools import lru_cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet

from wida.access.models import BlockProposal, UserToken
from wida.accounts.actor import Actor
from wida.people.models import PersonToken
from wida.records.arrays import Among


@lru_cache(maxsize=2048)
def name_tokens(name: str) -> tuple[int, ...]:
    """The tokens of how a name sounds, whichever of its words are the family name and whichever comes first."""
    from wida.people.matching import sounding_like

    words = name.split()
    halves = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    return tuple(sounding_like(pair for half in halves for pair in (half, half[::-1])))


def shared_tokens(actor: Actor, sounding: Iterable[int]) -> ArraySubquery:
    """Of the outer dossier: the tokens that the actor shares with a person in it, until they were asked about it.

    `sounding` are those of their name (`name_tokens`).
    """
    asked = BlockProposal.objects.filter(dossier_id=OuterRef("dossier_id"), user_id=actor.user_id).exclude(
        declared="", accepted=None
    )
    of_actor = Among("token", number_tokens(actor), *sounding)
    theirs = PersonToken.objects.filter(of_actor, dossier_id=OuterRef("pk"))
    return ArraySubquery(theirs.exclude(Exists(asked)).values("token"))


def number_tokens(actor: Actor) -> QuerySet:
    return UserToken.objects.filter(user_id=actor.user_id).values("token")
