"""Form fields with the words, limits and forgiveness of WIDA. Plain `django.forms`; `web/field.html` draws them."""

from collections.abc import Iterable, Mapping
from typing import Any, Required, TypedDict, Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import (
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
    ProhibitNullCharactersValidator,
)
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wida.dossiers.codes import Answer
from wida.web.parsing import parse_clock, parse_day, parse_phone

LONG = 20_000
SHORT = 200
TYPED = _("Fill in “{label}”")
CHOSEN = _("Choose an answer for “{label}”")
GONE = {"invalid_choice": _("Choose again: this answer is no longer in the list")}
NOTHING = _("Choose")
BROKEN = _("Choose the file again: it did not arrive whole")


class Asked(TypedDict, total=False):
    """What every field takes. `missing` replaces the sentence for a required field left empty."""

    label: Required[Any]
    required: bool
    help: Any
    missing: Any
    initial: Any
    disabled: bool


# One line or more ------------------------------------------------------------------------------------------


def text(
    *, max_length: int = SHORT, autocomplete: str = "off", width: str = "", **asked: Unpack[Asked]
) -> forms.CharField:
    """One line; `width` is half, or short for a code. A browser remembers nothing of it unless `autocomplete`
    says what it is: most of it is about others.
    """
    widget = _widget(forms.TextInput, "text", {"autocomplete": autocomplete}, look=width)
    return _limited(_make(forms.CharField, widget, TYPED, **asked), max_length)


def long_text(*, rows: int = 6, max_length: int = LONG, **asked: Unpack[Asked]) -> forms.CharField:
    """Several paragraphs, with the little Markdown of `wida.web.text`."""
    widget = _widget(forms.Textarea, "long_text", {"rows": rows, "cols": None})
    return _limited(_make(forms.CharField, widget, TYPED, **asked), max_length)


def phone(**asked: Unpack[Asked]) -> forms.CharField:
    """A telephone number of any country, kept as it was typed but for its spaces."""
    widget = _widget(forms.TextInput, "text", {"inputmode": "tel", "autocomplete": "off"}, look="half")
    return _limited(_make(PhoneField, widget, TYPED, **asked), 40)


def email(**asked: Unpack[Asked]) -> forms.EmailField:
    """An e-mail address."""
    attrs = {"inputmode": "email", "autocomplete": "off", "spellcheck": "false"}
    widget = _widget(forms.TextInput, "text", attrs, look="half")
    field = _limited(_make(forms.EmailField, widget, TYPED, **asked), SHORT)
    field.validators[0].message = _("Fill in a full e-mail address, for example name@example.org")
    return field


def secret(*, autocomplete: str = "current-password", **asked: Unpack[Asked]) -> forms.CharField:
    """A password: never shown back, never trimmed."""
    widget = _widget(forms.PasswordInput, "password", {"autocomplete": autocomplete}, look="half")
    return _limited(_make(forms.CharField, widget, TYPED, strip=False, **asked), SHORT)


def hidden(*, required: bool = False, **more: Any) -> forms.CharField:
    """A value that travels with the form unseen. It comes back as whatever the browser sends: check it."""
    return forms.CharField(required=required, max_length=SHORT, widget=forms.HiddenInput(), **more)


# Days, hours, numbers --------------------------------------------------------------------------------------


def day(*, past: bool = False, coming: bool = False, **asked: Unpack[Asked]) -> "DayField":
    """A date in one box, however it is typed. `past` refuses days after today, `coming` days before it."""
    asked.setdefault("help", _("For example 14/11/2026"))
    return _make(DayField, _digits("day"), TYPED, past=past, coming=coming, **asked)


def clock(**asked: Unpack[Asked]) -> "ClockField":
    """A time of the day: 9.30, 9:30, 9u30 or 9."""
    asked.setdefault("help", _("For example 9.30"))
    return _make(ClockField, _digits("clock"), TYPED, **asked)


def whole_number(*, minimum: int = 0, maximum: int = 9_999, **asked: Unpack[Asked]) -> forms.IntegerField:
    """A count or a year."""
    invalid = {"invalid": _("Fill in a whole number, in digits")}
    field = _make(forms.IntegerField, _digits("number"), TYPED, messages=invalid, **asked)
    field.validators += [
        MinValueValidator(minimum, _("Fill in %(limit_value)s or more")),
        MaxValueValidator(maximum, _("Fill in %(limit_value)s or less")),
    ]
    return field


# Choices: a code list, pairs, or triples whose third part explains the choice ------------------------------


def choice(choices: Any, *, look: str = "row", **asked: Unpack[Asked]) -> forms.ChoiceField:
    """One of at most about seven, all in sight. `look` is row, stack, list, cards or colours."""
    options, helps = _options(choices)
    widget = _widget(forms.RadioSelect, "choice", look=look, helps=helps)
    return _make(forms.ChoiceField, widget, CHOSEN, messages=GONE, choices=options, **asked)


