"""Where somebody lives and how to reach them without harm."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from wida.dossiers.codes import Answer
from wida.people.codes import AddressType, ContactKind, SafeToUse
from wida.people.forms import check_period
from wida.records.tokens import fold
from wida.web import fields
from wida.web.parsing import parse_phone

BELGIUM = {"belgie", "belgium", "belgique", "belgien", "be"}


class ContactForm(forms.Form):
    """A way to reach somebody; whether it is safe is asked before the number."""

    safe = fields.choice(
        [
            (
                SafeToUse.YES,
                SafeToUse.YES.label,
                _("Somebody checked that nobody else listens or reads along."),
            ),
            (SafeToUse.NO, SafeToUse.NO.label, _("Not to be used, or only under the conditions below.")),
            (SafeToUse.UNKNOWN, SafeToUse.UNKNOWN.label, _("Ask before anybody uses it.")),
        ],
        label=_("Is this way safe?"),
        look="stack",
    )
    safe_times = fields.text(
        label=_("Safe times"), required=False, help=_("For example: only on weekdays between 9 and 12.")
    )
    may_leave_message = fields.yes_no_unknown(label=_("May a message be left?"))
    kind = fields.choice(ContactKind, label=_("Kind"))
    value = fields.text(label=_("Number, address or other way"), max_length=120)
    note = fields.long_text(
        label=_("Remark"),
        required=False,
        rows=3,
        help=_("For example a neutral sender, a code word, or who may be present."),
    )
    confirmed_on = fields.day(label=_("Last checked on"), required=False, past=True)

    def clean(self):
        data = super().clean()
        value = data.get("value")
        try:
            if value and data.get("kind") == ContactKind.PHONE:
                data["value"] = parse_phone(value)
            elif value and data.get("kind") == ContactKind.EMAIL:
                validate_email(value)
        except ValidationError as fault:
            phone = data["kind"] == ContactKind.PHONE
            self.add_error(
                "value",
                fault.messages[0]
                if phone
                else _("Fill in a full e-mail address, for example name@example.org"),
            )
        data["may_leave_message"] = {Answer.YES: True, Answer.NO: False}.get(data.get("may_leave_message"))
        return data


class AddressForm(forms.Form):
    """Where somebody lives or stays. `was_protected`: opening a shielded address to everybody asks for a reason."""

    type = fields.pick(AddressType, label=_("Kind of address"))
    street = fields.text(label=_("Street and number"), required=False, max_length=120)
    postal_code = fields.text(label=_("Postal code"), required=False, max_length=12)
    place = fields.text(label=_("Municipality"), required=False, max_length=60)
    country = fields.text(label=_("Country, if not Belgium"), required=False, max_length=60)
    since = fields.day(label=_("From"), required=False)
    until = fields.day(label=_("Until"), required=False)
    protected = fields.tick(
        label=_("Shield this address"),
        help=_(
            "Only your organisation, the coordinator of the Safe Home and whom you choose below see it. "
            "Everybody else reads “Shielded address”."
        ),
    )
    protected_why = fields.long_text(
        label=_("Why is it shielded?"), required=False, rows=3, help=_("Needed if you shield it.")
    )
    viewers = fields.many([], label=_("Who else may see it?"), required=False, look="stack")
    reason = fields.long_text(
        label=_("Why may everybody see this address now?"),
        required=False,
        rows=3,
        help=_("Only if you stop shielding it."),
    )

    def __init__(self, *args, organisations=(), was_protected: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.was_protected = was_protected
        self.names = {str(pk): name for pk, name in organisations}
        self.fields["viewers"].choices = list(self.names.items())
        if not was_protected:
            del self.fields["reason"]

    def clean(self):
        data = super().clean()
        if fold(data.get("country") or "") in BELGIUM:
            data["country"] = ""
        self._check_place(data)
        check_period(self)
        self._check_protection(data)
        data["viewer_names"] = "\n".join(self.names[pk] for pk in data.get("viewers") or ())
        return data

    def _check_place(self, data):
        code = data.get("postal_code")
        if code and not data.get("country") and not (code.isascii() and code.isdigit() and len(code) == 4):
            self.add_error("postal_code", _("Fill in a postal code of four digits, or the country"))
        somewhere = data.get("street") or data.get("place")
        if (
            not somewhere
            and not data.get("protected")
            and data.get("type") != AddressType.UNKNOWN
            and not self.errors
        ):
            self.add_error(
                "street", _("Fill in a street or a municipality, or choose “Unknown” as kind of address")
            )

    def _check_protection(self, data):
        if data.get("protected"):
            if not data.get("protected_why") and "protected_why" not in self.errors:
                self.add_error("protected_why", _("Say why this address is shielded"))
        elif self.was_protected:
            if not data.get("reason"):
                self.add_error("reason", _("Say why everybody may see this address now"))
            data |= {"protected_why": "", "viewers": []}
        elif data.get("protected_why") or data.get("viewers"):
            self.add_error(
                "protected", _("Tick “Shield this address”, or empty the reason and who may see it")
            )


class RevealForm(forms.Form):
    reason = fields.long_text(
        label=_("Why do you need this address now?"),
        rows=3,
        help=_("Kept, and read by the coordinator. Never say it aloud or print it where the family is."),
    )
