"""Telling people, away from the request that made them something to do."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from wida.accounts.models import User
from wida.jobs import PATIENTLY, app, as_system, enqueue
from wida.notify import actions
from wida.notify.codes import Outcome
from wida.notify.models import Notice


@app.task(retry=PATIENTLY)
def spread(notice: str) -> None:
    """Finds out who is to be told, and asks for a mail to each."""
    with as_system():
        asked = _waiting(pk=notice).first()
        for user in actions.spread(notice=asked) if asked else ():
            enqueue(mail, once=f"mail:{user}", user=user)


@app.task(retry=PATIENTLY)
def mail(user: str) -> None:
    """One mail for all that waits for a user, and none so soon after the last. A failing mail server is tried again."""
    with as_system():
        recipient = User.objects.select_for_update(no_key=True).get(pk=user)
        told = Notice.objects.filter(user=recipient, outcome=Outcome.SENT).order_by("-settled_at").first()
        soonest = told and told.settled_at + timedelta(minutes=settings.WIDA_MAIL_MINUTES)
        if soonest and soonest > timezone.now():
            enqueue(mail, once=f"mail:{user}", at=soonest, user=user)
        else:
            actions.tell(user=recipient, notices=list(_waiting(user=recipient)))


@app.task(retry=PATIENTLY)
def warn(user: str) -> None:
    """The same mail, whatever was new: it tells nobody else who reads along how somebody signs in."""
    with as_system():
        address = User.objects.filter(pk=user, is_active=True).values_list("email", flat=True).first()
    if address:
        actions.send_warning(address)


def _waiting(**which):
    """Notices nobody settled yet, locked, so that a job that runs twice settles them once."""
    notices = Notice.objects.select_for_update(of=("self",)).filter(settled_at=None, **which)
    return notices.select_related("task__dossier")
