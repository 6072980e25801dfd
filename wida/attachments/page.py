"""The tab Bijlagen: the files one asks for, in the order one asks for, and how many there are of each."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from wida.access.queries import Opened
from wida.attachments.codes import Category
from wida.attachments.content import WORDS
from wida.attachments.models import Attachment
from wida.records.queries import read

# How a list can be ordered: its label, and the key with whether it runs backwards.
SORTS = {
    "newest": (_("Newest first"), lambda file: file.row.created_at, True),
    "oldest": (_("Oldest first"), lambda file: file.row.created_at, False),
    "name": (_("By name"), lambda file: file.row.name.casefold(), False),
    "size": (_("Largest first"), lambda file: file.row.size, True),
}


class File(NamedTuple):
    row: Any
    kind: Any
    category: Any


class Choice(NamedTuple):
    """A link that narrows or orders the list; `count` is how many files it shows."""

    label: Any
    address: str
    current: bool
    count: int | None = None


class Page(NamedTuple):
    """`total` counts every file of the dossier, whatever is asked for."""

    files: list[File]
    total: int
    categories: list[Choice]
    organisations: list[Choice]
    sorts: list[Choice]

    @property
    def narrowed(self) -> bool:
        return len(self.files) < self.total


def of(opened: Opened, asked: Mapping[str, str]) -> Page:
    """One statement. What isn't there can't be asked for; the names are opened, so they are ordered here."""
    rows = read(
        Attachment.objects.of(opened.dossier).order_by("-created_at"),
        *("name", "description", "category", "mime", "size", "organisation_id", "organisation__name"),
    )
    files = [File(row, WORDS.get(row.mime, row.mime), Category(row.category).label) for row in rows]
    names = {str(row.organisation_id): row.organisation_name for row in rows}
    chosen = {
        "category": _known(asked.get("category"), {row.category for row in rows}),
        "organisation": _known(asked.get("organisation"), names),
        "sort": _known(asked.get("sort"), SORTS) or "newest",
    }
    of_category = [file for file in files if chosen["category"] in ("", file.row.category)]
    of_organisation = [
        file for file in files if chosen["organisation"] in ("", str(file.row.organisation_id))
    ]
    _label, key, backwards = SORTS[chosen["sort"]]
    shown = [file for file in of_category if file in of_organisation]
    return Page(
        files=sorted(shown, key=key, reverse=backwards),
        total=len(files),
        categories=_choices(
            chosen,
            "category",
            dict(Category.choices),
            Counter(file.row.category for file in of_organisation),
            _("Every kind"),
            len(of_organisation),
        ),
        organisations=_choices(
            chosen,
            "organisation",
            dict(sorted(names.items(), key=lambda item: item[1])),
            Counter(str(file.row.organisation_id) for file in of_category),
            _("Every organisation"),
            len(of_category),
        ),
        sorts=[
            Choice(label, _address(chosen, sort=code), code == chosen["sort"])
            for code, (label, _key, _backwards) in SORTS.items()
        ],
    )


def _choices(chosen: dict, name: str, labels: dict, counts: Counter, every: Any, total: int) -> list[Choice]:
    """Only what occurs, so that no choice leads to nothing; first the one that narrows nothing."""
    found = [Choice(every, _address(chosen, **{name: ""}), not chosen[name], total)]
    return found + [
        Choice(label, _address(chosen, **{name: code}), code == chosen[name], counts[code])
        for code, label in labels.items()
        if counts[code] or code == chosen[name]
    ]


def _known(value: str | None, codes) -> str:
    return value if value and value in codes else ""


def _address(chosen: dict, **other: str) -> str:
    """The query of what was chosen with one thing otherwise; codes only, so that an address names nobody."""
    asked = {
        name: value
        for name, value in (chosen | other).items()
        if value and (name, value) != ("sort", "newest")
    }
    return f"?{urlencode(asked)}" if asked else "?"
