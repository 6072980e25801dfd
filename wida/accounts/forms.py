from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

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
