"""Bringing a file: what it is, not what it is called; whole or not at all; unreadable on disk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from tests import cast
from tests.attachments import steps
from tests.attachments.steps import (
    CAW,
    COORDINATOR,
    DOCM,
    DOCX,
    EXE,
    GIF,
    HTML,
    JPEG,
    ODS,
    ODT,
    PDF,
    PNG,
    POLICE,
    SVG,
    TEXT,
    XLSX,
    attached,
    bomb,
    form,
    forming,
    get,
    office,
    open_document,
    package,
    upload,
    url,
)
from tests.jobs import waiting
from tests.referrals.pages import fault, text, value, wrong
from wida.attachments.archives import MAX_UNPACKED
from wida.attachments.content import kind_of
from wida.attachments.models import Attachment
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.records.sealing import unseal_bytes

WORD, EXCEL = "word/document.xml", "xl/workbook.xml"


@pytest.mark.parametrize(
    ("name", "data", "mime", "word"),
    [
        ("verslag.pdf", PDF, "application/pdf", "PDF"),
        ("VERSLAG.PDF", PDF, "application/pdf", "PDF"),
        ("foto.png", PNG, "image/png", "Afbeelding (PNG)"),
        ("foto.jpeg", JPEG, "image/jpeg", "Afbeelding (JPEG)"),
        ("foto.jpg", JPEG, "image/jpeg", "Afbeelding (JPEG)"),
        (
            "brief.docx",
            DOCX,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "Word",
        ),
        ("lijst.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"),
        ("brief.odt", ODT, "application/vnd.oasis.opendocument.text", "OpenDocument-tekst"),
        ("lijst.ods", ODS, "application/vnd.oasis.opendocument.spreadsheet", "OpenDocument-rekenblad"),
        ("nota.txt", TEXT, "text/plain", "Platte tekst"),
        ("nota.txt", b"\xef\xbb\xbf" + TEXT, "text/plain", "Platte tekst"),
    ],
)
def test_what_may_be_attached(house, name, data, mime, word):
    dossier = forming()

    attachment = attached(dossier, name, data)

    assert (attachment.mime, attachment.size, attachment.name) == (mime, len(data), name)
    page = text(get(POLICE, "attachments", dossier))
    assert name in page
    assert word in page


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("tekening.svg", SVG),
        ("tekening.png", SVG),
        ("pagina.html", HTML),
        ("pagina.txt", HTML),
        ("pagina.txt", b"\xef\xbb\xbf  \n" + HTML),
        ("gegevens.txt", b'{"naam": "x"}'),
        ("programma.exe", EXE),
        ("programma.pdf", EXE),
        ("film.gif", GIF),
        ("archief.zip", package({"a.txt": b"a"})),
        ("archief.docx", package({"a.txt": b"a"})),
        ("macro.docm", DOCM),
        ("macro.docx", DOCM),
        (
            "macro.docx",
            office(
                WORD, types=b"<Types ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/>"
            ),
        ),
        (
            "macro.xlsx",
            office(
                EXCEL, types=b"<Types ContentType='application/vnd.ms-excel.sheet.MacroEnabled.main+xml'/>"
            ),
        ),
        ("macro.xlsx", office(EXCEL, **{"xl/VBAPROJECT.BIN": b"macro"})),
        ("presentatie.pptx", package({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"})),
        ("tekening.odg", open_document("application/vnd.oasis.opendocument.graphics")),
        ("kapot.docx", DOCX[:60]),
        ("oud.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(100)),
        ("windows.txt", "één".encode("latin-1")),
        ("nul.txt", b"tekst\x00tekst"),
    ],
)
def test_what_may_not(house, on_disk, name, data):
    page = upload(forming(), name, data)

    assert (page.status_code, wrong(page)) == (422, ["file"])
    assert fault(page, "file").startswith("Kies een bestand van een toegelaten soort")
    assert value(page, "description") == "Van vorige week"
    assert not Attachment.objects.exists()
    assert on_disk() == {}


def test_a_document_that_unpacks_without_end_is_refused(house, on_disk):
    data = bomb()
    assert len(data) < 1_000_000 < MAX_UNPACKED

    page = upload(forming(), "verslag.docx", data)

    assert (page.status_code, wrong(page)) == (422, ["file"])
    assert on_disk() == {}


def test_a_document_of_countless_members_is_refused():
    crowd = {f"word/{number}.xml": b"" for number in range(2_001)}

    assert kind_of(office(WORD, **crowd)) is None


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("verslag.docx", PDF, "haar naam eindigt op “docx”"),
        ("verslag.pdf", DOCX, "DOCX"),
        ("foto.jpg", PNG, "PNG"),
        ("verslag.pdf.exe", PDF, "exe"),
        ("verslag", PDF, "–"),
        ("brief.docx", XLSX, "XLSX"),
    ],
)
def test_a_name_that_says_otherwise_is_refused(house, on_disk, name, data, words):
    page = upload(forming(), name, data)

    assert (page.status_code, wrong(page)) == (422, ["file"])
    told = fault(page, "file")
    assert told.startswith("Kies het bestand opnieuw onder zijn echte soort")
    assert words.split("“")[-1].rstrip("”") in told
    assert on_disk() == {}


def test_an_empty_file_is_no_file(house):
    page = upload(forming(), "leeg.pdf", b"")

    assert (page.status_code, wrong(page)) == (422, ["file"])
    assert fault(page, "file") == "Kies een ander bestand: dit is leeg"


def test_no_file_is_asked_for(house):
    page = cast.signed_in(CAW).post(url("add_attachment", forming()), form() | {"file": ""})

    assert (page.status_code, wrong(page)) == (422, ["file"])
    assert value(page, "description") == "Van vorige week"


@pytest.mark.parametrize("size", [25_000_001, 26_900_000, 28_000_000])
def test_too_large_is_said_as_such_also_when_the_server_did_not_read_it(house, on_disk, size):
    page = upload(forming(), "groot.pdf", PDF + bytes(size))

    assert (page.status_code, wrong(page)) == (422, ["file"])
    assert fault(page, "file") == "Kies een kleiner bestand: ten hoogste 25 MB"
    assert value(page, "description") == "Van vorige week"
    assert 'value="verslag" selected' in text(page)
    assert on_disk() == {}


@pytest.mark.parametrize(
    ("field", "typed"), [("category", ""), ("category", "roman"), ("description", "x" * 201)]
)
def test_what_is_said_about_it_is_whole(house, on_disk, field, typed):
    page = upload(forming(), **{field: typed})

    assert (page.status_code, wrong(page)) == (422, [field])
    assert on_disk() == {}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\an\\verslag.pdf", "verslag.pdf"),
        ('ver"slag.pdf', 'ver"slag.pdf'),
        ("ver\nslag.pdf", "verslag.pdf"),
        ("ver\u202eslag.pdf", "verslag.pdf"),
        ("één verslag – définitief.pdf", "één verslag – définitief.pdf"),
        ("<script>alert(1)</script>.pdf", "script>.pdf"),
    ],
)
def test_a_name_can_do_no_harm(house, storage, sent, kept):
    dossier = forming()
    data = form() | {"file": None}
    file = SimpleUploadedFile("veilig.pdf", PDF)
    file._name = sent  # as a browser of ill will sends it: the class would clean it here already
    client = cast.signed_in(CAW)

    answer = client.post(url("add_attachment", dossier), data | {"file": file})

    assert answer.status_code == 303
    attachment = Attachment.objects.get()
    assert attachment.name == kept
    assert (storage / attachment.stored).is_file()
    assert str(attachment.pk) in attachment.stored
    page = client.get(url("attachments", dossier)).content.decode()
    assert "<script>" not in page


def test_the_bytes_and_the_names_are_unreadable_where_they_lie(house, on_disk):
    dossier = forming()

    attachment = attached(dossier, "kanarievogel.txt", TEXT, description="Kanarievogel in het woud")

    ((path, stored),) = on_disk().items()  # plain text is shared as it is
    assert TEXT not in stored
    assert b"huisbezoek" not in stored
    assert "kanarievogel" not in str(path)
    place = f"attachments_attachment:{attachment.pk}:file"
    assert unseal_bytes(stored, dossier.pk, place) == TEXT
    with connection.cursor() as cursor:
        cursor.execute("select name, description from attachments_attachment")
        ((name, description),) = cursor.fetchall()
    assert b"kanarievogel" not in bytes(name).lower()
    assert b"kanarievogel" not in bytes(description).lower()


def test_no_file_stays_behind_when_its_row_is_refused(house, on_disk):
    """The database says no: nothing of the upload is left."""
    dossier = forming()
    with connection.cursor() as cursor:
        cursor.execute("alter table attachments_attachment add constraint no_more check (size > 1000000)")

    with pytest.raises(IntegrityError, match="no_more"), transaction.atomic():
        upload(dossier)

    assert not Attachment.objects.exists()
    assert on_disk() == {}


def test_no_row_stands_for_a_file_that_could_not_be_written(house, storage):
    storage.parent.mkdir(exist_ok=True)
    storage.write_bytes(b"a file where the folder should be")

    page = upload(forming())

    assert page.status_code == 503
    assert "Het bestand kon niet opgeslagen worden en er is niets bewaard." in text(page)
    assert value(page, "description") == "Van vorige week"
    assert not Attachment.objects.exists()
    assert not Event.objects.filter(action="added", table="attachments.attachment").exists()
    assert waiting("examine") == []


def test_sent_twice_it_is_attached_once(house, on_disk):
    dossier = forming()
    client = cast.signed_in(CAW)
    key = {"form_key": "5b0c9a0e-62c5-4b77-9f0c-0d7cfe0a2222"}

    for _ in range(2):
        answer = client.post(url("add_attachment", dossier), form() | key)
        assert (answer.status_code, answer["Location"]) == (303, url("attachments", dossier))

    assert Attachment.objects.count() == len(on_disk()) == 1


@pytest.mark.parametrize(
    ("login", "stage", "status"),
    [
        (CAW, Stage.BUILDING, 303),
        (COORDINATOR, Stage.FORMING, 303),
        ("administrative.limburg", Stage.FORMING, 303),
        (POLICE, Stage.FORMING, 303),
        ("prosecutor.limburg", Stage.EXECUTION, 303),
        ("casemanager.limburg", Stage.WATCH, 303),
        ("referrer.hospital-limburg", Stage.FORMING, 404),
        ("coordinator.antwerpen", Stage.FORMING, 404),
        ("central.team", Stage.FORMING, 404),
        (COORDINATOR, Stage.CLOSED, 409),
        (CAW, Stage.REFERRED, 409),
    ],
)
def test_who_attaches_when(house, on_disk, login, stage, status):
    answer = upload(forming(stage), by=login)

    assert answer.status_code == status
    assert Attachment.objects.count() == len(on_disk()) == (status == 303)
    if status == 409:
        assert "Van vorige week" in text(answer)


def test_who_attached_it_owns_it(house):
    attachment = attached(forming(), by=POLICE)

    assert (attachment.organisation_id, attachment.signature) == (
        cast.actor(POLICE).organisation_id,
        cast.actor(POLICE).signature,
    )
    events = Event.objects.filter(table="attachments.attachment").order_by("id")
    assert [event.action for event in events] == ["added", "examined"]


def test_the_page_says_who_will_read_it_and_what_may_come(house):
    page = text(steps.get(CAW, "add_attachment", forming()))

    assert "Elk lid van dit dossier kan dit bestand openen." in page
    assert 'accept=".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.odt,.ods,.txt"' in page
    assert 'enctype="multipart/form-data"' in page
