"""A form with what was typed in it before: which drafts it offers, and which one it goes on with."""

from typing import NamedTuple

from django import forms
from django.utils.datastructures import MultiValueDict

from wida.access.queries import Opened
from wida.accounts.http import Request
from wida.drafts import door, queries

MERGED = "merged-"
CHOICE = "keep-"


class Shown(NamedTuple):
    """What a form page needs of drafts. `unsaved`: the words on it stand nowhere else yet."""

    key: str
    unsaved: bool
    status: str
    offers: list[queries.Waiting]
    colleagues: list[queries.Waiting]
    present: str
    resumed: queries.Waiting | None = None


def blank(request: Request, opened: Opened | None, form: forms.Form) -> Shown:
    """For a form that is opened: empty, or as the draft left it that the address names."""
    waiting = queries.waiting(request.actor, request.path[:300])
    own = [draft for draft in waiting if draft.words]
    resumed = next((draft for draft in own if str(draft.id) == request.GET.get("draft")), None)
    if resumed:
        fill(form, resumed.words.fields)
    part = getattr(request.resolver_match.func, "part", None)
    others = queries.present(opened, part, request.path) if opened and part else []
    return Shown(
        key=str(resumed.id) if resumed else "",
        unsaved=False,
        status=door.status(resumed.saved_at) if resumed else "",
        offers=[draft for draft in own if draft is not resumed],
        colleagues=[draft for draft in waiting if not draft.words],
        present=door.who_is_here(others),
        resumed=resumed,
    )


def again(request: Request) -> Shown:
    """For a form that comes back: it keeps its key, so that its draft goes on and is forgotten once it is saved."""
    return Shown(str(door.form_key(request) or ""), True, "", [], [], "")


def fill(form: forms.Form, words: dict[str, list[str]]) -> None:
    """Puts what was typed in a form that was not sent, as it was typed. Files and hidden answers are not words."""
    data = MultiValueDict(_merged(words))
    for name, field in form.fields.items():
        if not isinstance(field.widget, forms.FileInput | forms.HiddenInput) and not field.disabled:
            form.initial[name] = field.widget.value_from_datadict(data, {}, form.add_prefix(name))


def _merged(words: dict[str, list[str]]) -> dict[str, list[str]]:
    """Left while two texts were compared: the merged text that was being written counts."""
    chosen = {name.removeprefix(CHOICE) for name, values in words.items() if values == ["merged"]}
    return words | {name: words[MERGED + name] for name in chosen if MERGED + name in words}
