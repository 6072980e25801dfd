"""The letter with advice: approved by the coordinator, a tagged PDF, and nothing in it that may not leave the house."""

import contextlib
import html
import io
import socket
import sys

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from tests import cast
from tests.jobs import waiting
from tests.referrals.pages import text, value
from tests.referrals.steps import REFUSAL, YES, approve, ask, check_criteria, get, post, refuse
from wida.attachments.models import Attachment
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.people import actions as people
from wida.people.models import Person
from wida.referrals import letters
from wida.referrals.actions import Seed, to_consult
from wida.referrals.models import Decision, Letter
from wida.web import paper

COORDINATOR, REFERRER = "coordinator.limburg", "referrer.hospital-limburg"
STREET = "Kanarielaan 7"
SAID = "Er loopt een onderzoek naar slagen aan zijn broer in Genk."


@pytest.fixture
def dossier(house) -> Dossier:
    """Referred by the hospital, with a protected address, a telephone number and the words of the prosecutor."""
    dossier = cast.at(cast.new_dossier(by=REFERRER), Stage.REFERRED)
    by, mother = cast.actor(REFERRER), Person.objects.filter(dossier=dossier).first()
    people.add_address(
        person=mother, by=by, viewers=[], type="vluchthuis", street=STREET, postal_code="3500", place="Hasselt",
        country="", municipality="", since=None, until=None, protected=True, protected_why="Hij zoekt haar.",
    )  # fmt: skip
    people.add_contact(
        person=mother, by=by, kind="telefoon", value="0470 11 22 33", safe="veilig", safe_times="",
        may_leave_message=False, note="", confirmed_on=None,
    )  # fmt: skip
    check_criteria(dossier, alignment_needed="nee")
    answer = post(
        "prosecutor.limburg", "answer_clearance", dossier, ask(dossier).pk, data=YES | {"motivation": SAID}
    )
    assert answer.status_code == 303
    return dossier


def pdf_of(dossier: Dossier, login: str = REFERRER) -> pikepdf.Pdf:
    answer = get(login, "letter_file", dossier)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return pikepdf.open(io.BytesIO(answer.content))


def elements(node) -> list:
    """The structure of a PDF in reading order: (tag, element)."""
    found = []
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += [(str(kid.S), kid), *elements(kid)]
    return found


def test_nothing_closes_before_the_letter_is_approved(dossier):
    assert post(COORDINATOR, "refuse", dossier, data=REFUSAL).status_code == 303

    dossier.refresh_from_db()
    assert dossier.stage == Stage.REFERRED
    assert not Decision.objects.exists()
    assert get(REFERRER, "approved_letter", dossier).status_code == 404
    preview = text(get(COORDINATOR, "letter", dossier))
    for words in (REFUSAL["advice"], REFUSAL["contact"], "Beste collega", "Lies Hosteau"):
        assert words in preview
    assert approve(dossier, version=1).status_code == 303
    dossier.refresh_from_db()
    assert (dossier.stage, dossier.closure_reason) == (Stage.CLOSED, "niet_opgenomen")


def test_the_draft_is_there_again_and_can_be_changed(dossier):
    post(COORDINATOR, "refuse", dossier, data=REFUSAL)

    page = get(COORDINATOR, "refuse", dossier)
    assert value(page, "advice") == REFUSAL["advice"]
    assert value(page, "opening").startswith("Op ")
    changed = REFUSAL | {"advice": "Bel het CAW.", "opening": "Dank voor uw aanmelding.", "version": 1}
    assert post(COORDINATOR, "refuse", dossier, data=changed).status_code == 303
    assert post(COORDINATOR, "refuse", dossier, data=changed | {"advice": "Anders."}).status_code == 409
    assert approve(dossier, version=1).status_code == 409
    assert approve(dossier, version=2).status_code == 303
    assert "Dank voor uw aanmelding." in text(get(REFERRER, "approved_letter", dossier))


