"""What every answer says to the browser, and that no name of a family travels outside a page."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast, rich
from tests.jobs import run_all
from tests.pages import Page
from wida.dossiers.codes import Stage
from wida.people.models import Person

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "report-uri /csp-report",
    "frame-ancestors 'none'",
}
# Whatever is in a file of somebody else, it may do nothing.
FILE_POLICY = {"default-src 'none'", "frame-ancestors 'none'", "sandbox"}
STRICT = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
DENIED = ("camera", "geolocation", "microphone", "display-capture", "payment", "usb")
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def faults(answer) -> list[str]:
    """What the headers of an answer lack."""
    found = [name for name, value in STRICT.items() if answer.headers.get(name) != value]
    policy = {part.strip() for part in answer.headers.get("Content-Security-Policy", "").split(";")}
    expected = FILE_POLICY if "Content-Disposition" in answer.headers else POLICY
    if policy != expected:
        found.append(f"Content-Security-Policy: {sorted(policy ^ expected)}")
    permissions = answer.headers.get("Permissions-Policy", "")
    found += [feature for feature in DENIED if f"{feature}=()" not in permissions]
    for cookie in answer.cookies.values():
        if not cookie["httponly"] or cookie["samesite"] not in ("Lax", "Strict"):
            found.append(f"Set-Cookie: {cookie.key}")
    return found


@pytest.fixture
def dossier(house):
    dossier = rich.family(Stage.EXECUTION)
    rich.fill_in(dossier, {"attachments:add_attachment"})
    run_all()
    return dossier


def answers(dossier) -> dict[str, object]:
    """One of each kind of answer."""
    client, stranger = cast.signed_in(rich.COORDINATOR), cast.signed_in("coordinator.antwerpen")
    partner, visitor = cast.signed_in("liaison.police-limburg"), Client()
    tab = reverse("people:people", args=[dossier.number])
    add = reverse("people:add_person", args=[dossier.number])
    person = Person.objects.of(dossier).first()
    login = reverse("accounts:login")
    file = next(link for link in links(client, "attachments:attachments", dossier) if "attachments/0" in link)
    return {
        "page 200": client.get(tab),
        "list 200": client.get(reverse("dossiers:list")),
        "form 200": client.get(add),
        "form error 422": client.post(add, {}),
        "conflict 409": client.post(
            reverse("people:edit_person", args=[dossier.number, person.pk]),
            {"group": "kind", "given_name": "A", "family_name": "B", "sex": "vrouw", "version": "99"},
        ),
        "moved on 409": client.get(reverse("referrals:send_back", args=[dossier.number])),
        "not allowed 403": partner.get(add),
        "stranger 404": stranger.get(tab),
        "nowhere 404": client.get("/nowhere/"),
        "wrong method 405": client.get(reverse("accounts:logout")),
        "download 200": client.get(file),
        "no token 403": Client(enforce_csrf_checks=True).post(login, {}),
        "login 200": visitor.get(login),
        "login error 422": visitor.post(login, {"login": "nobody", "password": "wrong"}),
        "signed in 303": Client().post(login, {"login": rich.COORDINATOR, "password": "veilig-huis-demo"}),
        "to the login 302": visitor.get(tab),
        "language 303": client.post(reverse("accounts:language"), {"language": "en"}),
        "help 200": visitor.get(reverse("web:help")),
    }


def links(client, name: str, dossier) -> list[str]:
    return Page(client.get(reverse(name, args=[dossier.number]))).links


def test_every_kind_of_answer_is_strict(dossier):
    given = answers(dossier)
    statuses = {kind: answer.status_code for kind, answer in given.items()}

    assert statuses == {kind: int(kind.rsplit(" ", 1)[1]) for kind in given}
    assert {kind: faults(answer) for kind, answer in given.items() if faults(answer)} == {}
    assert given["signed in 303"].cookies["wida"]["httponly"]
    assert given["download 200"]["Content-Disposition"].startswith("attachment;")


def names_of(dossier) -> set[str]:
    family = Person.objects.of(dossier)
    return {name for person in family for name in (person.given_name, person.family_name) if len(name) > 2}


def outside(answer) -> str:
    """What of an answer ends in a browser's history, a proxy's log or a folder of downloads."""
    title = TITLE.search(answer.content.decode()) if "text/html" in answer["Content-Type"] else None
    headers = " ".join(value for name, value in answer.headers.items() if name != "Content-Disposition")
    return " ".join((answer.request["PATH_INFO"], headers, title[1] if title else ""))


def test_no_name_of_a_person_leaves_a_page(house):
    told, found = rich.everything()
    names = {name for dossier in told.values() for name in names_of(dossier)}
    addresses = {place.path for place in found} | {link for p in found if p.page for link in p.page.links}
    addresses |= {form.action for place in found for form in place.forms}

    leaks = [(address, name) for address in sorted(addresses) for name in names if name in address]
    clients = {login: cast.signed_in(login) for login in {place.login for place in found}}
    for place in (place for place in found if place.page):
        client = clients[place.login]
        sent = [place.page.answer, *(client.post(form.action, rich.filled(form)) for form in place.forms)]
        leaks += [(place.name, name) for answer in sent for name in names if name in outside(answer)]

    assert len(names) >= 6
    assert leaks == []
