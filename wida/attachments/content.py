"""What is really in a file. The name it came with is only believed when its content says the same."""

import codecs
import io
import zipfile
import zlib
from typing import Any, NamedTuple

import puremagic
from django.utils.translation import gettext_lazy as _

from wida.attachments.archives import within_limits


class Type(NamedTuple):
    """A kind of file that may be attached, with the word that people use for it."""

    mime: str
    extensions: tuple[str, ...]
    word: Any


PDF = Type("application/pdf", ("pdf",), "PDF")
PNG = Type("image/png", ("png",), _("Picture (PNG)"))
JPEG = Type("image/jpeg", ("jpg", "jpeg"), _("Picture (JPEG)"))
DOCX = Type("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",), "Word")
XLSX = Type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",), "Excel")
ODT = Type("application/vnd.oasis.opendocument.text", ("odt",), _("OpenDocument text"))
ODS = Type("application/vnd.oasis.opendocument.spreadsheet", ("ods",), _("OpenDocument spreadsheet"))
TEXT = Type("text/plain", ("txt",), _("Plain text"))
ALLOWED = (PDF, PNG, JPEG, DOCX, XLSX, ODT, ODS, TEXT)
WORDS = {kind.mime: kind.word for kind in ALLOWED}
EXTENSIONS = tuple(extension for kind in ALLOWED for extension in kind.extensions)

MAX_INDEX = 1_000_000


def kind_of(data: bytes) -> Type | None:
    """The allowed kind these bytes are, or None. Looks at content only; unpacks nothing."""
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_package(data)
    found = {match.mime_type for match in _magic(data)}
    for kind in (PNG, JPEG):
        if kind.mime in found:
            return kind
    return TEXT if _is_text(data) else None


def _magic(data: bytes) -> list:
    try:
        return puremagic.magic_string(data[:4096])
    except (puremagic.PureError, ValueError):
        return []


def _kind_of_package(data: bytes) -> Type | None:
    """A document in a zip. Its directory is read, and of its members only the one that says what it is.

    One that would unpack too far is refused, and one that carries macros, whatever it is called.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if not within_limits(package):
                return None
            names = {member.filename for member in members}
            if "[Content_Types].xml" in names:
                return _kind_of_office(package, names)
            if members and members[0].filename == "mimetype" and members[0].file_size < 100:
                mime = package.read("mimetype").decode("ascii", "replace")
                return next((kind for kind in (ODT, ODS) if kind.mime == mime), None)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return None
    return None


def _kind_of_office(package: zipfile.ZipFile, names: set[str]) -> Type | None:
    if any("vbaproject" in name.casefold() for name in names):
        return None
    index = package.getinfo("[Content_Types].xml")
    if index.file_size > MAX_INDEX or b"macroenabled" in package.read(index).lower():
        return None
    return DOCX if "word/document.xml" in names else XLSX if "xl/workbook.xml" in names else None


def _is_text(data: bytes) -> bool:
    """Readable text. What begins as a page or a script is refused, though it is served as an attachment anyway."""
    if b"\x00" in data or data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"<", b"{"):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
