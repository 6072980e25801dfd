"""What people fill in while a plan is carried out, and in safety plans."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wida.accounts.models import SafeHome
from wida.plans import anonymity
from wida.plans.codes import ContactWay, EntryKind, SignalTheme
from wida.plans.family import Family
from wida.plans.safety import Reader
from wida.web import fields


class EntryForm(forms.Form):
    kind = fields.choice(EntryKind, label=_("What kind of entry?"))
    way = fields.choice(
        ContactWay, label=_("How was the contact?"), help=_("Only for a contact."), required=False
    )
    on = fields.day(label=_("Date"), past=True)
    with_whom = fields.text(label=_("With whom?"), required=False)
    text = fields.long_text(label=_("What happened or was said?"))

    def clean(self) -> dict:
        data = super().clean()
        if data.get("kind") == EntryKind.CONTACT and not data.get("way"):
            self.add_error("way", _("Choose how the contact was"))
        elif data.get("kind"):
            data["way"] = data["way"] if data["kind"] == EntryKind.CONTACT else ""
        return data


class HandOverForm(forms.Form):
    member = fields.pick((), label=_("Who becomes case manager?"))
    why = fields.long_text(label=_("Why?"), rows=3, max_length=2000)
    actions_too = fields.tick(
        label=_("The open actions of the case manager until now go along"), initial=True
    )

    def __init__(self, *args, members: list[tuple[str, str]], now: bool, **more):
        super().__init__(*args, **more)
        self.fields["member"].choices = [("", _("Choose")), *members]
        if not now:
            del self.fields["actions_too"]


class SignalForm(forms.Form):
    theme = fields.pick(SignalTheme, label=_("Theme"))
    text = fields.long_text(
        label=_("What stands in the way?"),
        help=_(
            "Write it so that nobody can recognise the family: no names, numbers, dates of birth or places."
        ),
        rows=5,
        max_length=2000,
    )

    def __init__(self, *args, family: Family, family_name: str, **more):
        super().__init__(*args, **more)
        self.names = [family_name, *(word for member in family.members for word in member.words)]

    def clean_text(self) -> str:
        """Names what was found, so that the writer can see why."""
        text = self.cleaned_data["text"]
        prefixes = list(SafeHome.objects.values_list("prefix", flat=True))
        found = anonymity.found_in(text, names=self.names, prefixes=prefixes)
        if found:
            written = ", ".join(f"“{one}”" for one in found)
            raise forms.ValidationError(
                _("Take out what could lead to the family: %(found)s") % {"found": written}
            )
        return text


SAFETY_WORDS = ("signals", "steps", "contacts", "children", "agreements")


class SafetyPlanForm(forms.Form):
    title = fields.text(
        label=_("Title"),
        help=_("This is what its readers see in the list. Write no place and no number in it."),
        max_length=120,
    )
    signals = fields.long_text(label=_("Signals that it becomes unsafe"), rows=3, required=False)
    steps = fields.long_text(
        label=_("What this person then does, and where they can go"), rows=4, required=False
    )
    contacts = fields.long_text(label=_("Whom they call, in which order"), rows=3, required=False)
    children = fields.long_text(label=_("What is agreed about the children"), rows=3, required=False)
    agreements = fields.long_text(
        label=_("What professionals do when they are called"), rows=3, required=False
    )
    checked_on = fields.day(label=_("Last gone through with the person on"), past=True, required=False)
    checked_with = fields.text(label=_("By whom?"), required=False)

    def __init__(self, *args, readers: list[Reader], family: Family | None = None, **more):
        super().__init__(*args, **more)
        self.readers = {reader.key: reader for reader in readers}
        self.fields["readers"] = fields.many(
            [(key, _everybody(reader)) for key, reader in self.readers.items()],
            label=_("Who may read this beside your own organisation?"),
            help=_("For anybody else this safety plan does not exist."),
            look="lines",
            required=False,
        )
        order = ["title", *SAFETY_WORDS, "checked_on", "checked_with", "readers"]
        if family is not None:
            self.fields["person_id"] = fields.pick(family.choices(), label=_("For whom?"))
            order.insert(0, "person_id")
        self.order_fields(order)

    def clean(self) -> dict:
        data = super().clean()
        if not self.errors and not any(data.get(name) for name in SAFETY_WORDS):
            self.add_error("steps", _("Fill in at least one part of the safety plan"))
        data["readers"] = [self.readers[key] for key in data.get("readers", []) if key in self.readers]
        return data


def _everybody(reader: Reader) -> str:
    if reader.name:
        return reader.label
    return _("Everybody at %(organisation)s") % {"organisation": reader.organisation}
