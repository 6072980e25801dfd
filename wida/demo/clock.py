"""Lets a family's story begin in the past: the demo alone may say what time it is."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone


@contextlib.contextmanager
def days_ago(days: int) -> Iterator[None]:
    """Inside, `timezone.now()` and everything that asks it answer as it was then."""
    today = timezone.now
    timezone.now = lambda: today() - timedelta(days=days)
    try:
        yield
    finally:
        timezone.now = today
