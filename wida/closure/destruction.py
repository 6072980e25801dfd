"""The end of a dossier: when its time is over, two people of the house destroy its key, and a declaration remains.

PostgreSQL asks both again what is asked here (`wida.destroy`): no account of the application may delete a key.
"""

from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from wida.access.queries import known_to
from wida.accounts.actor import CALENDAR, Actor
from wida.accounts.codes import HOUSE_ROLES, Role
from wida.audit.actions import record as audit
from wida.closure.models import Destruction
from wida.dossiers import tasks
from wida.dossiers.codes import Stage, TaskKind
from wida.dossiers.models import Dossier, DossierKey, Task
from wida.people.models import PersonToken
from wida.referrals.models import Inflow


class SamePerson(Exception):
    """Whoever proposes a destruction can't be the one who agrees."""


def may_destroy(actor: Actor) -> bool:
    return actor.role in HOUSE_ROLES


def is_due(dossier: Dossier, actor: Actor) -> bool:
    over = dossier.closed and dossier.retain_until < timezone.localdate()
    return over and may_destroy(actor) and dossier.safe_home_id == actor.house_id


def due(actor: Actor):
    """The dossiers of the actor's house that were kept long enough, the oldest first."""
    over = known_to(actor).filter(
        stage=Stage.CLOSED, retain_until__lt=timezone.localdate(), safe_home_id=actor.house_id
    )
    return over.exclude(pk__in=Destruction.objects.values("dossier")).order_by("retain_until", "id")


def ask_about_due() -> None:
    """A task for each dossier that was kept long enough and was not proposed yet. For the house itself, at night."""
    over = Dossier.objects.filter(
        stage=Stage.CLOSED, retain_until__lt=timezone.localdate(), destroyed_at=None
    )
    asked = Task.objects.filter(kind=TaskKind.DESTROY, source=OuterRef("pk"), done_at=None)
    proposed = Destruction.objects.filter(dossier=OuterRef("pk"))
    for dossier in over.filter(~Exists(asked), ~Exists(proposed)).order_by("retain_until", "id"):
        tasks.plan(
            dossier,
            kind=TaskKind.DESTROY,
            due=timezone.localdate(),
            source=dossier.pk,
            by=CALENDAR,
            role=Role.COORDINATOR,
        )


def waiting(actor: Actor):
    return Destruction.objects.filter(safe_home_id=actor.house_id, destroyed_at=None).order_by(
        "proposed_at", "id"
    )


def declarations(actor: Actor):
    """What is left of the dossiers that were destroyed, the newest first."""
    done = Destruction.objects.filter(safe_home_id=actor.house_id, destroyed_at__isnull=False)
    return done.order_by("-destroyed_at", "-id")


@transaction.atomic
def propose(*, dossier: Dossier, by: Actor) -> Destruction:
    """The first of two says that a dossier's time is over; recorded as `destruction_proposed`. Asking twice is once."""
    Destruction.objects.bulk_create(
        [
            Destruction(
                dossier=dossier.pk,
                number=dossier.number,
                safe_home_id=dossier.safe_home_id,
                retain_until=dossier.retain_until,
                proposed_by=by.user_id,
                proposed_signature=by.signature,
                proposed_at=timezone.now(),
            )
        ],
        ignore_conflicts=True,
    )
    tasks.finish(dossier, kind=TaskKind.DESTROY, source=dossier.pk, by=by)
    audit("destruction_proposed", by=by, dossier=dossier.pk)
    return Destruction.objects.get(dossier=dossier.pk)


@transaction.atomic
def agree(*, destruction_id: UUID, by: Actor) -> Destruction:
    """The second agrees, and the key is gone: nothing of the dossier can be read from here on, nobody in it found.

    Recorded as `destroyed`. Raises `SamePerson`.
    """
    destruction = Destruction.objects.select_for_update().get(pk=destruction_id, destroyed_at=None)
    if destruction.proposed_by == by.user_id:
        raise SamePerson
    destruction.approved_by, destruction.approved_signature = by.user_id, by.signature
    destruction.approved_at = timezone.now()
    destruction.save(update_fields=["approved_by", "approved_signature", "approved_at"])
    with connection.cursor() as cursor:
        cursor.execute("select wida.destroy(%s)", [destruction.pk])
    audit("destroyed", by=by, dossier=destruction.dossier)
    destruction.refresh_from_db()
    return destruction


def ledger() -> list[str]:
    """One line for each dossier that was destroyed. Keep them apart from the backups, which don't know of it yet."""
    done = Destruction.objects.filter(destroyed_at__isnull=False).order_by("destroyed_at")
    return [f"{row.dossier} {row.number} {row.destroyed_at:%Y-%m-%d}" for row in done]


@transaction.atomic
def replay(lines: list[str]) -> int:
    """After a restore, as the tables' owner: destroys again what was destroyed since; returns how many came back."""
    dossiers = [UUID(line.split()[0]) for line in lines if line.strip()]
    restored, _rows = DossierKey.objects.filter(dossier_id__in=dossiers).delete()
    PersonToken.objects.filter(dossier_id__in=dossiers).delete()
    Inflow.objects.filter(Q(dossier_id__in=dossiers) | Q(move__dossier_id__in=dossiers)).update(wrapped=b"")
    Dossier.objects.filter(pk__in=dossiers, destroyed_at=None).update(destroyed_at=timezone.now())
    return restored
