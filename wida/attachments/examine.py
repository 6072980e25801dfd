"""A program of its own that opens what nobody trusts: `examine.py <mime> < file > verdict and shared copy`.

It gets no environment, no network, little memory and little time, and it can't write a file. Its first line is `ok`, or
a code that says why the file can't be shared; after `ok` comes a copy without scripts, hidden files and metadata.
"""

import contextlib
import ctypes
import io
import re
import resource
import sys
import zipfile
import zlib
from pathlib import Path

MEMORY = 700 * 1024 * 1024
SECONDS = 30
MAX_PIXELS = 50_000_000
MAX_DEPTH = 200
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


class Refused(Exception):
    """Carries the code of why a file can't be shared."""


def shut_in() -> None:
    """Gives away everything that reading a file doesn't need. Called before the first byte is read."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(limit, (value, value))
    if sys.platform == "linux":
        unshare = ctypes.CDLL(None, use_errno=True).unshare
        # As root the second suffices; where the system allows neither, the limits above still stand.
        if unshare(CLONE_NEWUSER | CLONE_NEWNET):
            unshare(CLONE_NEWNET)


# PDF ------------------------------------------------------------------------------------------------------

HIDDEN = ("/AA", "/AF", "/EF", "/EmbeddedFiles", "/JS", "/JavaScript", "/Metadata", "/Next", "/PieceInfo")
HIDDEN += ("/RichMediaContent", "/XFA")
ACTIONS = ("/A", "/OpenAction", "/PA")
HARMLESS = ("/GoTo", "/Named")
LINKS = (b"http://", b"https://", b"mailto:")


def clean_pdf(data: bytes) -> bytes:
    """Without scripts, actions, forms that run, files inside, metadata, and earlier versions of itself."""
    import pikepdf

    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise Refused("locked") from None
    with pdf:
        for thing in pdf.objects:
            _disarm(thing, 0)
        with contextlib.suppress(KeyError):
            del pdf.trailer["/Info"]
        made = io.BytesIO()
        pdf.save(made, fix_metadata_version=False)
    return made.getvalue()


def _disarm(thing, depth: int) -> None:
    """Indirect objects are met in the list of all objects, so only what stands inside this one is followed."""
    import pikepdf

    if depth > MAX_DEPTH:
        raise Refused("unreadable")
    if isinstance(thing, pikepdf.Array):
        inside = list(thing)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for name, value in list(thing.items()):
            if name in HIDDEN or _is_harmful(name, value):
                del thing[name]
        inside = [value for _name, value in thing.items()]
    else:
        return
    for value in inside:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            _disarm(value, depth + 1)


def _is_harmful(name: str, value) -> bool:
    """An action that does more than go to a page or an ordinary link."""
    import pikepdf

    if name not in ACTIONS or not isinstance(value, pikepdf.Dictionary):
        return False
    kind = str(value.get("/S", ""))
    if kind == "/URI":
        return not bytes(value.get("/URI", b"")).lower().startswith(LINKS)
    return kind not in HARMLESS


# Pictures -------------------------------------------------------------------------------------------------


def clean_picture(data: bytes, kind: str) -> bytes:
    """Drawn again from its pixels: no camera, no place, no thumbnail, no comment, nothing behind its end."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # decided here, before a pixel is read
    with Image.open(io.BytesIO(data), formats=[kind]) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise Refused("pixels")
        upright = ImageOps.exif_transpose(picture)
    if kind == "JPEG" and upright.mode not in ("L", "RGB", "CMYK"):
        upright = upright.convert("RGB")
    transparency = upright.info.get("transparency")
    upright.info = {} if transparency is None else {"transparency": transparency}
    made = io.BytesIO()
    upright.save(made, kind, **({"quality": 90} if kind == "JPEG" else {}))
    return made.getvalue()


# Documents in a zip ---------------------------------------------------------------------------------------

