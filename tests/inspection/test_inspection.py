"""Somebody of the family asks what stands about them: gathered, decided passage by passage, read over, given."""

import json

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from tests import cast
from tests.pages import Page
from tests.plans import making
from wida.access.queries import open_for
from wida.audit.models import Event
from wida.dossiers.codes import Stage, TaskKind
from wida.dossiers.models import Task
from wida.inspection.actions import passages, undecided
from wida.inspection.models import Inspection
from wida.inspection.views import _paper
from wida.people import actions as people
from wida.people.models import Person
from wida.records import actions as records
from wida.situation.models import Remark

COORDINATOR, OFFICE = "coordinator.limburg", "administrative.limburg"
CAW, POLICE = "liaison.caw-limburg", "liaison.police-limburg"
STREET, SCHOOL = "Kanarielaan 7", "De Kleine Merel"


def named(dossier, given):
    return next(one for one in Person.objects.of(dossier) if one.given_name == given)


def remark(dossier, text, login=CAW):
    kind = Remark._meta.get_field("kind").choices[0][0]
    return records.add(
        Remark(dossier=dossier, kind=kind, text=text, subject=dossier.pk), by=cast.actor(login)
    )


@pytest.fixture
def dossier(house):
    """Kelly hides at a protected address with her daughter Noa; it is told here and there. Youri will ask."""
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    by, mother, child = cast.actor(CAW), named(dossier, "Kelly"), named(dossier, "Noa")
    people.add_address(
        person=mother, by=by, viewers=[], type="vluchthuis", street=STREET, postal_code="3690", place="Zutendaal",
        country="", municipality="", since=None, until=None, protected=True, protected_why="Hij zoekt haar.",
    )  # fmt: skip
    people.add_contact(
        person=mother, by=by, kind="telefoon", value="0470 11 22 33", safe="veilig", safe_times="",
        may_leave_message=False, note="", confirmed_on=None,
    )  # fmt: skip
    people.add_relation(
        dossier=dossier, by=by, person=str(mother.pk), other=str(child.pk), kind="ouder", married=False,
        since=None, until=None, note="",
    )  # fmt: skip
    people.add_panel(
        child=child, by=by, exposure="onbekend", school=SCHOOL, school_contact="", safe_person=""
    )
    remark(
        dossier,
        "Youri volgt therapie. Youri belde Kelly op. Youri stond aan de Kanarielaan 7. Zij is bang.\n"
        "Youri vroeg naar De Kleine Merel. Youri heeft het nummer 0470/112233. Youri reed naar Zutendaal.",
    )
    remark(dossier, "Youri is verhoord.", POLICE)
    return dossier


def url(name, dossier, *args):
    return reverse(f"inspection:{name}", args=[dossier.number, *args])


def start(dossier, given="Youri", login=COORDINATOR):
    answers = {
        "person": str(named(dossier, given).pk),
        "asked_on": "20/11/2026",
        "identity": "Kaart getoond.",
    }
    answer = cast.signed_in(login).post(url("start_inspection", dossier), answers)
    assert answer.status_code == 303, answer.content.decode()
    return Inspection.objects.get(dossier=dossier, person__in=[named(dossier, given)])


def decide(dossier, found, what, login=COORDINATOR):
    """Sends the form as a browser would, with these decisions on top."""
    address = url("inspection", dossier, found.pk)
    client = cast.signed_in(login)
    (form,) = (
        form for form in Page(client.get(address)).forms if any(f.name == "version" for f in form.fields)
    )
    return client.post(address, form.sent() | what)