def yes_no_unknown(**asked: Unpack[Asked]) -> forms.ChoiceField:
    """A fact that may be known or not; the value is one of `Answer`, unknown as loud as the rest."""
    return choice(Answer.choices, **asked)


def pick(choices: Any, *, nothing: Any = NOTHING, **asked: Unpack[Asked]) -> forms.ChoiceField:
    """One of many, in a list that opens. `nothing` is what it says while nothing is chosen."""
    options, _helps = _options(choices)
    widget = _widget(forms.Select, "pick", helps={"": nothing})
    return _make(forms.ChoiceField, widget, CHOSEN, messages=GONE, choices=options, **asked)


def many(choices: Any, *, look: str = "row", **asked: Unpack[Asked]) -> forms.MultipleChoiceField:
    """Any number of them. `look` is row, stack, or lines (people with their organisation)."""
    options, helps = _options(choices)
    widget = _widget(forms.CheckboxSelectMultiple, "many", look=look, helps=helps)
    unanswered = _("Choose at least one for “{label}”")
    return _make(forms.MultipleChoiceField, widget, unanswered, messages=GONE, choices=options, **asked)


def tick(**asked: Unpack[Asked]) -> forms.BooleanField:
    """One box to tick. Required (not by itself) means: it must be ticked to go on."""
    asked.setdefault("required", False)
    widget = _widget(forms.CheckboxInput, "tick")
    return _make(forms.BooleanField, widget, _("Tick “{label}” to go on"), **asked)


# Files -----------------------------------------------------------------------------------------------------


def attach(
    *, accept: Iterable[str] = (), max_bytes: int = 25_000_000, **asked: Unpack[Asked]
) -> "AttachField":
    """One file. What is really in it is judged where it is stored, not here."""
    widget = _widget(forms.FileInput, "attach", {"accept": ",".join(accept)} if accept else {})
    messages = {
        "invalid": BROKEN,
        "missing": BROKEN,
        "empty": _("Choose another file: this one is empty"),
    }
    unanswered = _("Choose a file for “{label}”")
    return _make(AttachField, widget, unanswered, messages=messages, max_bytes=max_bytes, **asked)


class DayField(forms.Field):
    """Reads a date however it was typed; shows it back as it was typed when it cannot be read."""

    def __init__(self, *, past: bool, coming: bool, **more: Any):
        super().__init__(**more)
        self.past = past
        self.coming = coming

    def to_python(self, value: Any) -> Any:
        return None if value in self.empty_values else parse_day(value, past=self.past, coming=self.coming)


class ClockField(forms.Field):
    def to_python(self, value: Any) -> Any:
        return None if value in self.empty_values else parse_clock(value)


class PhoneField(forms.CharField):
    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return parse_phone(typed) if typed else typed


class AttachField(forms.FileField):
    def __init__(self, *, max_bytes: int, **more: Any):
        super().__init__(**more)
        self.max_bytes = max_bytes

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file and file.size > self.max_bytes:
            message = _("Choose a smaller file: at most %(most)d MB")
            raise ValidationError(message, "too_large", {"most": self.max_bytes // 1_000_000})
        return file


def _make(
    field: Any,
    widget: forms.Widget,
    unanswered: Any,
    *,
    label: Any,
    help: Any = "",
    missing: Any = None,
    messages: Mapping[str, Any] | None = None,
    **more: Any,
) -> Any:
    empty = missing or format_lazy(unanswered, label=label)
    return field(
        widget=widget,
        label=label,
        help_text=help,
        error_messages={"required": empty, **(messages or {})},
        **more,
    )


def _limited(field: Any, most: int) -> Any:
    """The limit is said by the server: a `maxlength` would cut a pasted text without a word."""
    message = _("Shorten this text to %(limit_value)d characters; it has %(show_value)d now")
    field.validators.append(MaxLengthValidator(most, message))
    for validator in field.validators:
        if isinstance(validator, ProhibitNullCharactersValidator):
            validator.message = _("Type this text again: it holds a sign that cannot be kept")
    return field


def _digits(kind: str) -> forms.Widget:
    return _widget(forms.TextInput, kind, {"inputmode": "numeric", "autocomplete": "off"})


def _widget(
    made: type[forms.Widget],
    kind: str,
    attrs: Mapping[str, Any] | None = None,
    *,
    look: str = "",
    helps: Mapping[str, Any] | None = None,
) -> forms.Widget:
    """The widget carries what `web/field.html` draws by; Django's own widget templates are not used."""
    widget = made(attrs=dict(attrs or {}))
    widget.kind = kind  # type: ignore[attr-defined]
    widget.look = look  # type: ignore[attr-defined]
    widget.helps = helps or {}  # type: ignore[attr-defined]
    return widget


def _options(choices: Any) -> tuple[Any, dict[str, Any]]:
    if hasattr(choices, "choices"):
        choices = choices.choices
    if callable(choices):
        return choices, {}
    rows = list(choices)
    helps = {str(row[0]): row[2] for row in rows if len(row) > 2}
    return [(row[0], row[1]) for row in rows], helps
