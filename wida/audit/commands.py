"""`wida seal-audit`, `wida verify-audit` and `wida audit-proof`: what they print, and their exit codes."""

import json
import sys
from datetime import timedelta

from django.conf import settings

from wida.audit import proof as proofs
from wida.audit import seal as sealing
from wida.audit.published import Differs
from wida.audit.verified import verify_now
from wida.audit.verify import Broken
from wida.jobs import as_system


def seal(options) -> int:
    try:
        made = sealing.seal()
    except (sealing.CannotSeal, Differs) as fault:
        return _fail(f"not sealed: {fault}")
    print(f"sealed {sum(len(batch.events) for batch in made)} events in {len(made)} batches")
    return 0


def verify(options) -> int:
    try:
        folder = options.published or settings.WIDA_AUDIT_FOLDER
        whole = verify_now(folder, behind=timedelta(minutes=options.behind))
    except Broken as fault:
        return _fail(f"broken at {fault}")
    until = f", complete until {whole.complete_until:%Y-%m-%d %H:%M:%S} UTC" if whole.complete_until else ""
    print(f"whole: {whole.events} events in {whole.batches} batches{until}; {whole.waiting} wait for a seal")
    return 0


def proof(options) -> int:
    try:
        with as_system():
            print(json.dumps(proofs.of(options.event), indent=1, sort_keys=True))
    except proofs.NotSealed as fault:
        return _fail(str(fault))
    return 0


def _fail(line: str) -> int:
    print(f"wida: {line}", file=sys.stderr)
    return 1


RUN = {"seal": seal, "verify": verify, "proof": proof}
