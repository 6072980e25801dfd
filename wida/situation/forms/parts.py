"""What the forms of the situation share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wida.web import fields

Choices = list[tuple[str, str]]


def explained(choices, helps) -> list[tuple]:
    return [(choice.value, choice.label, helps[choice]) for choice in choices]


def why() -> forms.CharField:
    return fields.text(label=_("Why do you change this?"), required=False)


def fit(form: forms.Form, persons: Choices, names: tuple[str, ...], changing: bool) -> None:
    """Offers the persons of the dossier in these fields; why is asked only of who changes something."""
    for name in names:
        form.fields[name].choices = [*form.fields[name].choices, *persons]
    if not changing:
        del form.fields["reason"]


def ask(form: forms.Form, *names: str) -> None:
    """Makes fields required that are so only by another answer."""
    for name in names:
        if not form.cleaned_data.get(name) and name not in form.errors:
            form.add_error(name, form.fields[name].error_messages["required"])
