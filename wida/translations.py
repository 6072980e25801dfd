"""Dutch, room by room: collects what the screens say, keeps the catalogues in step, compiles and checks them.

Django's own `makemessages` misses plurals and calls in Jinja2 templates; Babel reads them all.
"""

import io
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent
LANGUAGE = "nl"
METHODS = [("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2"), ("**.py", "python")]
OPTIONS = {"templates/**": {"newstyle_gettext": "true", "silent": "false", "encoding": "utf-8"}}
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Headers that change with the day or the version of Babel would make a difference where nothing changed.
UNSTEADY = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Generated-By")


class Count(NamedTuple):
    room: str
    messages: int
    untranslated: int
    fuzzy: int


def update(names: list[str], *, package: Path = PACKAGE) -> Iterator[Count]:
    """Brings the catalogues of these rooms, or of all, in step. Translations stay; what nobody says any more goes."""
    for room in rooms(package):
        if names and room.name not in names:
            continue
        catalogue = _merged(room)
        path = _path(room)
        if len(catalogue) and _text(catalogue) != _stored(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_text(catalogue), encoding="utf-8")
        elif not len(catalogue):
            path.unlink(missing_ok=True)
        yield Count(room.name, len(catalogue), *_unfinished(catalogue))


def check(*, package: Path = PACKAGE) -> list[str]:
    """What is wrong with the catalogues, one line each; nothing when they are complete and in step."""
    problems = []
    dutch: dict[tuple[str, str | None], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for room in rooms(package):
        catalogue = _merged(room)
        if (_text(catalogue) if len(catalogue) else "") != _stored(_path(room)):
            problems.append(f"{room.name}: the catalogue is not in step: run `wida translate`")
        for message in _said(catalogue):
            problems += (
                f"{room.name}: {fault}: {_first(message.id)!r}" for fault in _faults(message, catalogue)
            )
            dutch[_first(message.id), message.context][str(message.string)].add(room.name)
    for (source, _), texts in sorted(dutch.items(), key=lambda item: item[0][0]):
        if len(texts) > 1:
            where = "; ".join(f"{'/'.join(sorted(names))}: {text}" for text, names in sorted(texts.items()))
            problems.append(f"two Dutch texts for {source!r}: {where}")
    return problems


def compile_catalogues(*, package: Path = PACKAGE) -> int:
    """Writes the .mo files that Django reads, where the .po is newer; returns how many were written."""
    written = 0
    for path in sorted(package.glob("*/locale/*/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > path.stat().st_mtime_ns:
            continue
        with path.open("rb") as source:
            catalogue = read_po(source, locale=path.parent.parent.name)
        draft = io.BytesIO()
        write_mo(draft, catalogue)
        target.write_bytes(draft.getvalue())
        written += 1
    return written


def rooms(package: Path) -> list[Path]:
    return sorted(path.parent for path in package.glob("*/__init__.py"))


def _merged(room: Path) -> Catalog:
    """The room's catalogue as it should stand: today's messages with the translations that exist."""
    catalogue = _read(_path(room))
    fresh = Catalog(LANGUAGE, fuzzy=False)
    found = extract_from_dir(str(room), METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",))
    for file, _line, message, comments, context in found:
        fresh.add(
            message, None, [(f"wida/{room.name}/{file}", None)], auto_comments=comments, context=context
        )
    catalogue.update(fresh, no_fuzzy_matching=True)
    catalogue.fuzzy = False
    return catalogue


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(LANGUAGE, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def _text(catalogue: Catalog) -> str:
    catalogue.header_comment = "# Dutch (Flanders)."
    draft = io.BytesIO()
    write_po(draft, catalogue, width=110, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    lines = draft.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(tuple(f'"{name}' for name in UNSTEADY)))


def _stored(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _path(room: Path) -> Path:
    return room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def _said(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _unfinished(catalogue: Catalog) -> tuple[int, int]:
    said = _said(catalogue)
    return sum(not _is_whole(message) for message in said), sum(message.fuzzy for message in said)


def _is_whole(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(texts)


def _faults(message: Message, catalogue: Catalog) -> list[str]:
    if not _is_whole(message):
        return ["untranslated"]
    faults = ["fuzzy"] if message.fuzzy else []
    return faults + [str(error) for error in message.check(catalogue)]


def _first(source) -> str:
    return source if isinstance(source, str) else source[0]
