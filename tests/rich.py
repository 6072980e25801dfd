"""Families with a row of every kind, and every address of a dossier that leads to one of them.

What the demo's stories lack is made by filling in the product's own forms. The addresses are found as a
visitor finds them, by following links and buttons, so a new page is covered by itself.
"""

import random
from collections.abc import Iterator
from datetime import time
from typing import NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse
from django.utils import timezone

from tests import cast, emptying
from tests.addresses import of_dossiers
from tests.pages import Field, Form, Page
from wida.access.actions import block
from wida.access.rules import Right
from wida.demo.families import House, tell
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.meetings import actions as meetings
from wida.people.models import Person

COORDINATOR = "coordinator.limburg"
STAGES = (Stage.EXECUTION, Stage.REFERRED, Stage.FORMING, Stage.WATCH, Stage.BUILDING)
# Who looks at which family, and in which rooms: everywhere, and then where a stage or an organisation sees more.
WALKS = (
    (Stage.EXECUTION, COORDINATOR, ("",)),
    (Stage.EXECUTION, "author", ("situation:", "people:")),
    (Stage.EXECUTION, "liaison.police-limburg", ("sharing:",)),
    (Stage.REFERRED, COORDINATOR, ("referrals:", "dossiers:")),
    (Stage.REFERRED, "prosecutor.limburg", ("referrals:",)),
    (Stage.REFERRED, "author", ("referrals:",)),
    (Stage.FORMING, COORDINATOR, ("meetings:",)),
    (Stage.WATCH, COORDINATOR, ("closure:", "dossiers:", "meetings:")),
    (Stage.BUILDING, "author", ("referrals:", "dossiers:")),
)
FILLED = {
    Stage.EXECUTION: {
        "people:add_custody",
        "people:add_note",
        "people:add_service",
        "situation:add_measure",
        "situation:add_dynamic",
        "situation:add_remark",
        "risk:add_signal",
        "risk:add_instrument",
        "plans:add_safety_plan",
        "plans:add_entry",
        "plans:set_aside",
        "attachments:add_attachment",
        "referrals:offer",
        "inspection:start_inspection",
    },
    Stage.REFERRED: {"referrals:consult_youth", "referrals:ask_clearance"},
}
# Left empty because they must agree with another answer of the same form.
BLANK = {"ends_on", "extended_until"}


class Place(NamedTuple):
    """One address of a dossier, who opened it, and what they saw; a button has no page."""

    name: str
    path: str
    login: str
    page: Page | None

    @property
    def forms(self) -> list[Form]:
        """The forms that write, without the search and the choice of language."""
        asked = self.page.forms if self.page else []
        return [form for form in asked if any(field.name == "form_key" for field in form.fields)]


def family(stage: Stage) -> Dossier:
    return tell(House("Limburg"), stage, random.Random(1), 1)


def families() -> dict[Stage, Dossier]:
    """Families of Limburg, one per stage: everything there is to see stands in one of them."""
    told = {stage: family(stage) for stage in STAGES}
    stranger = cast.member("coordinator.antwerpen").user
    block(
        dossier=told[Stage.EXECUTION], by=cast.actor(COORDINATOR), why="Een neef van de vader", user=stranger
    )
    open_meeting(told[Stage.FORMING])
    for stage, names in FILLED.items():
        fill_in(told[stage], names)
    return told


_once: list = []


def everything() -> tuple[dict[Stage, Dossier], list[Place]]:
    """The families and all places, for who looks at each. Told and walked once in a process, then put back."""
    if not _once:
        told = families()
        _once.extend((told, places(told), emptying.held()))
        return told, _once[1]
    told, found, rows = _once
    emptying.put(rows)
    return {stage: Dossier.objects.get(pk=dossier.pk) for stage, dossier in told.items()}, found


