"""Asking that somebody is told, and telling them."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wida.accounts.actor import Actor
from wida.accounts.models import User
from wida.dossiers.models import Task
from wida.jobs import enqueue
from wida.notify import queries
from wida.notify.codes import Outcome
from wida.notify.models import Notice


def tell_of(task: Task, *, by: Actor) -> None:
    """Lets whoever has to do a task hear of it by mail, once. Nobody is told what they asked of themselves."""
    from wida.notify import jobs

    if not settings.WIDA_MAIL or task.user_id == by.user_id:
        return
    notice = Notice(task=task, asked_at=timezone.now(), asked_by=by.user_id)
    made = Notice.objects.bulk_create([notice], ignore_conflicts=True)
    enqueue(jobs.spread, notice=made[0].pk)


def spread(*, notice: Notice) -> list[UUID]:
    """Replaces a notice for nobody in particular by one for each who has to do the task now; returns them."""
    users = [user for user in queries.recipients(notice.task) if user != notice.asked_by]
    Notice.objects.bulk_create(
        [
            Notice(task=notice.task, user_id=user, asked_at=notice.asked_at, asked_by=notice.asked_by)
            for user in users
        ],
        ignore_conflicts=True,
    )
    settle([notice], outcome=Outcome.SPREAD if users else Outcome.NOT_NEEDED)
    return users


def tell(*, user: User, notices: list[Notice]) -> None:
    """Sends one mail for all that waits for a user. Whoever may no longer know of a task hears nothing of it."""
    standing = [notice for notice in notices if user.pk in queries.recipients(notice.task)]
    settle([notice for notice in notices if notice not in standing], outcome=Outcome.NOT_NEEDED)
    if standing and user.email:
        _send(user.email)
    settle(standing, outcome=Outcome.SENT if user.email else Outcome.NO_ADDRESS)


def warn(*, user_id: UUID) -> None:
    """Lets somebody hear that something about signing in as them is new; once for what happens before it is sent."""
    from wida.notify import jobs

    if settings.WIDA_MAIL:
        enqueue(jobs.warn, once=f"warn:{user_id}", user=user_id)


def send_warning(address: str) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        send_mail(
            subject=_("Your WIDA account was used in a new way"),
            message=_(
                "Somebody signed in to your WIDA account from a new place, or changed how you sign in. Was it you? "
                "Then you need to do nothing. If not, sign in and end your sessions, and phone whoever manages the "
                "accounts of your organisation:"
            )
            + f"\n\n{settings.WIDA_URL}{reverse('accounts:profile')}\n",
            from_email=None,
            recipient_list=[address],
        )


def settle(notices: Iterable[Notice], *, outcome: Outcome) -> None:
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(
        settled_at=timezone.now(), outcome=outcome
    )


def _send(address: str) -> None:
    """The same words for everybody: a mailbox may be open to others, and a mail goes through many hands."""
    with translation.override(settings.LANGUAGE_CODE):
        link = settings.WIDA_URL + reverse("dossiers:tasks")
        send_mail(
            subject=_("There is a new task in WIDA"),
            message=_("There is a new task in WIDA. Sign in to see it:") + f"\n\n{link}\n",
            from_email=None,
            recipient_list=[address],
        )
