"""What nobody trusts: opened in a program of its own, and shared without what runs, hides or tells."""

import io
import subprocess
import sys
import zipfile

import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from tests.attachments.steps import (
    CAW,
    DOCX,
    ODT,
    PDF,
    PNG,
    TEXT,
    attached,
    forming,
    get,
    office,
    package,
    pdf,
    picture,
)
from tests.referrals.pages import text
from wida.attachments.content import kind_of
from wida.attachments.sandbox import PROGRAM, examine

MIME = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}
Name, Dictionary, Array = pikepdf.Name, pikepdf.Dictionary, pikepdf.Array


def copy_of(data: bytes, kind: str) -> bytes:
    verdict = examine(data, MIME[kind])
    assert verdict.code == "ok"
    return verdict.copy


def refused(data: bytes, kind: str) -> str:
    verdict = examine(data, MIME[kind])
    assert verdict.copy == b""
    return verdict.code


def everything_in(data: bytes) -> str:
    """Every object of a PDF, unpacked, as text."""
    with pikepdf.open(io.BytesIO(data)) as document:
        made = io.BytesIO()
        document.save(
            made,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return made.getvalue().decode("latin-1")


def booby_trapped() -> bytes:
    """A PDF with one of each trap, and a secret in each place that hides one."""
    script = Dictionary(S=Name.JavaScript, JS="app.alert('kanarie')")
    made = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(200, 200))
        launch = Dictionary(S=Name.Launch, F="kanarie.exe")
        page.obj.AA = Dictionary(O=script)
        page.obj.Annots = Array(
            [
                Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=launch),
                Dictionary(
                    Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.URI, URI="javascript:kanarie")
                ),
                Dictionary(
                    Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.URI, URI="https://example.be/")
                ),
                Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.GoTo, D=0, Next=script)),
            ]
        )
        document.Root.OpenAction = document.make_indirect(script)
        document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["kanarie", script])))
        document.Root.AcroForm = Dictionary(Fields=Array(), XFA="kanarie")
        document.attachments["kanarie.txt"] = b"kanarie"
        document.docinfo["/Author"] = "kanarie"
        with document.open_metadata() as metadata:
            metadata["dc:creator"] = ["kanarie"]
        document.save(made)
    return made.getvalue()


def test_a_pdf_loses_what_runs_and_what_hides_and_keeps_its_links():
    trapped = booby_trapped()
    assert everything_in(trapped).count("kanarie") >= 8

    clean = everything_in(copy_of(trapped, "pdf"))

    assert "kanarie" not in clean
    for trap in ("/JavaScript", "/Launch", "/EmbeddedFile", "/XFA", "/AA", "/Metadata"):
        assert trap not in clean
    assert "https://example.be/" in clean
    assert "/GoTo" in clean


def test_an_ordinary_pdf_is_still_one_page():
    with pikepdf.open(io.BytesIO(copy_of(PDF, "pdf"))) as document:
        assert len(document.pages) == 1


def test_a_pdf_with_a_password_is_held_back():
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as document:
        document.save(made, encryption=pikepdf.Encryption(owner="a", user="b"))

    assert refused(made.getvalue(), "pdf") == "locked"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n" + b"\x00\xff" * 5_000, "pdf"),
        (b"%PDF-1.7\n<script>alert(1)</script>", "pdf"),
        (PNG[:40], "png"),
        (b"\x89PNG\r\n\x1a\n" + b"\xff" * 500, "png"),
        (DOCX[:60], "docx"),
        (PDF, "png"),
    ],
)
def test_what_is_broken_is_held_back(data, kind):
    assert refused(data, kind) == "unreadable"


def with_place(kind: str) -> bytes:
    """A photograph that tells where and with what it was made, and something behind its end."""
    if kind == "png":
        told = PngImagePlugin.PngInfo()
        told.add_text("Author", "kanarie")
        return picture("PNG", pnginfo=told) + b"kanarie"
    exif = Image.Exif()
    exif[0x010F], exif[0x9286] = "kanarie", "kanarie"
    exif.get_ifd(0x8825)[2] = (51.0, 13.0, 0.0)
    return picture("JPEG", exif=exif, comment=b"kanarie") + b"kanarie"


