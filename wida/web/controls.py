"""A bound field as the macros draw it: what is typed, what is chosen, what is wrong, and how they hang together."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any, NamedTuple
from uuid import uuid4

from django.forms import BaseForm
from django.forms.boundfield import BoundField

from wida.web import dates


class Option(NamedTuple):
    """One answer of a choice; `group` is the heading it stands under in a list."""

    value: str
    label: Any
    id: str
    checked: bool
    help: Any
    group: Any = ""


class Control(NamedTuple):
    """One field, ready to draw. `anchor` is the element a fault links to."""

    kind: str
    name: str
    id: str
    anchor: str
    label: Any
    help: Any
    value: str
    options: tuple[Option, ...]
    errors: tuple[str, ...]
    required: bool
    disabled: bool
    look: str
    described_by: str
    attrs: dict[str, Any]


class Fault(NamedTuple):
    """One line of the error summary; `anchor` is empty when it is about the whole form."""

    text: str
    anchor: str


# Fields that a library brings have no kind of ours: their widget tells.
KINDS = {
    "Textarea": "long_text",
    "CheckboxInput": "tick",
    "CheckboxSelectMultiple": "many",
    "RadioSelect": "choice",
    "Select": "pick",
    "FileInput": "attach",
    "ClearableFileInput": "attach",
    "PasswordInput": "password",
    "HiddenInput": "hidden",
}
GROUPED = {"choice", "many"}


def control(bound: BoundField) -> Control:
    """Everything `web/field.html` needs of one field, in one look."""
    widget = bound.field.widget
    kind = getattr(widget, "kind", "") or KINDS.get(type(widget).__name__, "text")
    errors = tuple(bound.errors)
    id_ = bound.auto_id or bound.html_name
    options = tuple(_options(bound, kind, id_)) if kind in GROUPED | {"pick"} else ()
    described = [f"{id_}_help"] if bound.help_text else []
    described += [f"{id_}_error"] if errors else []
    return Control(
        kind=kind,
        name=bound.html_name,
        id=id_,
        anchor=options[0].id if kind in GROUPED and options else id_,
        label=bound.label,
        help=bound.help_text,
        value=_typed(bound, kind),
        options=options,
        errors=errors,
        required=bound.field.required,
        disabled=bound.field.disabled,
        look=getattr(widget, "look", "") or ("row" if kind in GROUPED else ""),
        described_by=" ".join(described),
        attrs={name: value for name, value in widget.attrs.items() if name not in {"required", "class"}},
    )


def faults(*forms: BaseForm | None) -> list[Fault]:
    """The faults of one or several forms, in the order in which the fields stand on the page."""
    found = []
    for form in forms:
        if form is None or not form.is_bound:
            continue
        found += [Fault(text, "") for text in form.non_field_errors()]
        for bound in form:
            if bound.errors:
                anchor = control(bound).anchor
                found += [Fault(text, anchor) for text in bound.errors]
    return found


def new_form_key() -> str:
    """Tells two sendings of one form from two forms."""
    return str(uuid4())


def _typed(bound: BoundField, kind: str) -> str:
    value = bound.value()
    if kind == "tick":
        return "on" if bound.field.widget.check_test(value) else ""
    if value is None or kind in GROUPED | {"attach", "password"}:
        return ""
    if isinstance(value, date):
        return dates.day(value)
    if isinstance(value, time):
        return f"{value.hour}.{value.minute:02}"
    return str(value)


def _options(bound: BoundField, kind: str, id_: str) -> Iterator[Option]:
    value = bound.value()
    several = isinstance(value, list | tuple | set)
    chosen = {_code(one) for one in (value if several else [value])}
    helps = getattr(bound.field.widget, "helps", {})
    rows = list(_flat(bound.field.choices))
    if kind == "pick" and all(code for code, _text, _group in rows):
        rows.insert(0, ("", helps.get("", ""), ""))
    elif kind in GROUPED:
        rows = [row for row in rows if row[0]]
    for place, (code, text, group) in enumerate(rows):
        yield Option(code, text, f"{id_}_{place}", code in chosen, helps.get(code, ""), group)


def _flat(choices: Any) -> Iterator[tuple[str, Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from ((_code(code), text, key) for code, text in label)
        else:
            yield _code(key), label, ""


def _code(value: Any) -> str:
    return "" if value is None else str(value)
