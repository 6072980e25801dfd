from django import forms
from django.utils.translation import gettext_lazy as _

from wida.web import fields


class LoginForm(forms.Form):
    login = fields.text(label=_("User name"), max_length=80, autocomplete="username")
    password = fields.secret(label=_("Password"), autocomplete="current-password")


class ConfirmForm(forms.Form):
    confirm_password = fields.secret(label=_("Your password"), autocomplete="current-password")
