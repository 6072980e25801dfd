"""Changes while a plan is carried out: the follow-up log, the case manager, and signals to policy."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from wida.accounts.actor import Actor
from wida.accounts.models import Membership
from wida.dossiers.actions import assign_case_manager
from wida.dossiers.codes import TaskKind
from wida.dossiers.models import Dossier, Task
from wida.plans.actions import change_action
from wida.plans.models import Action, Bottleneck, LogEntry, PolicySignal
from wida.records import actions as records


def add_entry(
    *, dossier: Dossier, by: Actor, kind: str, on: date, text: str, with_whom: str = "", way: str = ""
) -> LogEntry:
    """Adds to the follow-up log, as the actor's organisation."""
    return records.add(
        LogEntry(dossier=dossier, kind=kind, on=on, with_whom=with_whom, way=way, text=text), by=by
    )


def change_entry(*, entry: LogEntry, by: Actor, version: int, **values) -> LogEntry:
    """Corrects an entry. Only for the organisation that wrote it; the view sees to that."""
    return records.change(entry, by=by, version=version, **values)


@transaction.atomic
def pass_on(*, dossier: Dossier, by: Actor, theme: str, text: str) -> Bottleneck:
    """Keeps a bottleneck in the dossier, and gives the central team a copy that no longer leads to it.

    The text must have been checked for personal data. Who passed it on stands in the dossier alone.
    """
    bottleneck = records.add(Bottleneck(dossier=dossier, theme=theme, text=text), by=by)
    PolicySignal.objects.create(
        safe_home_id=dossier.safe_home_id, theme=theme, text=text, month=timezone.localdate().replace(day=1)
    )
    return bottleneck


@transaction.atomic
def hand_over(*, dossier: Dossier, member: Membership, by: Actor, why: str, actions_too: bool) -> None:
    """Makes somebody else case manager. The review of the plan follows; open actions too when asked for."""
    before = dossier.case_manager_id
    assign_case_manager(dossier=dossier, member=member, by=by, why=why)
    reviews = Task.objects.filter(dossier_id=dossier.pk, kind=TaskKind.REVIEW_PLAN, done_at=None)
    reviews.update(user_id=member.user_id, role="")
    if not (actions_too and before) or before == member.user_id:
        return
    for action in Action.objects.of(dossier).open().filter(holder_id=before):
        change_action(
            action=action,
            by=by,
            version=action.version,
            organisation_id=member.organisation_id,
            holder_id=member.user_id,
        )