def test_approving_asks_that_it_was_read(dossier):
    post(COORDINATOR, "refuse", dossier, data=REFUSAL)

    assert post(COORDINATOR, "letter", dossier, data={"version": 1}).status_code == 422
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("field", "leak", "told"),
    [
        ("advice", f"Ga langs bij {STREET.lower()}, daar verblijft ze.", "een adres uit het dossier"),
        ("contact", "Bel haar op 0470/11.22.33", "rijksregisternummer of telefoonnummer"),
        ("alignment_needed_why", f"Want: {SAID.upper()}", "Haal de woorden van Parket Limburg weg"),
        (
            "repeated_risk_why",
            "Weet: er loopt een onderzoek\nnaar slagen aan zijn broer.",
            "Haal de woorden van",
        ),
    ],
)
def test_what_may_not_leave_the_house_stops_the_letter(dossier, field, leak, told):
    post(COORDINATOR, "refuse", dossier, data=REFUSAL | {field: leak})

    page = approve(dossier)

    assert page.status_code == 422
    assert told in text(page)
    assert told in text(get(COORDINATOR, "letter", dossier))
    dossier.refresh_from_db()
    assert dossier.stage == Stage.REFERRED
    assert not Attachment.objects.exists()
    assert post(COORDINATOR, "refuse", dossier, data=REFUSAL | {"version": 1}).status_code == 303
    assert approve(dossier, version=2).status_code == 303


def test_nothing_else_of_the_dossier_stands_in_it(dossier):
    refuse(dossier)

    printed = render_to_string("referrals/letter_paper.html", letters.context(Letter.objects.get()))
    assert REFUSAL["advice"] in printed
    names = ("Aerdman", "Bosteels", "Kelly", "Youri", "Noa", STREET, "0470", SAID, dossier.number)
    assert [name for name in names if name in printed] == []


def test_the_pdf_is_tagged_has_a_language_a_title_and_an_order(dossier):
    refuse(dossier)

    with pdf_of(dossier) as pdf:
        root = pdf.Root
        assert bool(root.MarkInfo.Marked) is True
        assert str(root.Lang) == "nl-BE"
        assert bool(root.ViewerPreferences.DisplayDocTitle) is True
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert about["dc:title"].startswith("Brief met advies")
            assert "Aerdman" not in about["dc:title"]
        tree = elements(root.StructTreeRoot)
        assert all(page.get("/Tabs") == "/S" for page in pdf.pages) or "/StructParents" in pdf.pages[0]
    tags = [tag for tag, _element in tree]
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == 3
    assert tags.count("/H3") == 3
    assert tags.index("/H1") < tags.index("/H2") < tags.index("/H3")
    figures = [element for tag, element in tree if tag == "/Figure"]
    assert [str(figure.Alt) for figure in figures] == [
        "Teken van de Veilige Huizen: een huis met een open deur"
    ]


def test_it_is_kept_sealed_among_the_attachments(dossier, settings):
    refuse(dossier)

    attachment = Attachment.objects.get()
    assert (attachment.category, attachment.name) == ("brief", "brief-met-advies.pdf")
    stored = settings.STORAGES["default"]["OPTIONS"]["location"] / attachment.stored
    assert not stored.read_bytes().startswith(b"%PDF")
    assert Letter.objects.get().attachment_id == attachment.pk
    page = text(cast.signed_in(COORDINATOR).get(f"/dossiers/{dossier.number}/attachments/"))
    assert "brief-met-advies.pdf" in page
    assert "door WIDA gemaakt" in page
    assert waiting("examine") == []


def test_who_may_read_the_letter(dossier):
    refuse(dossier)

    for login, status in (
        (REFERRER, 200), (COORDINATOR, 200), ("administrative.limburg", 200), ("coordinator.antwerpen", 404),
        ("liaison.caw-limburg", 404), ("prosecutor.limburg", 404), ("central.team", 404),
    ):  # fmt: skip
        assert get(login, "approved_letter", dossier).status_code == status
        assert get(login, "letter_file", dossier).status_code == status


