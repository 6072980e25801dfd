"""Changing the master key while people work: every row is always readable; the index key: `people.matching.renew`.

Runs as the owner of the tables, in small batches, each a transaction of its own: stopped and started again, it goes on
where it was.
"""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from wida.accounts import factors
from wida.records.sealing import rewrap, sealed_by

BATCH = 200


def rewrap_all() -> Iterator[int]:
    """Wraps every data key under the master key that seals now; yields how many, batch by batch.

    A key that disappears meanwhile was destroyed, and stays so.
    """
    for model in wrapping():
        last = None
        while rows := _after(model, last):
            last = rows[-1]
            yield _rewrap(model, rows)
    yield _reseal_factors()


def still_under(number: int) -> int:
    """How many data keys and second factors a master key still opens: at none it can be thrown away."""
    wrapped = [
        sealed_by(bytes(value))
        for model in wrapping()
        for value in keys_of(model).values_list("wrapped", flat=True).iterator()
    ]
    return wrapped.count(number) + sum(
        number in factors.sealed_by(data) for data in Authenticator.objects.values_list("data", flat=True)
    )


def wrapping() -> list[type[models.Model]]:
    """The tables that hold data keys: by the name of the column. The key of such a row is bound to its primary key."""
    return [model for model in apps.get_models() if "wrapped" in {field.name for field in model._meta.fields}]


def _reseal_factors() -> int:
    """Seeds of second factors stand under a key made from the master key. One by one: a code may be used just now."""
    done = 0
    for key in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            found = Authenticator.objects.select_for_update().filter(pk=key).first()
            if found and factors.sealed_by(found.data) - {settings.WIDA_SEALING_KEY}:
                Authenticator.objects.filter(pk=key).update(data=factors.reseal(found.data))
                done += 1
    return done


def keys_of(model: type[models.Model]) -> models.QuerySet:
    """Rows that hold a key: it is missing where another one seals, and empty where it was destroyed."""
    return model.objects.exclude(wrapped=None).exclude(wrapped=b"")


def _after(model: type[models.Model], last) -> list:
    rows = keys_of(model).order_by("pk")
    return list((rows.filter(pk__gt=last) if last else rows).values_list("pk", flat=True)[:BATCH])


def _rewrap(model: type[models.Model], keys: list) -> int:
    done = 0
    with transaction.atomic():
        for row in model.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)):
            if sealed_by(bytes(row.wrapped)) != settings.WIDA_SEALING_KEY:
                model.objects.filter(pk=row.pk).update(wrapped=rewrap(row.wrapped, row.pk))
                done += 1
    return done
