"""A password costs a quarter of a second of processor time on purpose, at each sign-in. In tests it costs nothing."""

import contextlib
from collections.abc import Iterator

from django.contrib.auth.hashers import Argon2PasswordHasher

FULL = {name: getattr(Argon2PasswordHasher, name) for name in ("time_cost", "memory_cost", "parallelism")}
LITTLE = {"time_cost": 1, "memory_cost": 64, "parallelism": 1}


def cost(price: dict[str, int]) -> None:
    for name, value in price.items():
        setattr(Argon2PasswordHasher, name, value)


@contextlib.contextmanager
def full_price() -> Iterator[None]:
    """As in production, for who asks how long it takes."""
    cost(FULL)
    try:
        yield
    finally:
        cost(LITTLE)
