"""Numbers rounded so that no list taken from another tells of one family.

Decided in docs/decisions/0023: each number of one house in one year goes to the multiple of `BASE` below or above it,
by chance in proportion to how near it lies, and every total is a sum of what was rounded. The chance is drawn from a
secret key, so that the same number is rounded the same way tomorrow.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from wida.records.tokens import token

BASE = 5

K = TypeVar("K", bound=Hashable)


def rounded(count: int, *place: object) -> int:
    """A count that stands alone, such as the referrals of a house in a year."""
    floor, rest = count - count % BASE, count % BASE
    return floor + BASE if rest > BASE * _chance(place) else floor


def shared_out(parts: Mapping[K, int], total: int, *place: object) -> dict[K, int]:
    """Counts that add up to one that was rounded to `total`: each rounded, and still adding up to it."""
    floors = {key: count - count % BASE for key, count in parts.items()}
    up = (total - sum(floors.values())) // BASE
    nearest = sorted(
        (key for key, count in parts.items() if count % BASE),
        key=lambda key: _chance((*place, key)) - parts[key] % BASE / BASE,
    )
    return floors | {key: floors[key] + BASE for key in nearest[:up]}


def _chance(place: tuple) -> float:
    """From 0 up to 1, the same for the same place."""
    return (token("figures", *map(str, place)) + 2**63) / 2**64