def test_from_the_question_to_the_answer(dossier):
    remark(dossier, "Youri schreef {{ 7*7 }} <b>en</b> {% now %}.")
    found = start(dossier)
    told = {one.text: one for one in passages(found)}

    # What starts as withheld, on which ground, and what can't be given whatever is decided.
    own, both = told["Youri volgt therapie."], told["Youri belde Kelly op."]
    assert (own.ground, own.decision, own.locked) == ("", "", False)
    assert (both.ground, both.decision, both.locked, both.names) == (
        "rechten_van_anderen",
        "rechten_van_anderen",
        False,
        ["Kelly"],
    )
    assert (told["Youri is verhoord."].ground, told["Youri is verhoord."].locked) == ("wvg_14", False)
    locked = [one for one in told.values() if one.locked]
    assert sorted(one.text for one in locked) == [
        "Youri heeft het nummer 0470/112233.",
        "Youri reed naar Zutendaal.",
        "Youri stond aan de Kanarielaan 7.",
        "Youri vroeg naar De Kleine Merel.",
    ]
    assert "Zij is bang." not in told
    assert Task.objects.get(dossier=dossier, kind=TaskKind.INSPECTION).source == found.pk

    # Nothing undecided can be given, nor what nobody else read over; and what is locked stays so.
    client = cast.signed_in(COORDINATOR)
    assert client.get(url("inspection_answer", dossier, found.pk)).status_code == 409
    assert release(dossier, found, OFFICE).status_code == 422
    give = {one.key: "geven" for one in told.values() if not one.ground} | {locked[0].key: "geven"}
    assert decide(dossier, found, give).status_code == 303
    found.refresh_from_db()
    assert undecided(found) == 0
    assert client.get(url("inspection_answer", dossier, found.pk)).status_code == 409
    assert release(dossier, found, COORDINATOR).status_code == 422
    assert release(dossier, found, OFFICE).status_code == 303

    answer = client.get(url("inspection_answer", dossier, found.pk))
    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )
    event = Event.objects.get(action="extract_made")
    assert (event.row, event.detail, event.dossier) == (found.pk, "inspection", dossier.pk)
    page = paper(dossier, found)
    assert "Youri volgt therapie." in page
    assert "Youri schreef {{ 7*7 }} &lt;b&gt;en&lt;/b&gt; {% now %}." in page
    secrets = (
        STREET,
        "Kanarielaan",
        "Zutendaal",
        SCHOOL,
        "112233",
        "Kelly",
        "Noa",
        "verhoord",
        "politie",
        "rechten_van",
    )
    assert [secret for secret in secrets if secret in page] == []

    # A decision that changes afterwards is read over again; the task ends when it was handed over.
    assert decide(dossier, found, {both.key: "geven"}).status_code == 303
    assert client.get(url("inspection_answer", dossier, found.pk)).status_code == 409
    assert release(dossier, found, OFFICE).status_code == 303
    found.refresh_from_db()
    handed = {"on": "21/11/2026", "version": found.version}
    assert client.post(url("answered_inspection", dossier, found.pk), handed).status_code == 303
    assert not Task.objects.filter(dossier=dossier, kind=TaskKind.INSPECTION, done_at=None).exists()


def release(dossier, found, login):
    found.refresh_from_db()
    data = {"read": "on", "version": found.version}
    return cast.signed_in(login).post(url("release_inspection", dossier, found.pk), data)


def paper(dossier, found) -> str:
    """What the PDF is drawn from."""
    found = Inspection.objects.get(pk=found.pk)
    return render_to_string(
        "inspection/answer_paper.html", _paper(open_for(cast.actor(COORDINATOR), dossier.number), found)
    )


def test_what_is_kept_from_somebody_in_the_plan_can_not_be_given(dossier):
    father = str(named(dossier, "Youri").pk)
    making.new_goal(dossier, text="Doel Ransuil voor Youri.", persons=[father], withheld_from=[father])

    told = {one.text: one for one in passages(start(dossier))}

    assert told["Doel Ransuil voor Youri."].locked


def test_every_passage_given_to_either_parent_holds_no_secret_of_the_other(dossier):
    """Whatever a coordinator decides: each parent is given all that can be given."""
    for given, secrets in (
        ("Youri", (STREET, "Zutendaal", SCHOOL, "112233")),
        ("Kelly", (STREET, "Zutendaal")),
    ):
        found = start(dossier, given)
        told = passages(found)
        everything = {one.key: "geven" for one in told if not one.locked}
        assert decide(dossier, found, everything).status_code == 303
        found.refresh_from_db()
        page = paper(dossier, found)
        assert [secret for secret in secrets if secret in page] == [], given
        assert json.loads(found.passages)


STRANGERS = {OFFICE: 403, "casemanager.limburg": 403, CAW: 403, "coordinator.antwerpen": 404}


def test_is_the_coordinators(dossier):
    found = start(dossier)
    addresses = [
        url(name, dossier, found.pk) for name in ("inspection", "inspection_answer", "answered_inspection")
    ]

    for login, status in STRANGERS.items():
        client = cast.signed_in(login)
        assert {client.get(one).status_code for one in [url("start_inspection", dossier), *addresses]} == {
            status
        }
    assert release(dossier, found, CAW).status_code == 403
