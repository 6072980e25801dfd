"""Whether somebody may know the people in a file privately: they bear the name or the number of one of them.

By keyed tokens alone, as a part of the statement that opens the file.
"""

from collections.abc import Iterable
from functools import lru_cache

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, QuerySet

from wida.access.models import UserToken
from wida.accounts.actor import Actor
from wida.records.arrays import Numbers


@lru_cache(maxsize=2048)
def name_tokens(name: str) -> tuple[int, ...]:
    """The tokens of how a name sounds, whichever of its words are the family name and whichever comes first."""
    from wida.people.matching import sounding_like

    words = name.split()
    halves = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    return tuple(sounding_like(pair for half in halves for pair in (half, half[::-1])))


def shared_tokens(sounding: Iterable[int]) -> Func:
    """Of the outer dossier: the tokens that who asks shares with a person in it, until they were asked about it.

    `sounding` are those of their name (`name_tokens`).
    """
    return Func(
        F("pk"), Numbers(*sounding), function="wida.shared_tokens", output_field=ArrayField(BigIntegerField())
    )


def number_tokens(actor: Actor) -> QuerySet:
    return UserToken.objects.filter(user_id=actor.user_id).values("token")
