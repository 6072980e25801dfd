"""A browser in English, and what people fill in on the forms of this room."""

import re
from html import unescape

from django.urls import reverse

from tests import cast
from wida.people import queries
from wida.people.models import Person

AUTHOR = "liaison.caw-limburg"
COORDINATOR = "coordinator.limburg"


def browser(login):
    client = cast.signed_in(login)
    session = client.session
    session["language"] = "en"
    session.save()
    return client


def address(name, dossier, *args, **query):
    return reverse(f"people:{name}", args=[dossier.number, *args], query=query or None)


def post(login, name, dossier, *args, data):
    return browser(login).post(address(name, dossier, *args), data)


def words(answer):
    """What somebody reads on a page."""
    return read(answer.content.decode())


def read(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def tab(login, dossier):
    return browser(login).get(address("people", dossier))


def faults(answer):
    """The lines of the error summary."""
    summary = re.search(r'<div class="error-summary".*?</div>', answer.content.decode(), flags=re.DOTALL)
    return [
        unescape(re.sub(r"<[^>]+>", "", line)).strip()
        for line in re.findall(r"<li>(.*?)</li>", summary[0], re.DOTALL)
    ]


def somebody(dossier, given_name):
    """The person of `cast.new_dossier` with this first name."""
    pk = next(row.id for row in queries.names(dossier) if row.label.startswith(given_name))
    return Person.objects.get(pk=pk)


def person(**more):
    return {"group": "andere", "given_name": "Rita", "family_name": "Claesse", "sex": "vrouw", **more}


def contact(**more):
    return {
        "safe": "veilig",
        "may_leave_message": "nee",
        "kind": "telefoon",
        "value": "0470 00 00 01",
        **more,
    }


def home(**more):
    return {"type": "verblijf", "street": "Zonnestraat 4", "postal_code": "3740", "place": "Bilzen", **more}


def protected(**more):
    return home(protected="on", protected_why="He looks for her.", **more)


def relation(one, kind, other, **more):
    return {"person": str(one.pk), "kind": kind, "other": str(other.pk), **more}


def roof(*members, **more):
    return {"members": [str(member.pk) for member in members], **more}
