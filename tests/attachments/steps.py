"""Files as people bring them, and as somebody with bad intentions does."""

import io
import uuid
import zipfile

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests import cast
from tests.jobs import run_all
from wida.attachments.models import Attachment
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier

COORDINATOR, CAW, POLICE = "coordinator.limburg", "liaison.caw-limburg", "liaison.police-limburg"


def pdf(**root) -> bytes:
    """A document of one empty page; `root` is added to its catalogue."""
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(200, 200))
        for name, value in root.items():
            document.Root[f"/{name}"] = document.make_indirect(value)
        document.save(made)
    return made.getvalue()


def picture(kind: str, size: tuple[int, int] = (4, 3), **options) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, kind, **options)
    return made.getvalue()


PDF = pdf()
PNG, JPEG = picture("PNG"), picture("JPEG")
TEXT = b"Verslag van het huisbezoek.\nMevrouw was alleen thuis."
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
EXE = b"MZ\x90\x00\x03" + bytes(200)
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"


def package(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in members.items():
            # Of no particular moment, so that every run makes the same bytes.
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def office(main: str, types: bytes = b"<Types/>", **more: bytes) -> bytes:
    return package({"[Content_Types].xml": types, main: b"<document/>", **more})


def open_document(mime: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", mime)
        archive.writestr("content.xml", "<office/>")
    return made.getvalue()


def bomb() -> bytes:
    """A document whose directory promises two hundred and fifty megabytes of zeros."""
    return package(
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
        | {f"word/media/{number}.bin": bytes(50_000_000) for number in range(5)}
    )


DOCX, XLSX = office("word/document.xml"), office("xl/workbook.xml")
ODT = open_document("application/vnd.oasis.opendocument.text")
ODS = open_document("application/vnd.oasis.opendocument.spreadsheet")
DOCM = package(
    {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>", "word/vbaProject.bin": b"macro"}
)


def forming(stage: Stage = Stage.FORMING, **options) -> Dossier:
    return cast.at(cast.new_dossier(**options), stage)


def url(name: str, dossier: Dossier, *args) -> str:
    return reverse(f"attachments:{name}", args=[dossier.number, *args])


def get(login: str, name: str, dossier: Dossier, *args, **asked):
    return cast.signed_in(login).get(url(name, dossier, *args), asked)


def form(name: str = "verslag.pdf", data: bytes = PDF, **changes) -> dict:
    return {
        "form_key": str(uuid.uuid4()),
        "file": SimpleUploadedFile(name, data),
        "category": "verslag",
        "description": "Van vorige week",
        **changes,
    }


def upload(dossier: Dossier, name: str = "verslag.pdf", data: bytes = PDF, by: str = CAW, **changes):
    return cast.signed_in(by).post(url("add_attachment", dossier), form(name, data, **changes))


def attached(
    dossier: Dossier, name: str = "verslag.pdf", data: bytes = PDF, by: str = CAW, **changes
) -> Attachment:
    answer = upload(dossier, name, data, by, **changes)
    assert answer.status_code == 303, answer.content.decode()
    for fault in filter(None, (ran.fault for ran in run_all())):
        raise fault
    return Attachment.objects.filter(dossier=dossier).latest("created_at")


def withdraw(attachment: Attachment, by: str = CAW, **changes):
    data = {"form_key": str(uuid.uuid4()), "reason": "Verkeerd bestand.", "version": "1", **changes}
    return cast.signed_in(by).post(url("withdraw_attachment", attachment.dossier, attachment.pk), data)
