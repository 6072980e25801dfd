"""Who is to be told of a task, as of now."""

from uuid import UUID

from django.db.models import Exists, OuterRef

from wida.accounts.models import Membership
from wida.dossiers import tasks
from wida.dossiers.models import Task
from wida.notify.models import Notice

# On a task: somebody was not told of it yet. For an annotation.
UNTOLD = Exists(Notice.objects.filter(task_id=OuterRef("pk"), settled_at=None))


def recipients(task: Task) -> list[UUID]:
    """The users who find this task, still open, on their own list: by mandate, membership and block of this moment."""
    members = Membership.objects.current().select_related("user", "organisation__safe_home")
    if task.user_id:
        members = members.filter(user_id=task.user_id)
    elif task.organisation_id:
        members = members.filter(organisation_id=task.organisation_id)
    else:
        members = members.filter(role=task.role, organisation__safe_home_id=task.dossier.safe_home_id)
    return list(
        dict.fromkeys(
            member.user_id for member in members if tasks.of(member.actor).filter(pk=task.pk).exists()
        )
    )
