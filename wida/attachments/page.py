"""The tab Bijlagen: the files one asks for, in the order one asks for, and how many there are of each."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from wida.access.queries import Opened
from wida.attachments.access import is_shared, may_have_original
from wida.attachments.codes import Category, Reason, State
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
    """`shared`: it can be downloaded. `original`: this reader may also have it as it was brought."""

    row: Any
    kind: Any
    category: Any
    state: State
    reason: Any
    shared: bool
    original: bool


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
    def unscanned(self) -> bool:
        return any(file.shared and file.state == State.UNSCANNED for file in self.files)

    @property
    def narrowed(self) -> bool:
        return len(self.files) < self.total


def of(opened: Opened, asked: Mapping[str, str]) -> Page:
    """One statement. What isn't there can't be asked for; the names are opened, so they are ordered here."""
    rows = read(
        Attachment.objects.of(opened.dossier).order_by("-created_at"),
        *("name", "description", "category", "mime", "size", "organisation_id", "organisation__name"),
        *("examination__state", "examination__reason", "examination__copy"),
    )
    files = [_file(opened, row) for row in rows]
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


def _file(opened: Opened, row: Any) -> File:
    state, shared = State(row.examination_state), is_shared(row.examination_state)
    return File(
        row,
        kind=WORDS.get(row.mime, row.mime),
        category=Category(row.category).label,
        state=state,
        reason=Reason(row.examination_reason).label if row.examination_reason else "",
        shared=shared,
        original=shared and bool(row.examination_copy) and may_have_original(opened, row.organisation_id),
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
