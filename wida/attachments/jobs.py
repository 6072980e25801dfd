"""Examining what was attached, and clearing away files that belong to no row."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from wida.attachments import sandbox, scanner, storage
from wida.attachments.codes import State
from wida.attachments.content import TEXT
from wida.attachments.models import Attachment, Examination
from wida.jobs import PATIENTLY, app, as_system, enqueue

# A file is written before its row is committed. Younger ones may still get their row.
ORPHAN_AFTER = timedelta(hours=24)


@app.task(retry=PATIENTLY)
def examine(dossier: str, attachment: str) -> None:
    """Scans a file, then opens it where it can do no harm, and keeps the copy that may be shared.

    Only an explicit answer ends the quarantine. Whatever goes wrong leaves the file where it is, for another attempt.
    """
    from wida.attachments import actions

    # Nothing is locked while others are asked: a transaction that waits would hold up the sealing of the trail.
    with as_system(dossier):
        waiting = Examination.objects.filter(_open(), pk=attachment).select_related("attachment").first()
        if waiting is None:
            return
        file = waiting.attachment
        data = actions.original(file)
    found = _judge(data, file.mime)
    with as_system(dossier):
        examination = Examination.objects.select_for_update().filter(_open(), pk=attachment).first()
        if examination is not None:
            actions.conclude(examination=examination, **found)


def _judge(data: bytes, mime: str) -> dict:
    """What is found in a file: its state, with why it is held back, or the copy that may be shared."""
    if settings.WIDA_CLAMD_SOCKET and not scanner.is_clean(data):
        return {"state": State.INFECTED}
    verdict = sandbox.Verdict("ok", b"") if mime == TEXT.mime else sandbox.examine(data, mime)
    if verdict.code != "ok":
        return {"state": State.HELD, "reason": verdict.code}
    return {"state": State.CLEAN if settings.WIDA_CLAMD_SOCKET else State.UNSCANNED, "copy": verdict.copy}


def _open() -> Q:
    """Not examined yet; or examined while there was no scanner, and now there is one."""
    return Q(state=State.WAITING) | (Q(state=State.UNSCANNED) if settings.WIDA_CLAMD_SOCKET else Q(pk__in=[]))


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="examine_what_waits")
def examine_what_waits(timestamp: int) -> None:
    """Asks again for what nobody examined: its job was given up, or there was no scanner then."""
    with as_system():
        open_ones = list(Examination.objects.filter(_open()).values_list("dossier_id", "attachment_id"))
    for dossier, attachment in open_ones:
        enqueue(examine, once=f"examine:{attachment}", dossier=dossier, attachment=attachment)


@app.periodic(cron="40 2 * * *")
@app.task(queueing_lock="sweep")
def sweep(timestamp: int) -> None:
    """Removes files without a row: their transaction failed after they were written, or the server died just then."""
    for folder in storage.folders():
        try:
            dossier = UUID(folder)
        except ValueError:
            continue  # not ours
        with as_system(dossier):
            rows = Attachment.objects.filter(dossier_id=dossier).values_list("stored", "examination__copy")
            named = {name for names in rows for name in names}
        for name in set(storage.files(folder)) - named:
            if storage.written_at(name) < timezone.now() - ORPHAN_AFTER:
                storage.remove(name)
