"""Rounding off, as a browser does it."""

import uuid
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from tests import cast
from wida.closure.models import WatchContact
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier

COORDINATOR, MANAGER = "coordinator.limburg", "casemanager.limburg"
ADMINISTRATIVE, CAW = "administrative.limburg", "liaison.caw-limburg"

JUDGED = {
    "goals_reached": "ja",
    "violence_stopped": "ja",
    "motivation": "Geen feiten meer sinds vier maanden.",
}
CLOSED = {
    "reason": "doelen_bereikt",
    "outcome": "Het koppel woont apart, OCJ volgt de kinderen op.",
    "evaluation": "Vroeg samenzitten hielp.",
    "retain_years": "15",
    "retain_ground": "",
    "retain_agreed": "",
}


def day(ahead: int = 0) -> date:
    return timezone.localdate() + timedelta(days=ahead)


def typed(ahead: int = 0) -> str:
    return day(ahead).strftime("%d/%m/%Y")


def executing() -> Dossier:
    return cast.at(cast.new_dossier(), Stage.EXECUTION)


def watching(**changes) -> Dossier:
    """A dossier in its watch period, which began the real way."""
    dossier = executing()
    answer = start(dossier, **changes)
    assert answer.status_code == 303, answer.content.decode()
    dossier.refresh_from_db()
    return dossier


def url(name: str, dossier: Dossier, *args) -> str:
    return reverse(f"closure:{name}", args=[dossier.number, *args])


def get(login: str, name: str, dossier: Dossier, *args):
    return cast.signed_in(login).get(url(name, dossier, *args))


def post(login: str, name: str, dossier: Dossier, *args, data: dict | None = None):
    return cast.signed_in(login).post(url(name, dossier, *args), sent(data))


def sent(data: dict | None = None) -> dict:
    return {"form_key": str(uuid.uuid4()), **(data or {})}


def start(dossier: Dossier, by: str = MANAGER, **changes):
    return post(by, "start_watch", dossier, data={**JUDGED, "watch_until": typed(180), **changes})


def plan(dossier: Dossier, contact_with: str = "gezin", whom: str = "Mevrouw", by: str = MANAGER, **changes):
    data = {"contact_with": contact_with, "whom": whom, "planned_on": typed(30), **changes}
    return post(by, "add_contact", dossier, data=data)


def contact(dossier: Dossier, contact_with: str = "gezin", whom: str = "Mevrouw") -> WatchContact:
    answer = plan(dossier, contact_with, whom)
    assert answer.status_code == 303, answer.content.decode()
    return WatchContact.objects.filter(dossier=dossier).latest("created_at")


def report(contact: WatchContact, by: str = MANAGER, **changes):
    data = {
        "done_on": typed(),
        "new_violence": "nee",
        "outcome": "Het gaat goed.",
        "version": WatchContact.objects.get(pk=contact.pk).version,
        **changes,
    }
    return post(by, "report_contact", contact.dossier, contact.pk, data=data)


def asked_again(dossier: Dossier, family: str = "nee", service: str = "nee") -> Dossier:
    """The family and a service were spoken to, with these answers about new violence."""
    for kind, whom, answer in (("gezin", "Mevrouw", family), ("dienst", "CAW", service)):
        assert report(contact(dossier, kind, whom), new_violence=answer).status_code == 303
    return dossier


def close(dossier: Dossier, by: str = MANAGER, **changes):
    return post(by, "close", dossier, data=CLOSED | changes)