def test_the_coordinator_says_when_it_was_sent(dossier):
    refuse(dossier)
    assert "Nog niet verstuurd" in text(get(COORDINATOR, "referral", dossier))

    refused = post(REFERRER, "approved_letter", dossier, data={"on": "1/11/2026", "version": 2})
    sent = post(COORDINATOR, "approved_letter", dossier, data={"on": "26/11/2026", "version": 2})

    assert (refused.status_code, sent.status_code) == (403, 303)
    letter = Letter.objects.get()
    assert (str(letter.sent_on), letter.sent_by) == ("2026-11-26", cast.actor(COORDINATOR).signature)
    assert "Verstuurd op 26/11/2026" in text(get(REFERRER, "approved_letter", dossier))


def test_without_the_libraries_the_letter_is_approved_and_printed_from_its_page(dossier, monkeypatch):
    def missing():
        raise paper.NoPaper

    monkeypatch.setattr(paper, "_engine", missing)

    answer = refuse(dossier)

    assert answer.status_code == 303
    assert not Attachment.objects.exists()
    assert REFUSAL["advice"] in text(get(REFERRER, "approved_letter", dossier))
    assert get(REFERRER, "letter_file", dossier).status_code == 404


def test_a_page_on_paper_fetches_nothing(house):
    with pytest.raises(ValueError, match="fetches nothing"):
        paper._nothing("http://127.0.0.1/")


def test_a_picture_from_elsewhere_in_the_words_calls_nobody(dossier, live_server):
    refuse(dossier, advice=f"Kijk ![hier]({live_server.url}/healthz) en <img src='file:///etc/passwd'>.")

    with pdf_of(dossier) as pdf:
        assert not [image for page in pdf.pages for image in page.get_images()]


def test_the_database_keeps_an_approved_letter_whole(dossier):
    refuse(dossier)

    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.update(decision=None)


def test_a_consult_in_its_place_keeps_nothing_of_the_family(dossier):
    seed = to_consult(dossier=dossier, by=cast.actor(COORDINATOR), reason="Advies volstaat.")

    assert seed == Seed(dossier.safe_home_id, "ziekenhuis", seed.on)
    dossier.refresh_from_db()
    assert dossier.stage == Stage.CLOSED
    assert (dossier.retain_until - seed.on).days == 30
    told = text(get(REFERRER, "own_referral", dossier))
    assert "Omgezet in een anoniem consult" in told
    assert "Advies volstaat." not in told


NETWORK = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"}
reached: list[tuple] = []
watching = False


def watch(event: str, arguments: tuple) -> None:
    if watching and event in NETWORK:
        reached.append((event, str(arguments)))


def test_what_somebody_types_is_no_template_and_nothing_is_fetched(dossier, monkeypatch):
    """Each address is typed where a page, a letter and a PDF show it; the interpreter tells of every connection."""
    sys.addaudithook(watch)  # can't be taken away again, so that it only listens while this test watches
    monkeypatch.setattr(sys.modules[__name__], "watching", True)
    with contextlib.suppress(OSError):
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    assert reached, "nothing listens"
    reached.clear()
    typed = "{{ 7+7 }} {% include 'web/base.html' %} ${7+7} #{7+7} <img src=http://lek.example/p.png>"
    links = "[lees](http://lek.example/a) ![beeld](http://lek.example/b.png) http://lek.example/c file:///etc/passwd"

    answer = post(COORDINATOR, "refuse", dossier, data=REFUSAL | {"advice": typed, "contact": links})
    assert answer.status_code == 303
    draft = get(COORDINATOR, "letter", dossier).content.decode()
    assert approve(dossier).status_code == 303
    letter = letters.approved_of(dossier)
    on_paper = render_to_string("referrals/letter_paper.html", letters.context(letter))

    for shown in (draft, on_paper):
        assert "{{ 7+7 }} {% include 'web/base.html' %} ${7+7} #{7+7} <img" in html.unescape(shown)
        assert "<img" not in shown
    assert Attachment.objects.get(dossier=dossier).size > 0
    assert reached == []
