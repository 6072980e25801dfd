"""What a run of writers left in the database: each text by how often it stands there, and what doesn't fit together.

python -m bench.counted      prints JSON; with the environment of the installation, as the owner of its tables
"""

import json
import sys
from collections import Counter

import django

PREPARE = """
from django.db import transaction
from tests import cast
from wida.dossiers.codes import Stage
from wida.records.sealing import keyring
with keyring(trusted=True), transaction.atomic():
    print(*(cast.at(cast.new_dossier(), Stage.FORMING).number for _ in range({count})))
"""


def count() -> dict:
    from wida.attachments.models import Attachment
    from wida.audit.models import Event
    from wida.records.models import Revision
    from wida.situation.models import Danger, Narrative

    events = Counter(Event.objects.exclude(row=None).values_list("row", "action"))
    found: Counter = Counter()
    faults = []

    def expect(row, action: str, times: int) -> None:
        if events[row.pk, action] != times:
            faults.append(
                f"{row._meta.label} {row.pk}: {events[row.pk, action]} events {action}, not {times}"
            )

    for danger in Danger.objects.all():
        found[danger.what] += 1
        expect(danger, "added", 1)
    for text in Narrative.objects.all():
        before = [json.loads(old.state)["text"] for old in Revision.objects.filter(row=text.pk)]
        found.update([text.text, *before])
        expect(text, "added", 1)
        expect(text, "changed", text.version - 1)
        if len(before) != text.version - 1:
            faults.append(f"narrative {text.pk}: version {text.version} with {len(before)} earlier ones")
    for file in Attachment.objects.select_related("examination"):
        found[file.description] += 1
        expect(file, "added", 1)
        expect(file, "examined", 1)
        faults += _faults_of(file)
    if waiting := _jobs().count():
        faults.append(f"{waiting} files still wait to be examined")
    return {"found": found, "faults": faults}


def _faults_of(file) -> list[str]:
    from wida.attachments import actions

    try:
        whole = file.description.encode() in actions.original(file)
    except Exception as fault:  # whatever it is, the report tells it
        return [f"file {file.pk}: {type(fault).__name__}"]
    return [] if whole else [f"file {file.pk}: other bytes than were sent"]


def examined() -> bool:
    """A job goes a moment after what it did was committed."""
    from wida.attachments.models import Examination

    return not (Examination.objects.filter(state="wacht").exists() or _jobs().exists())


def _jobs():
    from procrastinate.contrib.django.models import ProcrastinateJob

    return ProcrastinateJob.objects.filter(task_name__endswith="examine")


def main() -> int:
    django.setup()
    from wida.database import logged_in
    from wida.records.sealing import keyring

    with logged_in("owner"), keyring(trusted=True):
        json.dump({"examined": examined()} if "--examined" in sys.argv else count(), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
