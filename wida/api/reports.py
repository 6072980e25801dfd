"""Taking reports of the police: kept with their receipts in one transaction, and placed at a Safe Home in it."""

import json
import logging
from hashlib import sha256
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from wida.access.walls.identity import act_as
from wida.accounts.actor import Actor
from wida.accounts.models import Membership, PoliceZone, SafeHome, valid_on
from wida.api.codes import ReportState, Unplaced
from wida.api.models import PoliceReport
from wida.api.schemas import Report
from wida.audit.actions import record as audit
from wida.database import is_gone
from wida.records.ids import new_id
from wida.records.sealing import hang, new_data_key
from wida.records.tokens import token, under_each_key
from wida.referrals.codes import Route
from wida.referrals.inflow import new_receipt
from wida.referrals.police import refer
from wida.situation.report_number import parse

logger = logging.getLogger(__name__)
TABLE = "api.policereport"


class Reused(Exception):
    """PV numbers that were acknowledged before with other contents; `places` are their places in the batch."""

    def __init__(self, places: list[int]):
        super().__init__("pv_number_reused")
        self.places = places


class Taken(NamedTuple):
    report: PoliceReport
    pv_number: str
    repeated: bool


@transaction.atomic
def receive(*, reports: list[Report], by: Actor) -> list[Taken]:
    """Keeps reports and places them; one that was acknowledged before gives its receipt of then. Raises `Reused`.

    Whoever runs PostgreSQL without waiting for its disk loses no report by it: this transaction waits.
    """
    with connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit = on")
        # Two requests with the same numbers, in whichever order: the second waits here, and then finds them.
        numbers = sorted(
            {token("pv_lock", str(by.organisation_id), _number(one.pv_number)) for one in reports}
        )
        cursor.execute("select pg_advisory_xact_lock(key) from unnest(%s::bigint[]) key", [numbers])
    taken = [_take(report, by) for report in reports]
    if wrong := [place for place, one in enumerate(taken) if one is None]:
        raise Reused(wrong)
    return taken


def _take(report: Report, by: Actor) -> Taken | None:
    told = report.model_dump(mode="json")
    content = json.dumps(told, sort_keys=True)
    fingerprint = f"{_number(report.pv_number)} {sha256(content.encode()).hexdigest()}"
    # Under every index key: one that is being changed must not make a second report of a first one.
    marks = dict(tokens_of(fingerprint) for _key in under_each_key())
    known = PoliceReport.objects.filter(organisation_id=by.organisation_id, pv_token__in=marks).first()
    if known:
        return Taken(known, report.pv_number, True) if known.content_token in marks.values() else None
    pv_token, content_token = tokens_of(fingerprint)
    key = new_id()
    kept = PoliceReport(
        id=key,
        receipt=new_receipt(Route.POLICE_REPORT),
        organisation_id=by.organisation_id,
        sender_id=by.membership_id,
        signature=by.signature,
        received_at=timezone.now(),
        zone=report.police_zone,
        pv_token=pv_token,
        content_token=content_token,
        content=content,
        fingerprint=fingerprint,
        wrapped=new_data_key(key),
        unplaced=Unplaced.UNKNOWN_ZONE,
    )
    kept.save(force_insert=True)
    audit("received", by=by, table=TABLE, row=key)
    zone = _zone(report.police_zone)
    if zone:
        _place(kept, told, safe_home=zone.safe_home, zone=zone, by=by)
    return Taken(kept, report.pv_number, False)


@transaction.atomic
def place(*, report: PoliceReport, safe_home: SafeHome, by: Actor) -> bool:
    """Somebody says to which Safe Home a report goes: there it is a referral of who sent it. Recorded as `placed`.

    False when a colleague was first, or when it can't be made into a referral by itself either.
    """
    current = PoliceReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if current.inflow_id:
        return False
    audit("placed", by=by, table=TABLE, row=current.pk, detail=safe_home.prefix.lower())
    hang(current.pk, current.wrapped)
    told = json.loads(current.content)
    sender = Membership.objects.select_related("user", "organisation__safe_home").get(pk=current.sender_id)
    # What the police wrote stays theirs: the referral is made as by the system that sent it.
    act_as(sender.actor)
    done = _place(current, told, safe_home=safe_home, zone=_zone(current.zone), by=sender.actor)
    act_as(by)
    return done


def _place(
    report: PoliceReport, told: dict, *, safe_home: SafeHome, zone: PoliceZone | None, by: Actor
) -> bool:
    """Whatever fails in it, the report stays kept and waits for somebody; a database that is gone undoes all."""
    content, wrapped, fingerprint = report.content, report.wrapped, report.fingerprint
    try:
        with transaction.atomic():
            row = refer(report=told, safe_home=safe_home, zone=zone, receipt=report.receipt, by=by)
            report.inflow, report.unplaced, report.content, report.wrapped = row, "", "", b""
            report.fingerprint = fingerprint  # sealed anew: the key it was under goes
            report.save(update_fields=["inflow", "unplaced", "content", "wrapped", "fingerprint"])
    except Exception as fault:
        if is_gone(fault):
            raise
        logger.exception("a report of the police could not be made into a referral")
        report.inflow, report.unplaced, report.content, report.wrapped = (
            None,
            Unplaced.FAILED,
            content,
            wrapped,
        )
        PoliceReport.objects.filter(pk=report.pk).update(unplaced=Unplaced.FAILED)
        return False
    return True


def _zone(code: str) -> PoliceZone | None:
    """The zone, when it and its Safe Home exist today."""
    today = timezone.localdate()
    zones = PoliceZone.objects.filter(valid_on(today), valid_on(today, "safe_home__"), pk=code)
    return zones.select_related("safe_home").first()


def _number(typed: str) -> str:
    """One PV number, however its points, capitals and year were written."""
    parts = parse(typed)
    return ".".join(map(str, parts)) if parts else "".join(typed.upper().split())


def tokens_of(fingerprint: str) -> tuple[int, int]:
    """The tokens of the number and of the text, under the index key that searches."""
    number, _space, digest = fingerprint.rpartition(" ")
    return token("pv", number), token("report", digest)


class Standing(NamedTuple):
    receipt: str
    received_at: object
    state: str
    safe_home: str | None
    outcome: str | None


def standing(receipt: str, by: Actor) -> Standing | None:
    """Where a report of the actor's organisation stands; None for every other receipt. One statement."""
    row = (
        PoliceReport.objects.filter(receipt=receipt, organisation_id=by.organisation_id)
        .values_list("receipt", "received_at", "inflow__state", "inflow__safe_home__name", "inflow__outcome")
        .first()
    )
    if row is None:
        return None
    audit("read", by=by, table=TABLE, detail="receipt")
    number, at, state, house, outcome = row
    return Standing(number, at, state or ReportState.TO_PLACE, house, outcome or None)
