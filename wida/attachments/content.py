"""What is really in a file. The name it came with is only believed when its content says the same."""

import io
import zipfile
from typing import NamedTuple

import puremagic


class Type(NamedTuple):
    """A kind of file that may be attached."""

    mime: str
    extensions: tuple[str, ...]


PDF = Type("application/pdf", ("pdf",))
PNG = Type("image/png", ("png",))
JPEG = Type("image/jpeg", ("jpg", "jpeg"))
DOCX = Type("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
XLSX = Type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
ODT = Type("application/vnd.oasis.opendocument.text", ("odt",))
ODS = Type("application/vnd.oasis.opendocument.spreadsheet", ("ods",))
TEXT = Type("text/plain", ("txt",))
ALLOWED = (PDF, PNG, JPEG, DOCX, XLSX, ODT, ODS, TEXT)
EXTENSIONS = tuple(extension for kind in ALLOWED for extension in kind.extensions)

MAX_MEMBERS = 2_000
MAX_UNPACKED = 200_000_000


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
    """A document in a zip. Its directory is read, its members are not; one that would unpack too far is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                return None
            names = {member.filename for member in members}
            if any("vbaproject" in name.casefold() for name in names):
                return None
            if "[Content_Types].xml" in names:
                return DOCX if "word/document.xml" in names else XLSX if "xl/workbook.xml" in names else None
            if members and members[0].filename == "mimetype" and members[0].file_size < 100:
                mime = package.read("mimetype").decode("ascii", "replace")
                return next((kind for kind in (ODT, ODS) if kind.mime == mime), None)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return None
    return None


def _is_text(data: bytes) -> bool:
    """Readable text: whatever a browser might take for a page is served as an attachment anyway."""
    if b"\x00" in data or data.lstrip()[:1] in (b"<", b"{"):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