@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_a_picture_tells_nothing_but_its_pixels(kind):
    told = with_place(kind)
    assert b"kanarie" in told

    clean = copy_of(told, kind)

    assert b"kanarie" not in clean
    with Image.open(io.BytesIO(clean)) as shown:
        assert (shown.size, dict(shown.getexif())) == ((4, 3), {})


def test_a_photograph_stands_upright_without_its_orientation():
    exif = Image.Exif()
    exif[0x0112] = 6

    with Image.open(io.BytesIO(copy_of(picture("JPEG", exif=exif), "jpg"))) as shown:
        assert shown.size == (3, 4)


def test_a_picture_of_too_many_pixels_is_held_back_before_it_is_drawn():
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < 100_000

    assert refused(bomb.getvalue(), "png") == "pixels"


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_document_loses_its_author_its_photographs_places_and_what_it_fetches():
    relations = (
        b'<Relationships><Relationship Id="1" Type="http://x/attachedTemplate" Target="http://evil.example/t.dotm" '
        b'TargetMode="External"/><Relationship Id="2" Type="http://x/hyperlink" Target="https://example.be/" '
        b'TargetMode="External"/></Relationships>'
    )
    document = package(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": b"<document>Het verslag.</document>",
            "word/_rels/settings.xml.rels": relations,
            "word/media/image1.jpg": with_place("jpg"),
            "word/media/image2.png": b"\x89PNG kanarie",
            "docProps/core.xml": b"<creator>kanarie</creator>",
            "docProps/app.xml": b"<Company>kanarie</Company>",
            "docProps/custom.xml": b"<p>kanarie</p>",
        }
    )

    clean = members(copy_of(document, "docx"))

    assert [name for name, data in clean.items() if b"kanarie" in data or b"evil" in data] == []
    assert clean["word/document.xml"] == b"<document>Het verslag.</document>"
    assert b"https://example.be/" in clean["word/_rels/settings.xml.rels"]
    assert kind_of(copy_of(document, "docx")).mime == MIME["docx"]
    assert kind_of(copy_of(ODT, "odt")).mime == MIME["odt"]


