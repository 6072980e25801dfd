"""Form fields with the words, limits and forgiveness of WIDA. Plain `django.forms`; `web/field.html` draws them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from wida.dossiers.codes import Answer
from wida.web.parsing import parse_clock, parse_day, parse_phone

LONG = 20_000
SHORT = 200
NAMED = _("Fill in “{label}”")
CHOSEN = _("Choose an answer for “{label}”")


def text(
    *,
    label: Any,
    required: bool = True,
    help: Any = "",
    max_length: int = SHORT,
    autocomplete: str = "off",
    width: str = "",
    **more: Any,
) -> forms.CharField:
    """One line; `width` is half, or short for a code. A browser remembers nothing of it unless `autocomplete`
    says what it is: most of it is about others.
    """
    attrs = {"autocomplete": autocomplete}
    return _words(forms.TextInput, "text", label, required, help, max_length, attrs=attrs, look=width, **more)


def secret(*, label: Any, help: Any = "", autocomplete: str = "current-password", **more: Any) -> forms.CharField:
    """A password: never shown back, never trimmed."""
    attrs = {"autocomplete": autocomplete}
    return _words(forms.PasswordInput, "password", label, True, help, SHORT, attrs=attrs, look="half", strip=False, **more)


def long_text(
    *, label: Any, required: bool = True, help: Any = "", rows: int = 6, max_length: int = LONG, **more: Any
) -> forms.CharField:
    """Several paragraphs, with the little Markdown of `wida.web.text`."""
    return _words(forms.Textarea, "long_text", label, required, help, max_length, attrs={"rows": rows, "cols": None}, **more)


def phone(*, label: Any, required: bool = True, help: Any = "", **more: Any) -> forms.CharField:
    """A telephone number of any country, kept as it was typed but for its spaces."""
    attrs = {"inputmode": "tel", "autocomplete": "off"}
    return _words(forms.TextInput, "text", label, required, help, 40, PhoneField, attrs, look="half", **more)


def email(*, label: Any, required: bool = True, help: Any = "", **more: Any) -> forms.EmailField:
    """An e-mail address."""
    attrs = {"inputmode": "email", "autocomplete": "off", "spellcheck": "false"}
    field = _words(forms.TextInput, "text", label, required, help, SHORT, forms.EmailField, attrs, **more)
    field.error_messages["invalid"] = field.validators[0].message = _(
        "Fill in a full e-mail address, for example name@example.org"
    )
    return field


def day(
    *,
    label: Any,
    required: bool = True,
    help: Any = _("For example 14/11/2026"),
    past: bool = False,
    coming: bool = False,
    **more: Any,
) -> "DayField":
    """A date in one box, however it is typed. `past` refuses days after today, `coming` days before it."""
    attrs = {"inputmode": "numeric", "autocomplete": "off"}
    widget = _widget(forms.TextInput, "day", attrs)
    return DayField(
        past=past, coming=coming, widget=widget, **_common(label, required, help, NAMED, more)
    )


def clock(*, label: Any, required: bool = True, help: Any = _("For example 9.30"), **more: Any) -> "ClockField":
    """A time of the day: 9.30, 9:30, 9u30 or 9."""
    attrs = {"inputmode": "numeric", "autocomplete": "off"}
    return ClockField(widget=_widget(forms.TextInput, "clock", attrs), **_common(label, required, help, NAMED, more))


def whole_number(
    *, label: Any, required: bool = True, help: Any = "", minimum: int = 0, maximum: int = 9_999, **more: Any
) -> forms.IntegerField:
    """A count or a year."""
    widget = _widget(forms.TextInput, "number", {"inputmode": "numeric", "autocomplete": "off"})
    common = _common(label, required, help, NAMED, more, invalid=_("Fill in a whole number, in digits"))
    field = forms.IntegerField(widget=widget, **common)
    field.validators += [
        MinValueValidator(minimum, _("Fill in %(limit_value)s or more")),
        MaxValueValidator(maximum, _("Fill in %(limit_value)s or less")),
    ]
    return field


def choice(
    choices: Any, *, label: Any, required: bool = True, help: Any = "", look: str = "row", **more: Any
) -> forms.ChoiceField:
    """One of at most about seven, all in sight. `look` is row, stack, cards (for choices with a text) or colours."""
    options, helps = _options(choices)
    widget = _widget(forms.RadioSelect, "choice", look=look, helps=helps)
    return forms.ChoiceField(choices=options, widget=widget, **_chosen(label, required, help, more))


def yes_no_unknown(*, label: Any, required: bool = True, help: Any = "", **more: Any) -> forms.ChoiceField:
    """A fact that may be known or not; the value is one of `Answer`, unknown as loud as the rest."""
    return choice(Answer.choices, label=label, required=required, help=help, **more)


def pick(
    choices: Any, *, label: Any, required: bool = True, help: Any = "", nothing: Any = _("Choose"), **more: Any
) -> forms.ChoiceField:
    """One of many, in a list that opens. `nothing` is what it says while nothing is chosen."""
    options, _helps = _options(choices)
    if not any(value in ("", None) for value, _text in options):
        options = [("", nothing), *options]
    return forms.ChoiceField(
        choices=options, widget=_widget(forms.Select, "pick"), **_chosen(label, required, help, more)
    )


def many(
    choices: Any, *, label: Any, required: bool = True, help: Any = "", look: str = "row", **more: Any
) -> forms.MultipleChoiceField:
    """Any number of them. `look` is row, stack, or lines (people with their organisation)."""
    options, helps = _options(choices)
    widget = _widget(forms.CheckboxSelectMultiple, "many", look=look, helps=helps)
    common = _common(label, required, help, _("Choose at least one for “{label}”"), more, invalid_choice=_GONE)
    return forms.MultipleChoiceField(choices=options, widget=widget, **common)


def tick(*, label: Any, required: bool = False, help: Any = "", **more: Any) -> forms.BooleanField:
    """One box to tick. Required means: it must be ticked to go on."""
    widget = _widget(forms.CheckboxInput, "tick")
    return forms.BooleanField(widget=widget, **_common(label, required, help, _("Tick “{label}” to go on"), more))


def attach(
    *, label: Any, required: bool = True, help: Any = "", accept: Iterable[str] = (), max_bytes: int = 25_000_000, **more: Any
) -> "AttachField":
    """One file. What is really in it is judged where it is stored, not here."""
    widget = _widget(forms.FileInput, "attach", {"accept": ",".join(accept)} if accept else {})
    common = _common(
        label, required, help, _("Choose a file for “{label}”"), more,
        invalid=_("Choose the file again: it did not arrive whole"),
        empty=_("Choose another file: this one is empty"),
        missing=_("Choose the file again: it did not arrive whole"),
    )
    return AttachField(max_bytes=max_bytes, widget=widget, **common)


def hidden(*, required: bool = False, **more: Any) -> forms.CharField:
    """A value that travels with the form unseen. It comes back as whatever the browser sends: check it."""
    return forms.CharField(required=required, max_length=SHORT, widget=forms.HiddenInput(), **more)


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


_GONE = _("Choose again: this answer is no longer in the list")


def _words(
    widget: type[forms.Widget],
    kind: str,
    label: Any,
    required: bool,
    help: Any,
    max_length: int,
    field: type[forms.CharField] = forms.CharField,
    attrs: Mapping[str, Any] | None = None,
    look: str = "",
    **more: Any,
) -> Any:
    """The limit is said by the server: a `maxlength` would cut a pasted text without a word."""
    made = field(widget=_widget(widget, kind, attrs, look=look), **_common(label, required, help, NAMED, more))
    too_long = _("Shorten this text to %(limit_value)d characters; it has %(show_value)d now")
    made.validators.append(MaxLengthValidator(max_length, too_long))
    return made


def _chosen(label: Any, required: bool, help: Any, more: dict[str, Any]) -> dict[str, Any]:
    return _common(label, required, help, CHOSEN, more, invalid_choice=_GONE)


def _common(
    label: Any, required: bool, help: Any, unanswered: Any, more: dict[str, Any], **messages: Any
) -> dict[str, Any]:
    """`missing=` in the factories replaces the sentence for a required field left empty."""
    empty = more.pop("missing", None) or format_lazy(unanswered, label=label)
    return {
        "label": label,
        "required": required,
        "help_text": help,
        "error_messages": {"required": empty, **messages},
        **more,
    }


def _widget(
    made: type[forms.Widget],
    kind: str,
    attrs: Mapping[str, Any] | None = None,
    *,
    look: str = "",
    helps: Mapping[str, Any] | None = None,
) -> forms.Widget:
    widget = made(attrs=dict(attrs or {}))
    widget.kind = kind  # type: ignore[attr-defined]
    widget.look = look  # type: ignore[attr-defined]
    widget.helps = helps or {}  # type: ignore[attr-defined]
    return widget


def _options(choices: Any) -> tuple[Any, dict[str, Any]]:
    """Takes a code list, pairs, or triples whose third part explains the choice."""
    if hasattr(choices, "choices"):
        choices = choices.choices
    if callable(choices):
        return choices, {}
    rows = list(choices)
    helps = {str(row[0]): row[2] for row in rows if len(row) > 2}
    return [(row[0], row[1]) for row in rows], helps