def open_meeting(dossier: Dossier) -> None:
    """A case conference of which nothing is decided or approved yet."""
    coordinator = cast.actor(COORDINATOR)
    meeting = meetings.call_meeting(
        by=coordinator, type="triage", on=timezone.localdate(), starts=time(9, 30), legal_basis="decreet_353",
        finality="De kinderen beschermen", place="Zaal 2",
    )  # fmt: skip
    item = meetings.put_on_agenda(dossier=dossier, meeting=meeting, by=coordinator, question="Nemen we op?")
    meetings.add_note(item=item, by=coordinator, text="Nog niets beslist.")
    person = Person.objects.of(dossier).first()
    meetings.add_point(item=item, by=coordinator, person=person, text="Wil met ons praten.")


def places(told: dict[Stage, Dossier]) -> list[Place]:
    """Every address of a dossier that a link or a button leads to, once per kind."""
    found: dict[str, Place] = {}
    for stage, who, rooms in WALKS:
        login = told[stage].author.login if who == "author" else who
        found |= {place.name: place for place in walk(told[stage], login, rooms=rooms, known=found)}
    return list(found.values())


def unreached(found: list[Place]) -> set[str]:
    return {address.name for address in of_dossiers()} - {place.name.split(" ")[0] for place in found}


def walk(dossier: Dossier, login: str, *, rooms=("",), known=(), only=None) -> Iterator[Place]:
    """Follows the links and buttons of a dossier within these rooms, each kind of address once.

    Forms that are `known` are left out; with `only`, all forms but these.
    """
    client = cast.signed_in(login)
    root = reverse("dossiers:overview", args=[dossier.number])
    todo = [reverse(one.name, args=[dossier.number]) for one in of_dossiers() if one.arguments == ("number",)]
    seen = set()
    for path in todo:
        if not path.startswith(root) or (name := name_of(path)) in seen or not name.startswith(rooms):
            continue
        is_form = resolve(path).func.right != Right.READ
        if is_form and (name in known or (only is not None and name.split(" ")[0] not in only)):
            continue
        answer = client.get(path)
        if answer.status_code == 405:
            seen.add(name)
            yield Place(name, path, login, None)
        elif answer.status_code == 200:
            seen.add(name)
            page = Page(answer)
            yield Place(name, path, login, page)
            todo += [link.split("?")[0] for link in page.links]
            todo += [form.action.split("?")[0] for form in page.forms]


def visit(path: str, login: str) -> Place:
    return Place(name_of(path), path, login, Page(cast.signed_in(login).get(path)))


def name_of(path: str) -> str:
    """The name of an address, with the kind of row where one view serves several."""
    match = resolve(path)
    return " ".join(filter(None, (match.view_name, match.kwargs.get("kind"))))


def fill_in(dossier: Dossier, names: set[str]) -> None:
    """Sends these forms of a dossier, with a plausible answer to every question."""
    client = cast.signed_in(COORDINATOR)
    places = [place for place in walk(dossier, COORDINATOR, only=names) if place.name.split(" ")[0] in names]
    for place in places:
        for form in place.forms:
            answer = client.post(form.action, filled(form))
            assert answer.status_code == 303, (place.name, answer.content.decode())


def filled(form: Form) -> dict[str, object]:
    data: dict[str, object] = {}
    for field in form.fields:
        answer = answer_to(field)
        if field.name not in data and answer:
            data[field.name] = answer
    return data


def answer_to(field: Field) -> object:
    """The first choice, for another person the last, today, a word."""
    if field.name in BLANK or field.kind == "submit":
        return None
    if field.kind == "file":
        return SimpleUploadedFile("verslag.txt", b"Een kort verslag.", "text/plain")
    if field.kind in ("radio", "checkbox"):
        return field.options[0]
    if field.kind == "select":
        choices = list(filter(None, field.options))
        return choices[-1 if field.name == "second" else 0] if choices else None
    return field.value or (timezone.localdate().strftime("%d/%m/%Y") if field.numeric else "Woord")
