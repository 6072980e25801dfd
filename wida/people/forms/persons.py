"""A person: who, how old, how to be called and understood."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wida.people import numbers
from wida.people.codes import Group, Sex
from wida.records.tokens import fold
from wida.web import fields

PREGNANCY = timedelta(days=300)


class PersonForm(forms.Form):
    """`others` are the persons of the dossier already, to notice a double.

    `masked`: what stands in these fields is not shown to this writer, so the form doesn't ask for it and it stays.
    """

    group = fields.choice(Group, label=_("Place in the family"), look="row")
    given_name = fields.text(label=_("First name"), required=False, max_length=80)
    family_name = fields.text(label=_("Family name"), required=False, max_length=80)
    known_as = fields.text(
        label=_("Also known as"),
        required=False,
        max_length=80,
        help=_("Another name, or what to call somebody whose name is not known."),
    )
    sex = fields.choice(Sex, label=_("Sex"))
    birth_date = fields.day(label=_("Date of birth"), required=False, past=True)
    age_stated = fields.whole_number(
        label=_("Age, if the date is not known"), required=False, maximum=120, help=_("As it is today.")
    )
    unborn = fields.tick(label=_("Not born yet"))
    due_on = fields.day(label=_("Expected on"), required=False)
    deceased = fields.tick(label=_("Deceased"))
    national_number = fields.text(
        label=_("National register number"),
        required=False,
        max_length=20,
        help=_("Not needed. Nothing is derived from it: fill in the date of birth and the sex yourself."),
    )
    nationality = fields.text(label=_("Nationality"), required=False, max_length=80)
    languages = fields.text(
        label=_("Languages"), required=False, help=_("The one in which somebody can tell best comes first.")
    )
    interpreter = fields.text(
        label=_("Interpreter"),
        required=False,
        help=_("For which language, and who not to ask. Never somebody of the family."),
    )
    profession = fields.text(label=_("Profession or daytime activity"), required=False)
    note = fields.long_text(
        label=_("Remark"),
        required=False,
        rows=4,
        help=_("Do not write here where somebody with a shielded address stays."),
    )
    save_anyway = fields.tick(label=_("Save anyway: I checked this"))

    def __init__(self, *args, others=(), masked=frozenset(), **kwargs):
        super().__init__(*args, **kwargs)
        self.others = others
        self.doubtful = False
        for name in masked:
            del self.fields[name]

    def clean(self):
        data = super().clean()
        self._check_names(data)
        self._check_age(data)
        if "national_number" in data:
            data["national_number"] = numbers.written(data["national_number"])
        self._ask_about_doubts(data)
        return data

    def _check_names(self, data):
        named = data.get("given_name") or data.get("family_name") or data.get("known_as")
        if (
            not named
            and not data.get("unborn")
            and not self.errors.keys() & {"given_name", "family_name", "known_as"}
        ):
            self.add_error(
                "given_name", _("Fill in a first name, a family name, or what this person is called")
            )

    def _check_age(self, data):
        born, age, due = data.get("birth_date"), data.get("age_stated"), data.get("due_on")
        if born and age is not None:
            self.add_error("age_stated", _("Fill in the date of birth or the age, not both"))
        if data.get("unborn") and (born or age is not None):
            self.add_error("unborn", _("Somebody who is not born yet has no date of birth and no age"))
        if due and not data.get("unborn"):
            self.add_error("due_on", _("Tick “Not born yet”, or empty the expected day"))
        elif due and abs(due - timezone.localdate()) > PREGNANCY:
            self.add_error("due_on", _("Fill in an expected day within nine months of today"))

    def _ask_about_doubts(self, data):
        """Each doubt once: what was confirmed before and not changed since is not asked again."""
        doubts = []
        if self.has_changed_one_of("national_number", "birth_date"):
            number = data.get("national_number", "")
            doubts += [("national_number", text) for text in numbers.doubts(number, data.get("birth_date"))]
            doubts += [("national_number", text) for text in self._same_number(number)]
        if self.has_changed_one_of("given_name", "family_name"):
            doubts += [("family_name", text) for text in self._same_name(data)]
        self.doubtful = bool(doubts)
        if not data.get("save_anyway"):
            for name, text in doubts:
                self.add_error(name, text)

    def has_changed_one_of(self, *names: str) -> bool:
        return any(name in self.fields and name in self.changed_data for name in names)

    def _same_number(self, number: str) -> list[str]:
        wanted = numbers.digits(number)
        return [
            gettext("%(name)s has the same national register number.") % {"name": other.label}
            for other in self.others
            if wanted and numbers.digits(other.national_number) == wanted
        ]

    def _same_name(self, data) -> list[str]:
        wanted = fold(data.get("given_name") or ""), fold(data.get("family_name") or "")
        return [
            gettext("There is already somebody called %(name)s in this dossier.") % {"name": other.label}
            for other in self.others
            if all(wanted) and (fold(other.given_name), fold(other.family_name)) == wanted
        ]
