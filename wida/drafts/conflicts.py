"""Two people changed one record: which answers differ, and what the reader chose between them."""

import json
from datetime import date, time
from typing import NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from wida.drafts.comparing import Comparison, compare
from wida.drafts.door import NOT_WORDS
from wida.drafts.shown import CHOICE, MERGED
from wida.records.models import Record, Revision
from wida.web import dates
from wida.web.controls import Option, control
from wida.web.fields import ClockField, DayField

TEXTS = {"long_text", "text"}


class Difference(NamedTuple):
    """One field of which two answers exist. `comparison` only for texts; `chosen` is mine, theirs or merged."""

    name: str
    label: str
    long: bool
    mine: str
    theirs: str
    comparison: Comparison | None
    chosen: str


def differences(form: forms.Form, current: Record, started_from: int) -> list[Difference]:
    """The fields where what was typed differs from what stands now, which `form.initial` holds.

    A field that only the writer changed is no question. One that only the other changed is theirs, to be seen.
    """
    base = _base(current, started_from)
    found = []
    for bound in form.visible_fields():
        field, name = bound.field, bound.name
        known = name in form.initial or field.initial is not None
        if not known or field.disabled or isinstance(field.widget, forms.FileInput):
            continue
        mine, theirs = _typed(form, bound), wire(bound.initial)
        before = _as(bound.initial, base[name]) if name in base else None
        if mine != theirs and theirs != before:
            found.append(_difference(bound, mine, theirs, before))
    return found


def settle(form: forms.Form) -> None:
    """Puts what the reader chose in the place of what was sent, before the form is judged."""
    choices = {name: value for name, value in form.data.items() if name.startswith(CHOICE)}
    if not choices:
        return
    data = form.data.copy()
    for chosen, choice in choices.items():
        name = chosen.removeprefix(CHOICE)
        if name in form.fields and choice == "theirs":
            data.setlist(form.add_prefix(name), wire(form[name].initial))
        elif name in form.fields and choice == "merged":
            data.setlist(form.add_prefix(name), data.getlist(MERGED + name))
    form.data = data


def carried(form: forms.Form) -> list[tuple[str, str]]:
    """Everything that was sent, to be sent again with the choices."""
    own = (CHOICE, MERGED)
    return [
        (name, value)
        for name, values in form.data.lists()
        if name not in NOT_WORDS and not name.startswith(own)
        for value in values
    ]


def wire(value: object) -> list[str]:
    """A value as a browser would send it back, without what is empty."""
    if value is None or value is False:
        return []
    if value is True:
        return ["on"]
    if isinstance(value, list | tuple | set):
        return [one for part in value for one in wire(part)]
    if isinstance(value, date):
        return [dates.day(value)]
    if isinstance(value, time):
        return [f"{value.hour}.{value.minute:02}"]
    text = str(value).replace("\r\n", "\n").strip()
    return [text] if text else []


def _base(current: Record, started_from: int) -> dict:
    """The version both started from, where the history has it."""
    if not isinstance(current, Record):
        return {}
    earlier = Revision.objects.filter(
        dossier_id=current.dossier_id, row=current.pk, version=started_from
    ).first()
    return json.loads(earlier.state) if earlier else {}


def _as(like: object, value: object) -> list[str]:
    if isinstance(like, date) and isinstance(value, str) and value:
        value = date.fromisoformat(value)
    elif isinstance(like, time) and isinstance(value, str) and value:
        value = time.fromisoformat(value)
    return wire(value)


def _typed(form: forms.Form, bound: BoundField) -> list[str]:
    if isinstance(bound.field, DayField | ClockField):
        return wire(form.cleaned_data.get(bound.name))
    return wire(form.data.getlist(bound.html_name))


def _difference(
    bound: BoundField, mine: list[str], theirs: list[str], before: list[str] | None
) -> Difference:
    shown = control(bound)
    only_theirs = mine == before
    if shown.kind in TEXTS:
        start = None if before is None else "".join(before)
        comparison = compare("".join(mine), "".join(theirs), start)
        chosen = "theirs" if only_theirs else "merged"
        return Difference(
            bound.name, str(bound.label), shown.kind == "long_text", "".join(mine), "".join(theirs), comparison, chosen
        )  # fmt: skip
    chosen = "theirs" if only_theirs else "mine"
    told = [_told(shown.kind, shown.options, values) for values in (mine, theirs)]
    return Difference(bound.name, str(bound.label), False, *told, None, chosen)


def _told(kind: str, options: tuple[Option, ...], values: list[str]) -> str:
    if kind == "tick":
        return _("Yes") if values else _("No")
    labels = {option.value: str(option.label) for option in options}
    return ", ".join(labels.get(value, value) for value in values)
