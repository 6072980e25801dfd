"""Verifying by the settings of this installation, and keeping the outcome for who reads "Who looked?"."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from wida.audit import signing
from wida.audit.models import Check
from wida.audit.verify import Broken, Verifier, Whole


def verify_now(folder: Path, *, behind: timedelta = timedelta(minutes=1)) -> Whole:
    """By a connection of its own. Raises `Broken`. The demo's families lived in days that the demo invents."""
    verifier = Verifier(folder, signing.trusted(), behind=behind, real_clock=settings.PRODUCTION)
    return verifier.run(_address())


def check() -> Check:
    """Verifies all and keeps what was found; called by the job of the night."""
    try:
        found = Check(complete_until=verify_now(settings.WIDA_AUDIT_FOLDER).complete_until)
    except Broken as fault:
        found = Check(fault=str(fault)[:200])
    found.at = timezone.now()
    found.save(force_insert=True)
    return found


def _address() -> str:
    """Where the tables are, as a psycopg connection string: a test has them in a database of its own."""
    wanted = ("host", "port", "user", "password", "dbname", "sslmode", "sslrootcert", "options")
    parameters = connection.get_connection_params()
    return make_conninfo("", **{name: parameters[name] for name in wanted if parameters.get(name)})