OPC = b"http://schemas.openxmlformats.org/"
EMPTY = {
    "docprops/core.xml": b'<cp:coreProperties xmlns:cp="' + OPC + b'package/2006/metadata/core-properties"/>',
    "docprops/app.xml": b'<Properties xmlns="' + OPC + b'officeDocument/2006/extended-properties"/>',
    "docprops/custom.xml": b'<Properties xmlns="' + OPC + b'officeDocument/2006/custom-properties"/>',
    "meta.xml": b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'office:version="1.2"/>',
}
PICTURES = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}
ACTIVE = re.compile(r"vbaproject|activex/|oleobject|(^|/)basic/|(^|/)scripts/", re.IGNORECASE)
OLE, ZIP = bytes.fromhex("d0cf11e0a1b11ae1"), b"PK\x03\x04"
RELATION = re.compile(rb"<Relationship\b[^>]*>")


def clean_package(data: bytes, depth: int = 0) -> bytes:
    """Every member read to its real end, and written again without its author, macros and what it fetches."""
    from archives import MAX_UNPACKED, within_limits

    made, left = io.BytesIO(), MAX_UNPACKED
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(made, "w") as copy:
        if depth > 1 or not within_limits(package):
            raise Refused("nested" if depth > 1 else "bomb")
        for member in package.infolist():
            if member.is_dir():
                continue
            content = package.read(member)  # stops at the size it promises, and checks that it is whole
            left -= len(content)
            if left < 0 or _ends_late(package, member):
                raise Refused("bomb")
            plain = zipfile.ZipInfo(member.filename)
            plain.compress_type = (
                zipfile.ZIP_STORED if member.filename == "mimetype" else zipfile.ZIP_DEFLATED
            )
            copy.writestr(plain, clean_member(member.filename, content, depth))
    return made.getvalue()


def _ends_late(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether more comes out of a member than its directory promises: what others unpack would be another file."""
    if member.compress_type != zipfile.ZIP_DEFLATED:
        return member.compress_type != zipfile.ZIP_STORED or member.file_size != member.compress_size
    package.fp.seek(member.header_offset)
    header = package.fp.read(30)
    skip = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    package.fp.seek(member.header_offset + 30 + skip)
    packed = package.fp.read(member.compress_size)
    return len(zlib.decompressobj(-15).decompress(packed, member.file_size + 1)) != member.file_size


def clean_member(name: str, content: bytes, depth: int) -> bytes:
    if ACTIVE.search(name) or content.startswith(OLE):
        raise Refused("active")
    if name.lower() in EMPTY:
        return EMPTY[name.lower()]
    if content.startswith(ZIP):
        return clean_package(content, depth + 1)
    kind = PICTURES.get(Path(name).suffix.lower())
    if kind:
        return _picture_inside(content, kind)
    if name.lower().endswith((".xml", ".rels")):
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise Refused("active")
        return RELATION.sub(_keep_inside, content) if name.lower().endswith(".rels") else content
    return content


def _keep_inside(relation: re.Match) -> bytes:
    """A template or picture that would be fetched when the document opens is no longer fetched; a link stays a link."""
    tag = relation[0]
    if not re.search(rb"TargetMode\s*=\s*[\"']External", tag) or b"/hyperlink" in tag:
        return tag
    return re.sub(rb"(\bTarget\s*=\s*)(\"[^\"]*\"|'[^']*')", rb'\1"about:blank"', tag)


def _picture_inside(content: bytes, kind: str) -> bytes:
    """One that can't be read would carry its metadata along, so an empty one takes its place."""
    from PIL import Image

    try:
        return clean_picture(content, kind)
    except (OSError, SyntaxError, ValueError):
        made = io.BytesIO()
        Image.new("RGB", (1, 1), "white").save(made, kind)
        return made.getvalue()


# The program ----------------------------------------------------------------------------------------------

CLEANERS = {
    "application/pdf": clean_pdf,
    "image/jpeg": lambda data: clean_picture(data, "JPEG"),
    "image/png": lambda data: clean_picture(data, "PNG"),
}


def main() -> None:
    sys.path.append(str(Path(__file__).parent))  # started in isolation, so that nothing else can be imported
    shut_in()
    data = sys.stdin.buffer.read()
    try:
        verdict, copy = b"ok", CLEANERS.get(sys.argv[1], clean_package)(data)
    except Refused as refusal:
        verdict, copy = str(refusal).encode(), b""
    except (
        Exception
    ):  # whatever a parser trips over, it is the file's fault, and what it says is the file's own words
        verdict, copy = b"unreadable", b""
    sys.stdout.buffer.write(verdict + b"\n" + copy)


if __name__ == "__main__":
    main()
