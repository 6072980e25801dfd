"""One request, one transaction, one key ring; and a form that was sent twice counts once."""

import uuid

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from wida.access.walls.identity import walled
from wida.records.models import Submission
from wida.records.sealing import keyring


def transaction_per_request(get_response):
    """Runs the view in one transaction, rolled back for every answer of 400 and up.

    What was refused is recorded after that, by `wida.audit.middleware`.
    """

    def middleware(request):
        with keyring(), walled():
            response = get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
        return response

    return middleware


def once(request, view):
    """Runs a POST once per `form_key`: sent again, it answers where the first one led.

    A second request with the same key waits for the first, since both insert the same row.
    """
    key = _key(request)
    if key is None:
        return view()
    submission = Submission(
        key=key, user=request.actor.user_id, path=request.path[:300], sent_at=timezone.now()
    )
    made = Submission.objects.bulk_create([submission], ignore_conflicts=True)
    stored = Submission.objects.filter(key=made[0].key, user=request.actor.user_id).first()
    own = stored is not None and stored.path == request.path[:300]
    if own and stored.location:
        return HttpResponseRedirect(stored.location, status=303)
    response: HttpResponse = view()
    # A key that somebody else used, or that was used on another address, keeps leading where that one led.
    if own and 300 <= response.status_code < 400:
        Submission.objects.filter(key=key).update(location=response["Location"])
    return response


def _key(request) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None
