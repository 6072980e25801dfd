"""The tokens of reports under the index key that searches now, while reports come in. Safe to stop and start again."""

from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from django.db import transaction

from wida.api.models import PoliceReport
from wida.api.reports import tokens_of
from wida.records.sealing import Locked, hang, keyring

BATCH = 200


def renew() -> Iterator[int]:
    """Yields how many were renewed, batch by batch. What a destroyed dossier told can't be read any more:
    such a report keeps the tokens it has.
    """
    last = None
    while batch := _after(last):
        last = batch[-1]
        with keyring(trusted=True), transaction.atomic():
            rows = PoliceReport.objects.filter(pk__in=batch).order_by("pk").select_related("inflow")
            yield sum(_renewed(row) for row in rows.select_for_update(of=("self",)))


def _after(last) -> list:
    rows = PoliceReport.objects.order_by("pk")
    return list((rows.filter(pk__gt=last) if last else rows).values_list("pk", flat=True)[:BATCH])


def _renewed(row: PoliceReport) -> bool:
    if row.wrapped:
        hang(row.pk, row.wrapped)
    try:
        fingerprint = row.fingerprint
    except (Locked, InvalidTag):
        return False
    tokens = tokens_of(fingerprint)
    if not fingerprint or tokens == (row.pv_token, row.content_token):
        return False
    return bool(PoliceReport.objects.filter(pk=row.pk).update(pv_token=tokens[0], content_token=tokens[1]))
