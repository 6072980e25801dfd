"""Rounding off, asking again, resuming and closing."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.accounts.actor import Actor
from wida.accounts.codes import Role
from wida.closure.models import Closing, RoundingOff, WatchContact
from wida.dossiers import tasks
from wida.dossiers.codes import ClosureReason, TaskKind
from wida.dossiers.guards import Missing
from wida.dossiers.life import NotNow, take
from wida.dossiers.models import Dossier, Task
from wida.records import actions as records

REASSESS_WITHIN = timedelta(days=7)


@transaction.atomic
def start_watch(
    *,
    dossier: Dossier,
    by: Actor,
    goals_reached: str,
    violence_stopped: str,
    motivation: str,
    watch_until: date,
) -> RoundingOff:
    """Starts the watch period. Raises `NotNow` unless the goals are reached and the violence stopped."""
    rounding_off = RoundingOff(
        dossier=dossier,
        goals_reached=goals_reached,
        violence_stopped=violence_stopped,
        motivation=motivation,
        started_on=timezone.localdate(),
        watch_until=watch_until,
    )
    records.add(rounding_off, by=by)
    take("watch", dossier=dossier, by=by, reason=motivation, watch_until=watch_until)
    _plan(dossier, TaskKind.WATCH_END, watch_until, dossier.pk, by)
    return rounding_off


@transaction.atomic
def plan_contact(
    *, dossier: Dossier, by: Actor, contact_with: str, whom: str, planned_on: date
) -> WatchContact:
    """Plans a contact, as a task for the case manager."""
    contact = WatchContact(dossier=dossier, contact_with=contact_with, whom=whom, planned_on=planned_on)
    records.add(contact, by=by)
    _plan(dossier, TaskKind.WATCH_CONTACT, planned_on, contact.pk, by)
    return contact


@transaction.atomic
def report_contact(
    *, contact: WatchContact, by: Actor, version: int, done_on: date, new_violence: str, outcome: str
) -> WatchContact:
    """Writes down what a contact brought, and finishes its task."""
    contact = records.change(
        contact, by=by, version=version, done_on=done_on, new_violence=new_violence, outcome=outcome
    )
    tasks.finish(contact.dossier, kind=TaskKind.WATCH_CONTACT, source=contact, by=by)
    return contact


@transaction.atomic
def withdraw_contact(*, contact: WatchContact, by: Actor, version: int, reason: str) -> WatchContact:
    """Takes a planned contact away, with its task; the reason stays in the history. What was heard stays."""
    if contact.done_on and contact.version == version:
        words = _("Somebody spoke to them already, so this stays. Correct the report if it is wrong.")
        raise NotNow([Missing(words, reverse("closure:closure", args=[contact.dossier.number]))])
    contact = records.withdraw(contact, by=by, version=version, reason=reason)
    tasks.finish(contact.dossier, kind=TaskKind.WATCH_CONTACT, source=contact, by=by)
    return contact


@transaction.atomic
def resume(*, dossier: Dossier, by: Actor, reason: str) -> None:
    """Back to execution, on new violence or worry. The watch period's tasks end; the risk is assessed again soon."""
    take("resume", dossier=dossier, by=by, reason=reason, watch_until=None)
    tasks.finish(dossier, kind=TaskKind.WATCH_END, source=dossier.pk, by=by)
    for contact in WatchContact.objects.of(dossier).filter(done_on=None):
        tasks.finish(dossier, kind=TaskKind.WATCH_CONTACT, source=contact, by=by)
    soon = timezone.localdate() + REASSESS_WITHIN
    standing = Task.objects.filter(kind=TaskKind.REASSESS, source=dossier.pk, done_at=None, due__lte=soon)
    if not standing.exists():
        _plan(dossier, TaskKind.REASSESS, soon, dossier.pk, by)


@transaction.atomic
def close(
    *,
    dossier: Dossier,
    by: Actor,
    reason: ClosureReason,
    outcome: str,
    evaluation: str,
    retain_years: int,
    retain_ground: str = "",
    retain_agreed: str = "",
) -> Closing:
    """Closes the dossier: everybody's mandate ends, every task is finished, the retention clock starts today."""
    closing = Closing(
        dossier=dossier,
        reason=reason,
        outcome=outcome,
        evaluation=evaluation,
        retain_years=retain_years,
        retain_ground=retain_ground,
        retain_agreed=retain_agreed,
    )
    records.add(closing, by=by)
    take(
        "close",
        dossier=dossier,
        by=by,
        closed_at=timezone.now(),
        closure_reason=reason,
        retain_until=_years_on(timezone.localdate(), retain_years),
    )
    return closing


def _plan(dossier: Dossier, kind: TaskKind, due: date, source, by: Actor) -> None:
    manager = dossier.case_manager_id
    tasks.plan(
        dossier,
        kind=kind,
        due=due,
        source=source,
        by=by,
        user=manager,
        role="" if manager else Role.COORDINATOR,
    )


def _years_on(day: date, years: int) -> date:
    """The same day years later; 29 February becomes the 28th, so that nothing is kept a day too long."""
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year + years)
