from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wida.accounts.codes import Role, fits
from wida.accounts.models import Organisation, User
from wida.web import fields


class LoginForm(forms.Form):
    login = fields.text(label=_("User name"), max_length=80, autocomplete="username")
    password = fields.secret(label=_("Password"), autocomplete="current-password")


class ConfirmForm(forms.Form):
    confirm_password = fields.secret(label=_("Your password"), autocomplete="current-password")


class CodeForm(forms.Form):
    code = fields.text(label=_("Code"), max_length=20, autocomplete="one-time-code", width="short")


class PasskeyForm(forms.Form):
    name = fields.text(label=_("Name of this passkey"), max_length=60, help=_("For example: laptop at work"))
    credential = forms.JSONField(required=False, widget=forms.HiddenInput)


class NewPasswordForm(forms.Form):
    """Twice the same, long enough, and not made of words that everybody here knows."""

    password = fields.secret(
        label=_("New password"),
        autocomplete="new-password",
        help=_("At least 15 characters; a sentence is fine. You may paste it from a password manager."),
    )
    again = fields.secret(label=_("The same password again"), autocomplete="new-password")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self):
        data = super().clean()
        if "password" in data:
            try:
                validate_password(data["password"], self.user)
            except ValidationError as fault:
                self.add_error("password", fault)
        if data.get("again") and data.get("password") and data["again"] != data["password"]:
            self.add_error("again", _("Type the same password twice"))
        return data


class AccountForm(forms.Form):
    name = fields.text(label=_("Name"), max_length=80)
    login = fields.text(label=_("User name"), max_length=80, help=_("For example: an.peeters"))

    def clean_login(self):
        login = self.cleaned_data["login"]
        if User.objects.filter(login__iexact=login).exists():
            raise ValidationError(_("Choose another user name: this one is taken"))
        return login


class CodeOfOrganisationForm(forms.Form):
    """The code by which ACM/IDM names an organisation. A wrong one would let in the people of another."""

    code = fields.text(
        label=_("Code of the organisation"),
        max_length=16,
        required=False,
        help=_(
            "OVO code (OVO001234), KBO number (ten digits) or institution number. Empty: nobody comes in."
        ),
    )

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def clean_code(self):
        code = "".join(sign for sign in self.cleaned_data["code"].upper() if sign not in " .-")
        if code and code != self.organisation.code and not _is_code(code):
            raise ValidationError(_("Check the code: it is no OVO code, KBO number or institution number"))
        if code and Organisation.objects.filter(code=code).exclude(pk=self.organisation.pk).exists():
            raise ValidationError(_("Another organisation has this code"))
        return code


def _is_code(code: str) -> bool:
    if not code.isascii():
        return False
    if code.startswith("OVO"):
        return len(code) == 9 and code[3:].isdigit()
    if len(code) == 10 and code.isdigit():  # KBO: the last two digits check the others
        return 97 - int(code[:8]) % 97 == int(code[8:])
    return code.isdigit() and 3 <= len(code) <= 8


class MembershipForm(forms.Form):
    organisation = fields.pick([], label=_("Organisation"))
    role = fields.pick(Role.choices, label=_("Role"))
    function = fields.text(label=_("Function"), max_length=80, required=False)
    valid_until = fields.day(label=_("Until and including"), coming=True, required=False)

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisations = {str(organisation.pk): organisation for organisation in organisations}
        self.fields["organisation"].choices = [(pk, found.name) for pk, found in self.organisations.items()]

    def clean(self):
        data = super().clean()
        organisation = self.organisations.get(data.get("organisation", ""))
        if organisation and data.get("role"):
            if not fits(data["role"], organisation.type):
                self.add_error(
                    "role", _("Choose another role: this one does not exist at such an organisation")
                )
            data["organisation"] = organisation
        return data