@pytest.mark.parametrize(
    ("member", "data", "code"),
    [
        ("word/embeddings/oleObject1.bin", b"x", "active"),
        ("word/activeX/activeX1.xml", b"<x/>", "active"),
        ("word/embeddings/sheet.xls", bytes.fromhex("d0cf11e0a1b11ae1"), "active"),
        ("word/evil.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "active"),
        ("word/embeddings/deep.docx", office("word/document.xml", **{"a.docx": DOCX}), "nested"),
        ("word/embeddings/bomb.xlsx", package({f"{n}.bin": bytes(59_000_000) for n in range(4)}), "bomb"),
    ],
)
def test_a_document_that_runs_or_unpacks_without_end_is_held_back(member, data, code):
    assert refused(office("word/document.xml", **{member: data}), "docx") == code


def test_a_sheet_inside_a_document_is_cleaned_with_it():
    sheet = office("xl/workbook.xml", **{"docProps/core.xml": b"<creator>kanarie</creator>"})
    document = office("word/document.xml", **{"word/embeddings/sheet.xlsx": sheet})

    inside = members(copy_of(document, "docx"))["word/embeddings/sheet.xlsx"]

    assert b"kanarie" not in b"".join(members(inside).values())


def liar() -> bytes:
    """Its directory promises ten bytes where two million come out."""
    honest = office("word/document.xml", **{"word/a.xml": bytes(2_000_000)})
    size, promised = (2_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert honest.count(size) == 2
    return honest.replace(size, promised)


def test_a_document_that_lies_about_its_size_is_held_back():
    assert kind_of(liar()).mime == MIME["docx"]
    assert refused(liar(), "docx") in ("bomb", "unreadable")


def zipped(**changes) -> bytes:
    """A document with one odd member."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
        odd = zipfile.ZipInfo(changes.pop("filename", "word/odd.xml"))
        for name, value in changes.items():
            setattr(odd, name, value)
        archive.writestr(odd, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    "odd",
    [
        {"filename": "../../etc/cron.d/evil"},
        {"filename": "/etc/passwd"},
        {"filename": "word\\..\\evil.xml"},
        {"filename": "C:evil.xml"},
        {"external_attr": 0o120777 << 16},
    ],
)
def test_a_document_that_reaches_outside_itself_is_no_document(odd):
    assert kind_of(zipped()).mime == MIME["docx"]
    assert kind_of(zipped(**odd)) is None


def test_a_document_that_packs_a_thousandfold_is_no_document():
    assert kind_of(office("word/document.xml", **{"word/a.xml": bytes(6_000_000)})) is None
    assert kind_of(office("word/document.xml", **{"word/a.xml": bytes(4_000_000)})) is not None


def test_one_that_only_a_password_opens_is_no_document():
    locked = bytearray(zipped())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        begin = -1
        while (begin := locked.find(mark, begin + 1)) >= 0:
            locked[begin + place] |= 1

    assert kind_of(bytes(locked)) is None


@pytest.mark.parametrize(
    ("front", "back"),
    [(PDF, DOCX), (PNG, DOCX), (PDF, b"<script>alert(1)</script>"), (PNG, b"<?php system($_GET[1]);")],
)
def test_of_two_files_in_one_only_the_first_comes_out(front, back):
    both = front + back
    kind = kind_of(both).extensions[0]

    clean = copy_of(both, kind)

    assert kind_of(clean).extensions[0] == kind
    assert back not in clean
    assert b"word/document.xml" not in clean


def test_members_get_the_copy_and_read_why_they_don_t(house):
    dossier = forming()
    attachment = attached(dossier, "foto.jpg", with_place("jpg"))
    assert b"kanarie" not in get(CAW, "download", dossier, attachment.pk).content
    assert b"kanarie" in get(CAW, "original", dossier, attachment.pk).content

    held = attached(dossier, "verslag.pdf", b"%PDF-1.7\n" + bytes(50))
    page = text(get(CAW, "attachments", dossier))
    assert held.examination.reason == "unreadable"
    assert "tegengehouden" in page
    assert "Het is beschadigd, of niet wat het zegt te zijn." in page
    assert get(CAW, "download", dossier, held.pk).status_code == 403


# The program ----------------------------------------------------------------------------------------------

PROBE = """
import os, resource, socket, sys
sys.path.append({folder!r})
import examine
examine.shut_in()
try:
    os.write(os.open({file!r}, os.O_WRONLY), b"x")
    print("wrote")
except OSError:
    print("no writing")
try:
    bytearray(2_000_000_000)
    print("memory")
except MemoryError:
    print("little memory")
print(sorted(os.environ))
print(resource.getrlimit(resource.RLIMIT_CPU)[0])
print([name for _n, name in socket.if_nameindex()])
"""


def test_it_can_write_nothing_take_little_and_knows_no_secret(tmp_path):
    (tmp_path / "file").touch()
    probe = PROBE.format(folder=str(PROGRAM.parent), file=str(tmp_path / "file"))
    run = subprocess.run(
        [sys.executable, "-I", "-c", probe], env={}, capture_output=True, text=True, check=True, timeout=60
    )

    said = run.stdout.splitlines()
    assert said[:2] == ["no writing", "little memory"]
    assert "WIDA" not in said[2]
    assert said[3] == "30"
    assert (tmp_path / "file").read_bytes() == b""


def test_plain_text_is_shared_as_it_is(house, on_disk):
    attachment = attached(forming(), "nota.txt", TEXT)

    assert attachment.examination.copy == ""
    assert len(on_disk()) == 1


def test_an_empty_catalogue_is_a_pdf_all_the_same():
    assert examine(pdf(Lang=pikepdf.String("nl")), MIME["pdf"]).code == "ok"
