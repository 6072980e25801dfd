"""One request, one transaction, one key ring; and a form that was sent twice counts once."""

import uuid

from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from wida.access.walls.identity import walled
from wida.records.models import Submission
from wida.records.sealing import keyring

# So many stay prepared in a session: psycopg's hundred are forgotten in the course of a few pages.
STATEMENTS = 400
SENT = """
    insert into records_submission (key, "user", path, location, sent_at) values (%s, %s, %s, '', %s)
    on conflict do nothing
"""
# A draft goes by the key of its form: once that is saved, what it was typed from is no longer needed.
LED = "update records_submission set location = %s where key = %s returning wida.was_saved(key)"


def transaction_per_request(get_response):
    """Runs the view in one transaction, rolled back for every answer of 400 and up.

    What was refused is recorded after that, by `wida.audit.middleware`.
    """

    def middleware(request):
        with keyring(), walled():
            connection.connection.prepared_max = STATEMENTS
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
    by, path = request.actor, request.path[:300]
    with connection.cursor() as cursor:
        cursor.execute(SENT, [key, by.user_id, path, timezone.now()])
        own = cursor.rowcount == 1
    if not own:
        before = Submission.objects.filter(key=key, user=by.user_id, path=path).first()
        if before and before.location:
            return HttpResponseRedirect(before.location, status=303)
        own = before is not None
    response: HttpResponse = view()
    # A key that somebody else used, or that was used on another address, keeps leading where that one led.
    if own and 300 <= response.status_code < 400:
        with connection.cursor() as cursor:
            cursor.execute(LED, [response["Location"], key])
    return response


def _key(request) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None
