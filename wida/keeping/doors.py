"""Whether a server or a worker may start: not with another time than the database, and not on a restored database in
which what had ended holds again.
"""

import time

from django.conf import settings
from django.db import OperationalError, ProgrammingError, connection

from wida.keeping import ledger

SHUT = "permission denied for database"


def problems() -> list[str]:
    """In words. A database that doesn't answer is none: `/healthz` tells it, and it may come back."""
    try:
        off = clock_off()
        ahead = ledger.last_number() - ledger.last_mark()
    except OperationalError as fault:
        return ["the doors are shut: a restore isn't finished, run wida reopen"] if SHUT in str(fault) else []
    except ProgrammingError:  # no tables yet, which `/healthz` tells too
        return []
    except ledger.Broken as fault:
        return [f"the ledger at {ledger.path()} can't be trusted: {fault}"]
    told = [off] if off else []
    if ahead > 0:
        told.append(
            f"the database is older than its ledger by {ahead} lines: run wida reopen, or start the worker first"
            " when it was killed just now"
        )
    return told


def clock_off() -> str:
    """What is wrong with the clock of this machine; '' when it agrees with the database's."""
    with connection.cursor() as cursor:
        cursor.execute("select extract(epoch from clock_timestamp())::float8")
        difference = time.time() - cursor.fetchone()[0]
    if abs(difference) <= settings.WIDA_CLOCK_SECONDS:
        return ""
    return f"clock: {abs(difference):.0f} s {'ahead of' if difference > 0 else 'behind'} the database's"
