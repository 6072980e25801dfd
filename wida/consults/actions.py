"""Noting a consult or a session of a group, and taking one back. No event says which row: nothing leads from a referral
to the consult that came of it.
"""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from wida.accounts.actor import Actor
from wida.audit.actions import record as audit
from wida.consults.models import Consult, GroupSession, Noted
from wida.records.sealing import new_data_key


@transaction.atomic
def note_consult(
    *,
    by: Actor,
    on: date,
    asked_by: str,
    theme: str,
    question: str,
    advice: str,
    minutes: int,
    confirmed: str = "",
) -> Consult:
    """Keeps a consult of the actor's house. `confirmed`: codes of the traces that its writer looked at and left."""
    key = uuid.uuid4()
    consult = Consult(
        id=key, safe_home_id=by.house_id, on=on, asked_by=asked_by, theme=theme, question=question, advice=advice,
        minutes=minutes, confirmed=confirmed, author_id=by.user_id, signature=by.signature, wrapped=new_data_key(key),
    )  # fmt: skip
    consult.save(force_insert=True)
    audit("added", by=by, table=Consult._meta.label_lower, detail=confirmed)
    return consult


@transaction.atomic
def note_session(
    *, by: Actor, on: date, theme: str, audience: str, participants: int, minutes: int
) -> GroupSession:
    session = GroupSession(
        safe_home_id=by.house_id, on=on, theme=theme, audience=audience, participants=participants, minutes=minutes,
        author_id=by.user_id, signature=by.signature,
    )  # fmt: skip
    session.save(force_insert=True)
    audit("added", by=by, table=GroupSession._meta.label_lower)
    return session


@transaction.atomic
def take_back(*, noted: Noted, by: Actor) -> None:
    """It no longer counts, and the words of a consult can't be read again by anybody. Twice is once."""
    gone: dict = {"withdrawn_on": timezone.localdate(), "withdrawn_by": by.signature}
    if isinstance(noted, Consult):
        gone["wrapped"] = b""
    if type(noted).objects.filter(pk=noted.pk, withdrawn_on=None).update(**gone):
        audit("withdrawn", by=by, table=noted._meta.label_lower, row=noted.pk)
